/* Destructor of a pthread key runs when a foreign thread ends, with no thread state at all. */
#include <Python.h>
#include <pthread.h>
#include <stdint.h>

static pthread_key_t scratch_key;

struct scratch {
    uint64_t seed;
};

static void
scratch_drop(void *block)
{
    PyMem_Free(block); // expect: alloc-without-gil // because: 50
}

/* The calling thread's own generator, made on first use. Callers hold the lock. */
static struct scratch *
scratch_get(void)
{
    struct scratch *s = pthread_getspecific(scratch_key);

    if (s == NULL) {
        s = PyMem_Malloc(sizeof(*s));
        if (s == NULL)
            return NULL;
        s->seed = 0x9e3779b97f4a7c15u;
        pthread_setspecific(scratch_key, s);
    }
    return s;
}

static PyObject *
noise_next(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    struct scratch *s = scratch_get();

    if (s == NULL)
        return PyErr_NoMemory();
    s->seed ^= s->seed << 13;
    s->seed ^= s->seed >> 7;
    s->seed ^= s->seed << 17;
    return PyLong_FromUnsignedLongLong(s->seed >> 11);
}

static int
noise_setup(void)
{
    if (pthread_key_create(&scratch_key, scratch_drop) != 0) {
        PyErr_SetString(PyExc_ImportError, "no thread-specific storage");
        return -1;
    }
    return 0;
}

static PyMethodDef noise_methods[] = {
    {"next", noise_next, METH_NOARGS, PyDoc_STR("next(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef noise_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "noise",
    .m_size = -1,
    .m_methods = noise_methods,
};

PyMODINIT_FUNC
PyInit_noise(void)
{
    if (noise_setup() < 0)
        return NULL;
    return PyModule_Create(&noise_module);
}
/* run: t = threading.Thread(target=mod.next); t.start(); t.join(); time.sleep(0.3) */
/* dies: Python memory allocator called without holding the GIL */
