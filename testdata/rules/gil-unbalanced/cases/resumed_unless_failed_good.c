/* After a failure it leaves before it takes up the state of its record; on the failure itself it saves again. */
#include <Python.h>
#include <ffi.h>

struct guest {
    PyThreadState *away;
    PyObject *callable;
    int failed;
};

static void
guest_enter(ffi_cif *Py_UNUSED(cif), void *result, void **Py_UNUSED(args), void *data)
{
    struct guest *guest = data;
    PyObject *answer;

    *(ffi_arg *)result = 0;
    if (guest->failed)
        return;
    PyEval_RestoreThread(guest->away);
    answer = PyObject_CallNoArgs(guest->callable);
    if (answer == NULL)
        guest->failed = 1;
    Py_XDECREF(answer);
    guest->away = PyEval_SaveThread();
}

static PyObject *
guests_run(PyObject *Py_UNUSED(module), PyObject *arg)
{
    struct guest guest = {NULL, arg, 0};
    ffi_cif cif;
    void *code = NULL;
    ffi_closure *closure = ffi_closure_alloc(sizeof(ffi_closure), &code);

    if (closure == NULL)
        return PyErr_NoMemory();
    if (ffi_prep_cif(&cif, FFI_DEFAULT_ABI, 0, &ffi_type_sint, NULL) == FFI_OK &&
        ffi_prep_closure_loc(closure, &cif, guest_enter, &guest, code) == FFI_OK) {
        guest.away = PyEval_SaveThread();
        for (int i = 0; i < 3; i++)
            ((int (*)(void))code)();
        PyEval_RestoreThread(guest.away);
    }
    ffi_closure_free(closure);
    if (PyErr_Occurred())
        return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef guests_methods[] = {
    {"run", guests_run, METH_O, PyDoc_STR("run(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef guests_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "guests",
    .m_size = -1,
    .m_methods = guests_methods,
};

PyMODINIT_FUNC
PyInit_guests(void)
{
    return PyModule_Create(&guests_module);
}
/* run: with __import__("contextlib").suppress(TypeError): mod.run(len) */
/* link: -lffi */
