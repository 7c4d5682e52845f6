/* Copy a block while other threads run. */
#include <Python.h>
#include <string.h>

PyObject *reverse(PyObject *module, PyObject *data)
{
    Py_ssize_t n = PyBytes_Size(data);
    const char *in = n < 0 ? NULL : PyBytes_AsString(data);
    if (in == NULL)
        return NULL;
    char *out;
    Py_BEGIN_ALLOW_THREADS
    out = PyMem_RawMalloc(n + 1);
    for (Py_ssize_t i = 0; out && i < n; i++)
        out[i] = in[n - 1 - i];
    Py_END_ALLOW_THREADS
    if (out == NULL)
        return PyErr_NoMemory();
    PyObject *result = PyBytes_FromStringAndSize(out, n);
    PyMem_RawFree(out);
    return result;
}
