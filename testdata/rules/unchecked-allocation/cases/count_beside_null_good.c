/* A list comes with its count, which is 0 where there is no list; the first place is read before the count. */
#include <Python.h>

static long *
places_list(Py_ssize_t wanted, Py_ssize_t *n)
{
    long *all;

    *n = 0;
    if (wanted <= 0 || wanted > 100)
        return NULL;
    all = PyMem_New(long, wanted);
    if (all == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < wanted; i++)
        all[i] = i;
    *n = wanted;
    return all;
}

static PyObject *
places_sum(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_ssize_t wanted, n;
    long sum = 0, *all;

    if (!PyArg_ParseTuple(args, "n:sum", &wanted))
        return NULL;
    all = places_list(wanted, &n);
    for (Py_ssize_t i = 0; i < n; i++)
        sum += all[i];
    PyMem_Free(all);
    return PyLong_FromLong(sum);
}

static PyMethodDef places_methods[] = {
    {"sum", places_sum, METH_VARARGS, PyDoc_STR("sum(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef places_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "places",
    .m_size = -1,
    .m_methods = places_methods,
};

PyMODINIT_FUNC
PyInit_places(void)
{
    return PyModule_Create(&places_module);
}
/* run: assert mod.sum(4) == 6 */
/* run: mod.sum(0) */
