/* Objects live in plain memory and go back to it: no release is wrong, but no such object may be. */
#include <Python.h>

struct point {
    PyObject_HEAD
    double x;
};

static struct point *spare;
static PyTypeObject Point_type;

static PyObject *
point_new(PyTypeObject *Py_UNUSED(type), PyObject *args, PyObject *Py_UNUSED(kwargs))
{
    struct point *self;
    double x;

    if (!PyArg_ParseTuple(args, "d:Point", &x))
        return NULL;
    self = spare;
    spare = NULL;
    if (self == NULL) {
        self = PyObject_Malloc(sizeof *self);
        if (self == NULL)
            return PyErr_NoMemory();
    }
    PyObject_Init((PyObject *)self, &Point_type);
    self->x = x;
    return (PyObject *)self;
}

static void
point_dealloc(struct point *self)
{
    if (spare == NULL)
        spare = self;
    else
        PyObject_Free(self);
}

static PyTypeObject Point_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "points.Point",
    .tp_basicsize = sizeof(struct point),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = (destructor)point_dealloc,
    .tp_new = point_new,
};

static struct PyModuleDef points_module = {
    PyModuleDef_HEAD_INIT, "points", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_points(void)
{
    PyObject *module = PyModule_Create(&points_module);

    if (module != NULL && PyModule_AddType(module, &Point_type) < 0)
        Py_CLEAR(module);
    return module;
}
/* run: [mod.Point(1), mod.Point(2), mod.Point(3)] */
