/* A helper two calls deep releases the block; the caller returns it as text. */
#include <Python.h>
#include <string.h>

struct request {
    char *body;
    int status;
};

static void
request_reset(struct request *r)
{
    PyMem_Free(r->body);
    r->status = 0;
}

static void
request_finish(struct request *r, int status)
{
    request_reset(r);
    r->status = status;
}

static PyObject *
http_echo(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct request r = {NULL, 0};
    const char *body;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "s:echo", &body))
        return NULL;
    r.body = PyMem_Malloc(strlen(body) + 1);
    if (r.body == NULL)
        return PyErr_NoMemory();
    strcpy(r.body, body);
    result = Py_BuildValue("is", 200, r.body);
    request_finish(&r, 200);
    return result;
}

static PyMethodDef http_methods[] = {
    {"echo", http_echo, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef http_module = {
    PyModuleDef_HEAD_INIT, "http", NULL, -1, http_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_http(void)
{
    return PyModule_Create(&http_module);
}
/* run: assert mod.echo("hi") == (200, "hi") */
