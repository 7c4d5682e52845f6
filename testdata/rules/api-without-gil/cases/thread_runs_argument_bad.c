/* A thread's entry calls the function that it gets as its argument, and takes no lock for it. */
#include <Python.h>
#include <pthread.h>

static PyObject *hook;

static void
tell_python(void)
{
    PyObject *answer = PyObject_CallNoArgs(hook); // expect: api-without-gil // because: 28

    if (answer == NULL)
        PyErr_WriteUnraisable(hook); // expect: api-without-gil
    Py_XDECREF(answer); // expect: api-without-gil
}

static void
count_only(void)
{
}

static void *
run(void *argument)
{
    void (*task)(void) = (void (*)(void))argument;

    for (int i = 0; i < 1000; i++)
        task();
    return NULL;
}

static PyObject *
tasks_run(PyObject *Py_UNUSED(module), PyObject *callable)
{
    pthread_t thread;
    int failed;

    hook = callable;
    if (callable == Py_None)
        failed = pthread_create(&thread, NULL, run, (void *)count_only);
    else
        failed = pthread_create(&thread, NULL, run, (void *)tell_python);
    if (failed)
        return PyErr_Format(PyExc_OSError, "no thread");
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static PyMethodDef tasks_methods[] = {
    {"run", tasks_run, METH_O, PyDoc_STR("run(callable)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef tasks_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "tasks",
    .m_size = -1,
    .m_methods = tasks_methods,
};

PyMODINIT_FUNC
PyInit_tasks(void)
{
    return PyModule_Create(&tasks_module);
}
/* run: mod.run(list); mod.run(None) */
/* dies: without holding the GIL|signal 11 */
