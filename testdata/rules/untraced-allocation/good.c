/* Memory of an object that tracemalloc should see. */
#include <Python.h>
#include <stdlib.h>

typedef struct {
    PyObject_HEAD
    double *values;
} Vector;

int vector_init(Vector *self, size_t n)
{
    self->values = PyMem_Calloc(n, sizeof(double));
    return self->values == NULL ? -1 : 0;
}

void vector_clear(Vector *self)
{
    PyMem_Free(self->values);
    self->values = NULL;
}

PyTypeObject VectorType = {.tp_name = "m.Vector", .tp_basicsize = sizeof(Vector)};
