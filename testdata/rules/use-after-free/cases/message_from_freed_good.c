/* The error message is made from the buffer that was released a line before. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static PyObject *
color_parse(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *name;
    char *key;
    long rgb = -1;

    if (!PyArg_ParseTuple(args, "s:parse", &name))
        return NULL;
    key = strdup(name);
    if (key == NULL)
        return PyErr_NoMemory();
    for (char *p = key; *p; p++)
        *p = (char)Py_TOLOWER(*p);
    if (strcmp(key, "red") == 0)
        rgb = 0xff0000;
    else if (strcmp(key, "lime") == 0)
        rgb = 0x00ff00;
    else if (strcmp(key, "blue") == 0)
        rgb = 0x0000ff;
    if (rgb < 0)
        PyErr_Format(PyExc_KeyError, "no color '%s'", key);
    free(key);
    if (rgb < 0)
        return NULL;
    return PyLong_FromLong(rgb);
}

static PyMethodDef color_methods[] = {
    {"parse", color_parse, METH_VARARGS, PyDoc_STR("parse(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef color_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "color",
    .m_size = -1,
    .m_methods = color_methods,
};

PyMODINIT_FUNC
PyInit_color(void)
{
    return PyModule_Create(&color_module);
}
/* run: assert mod.parse("Red") == 0xff0000 */
/* run: try: mod.parse("mauve") */
/* run: except KeyError: pass */
