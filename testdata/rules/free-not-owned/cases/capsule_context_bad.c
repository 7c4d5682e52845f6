/* The destructor of a capsule frees the context that the module put there; its name only belongs to the capsule. */
#include <Python.h>

static double
scaled(double x, void *context)
{
    return x * *(double *)context;
}

static void
scale_drop(PyObject *capsule)
{
    char *name = (char *)PyCapsule_GetName(capsule);
    void *context = PyCapsule_GetContext(capsule);

    PyMem_Free(context);
    PyMem_Free(name); // expect: free-not-owned // because: 13
}

static PyObject *
scale_new(PyObject *Py_UNUSED(module), PyObject *args)
{
    double factor, *context;
    PyObject *capsule;

    if (!PyArg_ParseTuple(args, "d:new", &factor))
        return NULL;
    context = PyMem_Malloc(sizeof(*context));
    if (context == NULL)
        return PyErr_NoMemory();
    *context = factor;
    capsule = PyCapsule_New((void *)scaled, "scaled", scale_drop);
    if (capsule == NULL || PyCapsule_SetContext(capsule, context) < 0) {
        PyMem_Free(context);
        Py_XDECREF(capsule);
        return NULL;
    }
    return capsule;
}

static PyMethodDef scalemod_methods[] = {
    {"new", scale_new, METH_VARARGS, PyDoc_STR("new(...)")},
    {NULL, NULL, 0, NULL},
};

static int
scalemod_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot scalemod_slots[] = {
    {Py_mod_exec, scalemod_exec},
    {0, NULL},
};

static struct PyModuleDef scalemod_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "scalemod",
    .m_methods = scalemod_methods,
    .m_slots = scalemod_slots,
};

PyMODINIT_FUNC
PyInit_scalemod(void)
{
    return PyModuleDef_Init(&scalemod_module);
}
/* run: mod.new(2.0) */
/* dies: . */
