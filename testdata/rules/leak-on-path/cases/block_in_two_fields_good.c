/* The shape of a view stands in two of its fields and goes by the other one; a view that is too wide keeps it. */
#include <Python.h>

struct view {
    long *shape;
    int ndim;
    void *internal;
};

static int
view_fill(struct view *view, int ndim)
{
    long *shape = PyMem_Calloc((size_t)ndim + 1, sizeof(long));

    if (shape == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    view->ndim = ndim;
    view->shape = shape;
    view->internal = shape;
    return 0;
}

static void
view_release(struct view *view)
{
    if (view->internal) {
        PyMem_Free(view->internal);
        view->internal = NULL;
    }
}

static PyObject *
view_width(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct view view;
    int ndim;

    if (!PyArg_ParseTuple(args, "i:width", &ndim))
        return NULL;
    if (view_fill(&view, ndim & 15))
        return NULL;
    if (view.ndim > 7) {
        view_release(&view);
        PyErr_SetString(PyExc_ValueError, "too wide");
        return NULL;
    }
    view.ndim = (int)view.shape[0];
    view_release(&view);
    return PyLong_FromLong(view.ndim);
}

static PyMethodDef viewmod_methods[] = {
    {"width", view_width, METH_VARARGS, PyDoc_STR("width(...)")},
    {NULL, NULL, 0, NULL},
};

static int
viewmod_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot viewmod_slots[] = {
    {Py_mod_exec, viewmod_exec},
    {0, NULL},
};

static struct PyModuleDef viewmod_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "viewmod",
    .m_methods = viewmod_methods,
    .m_slots = viewmod_slots,
};

PyMODINIT_FUNC
PyInit_viewmod(void)
{
    return PyModuleDef_Init(&viewmod_module);
}
/* run: mod.width(3) */
/* run: try: mod.width(9) */
/* run: except ValueError: pass */
