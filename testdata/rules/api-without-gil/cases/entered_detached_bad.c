/* A server thread detaches its state before it says what is gone. */
#include <Python.h>
#include <pthread.h>

struct bucket_kind {
    const char *name;
    void (*destroy)(void *data);
};

typedef struct bucket {
    const struct bucket_kind *kind;
    void *data;
    struct bucket *next;
} Bucket;

/* To be called by a thread that has no state attached. */
PyThreadState *
entry_acquire(void)
{
    PyThreadState *state = PyThreadState_New(PyInterpreterState_Main());

    if (state != NULL)
        PyEval_AcquireThread(state);
    return state;
}

void
entry_release(PyThreadState *state)
{
    PyThreadState_Clear(state);
    PyEval_ReleaseThread(state);
    PyThreadState_Delete(state);
}

static void
object_destroy(void *data)
{
    PyObject *object = data;
    PyThreadState *entry = entry_acquire();

    if (entry == NULL)
        return;
    Py_DECREF(object);
    entry_release(entry);
    PySys_FormatStderr("%R is gone\n", object); // expect: api-without-gil
}

const struct bucket_kind object_kind = {"object", object_destroy};

/* Called by the server with what a request has left. */
int
buckets_clear(Bucket *first)
{
    int n = 0;

    for (Bucket *next; first != NULL; first = next) {
        next = first->next;
        first->kind->destroy(first->data);
        n++;
    }
    return n;
}

/* The server calls this one too, where a request breaks off. */
int
request_abort(Bucket *first)
{
    if (first == NULL)
        return 0;
    return buckets_clear(first) > 0 ? 500 : 200;
}

static void *
server_thread(void *data)
{
    Bucket bucket = {&object_kind, data, NULL};

    buckets_clear(&bucket);
    return NULL;
}

static PyObject *
serve(PyObject *Py_UNUSED(module), PyObject *object)
{
    pthread_t thread;

    Py_INCREF(object);
    if (pthread_create(&thread, NULL, server_thread, object) != 0) {
        Py_DECREF(object);
        return PyErr_SetFromErrno(PyExc_OSError);
    }
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static PyMethodDef server_methods[] = {
    {"serve", serve, METH_O, PyDoc_STR("serve(object)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef server_module = {
    PyModuleDef_HEAD_INIT, "server", NULL, -1, server_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_server(void)
{
    return PyModule_Create(&server_module);
}
/* run: mod.serve([object() for _ in range(100)]) */
/* dies: signal|Fatal Python error */
