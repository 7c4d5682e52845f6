#include "ring.h"

#include <stdlib.h>

char *ring_grab(size_t n)
{
    return RING_ALLOC(n);
}

int ring_init(struct ring *ring, size_t size)
{
    ring->slots = ring_grab(size);
    ring->weights = PyMem_New(double, size);
    ring->size = size;
    if (ring->slots == NULL || ring->weights == NULL) {
        ring_clear(ring);
        return -1;
    }
    return 0;
}

void ring_clear(struct ring *ring)
{
    RING_FREE(ring->slots);
    PyMem_Free(ring->weights);
    ring->slots = NULL;
    ring->weights = NULL;
}
