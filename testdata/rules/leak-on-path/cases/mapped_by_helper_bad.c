/* Pages are mapped by a helper of our own, whose failure is that of mmap; an odd length leaves with its pages. */
#include <Python.h>
#include <string.h>
#include <sys/mman.h>

/* The pages in place of OLD, or MAP_FAILED: OLD stays then. */
static void *
pages_map(void *old, size_t before, size_t n)
{
    if (old != NULL) {
        void *pages = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (pages != MAP_FAILED)
            munmap(old, before);
        return pages;
    }
    return mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static PyObject *
pages_sum(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_ssize_t n;
    unsigned char *pages;
    long sum = 0;

    if (!PyArg_ParseTuple(args, "n:sum", &n) || n <= 0)
        return PyErr_Occurred() ? NULL : PyErr_Format(PyExc_ValueError, "no pages");
    pages = pages_map(NULL, 0, (size_t)n);
    if (pages == MAP_FAILED)
        return PyErr_SetFromErrno(PyExc_OSError);
    memset(pages, 1, (size_t)n);
    if (n % 2 != 0)
        return PyErr_Format(PyExc_ValueError, "odd length"); // expect: leak-on-path // because: 28, 16
    for (Py_ssize_t i = 0; i < n; i++)
        sum += pages[i];
    munmap(pages, (size_t)n);
    return PyLong_FromLong(sum);
}

static PyMethodDef pages_methods[] = {
    {"sum", pages_sum, METH_VARARGS, PyDoc_STR("sum(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef pages_module = {
    PyModuleDef_HEAD_INIT, "pages", NULL, -1, pages_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_pages(void)
{
    return PyModule_Create(&pages_module);
}
/* run: assert mod.sum(10) == 10 */
/* run: try: mod.sum(11) */
/* run: except ValueError: pass */
/* from facts: no sanitizer looks for pages that are still mapped */
