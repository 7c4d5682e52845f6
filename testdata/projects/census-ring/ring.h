#ifndef RING_H
#define RING_H

#include <Python.h>

#define RING_ALLOC(n) malloc(n)
#define RING_FREE free

struct ring {
    char *slots;
    double *weights;
    size_t size;
};

char *ring_grab(size_t n);
int ring_init(struct ring *ring, size_t size);
void ring_clear(struct ring *ring);

#endif
