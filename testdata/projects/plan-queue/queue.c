/* The queue knows nothing of Python. */
#include "queue.h"

#include <stdlib.h>
#include <string.h>

int queue_reserve(struct queue *queue, size_t room)
{
    double *items;

    if (queue->items == NULL)
        items = (double *)malloc(room * sizeof(double));
    else
        items = realloc(queue->items, room * sizeof(double));
    if (items == NULL)
        return -1;
    queue->items = items;
    queue->room = room;
    return 0;
}

void queue_clear(struct queue *queue)
{
    free(queue->items);
    queue->items = NULL;
    queue->room = 0;
}

#define LINE_NEW(n) calloc((n), 1)

char *line_copy(const char *line)
{
    char *copy = LINE_NEW(strlen(line) + 1);

    return copy ? strcpy(copy, line) : NULL;
}

void line_free(char *line)
{
    free(line);
}
