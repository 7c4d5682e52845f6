/* Room for an image. */
#include <Python.h>

unsigned char *image_new(Py_ssize_t width, Py_ssize_t height)
{
    return PyMem_Calloc(width, height);
}
