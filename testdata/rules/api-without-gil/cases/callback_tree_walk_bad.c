/* nftw calls its function for every file, on the calling thread, which has given the lock away. */
#include <Python.h>
#include <ftw.h>

static PyObject *sink; /* list that collects the names of one walk */

static int
collect(const char *path, const struct stat *Py_UNUSED(st), int kind, struct FTW *Py_UNUSED(at))
{
    PyObject *name;
    int status;

    if (kind != FTW_F)
        return 0;
    name = PyUnicode_DecodeFSDefault(path); // expect: api-without-gil // because: 36
    status = name == NULL ? -1 : PyList_Append(sink, name); // expect: api-without-gil // because: 36
    Py_XDECREF(name); // expect: api-without-gil // because: 36
    return status;
}

static PyObject *
files_below(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *path;
    PyObject *list;
    int status;

    if (!PyArg_ParseTuple(args, "s:below", &path))
        return NULL;
    if (sink != NULL)
        return PyErr_Format(PyExc_RuntimeError, "a walk is under way");
    list = sink = PyList_New(0);
    if (list == NULL)
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    status = nftw(path, collect, 16, FTW_PHYS);
    Py_END_ALLOW_THREADS
    sink = NULL;
    if (status != 0) {
        Py_DECREF(list);
        return PyErr_Occurred() ? NULL : PyErr_SetFromErrnoWithFilename(PyExc_OSError, path);
    }
    return list;
}

static PyMethodDef filesbelow_methods[] = {
    {"below", files_below, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef filesbelow_module = {
    PyModuleDef_HEAD_INIT, "filesbelow", NULL, -1, filesbelow_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_filesbelow(void)
{
    return PyModule_Create(&filesbelow_module);
}
/* run: assert mod.below("/etc/python3.11") */
/* dies: without holding the GIL|signal 11 */
