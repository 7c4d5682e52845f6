/* A converter fills a view in its own way or asks for one; only the second has an owner and must go back. */
#include <Python.h>

static int
buffers_convert(PyObject *arg, Py_buffer *view)
{
    if (arg == Py_None) {
        view->buf = NULL;
        view->len = 0;
        view->obj = NULL;
        return 1;
    }
    if (PyObject_GetBuffer(arg, view, PyBUF_SIMPLE) != 0)
        return 0;
    return 2;
}

static PyObject *
buffers_first(PyObject *Py_UNUSED(module), PyObject *arg)
{
    PyObject *result = NULL;
    Py_buffer view = {NULL, NULL};

    if (!buffers_convert(arg, &view))
        goto done;
    result = PyLong_FromSsize_t(view.len);
done:
    if (view.obj)
        PyBuffer_Release(&view);
    return result;
}

static PyMethodDef buffers_methods[] = {
    {"first", buffers_first, METH_O, PyDoc_STR("first(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef buffers_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "buffers",
    .m_size = -1,
    .m_methods = buffers_methods,
};

PyMODINIT_FUNC
PyInit_buffers(void)
{
    return PyModule_Create(&buffers_module);
}
/* run: a = bytearray(); assert mod.first(b"ab") == 2 and mod.first(None) == 0 */
/* run: assert mod.first(a) == 0; a.append(1) */
