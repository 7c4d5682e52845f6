/* continue skips the re-acquire; the next turn of the loop saves a second time. */
#include <Python.h>
#include <string.h>

typedef struct {
    PyObject_HEAD
    char text[4][32];
} Page;

static Py_ssize_t
page_length(PyObject *op)
{
    Page *self = (Page *)op;
    Py_ssize_t words = 0;

    for (int i = 0; i < 4; i++) {
        PyThreadState *ts;
        const char *p = self->text[i];

        if (*p == '\0')
            continue;
        ts = PyEval_SaveThread();
        for (words++; (p = strchr(p, ' ')) != NULL; p++)
            words++;
        PyEval_RestoreThread(ts);
    }
    return words;
}

static int
page_init(PyObject *op, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    const char *line[4] = {"", "", "", ""};

    if (!PyArg_ParseTuple(args, "|ssss:Page", &line[0], &line[1], &line[2], &line[3]))
        return -1;
    for (int i = 0; i < 4; i++)
        strncpy(((Page *)op)->text[i], line[i], 31);
    return 0;
}

static PySequenceMethods page_as_sequence = {
    .sq_length = page_length,
};

static PyTypeObject PageType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "page.Page",
    .tp_basicsize = sizeof(Page),
    .tp_as_sequence = &page_as_sequence,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_init = page_init,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef page_module = {
    PyModuleDef_HEAD_INIT, "page", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_page(void)
{
    PyObject *m = PyModule_Create(&page_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &PageType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: assert len(mod.Page("a b", "c", "d", "e")) == 5; assert len(mod.Page("a", "", "b", "c")) == 3 */
