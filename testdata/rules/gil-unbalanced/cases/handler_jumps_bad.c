/* The error handler of a library jumps out of the region, back to where nobody asks for the lock. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <setjmp.h>
#include <string.h>

/* of a library that draws, and that tells errors by a function which must not return */
struct canvas;
extern struct canvas *canvas_open(void (*failed)(void *, const char *), void *) __attribute__((weak));
extern void canvas_load(struct canvas *, const void *, size_t) __attribute__((weak));
extern void canvas_draw(struct canvas *, unsigned char *) __attribute__((weak));
extern void canvas_close(struct canvas *) __attribute__((weak));

struct trap {
    jmp_buf back;
    char said[80];
};

static void
on_failed(void *data, const char *why)
{
    struct trap *trap = data;

    strncpy(trap->said, why, sizeof trap->said - 1);
    longjmp(trap->back, 1);
}

static PyObject *
pictures_draw(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_buffer from, to;
    struct trap trap;
    struct canvas *canvas;
    PyThreadState *volatile saved = NULL;
    volatile int drawn = 0;

    if (!PyArg_ParseTuple(args, "y*w*", &from, &to))
        return NULL;
    memset(&trap, 0, sizeof trap);
    canvas = canvas_open(on_failed, &trap);
    if (setjmp(trap.back) == 0) {
        canvas_load(canvas, from.buf, (size_t)from.len);
        saved = PyEval_SaveThread();
        canvas_draw(canvas, to.buf);
        PyEval_RestoreThread(saved);
        drawn = 1;
    }
    canvas_close(canvas);
    if (!drawn)
        return NULL; // expect: gil-unbalanced
    return PyBool_FromLong(drawn);
}

static PyMethodDef pictures_methods[] = {
    {"draw", pictures_draw, METH_VARARGS, PyDoc_STR("draw(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef pictures_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "pictures",
    .m_size = -1,
    .m_methods = pictures_methods,
};

PyMODINIT_FUNC
PyInit_pictures(void)
{
    return PyModule_Create(&pictures_module);
}
/* run: with __import__("contextlib").suppress(TypeError): mod.draw("x") */
/* from facts: this interpreter comes without such a library */
