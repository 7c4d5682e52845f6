/* Old bindings release the lock only once threads are initialized, which they always are. */
#include <Python.h>

int wait_for(int seconds);

PyObject *sleep_for(PyObject *module, PyObject *args)
{
    PyThreadState *state = NULL;
    int seconds, left;

    if (!PyArg_ParseTuple(args, "i", &seconds))
        return NULL;
    /* pymemlint: ignore-next-line[deprecated-gil-api, api-not-in-version] for Python 2 */
    if (PyEval_ThreadsInitialized())
        state = PyEval_SaveThread();
    left = wait_for(seconds);
    if (left < 0)
        return NULL; // expect: gil-unbalanced
    /* pymemlint: ignore-next-line[deprecated-gil-api, api-not-in-version] for Python 2 */
    if (PyEval_ThreadsInitialized())
        PyEval_RestoreThread(state);
    return PyLong_FromLong(left);
}
/* from facts: the newest Pythons have no such function */
