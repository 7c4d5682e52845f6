/* The coder: lives in a file that knows nothing of who calls it in which state. */
#include <Python.h>
#include "rle.h"

/* Worst case two bytes for each byte of input. Returns -1 when there is no memory. */
int
rle_encode(const unsigned char *in, size_t length, struct rle_out *out)
{
    size_t w = 0;

    out->length = 0;
    out->bytes = PyMem_RawMalloc(2 * length + 1);
    if (out->bytes == NULL)
        return -1;
    for (size_t i = 0; i < length;) {
        size_t run = 1;
        while (i + run < length && run < 255 && in[i + run] == in[i])
            run++;
        out->bytes[w++] = (unsigned char)run;
        out->bytes[w++] = in[i];
        i += run;
    }
    out->length = w;
    return 0;
}

void
rle_out_free(struct rle_out *out)
{
    PyMem_RawFree(out->bytes);
    out->bytes = NULL;
}
