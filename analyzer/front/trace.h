/*
 * trace.h: what a run has asked the disk. In: a lookup at the end of a run.
 * Out: its questions and their answers as text, and later whether the disk
 * would answer all of them alike. Content decides, never a time stamp.
 */
#ifndef FRONT_TRACE_H
#define FRONT_TRACE_H

#include "base/text.h"
#include "front/lookup.h"

/*
 * Appends to OUT what LOOKUP was asked, but for paths below the folder WITHOUT
 * (NULL: none), which is ours and of this run alone. False when a path cannot be told.
 */
bool trace_write(const struct lookup *lookup, const char *without, struct out *out);

/* Whether TEXT holds today. What PROJECT has read just now is not read again. */
bool trace_holds(const struct project *project, const struct text *text);

#endif
