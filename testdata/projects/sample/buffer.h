/* A buffer of bytes that grows. */
#ifndef BUFFER_H
#define BUFFER_H

#include <Python.h>

struct buffer {
    char *bytes;
    size_t used, room;
};

int buffer_reserve(struct buffer *buffer, size_t room);
int buffer_add(struct buffer *buffer, const char *bytes, size_t n);
void buffer_clear(struct buffer *buffer);

#endif
