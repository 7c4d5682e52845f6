/* Ownership goes to a callee, which releases by its own family at the end. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

/* Writes `message` as a line and takes the message: the caller must not use it any more. */
static int
emit(PyObject *file, char *message)
{
    int status = PyFile_WriteString(message, file);

    if (status == 0)
        status = PyFile_WriteString("\n", file);
    free(message);
    return status;
}

static PyObject *
log_join(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *file;
    const char *topic, *body;
    size_t n, m;
    char *message;

    if (!PyArg_ParseTuple(args, "Oss:join", &file, &topic, &body))
        return NULL;
    n = strlen(topic);
    m = strlen(body);
    message = malloc(n + m + 3);
    if (message == NULL)
        return PyErr_NoMemory();
    memcpy(message, topic, n);
    memcpy(message + n, ": ", 2);
    memcpy(message + n + 2, body, m + 1);
    if (emit(file, message) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef logjoin_methods[] = {
    {"join", log_join, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef logjoin_module = {
    PyModuleDef_HEAD_INIT, "logjoin", NULL, -1, logjoin_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_logjoin(void)
{
    return PyModule_Create(&logjoin_module);
}
/* run: import io; f = io.StringIO(); mod.join(f, "a", "b"); assert f.getvalue() == "a: b\n" */
