/* An argv-like array: its strings come from strdup and are released one by one as PyMem blocks. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void
argv_free(char **argv)
{
    for (char **p = argv; *p != NULL; p++)
        free(*p);
    PyMem_Free(argv);
}

static char **
argv_make(PyObject *sequence)
{
    Py_ssize_t n = PySequence_Fast_GET_SIZE(sequence);
    char **argv = PyMem_Calloc((size_t)n + 1, sizeof(*argv));

    if (argv == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        const char *word = PyUnicode_AsUTF8(PySequence_Fast_GET_ITEM(sequence, i));
        if (word == NULL || (argv[i] = strdup(word)) == NULL) {
            if (word != NULL)
                PyErr_NoMemory();
            argv_free(argv);
            return NULL;
        }
    }
    return argv;
}

static PyObject *
spawn_wait(PyObject *Py_UNUSED(module), PyObject *arg)
{
    PyObject *words = PySequence_Fast(arg, "a sequence of words");
    char **argv;
    int status = 0;
    pid_t pid;

    if (words == NULL)
        return NULL;
    argv = argv_make(words);
    Py_DECREF(words);
    if (argv == NULL)
        return NULL;
    pid = fork();
    if (pid == 0) {
        execvp(argv[0], argv);
        _exit(127);
    }
    if (pid > 0)
        waitpid(pid, &status, 0);
    argv_free(argv);
    if (pid < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    return PyLong_FromLong(WEXITSTATUS(status));
}

static PyMethodDef spawn_methods[] = {
    {"wait", spawn_wait, METH_O, PyDoc_STR("wait(...)")},
    {NULL, NULL, 0, NULL},
};

static int
spawn_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot spawn_slots[] = {
    {Py_mod_exec, spawn_exec},
    {0, NULL},
};

static struct PyModuleDef spawn_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "spawn",
    .m_methods = spawn_methods,
    .m_slots = spawn_slots,
};

PyMODINIT_FUNC
PyInit_spawn(void)
{
    return PyModuleDef_Init(&spawn_module);
}
/* run: assert mod.wait(["sh", "-c", "exit 3"]) == 3 */
