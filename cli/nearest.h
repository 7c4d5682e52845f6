/*
 * nearest.h: what a misspelt word was probably meant to be. In: the word and those
 * that would have been right. Out: a clause for a message. It knows nothing of
 * what the words mean.
 */
#ifndef CLI_NEAREST_H
#define CLI_NEAREST_H

#include "pipeline.h"

/*
 * Insertions, deletions, replacements and swaps of neighbours that turn A into B;
 * letters' case is ignored.
 */
int edit_distance(const char *a, const char *b);

/*
 * "; did you mean 'family-mismatch' or 'free-not-owned'?", up to three of KNOWN that are nearest; ""
 * when none comes near. The text lives in ARENA.
 */
const char *nearest_hint(struct arena *arena, const char *word, const struct words *known);

#endif
