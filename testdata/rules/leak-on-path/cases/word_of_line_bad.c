/* A word of a line is kept by its address inside the line; the line itself is lost where no word is found. */
#include <Python.h>
#include <string.h>

struct word {
    struct word *next;
    char *text;
};

static struct word *words;

/* The line without its end. */
static char *
words_chomp(char *line)
{
    Py_ssize_t at = (Py_ssize_t)strlen(line);

    if (at == 0)
        return line;
    for (at--; at >= 0; at--) {
        if (line[at] == '\r' || line[at] == '\n')
            line[at] = 0;
        else
            return line;
    }
    return line;
}

static int
words_keep(char *text)
{
    struct word *word = PyMem_Malloc(sizeof(*word));

    if (word == NULL)
        return -1;
    word->text = text;
    word->next = words;
    words = word;
    return 0;
}

static PyObject *
words_second(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *given;
    char *line, *blank;

    if (!PyArg_ParseTuple(args, "s:second", &given))
        return NULL;
    line = PyMem_Malloc(strlen(given) + 1);
    if (line == NULL)
        return PyErr_NoMemory();
    blank = strchr(strcpy(line, given), ' ');
    if (blank == NULL) {
        PyErr_SetString(PyExc_ValueError, "there is no second word");
        return NULL; // expect: leak-on-path // because: 50, 54
    }
    if (words_keep(blank + 1) < 0) {
        PyMem_Free(line);
        return PyErr_NoMemory();
    }
    Py_RETURN_NONE;
}

static PyObject *
words_whole(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *given;
    char *line;

    if (!PyArg_ParseTuple(args, "s:whole", &given))
        return NULL;
    line = PyMem_Malloc(strlen(given) + 1);
    if (line == NULL)
        return PyErr_NoMemory();
    strcpy(line, given);
    if (words_keep(words_chomp(line)) < 0) {
        PyMem_Free(line);
        return PyErr_NoMemory();
    }
    Py_RETURN_NONE;
}

static PyMethodDef wordsmod_methods[] = {
    {"second", words_second, METH_VARARGS, PyDoc_STR("second(...)")},
    {"whole", words_whole, METH_VARARGS, PyDoc_STR("whole(...)")},
    {NULL, NULL, 0, NULL},
};

static int
wordsmod_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot wordsmod_slots[] = {
    {Py_mod_exec, wordsmod_exec},
    {0, NULL},
};

static struct PyModuleDef wordsmod_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "wordsmod",
    .m_methods = wordsmod_methods,
    .m_slots = wordsmod_slots,
};

PyMODINIT_FUNC
PyInit_wordsmod(void)
{
    return PyModuleDef_Init(&wordsmod_module);
}
/* run: mod.second("two words") */
/* run: mod.whole("a line\n") */
/* run: try: mod.second("one") */
/* run: except ValueError: pass */
/* leaks: words_second */
