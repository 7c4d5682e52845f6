/* A thread started by PyThread_start_new_thread frees its job after giving its state back. */
#include <Python.h>
#include <pythread.h>

struct task {
    PyObject *callback;
    long value;
    PyThread_type_lock done;
};

static void
task_main(void *arg)
{
    struct task *task = arg;
    PyThread_type_lock done = task->done;
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *r = PyObject_CallFunction(task->callback, "l", task->value * task->value);

    if (r == NULL)
        PyErr_WriteUnraisable(task->callback);
    else
        Py_DECREF(r);
    Py_DECREF(task->callback);
    PyGILState_Release(state);
    PyMem_Free(task); // expect: alloc-without-gil // because: 24
    PyThread_release_lock(done);
}

static PyThread_type_lock finished;

static PyObject *
later_square(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *callback;
    long value;
    struct task *task;

    if (!PyArg_ParseTuple(args, "Ol:square", &callback, &value))
        return NULL;
    task = PyMem_Malloc(sizeof(*task));
    if (task == NULL)
        return PyErr_NoMemory();
    task->callback = Py_NewRef(callback);
    task->value = value;
    task->done = finished;
    PyThread_acquire_lock(finished, 1);
    if (PyThread_start_new_thread(task_main, task) == PYTHREAD_INVALID_THREAD_ID) {
        PyThread_release_lock(finished);
        Py_DECREF(task->callback);
        PyMem_Free(task);
        PyErr_SetString(PyExc_RuntimeError, "cannot start a thread");
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *
later_wait(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    Py_BEGIN_ALLOW_THREADS
    PyThread_acquire_lock(finished, 1);
    PyThread_release_lock(finished);
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static int
later_setup(void)
{
    finished = PyThread_allocate_lock();
    return finished == NULL ? -1 : 0;
}

static PyMethodDef later_methods[] = {
    {"square", later_square, METH_VARARGS, PyDoc_STR("square(...)")},
    {"wait", later_wait, METH_NOARGS, PyDoc_STR("wait(...)")},
    {NULL, NULL, 0, NULL},
};

static int
later_exec(PyObject *m)
{
    if (later_setup() < 0)
        return -1;
    return 0;
}

static PyModuleDef_Slot later_slots[] = {
    {Py_mod_exec, later_exec},
    {0, NULL},
};

static struct PyModuleDef later_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "later",
    .m_methods = later_methods,
    .m_slots = later_slots,
};

PyMODINIT_FUNC
PyInit_later(void)
{
    return PyModuleDef_Init(&later_module);
}
/* run: got = []; mod.square(got.append, 7); mod.wait(); assert got == [49] */
/* dies: Python memory allocator called without holding the GIL */
