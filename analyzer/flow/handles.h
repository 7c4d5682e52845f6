/*
 * handles.h: handles of the lock that are open on one path, the last one taken
 * at the end. They nest: what is given back first has to be what was taken last.
 */
#ifndef FLOW_HANDLES_H
#define FLOW_HANDLES_H

#include <stdbool.h>

enum { HANDLES_MOST = 4 };

/* Values of the tokens; n is -1 where the order is not known. */
struct handles {
        int list[HANDLES_MOST];
        int n;
};

/* TOKEN is taken now. */
void handles_take(struct handles *handles, int token);

/* TOKEN is given back; one that is not among them makes the rest unknown. */
void handles_give(struct handles *handles, int token);

/* Where TOKEN stands, -1: not among them. */
int handles_at(const struct handles *handles, int token);

/* The one taken last, -1: none, or not known. */
int handles_last(const struct handles *handles);

/* The value FROM is called TO from now on, or has no name any more when TO is -1. */
void handles_rename(struct handles *handles, int from, int to);

/* True when both are the same handles in the same order. */
bool handles_equal(const struct handles *a, const struct handles *b);

#endif
