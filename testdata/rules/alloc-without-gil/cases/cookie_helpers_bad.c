/* Release and restore wrapped in functions that take PyThreadState **, as imaging libraries do. */
#include <Python.h>
#include <stdint.h>
#include <string.h>

typedef PyThreadState *section_t;

static void
section_enter(section_t *cookie)
{
    *cookie = PyEval_SaveThread();
}

static void
section_leave(section_t *cookie)
{
    PyEval_RestoreThread(*cookie);
}

struct image {
    int width, height;
    uint8_t *pixels;
};

static int
image_alloc(struct image *im, int width, int height)
{
    im->width = width;
    im->height = height;
    im->pixels = PyMem_Calloc((size_t)width, (size_t)height); // expect: alloc-without-gil // because: 11, 62
    return im->pixels == NULL ? -1 : 0;
}

static void
transpose(const struct image *in, struct image *out)
{
    for (int y = 0; y < in->height; y++) {
        for (int x = 0; x < in->width; x++)
            out->pixels[x * in->height + y] = in->pixels[y * in->width + x];
    }
}

static PyObject *
image_transpose(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct image in, out;
    Py_buffer view;
    section_t cookie;
    PyObject *result;
    int status;

    if (!PyArg_ParseTuple(args, "y*ii:transpose", &view, &in.width, &in.height))
        return NULL;
    if (in.width < 1 || in.height < 1 || (Py_ssize_t)in.width * in.height != view.len) {
        PyErr_SetString(PyExc_ValueError, "size does not match");
        PyBuffer_Release(&view);
        return NULL;
    }
    in.pixels = view.buf;

    section_enter(&cookie);
    status = image_alloc(&out, in.height, in.width);
    if (status == 0)
        transpose(&in, &out);
    section_leave(&cookie);
    PyBuffer_Release(&view);
    if (status < 0)
        return PyErr_NoMemory();
    result = PyBytes_FromStringAndSize((char *)out.pixels, (Py_ssize_t)out.width * out.height);
    PyMem_Free(out.pixels);
    return result;
}

static PyMethodDef imgsect_methods[] = {
    {"transpose", image_transpose, METH_VARARGS, PyDoc_STR("transpose(...)")},
    {NULL, NULL, 0, NULL},
};

static int
imgsect_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot imgsect_slots[] = {
    {Py_mod_exec, imgsect_exec},
    {0, NULL},
};

static struct PyModuleDef imgsect_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "imgsect",
    .m_methods = imgsect_methods,
    .m_slots = imgsect_slots,
};

PyMODINIT_FUNC
PyInit_imgsect(void)
{
    return PyModuleDef_Init(&imgsect_module);
}
/* run: assert mod.transpose(b"abcdef", 3, 2) == b"adbecf" */
/* dies: Python memory allocator called without holding the GIL */
