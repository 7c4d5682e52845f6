/* A product of three as the new size of an array. */
#include <Python.h>
#include <stdlib.h>

struct samples {
    float *at;
    size_t frames;
};

static int
samples_reserve(struct samples *s, size_t frames, size_t channels)
{
    if (channels > 64 || frames > PY_SSIZE_T_MAX / 64 / sizeof(float))
        return -1;
    float *at = realloc(s->at, frames * channels * sizeof(float));

    if (at == NULL)
        return -1;
    s->at = at;
    s->frames = frames;
    return 0;
}

static PyObject *
mixer_silence(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct samples s = {NULL, 0};
    Py_ssize_t frames, channels;
    float loudest = 0;

    if (!PyArg_ParseTuple(args, "nn:silence", &frames, &channels))
        return NULL;
    if (frames < 1 || channels < 1)
        return PyErr_Format(PyExc_ValueError, "nothing to do");
    if (samples_reserve(&s, (size_t)frames, (size_t)channels) < 0)
        return PyErr_NoMemory();
    for (size_t i = 0; i < (size_t)frames; i++)
        s.at[i * (size_t)channels] = 0;
    loudest = s.at[0];
    free(s.at);
    return PyFloat_FromDouble((double)loudest);
}

static PyMethodDef mixer_methods[] = {
    {"silence", mixer_silence, METH_VARARGS, PyDoc_STR("silence(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef mixer_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "mixer",
    .m_size = -1,
    .m_methods = mixer_methods,
};

PyMODINIT_FUNC
PyInit_mixer(void)
{
    return PyModule_Create(&mixer_module);
}
/* run: assert mod.silence(4, 2) == 0.0 */
/* run: try: mod.silence(1 << 30, 1 << 33) */
/* run: except MemoryError: pass */
