/* The product is computed a few lines earlier and kept in a variable. */
#include <Python.h>
#include <stdlib.h>

static PyObject *
voxels_checksum(PyObject *Py_UNUSED(module), PyObject *args)
{
    unsigned int width, height;
    unsigned int size;
    double *voxels, sum = 0;

    if (!PyArg_ParseTuple(args, "II:checksum", &width, &height))
        return NULL;
    size = width * height;
    voxels = malloc(size); // expect-medium: allocation-size-overflow
    if (voxels == NULL)
        return PyErr_NoMemory();
    for (size_t i = 0; i < (size_t)width * height / sizeof(double); i++)
        voxels[i] = (double)i;
    for (size_t i = 0; i < (size_t)width * height / sizeof(double); i++)
        sum += voxels[i];
    free(voxels);
    return PyFloat_FromDouble(sum);
}

static PyMethodDef voxels_methods[] = {
    {"checksum", voxels_checksum, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef voxels_module = {
    PyModuleDef_HEAD_INIT, "voxels", NULL, -1, voxels_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_voxels(void)
{
    return PyModule_Create(&voxels_module);
}
/* run: assert mod.checksum(4, 4) == 1.0 */
/* run: try: mod.checksum(65536, 65537) */
/* run: except ValueError: pass */
/* dies: signal */
