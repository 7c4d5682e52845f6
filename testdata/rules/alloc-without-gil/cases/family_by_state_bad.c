/* One helper serves both states and is told which: raw memory with the lock, PyMem without it. */
#include <Python.h>
#include <string.h>

static void *
room_get(size_t n, int nogil)
{
    return nogil ? PyMem_Malloc(n) : PyMem_RawMalloc(n); // expect: alloc-without-gil // because: 47, 23
}

static void
room_put(void *p, int nogil)
{
    if (nogil)
        PyMem_Free(p); // expect: alloc-without-gil // because: 47, 31
    else
        PyMem_RawFree(p);
}

static int
palindrome(const char *text, size_t n, int nogil)
{
    char *back = room_get(n + 1, nogil);
    int same;

    if (back == NULL)
        return -1;
    for (size_t i = 0; i < n; i++)
        back[i] = text[n - 1 - i];
    same = memcmp(back, text, n) == 0;
    room_put(back, nogil);
    return same;
}

static PyObject *
palin_check(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Py_ssize_t n;
    const char *text = PyUnicode_AsUTF8AndSize(arg, &n);
    int same;

    if (text == NULL)
        return NULL;
    if (n < 100)
        same = palindrome(text, (size_t)n, 0);
    else {
        Py_BEGIN_ALLOW_THREADS
        same = palindrome(text, (size_t)n, 1);
        Py_END_ALLOW_THREADS
    }
    return same < 0 ? PyErr_NoMemory() : PyBool_FromLong(same);
}

static PyMethodDef palin_methods[] = {
    {"check", palin_check, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef palin_module = {
    PyModuleDef_HEAD_INIT, "palin", NULL, -1, palin_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_palin(void)
{
    return PyModule_Create(&palin_module);
}
/* run: assert mod.check("abba"); assert mod.check("a" * 200) */
/* dies: Python memory allocator called without holding the GIL */
