/* A small block from libc in a method that never gives the lock away; a large one beside it is fine. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static PyObject *
morse_encode(PyObject *Py_UNUSED(module), PyObject *args)
{
    static const char *codes[] = {".-", "-...", "-.-.", "-..", "."};
    char *out;
    int letter;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "C:encode", &letter))
        return NULL;
    if (letter < 'a' || letter > 'e')
        return PyErr_Format(PyExc_ValueError, "no code for %c", letter);
    out = malloc(32); // expect: raw-while-held
    if (out == NULL)
        return PyErr_NoMemory();
    snprintf(out, 32, "%c: %s", letter, codes[letter - 'a']);
    result = PyUnicode_FromString(out);
    free(out);
    return result;
}

static PyObject *
morse_blank(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    char *page = malloc(65536);
    PyObject *result;

    if (page == NULL)
        return PyErr_NoMemory();
    memset(page, ' ', 65536);
    result = PyBytes_FromStringAndSize(page, 65536);
    free(page);
    return result;
}

static PyMethodDef morse_methods[] = {
    {"encode", morse_encode, METH_VARARGS, PyDoc_STR("encode(...)")},
    {"blank", morse_blank, METH_NOARGS, PyDoc_STR("blank(...)")},
    {NULL, NULL, 0, NULL},
};

static int
morse_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot morse_slots[] = {
    {Py_mod_exec, morse_exec},
    {0, NULL},
};

static struct PyModuleDef morse_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "morse",
    .m_methods = morse_methods,
    .m_slots = morse_slots,
};

PyMODINIT_FUNC
PyInit_morse(void)
{
    return PyModuleDef_Init(&morse_module);
}
/* run: assert mod.encode("a") == "a: .-"; assert len(mod.blank()) == 65536 */
/* from facts: advice, not a fault */
