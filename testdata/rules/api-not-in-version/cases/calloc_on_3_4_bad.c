/* A project that supports 3.4 uses PyMem_Calloc, which came with 3.5. */
#include <Python.h>


static PyObject *
letters_most(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;
    unsigned long *count, most = 0;

    if (!PyArg_ParseTuple(args, "s:most", &text))
        return NULL;
    count = PyMem_Calloc(256, sizeof(*count)); // expect: api-not-in-version
    if (count == NULL)
        return PyErr_NoMemory();
    for (; *text; text++) {
        if (++count[(unsigned char)*text] > most)
            most = count[(unsigned char)*text];
    }
    PyMem_Free(count);
    return PyLong_FromUnsignedLong(most);
}

static PyMethodDef letters_methods[] = {
    {"most", letters_most, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef letters_module = {
    PyModuleDef_HEAD_INIT, "letters", NULL, -1, letters_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_letters(void)
{
    return PyModule_Create(&letters_module);
}
/* check: --python-min 3.4 */
/* run: assert mod.most("abca") == 2 */
/* from facts: no Python 3.4 at hand */
