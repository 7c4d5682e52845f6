/* Inline buffer helpers shared by all files of the module. */
#ifndef BUFS_H
#define BUFS_H

#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct buf {
    char *data;
    size_t used, room;
};

static inline int
buf_add(struct buf *b, const char *bytes, size_t n)
{
    if (b->used + n > b->room) {
        size_t room = 2 * (b->used + n);
        char *bigger = PyMem_Realloc(b->data, room);
        if (bigger == NULL)
            return -1;
        b->data = bigger;
        b->room = room;
    }
    memcpy(b->data + b->used, bytes, n);
    b->used += n;
    return 0;
}

static inline void
buf_drop(struct buf *b)
{
    PyMem_Free(b->data);
    b->data = NULL;
    b->used = b->room = 0;
}

#endif
