/*
 * stubs.h: empty headers for names that a project says it lacks. In: the
 * names. Out: a folder that has them, for as long as units are parsed.
 */
#ifndef FRONT_STUBS_H
#define FRONT_STUBS_H

#include "base/arena.h"

/* A temporary folder with an empty file of each name; NULL with a sentence in *ERROR when there can be none.
 */
const char *stubs_make(struct arena *arena, const char *const *names, int n, const char **error);

/* Removes the folder and those files. */
void stubs_remove(const char *folder, const char *const *names, int n);

#endif
