/*
 * watch.h: between watch.c and pipeline.c: the way of a run whose files an
 * editor may have changed.
 */
#ifndef WATCH_H
#define WATCH_H

#include "run.h"

/* The whole way of RUN, whose findings end in run->shown. False with run->error. */
bool watch_way(struct run *run);

#endif
