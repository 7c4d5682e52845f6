/* Parameters of a virtual machine: the library fills a table of ours, and has a function that frees it. */
#include <Python.h>
#include <stdlib.h>

typedef struct { int type; char field[80]; } virTypedParameter;
int virDomainGetSchedulerParameters(void *domain, virTypedParameter *params, int *n);
void virTypedParamsFree(virTypedParameter *params, int n);

PyObject *parameters(void *domain, int n)
{
    virTypedParameter *params = calloc(n, sizeof *params);
    PyObject *result;

    if (!params)
        return PyErr_NoMemory();
    if (virDomainGetSchedulerParameters(domain, params, &n) < 0)
        Py_RETURN_NONE; // expect: leak-on-path
    result = PyUnicode_FromString(params[0].field);
    virTypedParamsFree(params, n);
    return result;
}
/* from facts: needs a virtual machine and its library */
