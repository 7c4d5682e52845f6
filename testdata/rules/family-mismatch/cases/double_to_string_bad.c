/* PyOS_double_to_string hands out a PyMem block. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static PyObject *
svg_path(PyObject *Py_UNUSED(module), PyObject *arg)
{
    PyObject *fast = PySequence_Fast(arg, "numbers wanted"), *parts, *joined = NULL, *space;

    if (fast == NULL)
        return NULL;
    parts = PyList_New(0);
    for (Py_ssize_t i = 0; parts != NULL && i < PySequence_Fast_GET_SIZE(fast); i++) {
        double x = PyFloat_AsDouble(PySequence_Fast_GET_ITEM(fast, i));
        char *digits;
        PyObject *part;

        if (x == -1.0 && PyErr_Occurred()) {
            Py_CLEAR(parts);
            break;
        }
        digits = PyOS_double_to_string(x, 'g', 6, 0, NULL);
        if (digits == NULL) {
            Py_CLEAR(parts);
            break;
        }
        part = PyUnicode_FromString(digits);
        free(digits); // expect: family-mismatch // because: 23
        if (part == NULL || PyList_Append(parts, part) < 0)
            Py_CLEAR(parts);
        Py_XDECREF(part);
    }
    Py_DECREF(fast);
    if (parts == NULL)
        return NULL;
    space = PyUnicode_FromString(" ");
    if (space != NULL)
        joined = PyUnicode_Join(space, parts);
    Py_XDECREF(space);
    Py_DECREF(parts);
    return joined;
}

static PyMethodDef svg_methods[] = {
    {"path", svg_path, METH_O, PyDoc_STR("path(...)")},
    {NULL, NULL, 0, NULL},
};

static int
svg_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot svg_slots[] = {
    {Py_mod_exec, svg_exec},
    {0, NULL},
};

static struct PyModuleDef svg_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "svg",
    .m_methods = svg_methods,
    .m_slots = svg_slots,
};

PyMODINIT_FUNC
PyInit_svg(void)
{
    return PyModuleDef_Init(&svg_module);
}
/* run: assert mod.path([1, 2.5]) == "1 2.5" */
/* dies: invalid pointer|signal */
