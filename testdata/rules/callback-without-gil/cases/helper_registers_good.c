/* A helper registers the hook that it gets; the library runs inside regions, and the hook asks for no lock. */
#include <Python.h>
#include <sqlite3.h>

static PyObject *hook;

static int
busy_asked(void *data, int times)
{
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *answer = PyObject_CallNoArgs(hook);

    (void)data;
    Py_XDECREF(answer);
    PyGILState_Release(state);
    return answer != NULL && times < 1;
}

static int
connection_ask(sqlite3 *connection, int (*asked)(void *, int), void *data)
{
    return sqlite3_busy_handler(connection, asked, data);
}

static PyObject *
stores_run(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *path, *statement;
    sqlite3 *connection = NULL;
    int status;

    if (!PyArg_ParseTuple(args, "ssO", &path, &statement, &hook))
        return NULL;
    if (sqlite3_open(path, &connection) != SQLITE_OK) {
        sqlite3_close(connection);
        return PyErr_Format(PyExc_OSError, "cannot open it");
    }
    connection_ask(connection, busy_asked, NULL);
    Py_BEGIN_ALLOW_THREADS
    status = sqlite3_exec(connection, statement, NULL, NULL, NULL);
    Py_END_ALLOW_THREADS
    sqlite3_close(connection);
    return PyLong_FromLong(status);
}

static PyMethodDef stores_methods[] = {
    {"run", stores_run, METH_VARARGS, PyDoc_STR("run(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef stores_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "stores",
    .m_size = -1,
    .m_methods = stores_methods,
};

PyMODINIT_FUNC
PyInit_stores(void)
{
    return PyModule_Create(&stores_module);
}
/* run: import sqlite3, tempfile; path = tempfile.mktemp(); held = sqlite3.connect(path) */
/* run: held.execute("create table t (x)"); held.commit(); held.execute("insert into t values (1)") */
/* run: mod.run(path, "insert into t values (2)", dict) */
/* link: -lsqlite3 */
