/* Whether the interpreter is about to end. */
#include <Python.h>

int ending(void)
{
    return _Py_IsFinalizing(); // expect: api-not-in-version
}
