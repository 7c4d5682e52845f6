/* The kind of a value is kept in the lowest bit of its pointer, set by a helper; an oversized text is lost. */
#include <Python.h>
#include <stdint.h>
#include <string.h>

struct cell {
    void *text;
    void *note;
};

static struct cell cells[4];

#define CELL_KIND(p) ((uintptr_t)(p)&1)
#define CELL_BARE(p) ((void *)((uintptr_t)(p) & ~(uintptr_t)1))
#define CELL_MARK(p, kind) ((void *)((uintptr_t)CELL_BARE(p) | (kind)))

/* Puts NOW in the place of what stands at AT, which goes. */
static void
cell_put(void **at, void *now)
{
    void *old = CELL_BARE(*at);
    *at = now;
    PyMem_Free(old);
}

static void *
cell_noted(void *note)
{
    return (char *)note + 1;
}

static PyObject *
cell_set(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *given;
    int at;
    char *text, *note;

    if (!PyArg_ParseTuple(args, "is:set", &at, &given))
        return NULL;
    if (at < 0 || at > 3) {
        PyErr_SetString(PyExc_IndexError, "no such cell");
        return NULL;
    }
    text = PyMem_Malloc(strlen(given) + 1);
    if (text == NULL)
        return PyErr_NoMemory();
    strcpy(text, given);
    if (strlen(given) > 8) {
        PyMem_Free(text);
        PyErr_SetString(PyExc_ValueError, "too long for a cell");
        return NULL;
    }
    note = PyMem_Malloc(8);
    if (note == NULL) {
        PyMem_Free(text);
        return PyErr_NoMemory();
    }
    memset(note, 0, 8);
    cell_put(&cells[at].text, CELL_MARK(text, CELL_KIND(cells[at].text)));
    cells[at].note = cell_noted(note);
    Py_RETURN_NONE;
}

static PyMethodDef cellmod_methods[] = {
    {"set", cell_set, METH_VARARGS, PyDoc_STR("set(...)")},
    {NULL, NULL, 0, NULL},
};

static int
cellmod_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot cellmod_slots[] = {
    {Py_mod_exec, cellmod_exec},
    {0, NULL},
};

static struct PyModuleDef cellmod_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "cellmod",
    .m_methods = cellmod_methods,
    .m_slots = cellmod_slots,
};

PyMODINIT_FUNC
PyInit_cellmod(void)
{
    return PyModuleDef_Init(&cellmod_module);
}
/* run: mod.set(0, "short") */
/* run: try: mod.set(0, "far too long") */
/* run: except ValueError: pass */
