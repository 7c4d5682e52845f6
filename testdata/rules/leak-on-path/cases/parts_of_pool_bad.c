/* One block serves all slots of a pool, each gets its part; only the slot that is free first gets one here. */
/* check: --confidence high */
#include <Python.h>

#define POOL 4

static struct slot {
    struct slot *next;
    char *room;
} slots[POOL];

static PyObject *
pool_fill(PyObject *Py_UNUSED(module), PyObject *args)
{
    int first, last, i;
    char *rooms;

    if (!PyArg_ParseTuple(args, "ii:fill", &first, &last))
        return NULL;
    if (first < 0 || last > POOL) {
        PyErr_SetString(PyExc_IndexError, "no such slot");
        return NULL;
    }
    rooms = PyMem_Calloc(POOL, 16);
    if (rooms == NULL)
        return PyErr_NoMemory();
    for (i = first; i < last; i++) {
        if (slots[i].room == NULL) {
            slots[i].room = rooms + 16 * i;
            break;
        }
    }
    Py_RETURN_NONE; // expect: leak-on-path // because: 25
}

static PyMethodDef poolmod_methods[] = {
    {"fill", pool_fill, METH_VARARGS, PyDoc_STR("fill(...)")},
    {NULL, NULL, 0, NULL},
};

static int
poolmod_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot poolmod_slots[] = {
    {Py_mod_exec, poolmod_exec},
    {0, NULL},
};

static struct PyModuleDef poolmod_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "poolmod",
    .m_methods = poolmod_methods,
    .m_slots = poolmod_slots,
};

PyMODINIT_FUNC
PyInit_poolmod(void)
{
    return PyModuleDef_Init(&poolmod_module);
}
/* run: mod.fill(0, 1) */
/* run: for i in range(4): mod.fill(0, 1) */
/* leaks: pool_fill */
