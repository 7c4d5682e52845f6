/* PyUnicode_AsUCS4Copy hands out a PyMem block. */
#include <Python.h>
#include <stdlib.h>

static PyObject *
planes_highest(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Py_UCS4 *points, highest = 0;

    if (!PyUnicode_Check(arg))
        return PyErr_Format(PyExc_TypeError, "str wanted, not %s", Py_TYPE(arg)->tp_name);
    points = PyUnicode_AsUCS4Copy(arg);
    if (points == NULL)
        return NULL;
    for (Py_UCS4 *p = points; *p != 0; p++) {
        if (*p > highest)
            highest = *p;
    }
    PyMem_Free(points);
    return PyLong_FromLong((long)(highest >> 16));
}

static PyMethodDef planes_methods[] = {
    {"highest", planes_highest, METH_O, PyDoc_STR("highest(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef planes_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "planes",
    .m_size = -1,
    .m_methods = planes_methods,
};

PyMODINIT_FUNC
PyInit_planes(void)
{
    return PyModule_Create(&planes_module);
}
/* run: assert mod.highest("a\U0001F600") == 1 */
