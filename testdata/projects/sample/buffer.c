#include "buffer.h"

#include <string.h>

int buffer_reserve(struct buffer *buffer, size_t room)
{
    char *bytes;

    if (room <= buffer->room)
        return 0;
    bytes = PyMem_Realloc(buffer->bytes, room);
    if (bytes == NULL)
        return -1;
    buffer->bytes = bytes;
    buffer->room = room;
    return 0;
}

int buffer_add(struct buffer *buffer, const char *bytes, size_t n)
{
    if (buffer_reserve(buffer, buffer->used + n) < 0)
        return -1;
    memcpy(buffer->bytes + buffer->used, bytes, n);
    buffer->used += n;
    return 0;
}

void buffer_clear(struct buffer *buffer)
{
    PyMem_Free(buffer->bytes);
    memset(buffer, 0, sizeof *buffer);
}
