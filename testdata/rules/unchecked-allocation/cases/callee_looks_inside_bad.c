/* The callee looks into what it is given: always, or when the mode that it is given says so. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct gauge {
    long low, high, seen;
};

static void
gauge_reset(struct gauge *g, int wide)
{
    g->seen = 0;
    g->low = wide ? -1000 : 0;
    g->high = 1000;
}

static void
gauge_prime(struct gauge *g, int with_seen)
{
    if (with_seen)
        g->seen = 1;
}

static size_t
blanks(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += *text == ' ';
    return n;
}

static PyObject *
gauge_range(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(ignored))
{
    struct gauge *g = malloc(sizeof *g);
    long range;

    gauge_reset(g, 1); // expect: unchecked-allocation // because: 37, 40, 13
    range = g->high - g->low;
    free(g);
    return PyLong_FromLong(range);
}

static PyObject *
gauge_primed(PyObject *Py_UNUSED(module), PyObject *number)
{
    size_t n = PyLong_AsSize_t(number);
    struct gauge *g = calloc(n, sizeof *g);

    gauge_prime(g, 1); // expect: unchecked-allocation // because: 50, 52, 22
    free(g);
    Py_RETURN_NONE;
}

static PyObject *
gauge_blanks(PyObject *Py_UNUSED(module), PyObject *text)
{
    const char *given = PyUnicode_AsUTF8(text);
    char *copy;
    size_t n;

    if (given == NULL)
        return NULL;
    copy = strdup(given);
    n = blanks(copy); // expect: unchecked-allocation // because: 66, 67, 29
    free(copy);
    return PyLong_FromSize_t(n);
}

static PyMethodDef gauge_methods[] = {
    {"range", gauge_range, METH_NOARGS, PyDoc_STR("range(...)")},
    {"primed", gauge_primed, METH_O, PyDoc_STR("primed(...)")},
    {"blanks", gauge_blanks, METH_O, PyDoc_STR("blanks(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef gauge_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gauge",
    .m_size = -1,
    .m_methods = gauge_methods,
};

PyMODINIT_FUNC
PyInit_gauge(void)
{
    return PyModule_Create(&gauge_module);
}
/* run: assert mod.range() == 2000 */
/* run: assert mod.blanks("a b c") == 2 */
/* run: mod.primed(1 << 62) */
/* dies: signal 11 */
