/* A decoder that gives the lock up lazily: two helpers keep track of it in the record, and only where it pays. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    int concurrent; /* worth it */
    PyThreadState *suspended;
    char *window;
    Py_ssize_t size;
} Decoder;

static void
decoder_leave(Decoder *d)
{
    if (d->concurrent && !d->suspended)
        d->suspended = PyEval_SaveThread();
}

static void
decoder_enter(Decoder *d)
{
    if (d->concurrent && d->suspended) {
        PyEval_RestoreThread(d->suspended);
        d->suspended = NULL;
    }
}

/* May be called inside and outside. */
static char *
decoder_grow(Decoder *d, Py_ssize_t more)
{
    char *window;

    decoder_enter(d);
    window = PyMem_Realloc(d->window, (size_t)(d->size + more));
    if (window == NULL)
        PyErr_NoMemory();
    else
        d->window = window;
    decoder_leave(d);
    return window;
}

static int
decoder_run(Decoder *d, const char *input, Py_ssize_t n)
{
    int status = 0;

    decoder_leave(d);
    for (Py_ssize_t i = 0; i < n && status == 0; i++) {
        if (input[i] & 0x80) {
            if (decoder_grow(d, 64) == NULL) {
                status = -1;
                goto done;
            }
            d->size += 64;
        }
    }
done:
    decoder_enter(d);
    return status;
}

static PyObject *
decode(PyObject *Py_UNUSED(module), PyObject *args)
{
    Decoder d;
    const char *input;
    Py_ssize_t n;
    int status;

    if (!PyArg_ParseTuple(args, "y#:decode", &input, &n))
        return NULL;
    d.concurrent = n > 500;
    d.suspended = NULL;
    d.window = NULL;
    d.size = 0;
    status = decoder_run(&d, input, n);
    PyMem_Free(d.window);
    if (status < 0)
        return NULL;
    return PyLong_FromSsize_t(d.size);
}

static PyMethodDef decoder_methods[] = {
    {"decode", decode, METH_VARARGS, PyDoc_STR("decode(data)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef decoder_module = {
    PyModuleDef_HEAD_INIT, "decoder", NULL, 0, decoder_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_decoder(void)
{
    return PyModule_Create(&decoder_module);
}
/* run: assert mod.decode(b"\xff" * 600) == 600 * 64; mod.decode(b"x") */
