/* PyObject_INIT returns the object with a cast; its result is used here. */
#include <Python.h>

typedef struct {
    PyObject_HEAD
    Py_hash_t hash;
} Token;

static PyTypeObject TokenType;

static Token *free_token;

static void
token_dealloc(PyObject *op)
{
    if (free_token == NULL)
        free_token = (Token *)op;
    else
        PyObject_Free(op);
}

static PyTypeObject TokenType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "token.Token",
    .tp_basicsize = sizeof(Token),
    .tp_dealloc = token_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

static PyObject *
token_of(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Py_hash_t hash = PyObject_Hash(arg);
    Token *token = free_token;

    if (hash == -1)
        return NULL;
    if (token != NULL)
        free_token = NULL;
    else if ((token = PyObject_Malloc(sizeof(Token))) == NULL)
        return PyErr_NoMemory();
    token->hash = hash;
    return PyObject_Init((PyObject *)token, &TokenType);
}

static PyMethodDef token_methods[] = {
    {"of", token_of, METH_O, PyDoc_STR("of(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef token_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "token",
    .m_size = -1,
    .m_methods = token_methods,
};

PyMODINIT_FUNC
PyInit_token(void)
{
    PyObject *m = PyModule_Create(&token_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &TokenType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: a = mod.of(1); del a; b = mod.of(2); c = mod.of(3); del b, c */
