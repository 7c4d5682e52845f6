/* Names from a list, by a function that no header declares any more; it only reads. */
#include <Python.h>
#include <stdlib.h>

PyObject *names(PyObject *list)
{
    int n = (int)PyList_Size(list), i;
    char **table = malloc(n * sizeof *table + 1);

    if (!table)
        return PyErr_NoMemory();
    for (i = 0; i < n; i++) {
        table[i] = (char *)PyString_AsString(PyList_GetItem(list, i));
        if (!table[i])
            return NULL; // expect: leak-on-path
    }
    free(table);
    Py_RETURN_NONE;
}
/* from facts: no Python 3 has the function */
