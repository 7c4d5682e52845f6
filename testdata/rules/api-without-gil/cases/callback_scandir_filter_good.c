/* The filter of scandir calls a Python predicate; its address goes out through a pointer variable. */
#include <Python.h>
#include <dirent.h>
#include <stdlib.h>

static PyObject *predicate;

static int
wanted(const struct dirent *e)
{
    PyObject *r;
    int yes;
    PyGILState_STATE held = PyGILState_Ensure();

    r = PyObject_CallFunction(predicate, "s", e->d_name); // attached
    yes = r != NULL && PyObject_IsTrue(r) > 0; // attached
    if (r == NULL)
        PyErr_WriteUnraisable(predicate); // attached
    Py_XDECREF(r); // attached
    PyGILState_Release(held);
    return yes;
}

static int
hidden(const struct dirent *e)
{
    return e->d_name[0] == '.';
}

static PyObject *
listing_count(PyObject *Py_UNUSED(module), PyObject *args)
{
    int (*filter)(const struct dirent *) = hidden;
    struct dirent **entries = NULL;
    const char *path;
    PyObject *callable = NULL;
    int n;

    if (!PyArg_ParseTuple(args, "s|O:count", &path, &callable))
        return NULL;
    if (callable != NULL) {
        predicate = callable;
        filter = wanted;
    }
    Py_BEGIN_ALLOW_THREADS
    n = scandir(path, &entries, filter, alphasort);
    for (int i = 0; i < n; i++)
        free(entries[i]);
    free(entries);
    Py_END_ALLOW_THREADS
    predicate = NULL;
    if (n < 0)
        return PyErr_SetFromErrnoWithFilename(PyExc_OSError, path);
    return PyLong_FromLong(n);
}

static PyMethodDef listing_methods[] = {
    {"count", listing_count, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef listing_module = {
    PyModuleDef_HEAD_INIT, "listing", NULL, -1, listing_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_listing(void)
{
    return PyModule_Create(&listing_module);
}
/* run: mod.count("/"); assert mod.count("/", lambda name: name == "etc") == 1 */
