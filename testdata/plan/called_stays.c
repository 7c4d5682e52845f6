/* --to pymem. The library gets its memory from this function and may release it by itself. */
#include <Python.h>
#include <stdlib.h>
#include <zlib.h>

static void *stream_alloc(void *opaque, unsigned items, unsigned size)
{
    (void)opaque;
    return calloc(items, size); // plan: not-movable called-outside
}

static void stream_free(void *opaque, void *block)
{
    (void)opaque;
    free(block); // plan: not-movable called-outside
}

int stream_open(z_stream *stream)
{
    stream->zalloc = stream_alloc;
    stream->zfree = stream_free;
    return inflateInit(stream);
}
