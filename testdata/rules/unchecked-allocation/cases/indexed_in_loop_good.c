/* The first write is an element in a loop. */
#include <Python.h>
#include <stdint.h>

static PyObject *
sieve_count(PyObject *Py_UNUSED(module), PyObject *arg)
{
    size_t n = PyLong_AsSize_t(arg);
    uint8_t *composite;
    size_t count = 0;

    if (n == (size_t)-1 && PyErr_Occurred())
        return NULL;
    composite = PyMem_New(uint8_t, n + 1);
    if (composite == NULL)
        return PyErr_NoMemory();
    for (size_t i = 0; i <= n; i++)
        composite[i] = i < 2;
    for (size_t i = 2; i <= n; i++) {
        if (composite[i])
            continue;
        count++;
        for (size_t j = 2 * i; j <= n; j += i)
            composite[j] = 1;
    }
    PyMem_Free(composite);
    return PyLong_FromSize_t(count);
}

static PyMethodDef sieve_methods[] = {
    {"count", sieve_count, METH_O, PyDoc_STR("count(...)")},
    {NULL, NULL, 0, NULL},
};

static int
sieve_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot sieve_slots[] = {
    {Py_mod_exec, sieve_exec},
    {0, NULL},
};

static struct PyModuleDef sieve_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "sieve",
    .m_methods = sieve_methods,
    .m_slots = sieve_slots,
};

PyMODINIT_FUNC
PyInit_sieve(void)
{
    return PyModuleDef_Init(&sieve_module);
}
/* run: assert mod.count(10) == 4 */
/* run: try: mod.count(1 << 62) */
/* run: except MemoryError: pass */
