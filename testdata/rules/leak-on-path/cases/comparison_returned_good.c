/* A helper answers by a comparison, which never is the -1 of a failure; who asks for it all the same loses nothing. */
#include <Python.h>

static inline int
order_before(const long *a, const long *b)
{
    int before;
    {
        before = (a[0]) < (b[0]);
    }
    goto done;
done:
    return before;
}

static PyObject *
order_is(PyObject *Py_UNUSED(module), PyObject *args)
{
    long *pair;
    int before;

    pair = PyMem_Calloc(2, sizeof(*pair));
    if (pair == NULL)
        return PyErr_NoMemory();
    if (!PyArg_ParseTuple(args, "ll:is", &pair[0], &pair[1])) {
        PyMem_Free(pair);
        return NULL;
    }
    before = order_before(pair, pair + 1);
    if (before == -1)
        return PyLong_FromLong(2);
    PyMem_Free(pair);
    return PyBool_FromLong(before);
}

static PyMethodDef ordermod_methods[] = {
    {"is", order_is, METH_VARARGS, PyDoc_STR("is(...)")},
    {NULL, NULL, 0, NULL},
};

static int
ordermod_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot ordermod_slots[] = {
    {Py_mod_exec, ordermod_exec},
    {0, NULL},
};

static struct PyModuleDef ordermod_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "ordermod",
    .m_methods = ordermod_methods,
    .m_slots = ordermod_slots,
};

PyMODINIT_FUNC
PyInit_ordermod(void)
{
    return PyModuleDef_Init(&ordermod_module);
}
/* run: assert getattr(mod, "is")(1, 2) is True */
/* run: getattr(mod, "is")(3, 2) */
