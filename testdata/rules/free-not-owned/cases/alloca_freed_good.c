/* Room from alloca goes with the function; free() never gave it out. */
#include <Python.h>
#include <alloca.h>
#include <stdlib.h>
#include <string.h>

static PyObject *
line_upper(PyObject *Py_UNUSED(module), PyObject *given)
{
    Py_ssize_t size, i;
    const char *text = PyUnicode_AsUTF8AndSize(given, &size);
    PyObject *result;
    char *room;

    if (text == NULL)
        return NULL;
    room = malloc(size + 1);
    if (room == NULL)
        return PyErr_NoMemory();
    for (i = 0; i < size; i++)
        room[i] = Py_TOUPPER(text[i]);
    result = PyUnicode_FromStringAndSize(room, size);
    free(room);
    return result;
}

static PyMethodDef line_methods[] = {
    {"upper", line_upper, METH_O, PyDoc_STR("upper(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef line_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "line",
    .m_size = -1,
    .m_methods = line_methods,
};

PyMODINIT_FUNC
PyInit_line(void)
{
    return PyModule_Create(&line_module);
}

/* run: assert mod.upper("abc") == "ABC" */
