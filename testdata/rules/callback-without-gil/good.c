/* Let zlib allocate from Python's heap. */
#include <Python.h>
#include <zlib.h>

static void *get(void *opaque, unsigned n, unsigned size)
{
    return PyMem_RawCalloc(n, size);
}

int inflate_some(z_stream *z)
{
    int status;

    z->zalloc = get;
    if (inflateInit(z) != Z_OK)
        return -1;
    Py_BEGIN_ALLOW_THREADS
    status = inflate(z, Z_SYNC_FLUSH);
    Py_END_ALLOW_THREADS
    return status;
}
