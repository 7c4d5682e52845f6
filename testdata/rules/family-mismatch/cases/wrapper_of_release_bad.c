/* The release is a static helper that two kinds of block pass through; one of them is of another family. */
#include <Python.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
drop(void *block)
{
    if (block != NULL)
        free(block);
}

static PyObject *
bar_draw(PyObject *Py_UNUSED(module), PyObject *args)
{
    char *bar, *label = NULL;
    int width, done;
    PyObject *result = NULL;

    if (!PyArg_ParseTuple(args, "ii:draw", &width, &done))
        return NULL;
    if (width < 1 || done < 0 || done > width)
        return PyErr_Format(PyExc_ValueError, "%d of %d", done, width);
    bar = PyMem_Malloc((size_t)width + 1);
    if (bar == NULL)
        return PyErr_NoMemory();
    memset(bar, '#', (size_t)done);
    memset(bar + done, '.', (size_t)(width - done));
    bar[width] = '\0';
    if (asprintf(&label, "%s %d%%", bar, 100 * done / width) < 0)
        PyErr_NoMemory();
    else {
        result = PyUnicode_FromString(label);
        drop(label);
    }
    drop(bar); // expect: family-mismatch // because: 25
    return result;
}

static PyMethodDef bar_methods[] = {
    {"draw", bar_draw, METH_VARARGS, PyDoc_STR("draw(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef bar_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "bar",
    .m_size = -1,
    .m_methods = bar_methods,
};

PyMODINIT_FUNC
PyInit_bar(void)
{
    return PyModule_Create(&bar_module);
}
/* run: assert mod.draw(4, 1) == "#... 25%" */
/* dies: invalid pointer|signal */
