/* An O& converter allocates into the struct it is given; the caller cleans the struct up. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct shape {
    Py_ssize_t *dims;
    Py_ssize_t count;
};

static int
shape_converter(PyObject *object, void *address)
{
    struct shape *shape = address;
    PyObject *fast = PySequence_Fast(object, "shape must be a sequence");

    if (fast == NULL)
        return 0;
    shape->count = PySequence_Fast_GET_SIZE(fast);
    shape->dims = PyMem_New(Py_ssize_t, shape->count + 1);
    if (shape->dims == NULL) {
        Py_DECREF(fast);
        PyErr_NoMemory();
        return 0;
    }
    for (Py_ssize_t i = 0; i < shape->count; i++) {
        shape->dims[i] = PyLong_AsSsize_t(PySequence_Fast_GET_ITEM(fast, i));
        if (shape->dims[i] < 0 && PyErr_Occurred()) {
            PyMem_Free(shape->dims);
            shape->dims = NULL;
            Py_DECREF(fast);
            return 0;
        }
    }
    Py_DECREF(fast);
    return 1;
}

static PyObject *
shape_volume(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct shape shape = {NULL, 0};
    Py_ssize_t volume = 1;

    if (!PyArg_ParseTuple(args, "O&:volume", shape_converter, &shape))
        return NULL;
    for (Py_ssize_t i = 0; i < shape.count; i++)
        volume *= shape.dims[i];
    free(shape.dims); // expect: family-mismatch // because: 20
    return PyLong_FromSsize_t(volume);
}

static PyMethodDef shape_methods[] = {
    {"volume", shape_volume, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef shape_module = {
    PyModuleDef_HEAD_INIT, "shape", NULL, -1, shape_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_shape(void)
{
    return PyModule_Create(&shape_module);
}
/* run: assert mod.volume((2, 3, 4)) == 24 */
/* dies: invalid pointer|signal */
