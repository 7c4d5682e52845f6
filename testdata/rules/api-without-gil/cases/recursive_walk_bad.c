/* A recursive directory walk raises at whatever depth it fails; the top call runs without the lock. */
#include <Python.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* Adds up sizes below `path`; -1 on failure. */
static int
walk(const char *path, long long *total)
{
    DIR *dir = opendir(path);
    struct dirent *e;
    int status = 0;

    if (dir == NULL) {
        PyErr_SetFromErrnoWithFilename(PyExc_OSError, path); // expect: api-without-gil // because: 49, 50
        return -1;
    }
    while (status == 0 && (e = readdir(dir)) != NULL) {
        char below[PATH_MAX];
        struct stat st;

        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        if (snprintf(below, sizeof(below), "%s/%s", path, e->d_name) >= (int)sizeof(below))
            continue;
        if (lstat(below, &st) != 0)
            continue;
        if (S_ISDIR(st.st_mode))
            status = walk(below, total);
        else
            *total += st.st_size;
    }
    closedir(dir);
    return status;
}

static PyObject *
diskuse_total(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *path;
    long long total = 0;
    int status;

    if (!PyArg_ParseTuple(args, "s:total", &path))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    status = walk(path, &total);
    Py_END_ALLOW_THREADS
    if (status < 0)
        return NULL;
    return PyLong_FromLongLong(total);
}

static PyMethodDef diskuse_methods[] = {
    {"total", diskuse_total, METH_VARARGS, PyDoc_STR("total(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef diskuse_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "diskuse",
    .m_size = -1,
    .m_methods = diskuse_methods,
};

PyMODINIT_FUNC
PyInit_diskuse(void)
{
    return PyModule_Create(&diskuse_module);
}
/* run: try: mod.total("/nonexistent") */
/* run: except OSError: pass */
/* dies: signal 11|without holding the GIL */
