/* Nobody of the tree calls it: it takes up the state that lies in its record, and on failure does not save again. */
#include <Python.h>
#include <ffi.h>

struct visitor {
    PyThreadState *away;
    PyObject *callable;
};

static void
visitor_enter(ffi_cif *Py_UNUSED(cif), void *result, void **Py_UNUSED(args), void *data)
{
    struct visitor *visitor = data;
    PyObject *answer;

    *(ffi_arg *)result = 0;
    PyEval_RestoreThread(visitor->away);
    answer = PyObject_CallNoArgs(visitor->callable);
    Py_XDECREF(answer);
    visitor->away = PyEval_SaveThread();
}

static PyObject *
visitors_run(PyObject *Py_UNUSED(module), PyObject *arg)
{
    struct visitor visitor = {NULL, arg};
    ffi_cif cif;
    void *code = NULL;
    ffi_closure *closure = ffi_closure_alloc(sizeof(ffi_closure), &code);

    if (closure == NULL)
        return PyErr_NoMemory();
    if (ffi_prep_cif(&cif, FFI_DEFAULT_ABI, 0, &ffi_type_sint, NULL) == FFI_OK &&
        ffi_prep_closure_loc(closure, &cif, visitor_enter, &visitor, code) == FFI_OK) {
        visitor.away = PyEval_SaveThread();
        ((int (*)(void))code)();
        PyEval_RestoreThread(visitor.away);
    }
    ffi_closure_free(closure);
    if (PyErr_Occurred())
        return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef visitors_methods[] = {
    {"run", visitors_run, METH_O, PyDoc_STR("run(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef visitors_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "visitors",
    .m_size = -1,
    .m_methods = visitors_methods,
};

PyMODINIT_FUNC
PyInit_visitors(void)
{
    return PyModule_Create(&visitors_module);
}
/* run: with __import__("contextlib").suppress(TypeError): mod.run(len) */
/* link: -lffi */
