/* Start function of a pthread allocates without ever taking the lock. */
#include <Python.h>
#include <pthread.h>
#include <string.h>

struct job {
    const char *text;
    size_t length;
    size_t words;
    int failed;
};

/* Counts words in a private, lowercased copy of the text. */
static void *
count_words(void *arg)
{
    struct job *job = arg;
    char *copy = PyMem_Malloc(job->length + 1); // expect: alloc-without-gil // because: 49
    int inside = 0;

    if (copy == NULL) {
        job->failed = 1;
        return NULL;
    }
    memcpy(copy, job->text, job->length);
    copy[job->length] = '\0';
    for (char *p = copy; *p; p++) {
        int letter = *p != ' ' && *p != '\n' && *p != '\t';
        if (letter && !inside)
            job->words++;
        inside = letter;
    }
    PyMem_Free(copy); // expect: alloc-without-gil // because: 49
    return NULL;
}

static PyObject *
words_count(PyObject *Py_UNUSED(module), PyObject *arg)
{
    struct job job = {NULL, 0, 0, 0};
    Py_ssize_t length;
    pthread_t worker;
    int status;

    job.text = PyUnicode_AsUTF8AndSize(arg, &length);
    if (job.text == NULL)
        return NULL;
    job.length = (size_t)length;
    status = pthread_create(&worker, NULL, count_words, &job);
    if (status != 0) {
        PyErr_Format(PyExc_RuntimeError, "cannot start a thread (%d)", status);
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS
    pthread_join(worker, NULL);
    Py_END_ALLOW_THREADS
    if (job.failed)
        return PyErr_NoMemory();
    return PyLong_FromSize_t(job.words);
}

static PyMethodDef words_methods[] = {
    {"count", words_count, METH_O, PyDoc_STR("count(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef words_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "words",
    .m_size = -1,
    .m_methods = words_methods,
};

PyMODINIT_FUNC
PyInit_words(void)
{
    return PyModule_Create(&words_module);
}
/* run: assert mod.count("a bc  d") == 3 */
/* dies: Python memory allocator called without holding the GIL */
