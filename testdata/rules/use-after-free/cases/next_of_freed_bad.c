/* The loop reads the link of the node that it has just released. */
#include <Python.h>
#include <stdlib.h>

struct event {
    long when;
    struct event *later;
};

static PyObject *
agenda_sum(PyObject *Py_UNUSED(module), PyObject *arg)
{
    long n = PyLong_AsLong(arg), sum = 0;
    struct event *first = NULL;

    if (n == -1 && PyErr_Occurred())
        return NULL;
    for (long i = 0; i < n; i++) {
        struct event *e = malloc(sizeof(*e));
        if (e == NULL)
            break;
        e->when = i;
        e->later = first;
        first = e;
    }
    for (struct event *e = first; e != NULL; e = e->later) { // expect: use-after-free // because: 28
        sum += e->when;
        free(e);
    }
    return PyLong_FromLong(sum);
}

static PyMethodDef agenda_methods[] = {
    {"sum", agenda_sum, METH_O, PyDoc_STR("sum(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef agenda_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "agenda",
    .m_size = -1,
    .m_methods = agenda_methods,
};

PyMODINIT_FUNC
PyInit_agenda(void)
{
    return PyModule_Create(&agenda_module);
}
/* run: assert mod.sum(4) == 6 */
/* asan: heap-use-after-free */
