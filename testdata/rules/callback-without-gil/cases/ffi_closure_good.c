/* A closure is made with the lock; the code it gives is called without, and enters the interpreter. */
#include <Python.h>
#include <ffi.h>

static PyObject *hook;

static void
closure_enter(ffi_cif *cif, void *result, void **args, void *data)
{
    (void)cif;
    (void)args;
    (void)data;
    PyGILState_STATE state = PyGILState_Ensure();

    Py_XDECREF(PyObject_CallNoArgs(hook));
    PyGILState_Release(state);
    *(ffi_arg *)result = 1;
}

static PyObject *
closures_run(PyObject *Py_UNUSED(module), PyObject *arg)
{
    ffi_cif cif;
    void *code = NULL;
    ffi_closure *closure = ffi_closure_alloc(sizeof(ffi_closure), &code);
    int answer = 0;

    if (closure == NULL)
        return PyErr_NoMemory();
    hook = arg;
    if (ffi_prep_cif(&cif, FFI_DEFAULT_ABI, 0, &ffi_type_sint, NULL) == FFI_OK &&
        ffi_prep_closure_loc(closure, &cif, closure_enter, NULL, code) == FFI_OK) {
        Py_BEGIN_ALLOW_THREADS
        answer = ((int (*)(void))code)();
        Py_END_ALLOW_THREADS
    }
    ffi_closure_free(closure);
    return PyLong_FromLong(answer);
}

static PyMethodDef closures_methods[] = {
    {"run", closures_run, METH_O, PyDoc_STR("run(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef closures_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "closures",
    .m_size = -1,
    .m_methods = closures_methods,
};

PyMODINIT_FUNC
PyInit_closures(void)
{
    return PyModule_Create(&closures_module);
}
/* run: mod.run(dict) */
/* link: -lffi */
