#ifndef QUEUE_H
#define QUEUE_H

#include <stddef.h>

struct queue {
    double *items;
    size_t room;
};

int queue_reserve(struct queue *queue, size_t room);
void queue_clear(struct queue *queue);

/* May be called without the GIL. */
char *line_copy(const char *line);
void line_free(char *line);

#endif
