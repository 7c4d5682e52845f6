/* A flag decides about the release; the allocation stands under the wrong value of the flag. */
#include <Python.h>
#include <string.h>

struct codec {
    const char *name;
    int needs_api; /* set when the step functions may raise */
};

static const struct codec codecs[] = {
    {"plain", 0},
    {"checked", 1},
};

static const struct codec *
codec_find(const char *name)
{
    for (size_t i = 0; i < sizeof(codecs) / sizeof(codecs[0]); i++) {
        if (strcmp(codecs[i].name, name) == 0)
            return &codecs[i];
    }
    PyErr_Format(PyExc_LookupError, "no codec named %s", name);
    return NULL;
}

static PyObject *
xcode_swap(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *name;
    const struct codec *codec;
    Py_buffer in;
    PyThreadState *saved = NULL;
    char *scratch = NULL, *out;
    PyObject *result = NULL;
    int needs_api;

    if (!PyArg_ParseTuple(args, "sy*:swap", &name, &in))
        return NULL;
    if ((codec = codec_find(name)) == NULL)
        goto done;
    needs_api = codec->needs_api;
    if ((result = PyBytes_FromStringAndSize(NULL, in.len)) == NULL)
        goto done;
    out = PyBytes_AS_STRING(result);

    if (!needs_api)
        saved = PyEval_SaveThread();
    if (!needs_api)
        scratch = PyMem_Malloc(64); // expect: alloc-without-gil // because: 47
    for (Py_ssize_t i = 0; i < in.len; i++)
        out[i] = (char)(((char *)in.buf)[i] ^ (scratch != NULL ? 0x20 : 0x00));
    if (saved)
        PyEval_RestoreThread(saved);
    PyMem_Free(scratch);
done:
    PyBuffer_Release(&in);
    return result;
}

static PyMethodDef xcode_methods[] = {
    {"swap", xcode_swap, METH_VARARGS, PyDoc_STR("swap(...)")},
    {NULL, NULL, 0, NULL},
};

static int
xcode_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot xcode_slots[] = {
    {Py_mod_exec, xcode_exec},
    {0, NULL},
};

static struct PyModuleDef xcode_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "xcode",
    .m_methods = xcode_methods,
    .m_slots = xcode_slots,
};

PyMODINIT_FUNC
PyInit_xcode(void)
{
    return PyModuleDef_Init(&xcode_module);
}
/* run: mod.swap("checked", b"abc"); mod.swap("plain", b"abc") */
/* dies: Python memory allocator called without holding the GIL */
