#include "compat.h"

void
unit_dealloc(PyObject *op)
{
    compat_free(op);
}
