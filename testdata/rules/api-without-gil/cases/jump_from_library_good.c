/* An error of the library jumps back out of the region: the handler runs without the lock. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <png.h>
#include <string.h>

struct input {
    const char *bytes;
    Py_ssize_t left;
};

static void
read_more(png_structp png, png_bytep to, size_t size)
{
    struct input *input = png_get_io_ptr(png);

    if ((Py_ssize_t)size > input->left)
        png_error(png, "too short");
    memcpy(to, input->bytes, size);
    input->bytes += size;
    input->left -= (Py_ssize_t)size;
}

static PyObject *
images_width(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct input input;
    png_structp png;
    png_infop info;
    png_uint_32 width;
    PyThreadState *volatile saved = NULL;

    if (!PyArg_ParseTuple(args, "y#", &input.bytes, &input.left))
        return NULL;
    png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    info = png ? png_create_info_struct(png) : NULL;
    if (info == NULL) {
        png_destroy_read_struct(&png, NULL, NULL);
        return PyErr_NoMemory();
    }
    if (setjmp(png_jmpbuf(png))) {
        if (saved != NULL)
            PyEval_RestoreThread(saved);
        png_destroy_read_struct(&png, &info, NULL);
        PyErr_SetString(PyExc_ValueError, "not an image");
        return NULL;
    }
    png_set_read_fn(png, &input, read_more);
    saved = PyEval_SaveThread();
    png_read_info(png, info);
    PyEval_RestoreThread(saved);
    saved = NULL;
    width = png_get_image_width(png, info);
    png_destroy_read_struct(&png, &info, NULL);
    return PyLong_FromUnsignedLong(width);
}

static PyMethodDef images_methods[] = {
    {"width", images_width, METH_VARARGS, PyDoc_STR("width(data) -> int")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef images_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "images",
    .m_size = -1,
    .m_methods = images_methods,
};

PyMODINIT_FUNC
PyInit_images(void)
{
    return PyModule_Create(&images_module);
}
/* run: exec("try: mod.width(b'x' * 100)\nexcept ValueError: pass") */
/* link: -lpng */
