/*
 * progress.h: how far a run is, on the standard error. In: what the pool tells of
 * units. Out: a line that rewrites itself on a terminal, few plain ones elsewhere.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "pipeline.h"

/* Gives OPT a progress callback as fits the standard error and --quiet; its state lives in ARENA. */
void progress_watch(struct arena *arena, struct options *opt);

#endif
