/* A header of names for the allocators has one that came with 3.5; who does not use it can still support 3.4. */
/* check: --python-min 3.4 */
#include <Python.h>

#define room_zeroed(n, width) PyMem_Calloc(n, width)
#define room_plain(n) PyMem_Malloc(n)
#define room_drop(room) PyMem_Free(room)

static PyObject *
room_sum(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_ssize_t i, n, sum = 0;
    char *room;

    if (!PyArg_ParseTuple(args, "n:sum", &n))
        return NULL;
    if (n <= 0)
        return PyLong_FromLong(0);
    room = room_plain(n);
    if (room == NULL)
        return PyErr_NoMemory();
    memset(room, 0, (size_t)n);
    for (i = 0; i < n; i++)
        sum += room[i] + 1;
    room_drop(room);
    return PyLong_FromSsize_t(sum);
}

static PyMethodDef roommod_methods[] = {
    {"sum", room_sum, METH_VARARGS, PyDoc_STR("sum(...)")},
    {NULL, NULL, 0, NULL},
};

static int
roommod_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot roommod_slots[] = {
    {Py_mod_exec, roommod_exec},
    {0, NULL},
};

static struct PyModuleDef roommod_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "roommod",
    .m_methods = roommod_methods,
    .m_slots = roommod_slots,
};

PyMODINIT_FUNC
PyInit_roommod(void)
{
    return PyModuleDef_Init(&roommod_module);
}
/* run: assert mod.sum(5) == 5 */
