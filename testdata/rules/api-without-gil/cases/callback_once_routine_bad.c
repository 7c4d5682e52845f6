/* pthread_once runs its routine on the first caller, whatever that caller holds. */
#include <Python.h>
#include <pthread.h>
#include <stdint.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static uint8_t weight[256];
static PyObject *started;

static void
weights_make(void)
{
    for (int i = 1; i < 256; i++)
        weight[i] = (uint8_t)(weight[i / 2] + (i & 1));
    started = PyUnicode_FromString("tables made"); // expect: api-without-gil // because: 27
}

static PyObject *
popcount_of(PyObject *Py_UNUSED(module), PyObject *arg)
{
    unsigned long total = 0;
    Py_buffer view;

    if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    pthread_once(&once, weights_make);
    for (Py_ssize_t i = 0; i < view.len; i++)
        total += weight[((uint8_t *)view.buf)[i]];
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&view);
    return PyLong_FromUnsignedLong(total);
}

static PyMethodDef popcount_methods[] = {
    {"of", popcount_of, METH_O, PyDoc_STR("of(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef popcount_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "popcount",
    .m_size = -1,
    .m_methods = popcount_methods,
};

PyMODINIT_FUNC
PyInit_popcount(void)
{
    return PyModule_Create(&popcount_module);
}
/* run: assert mod.of(b"\xff\x01") == 9 */
/* dies: without holding the GIL|signal 11 */
