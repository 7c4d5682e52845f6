/* The names that take a type: only the name changes, arguments stay as they are. */
#include <Python.h>
#include <stdint.h>

struct span {
    uint32_t first, last;
};

static PyObject *
runs_of(PyObject *Py_UNUSED(module), PyObject *arg)
{
    struct span *spans, *kept;
    Py_ssize_t used = 0, room = 4;
    PyObject *list = NULL;
    Py_buffer view;

    if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    const unsigned char *bytes = view.buf;
    spans = PyMem_NEW(struct span, room); // expect: deprecated-allocator-macro
    if (spans == NULL)
        goto no_memory;
    for (Py_ssize_t i = 0; i < view.len; i++) {
        if (i > 0 && bytes[i] == bytes[i - 1]) {
            spans[used - 1].last = (uint32_t)i;
            continue;
        }
        if (used == room) {
            kept = spans;
            PyMem_RESIZE(spans, // expect: deprecated-allocator-macro
                         struct span,
                         room *= 2);
            if (spans == NULL) {
                PyMem_Del(kept); // expect: deprecated-allocator-macro
                goto no_memory;
            }
        }
        spans[used].first = spans[used].last = (uint32_t)i;
        used++;
    }
    list = PyList_New(0);
    for (Py_ssize_t i = 0; list != NULL && i < used; i++) {
        PyObject *pair = Py_BuildValue("II", spans[i].first, spans[i].last);
        if (pair == NULL || PyList_Append(list, pair) < 0)
            Py_CLEAR(list);
        Py_XDECREF(pair);
    }
    PyMem_DEL(spans); // expect: deprecated-allocator-macro
    PyBuffer_Release(&view);
    return list;
no_memory:
    PyBuffer_Release(&view);
    return PyErr_NoMemory();
}

static PyMethodDef runs_methods[] = {
    {"of", runs_of, METH_O, PyDoc_STR("of(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef runs_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "runs",
    .m_size = -1,
    .m_methods = runs_methods,
};

PyMODINIT_FUNC
PyInit_runs(void)
{
    return PyModule_Create(&runs_module);
}
/* run: assert mod.of(b"aab") == [(0, 1), (2, 2)]; mod.of(bytes(range(20))) */
/* from facts: soft-deprecated aliases, still in the headers of 3.11 and 3.13 */
