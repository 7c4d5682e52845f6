/* A helper makes a handle around the hooks that it gets; which handle runs in the region nobody can tell. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <png.h>
#include <string.h>

struct input {
    const char *bytes;
    Py_ssize_t left;
};

static PyObject *warnings;

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

static void
warn(png_structp png, png_const_charp said)
{
    PyObject *text = PyUnicode_FromString(said);

    if (text == NULL || PyList_Append(warnings, text) < 0)
        PyErr_WriteUnraisable(warnings);
    Py_XDECREF(text);
}

static png_structp
reader_new(png_error_ptr said)
{
    return png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, said);
}

static PyObject *
images_width(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct input input;
    png_structp png;
    png_infop info;
    png_uint_32 width;

    if (!PyArg_ParseTuple(args, "y#O!", &input.bytes, &input.left, &PyList_Type, &warnings))
        return NULL;
    png = reader_new(warn); // expect-medium: callback-without-gil
    info = png ? png_create_info_struct(png) : NULL;
    if (info == NULL) {
        png_destroy_read_struct(&png, NULL, NULL);
        return PyErr_NoMemory();
    }
    png_set_read_fn(png, &input, read_more);
    Py_BEGIN_ALLOW_THREADS
    png_read_info(png, info);
    width = png_get_image_width(png, info);
    Py_END_ALLOW_THREADS
    png_destroy_read_struct(&png, &info, NULL);
    return PyLong_FromUnsignedLong(width);
}

static PyMethodDef images_methods[] = {
    {"width", images_width, METH_VARARGS, PyDoc_STR("width(data, warnings) -> int")},
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
/* run: import struct, zlib; size = struct.pack(">IIBBBBB", 3, 1, 8, 0, 0, 0, 0) */
/* run: part = lambda kind, data, off=0: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data) ^ off) */
/* run: data = b"\x89PNG\r\n\x1a\n" + part(b"IHDR", size) + part(b"tEXt", b"a\0b", 1) + part(b"IDAT", zlib.compress(b"\0abc")) + part(b"IEND", b"") */
/* run: said = []; assert mod.width(data, said) == 3 and len(said) == 1, said */
/* link: -lpng */
/* dies: without holding the GIL|signal 11 */
