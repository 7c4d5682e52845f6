/*
 * finished.h: what came of a project, for a run that finds everything as it
 * was. In: a project, all else that the answer depends on as one text, and
 * the answer of a run. Out: that answer again, when no file it rests on has
 * changed and no header stepped ahead of another. Knows nothing of the answer.
 */
#ifndef FRONT_FINISHED_H
#define FRONT_FINISHED_H

#include "front/pool.h"

/* The answer that was kept for QUESTION, in ARENA; false when there is none that holds, with a sentence in
 * *NOTE when the cache has it damaged. */
bool finished_recall(struct arena *arena, const struct project *project, const struct pool_options *options,
                     const struct text *question, struct text *answer, const char **note);

/* Keeps ANSWER, unless UNITS are such that another run may see others. */
void finished_keep(const struct project *project, const struct pool_options *options,
                   const struct units *units, const struct text *question, const struct text *answer);

#endif
