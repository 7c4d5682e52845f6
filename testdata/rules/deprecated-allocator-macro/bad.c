/* Sum of squares over a scratch array. */
#include <Python.h>

PyObject *sum_squares(PyObject *module, PyObject *arg)
{
    long n = PyLong_AsLong(arg);
    double sum = 0, *squares;

    if (n < 0)
        return NULL;
    squares = PyMem_NEW(double, n + 1); // expect: deprecated-allocator-macro
    if (squares == NULL)
        return PyErr_NoMemory();
    for (long i = 0; i < n; i++)
        squares[i] = (double)i * (double)i;
    for (long i = 0; i < n; i++)
        sum += squares[i];
    PyMem_DEL(squares); // expect: deprecated-allocator-macro
    return PyFloat_FromDouble(sum);
}
