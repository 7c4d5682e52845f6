/*
 * glob.h: patterns for paths, a subset of what .gitignore knows: "*" and "?"
 * stay inside a component, "**" crosses folders, a pattern without a slash
 * matches at any depth, and what matches a folder matches all below it.
 */
#ifndef FRONT_GLOB_H
#define FRONT_GLOB_H

#include <stdbool.h>

/* Whether PATH (relative, clean) matches PATTERN. */
bool glob_matches(const char *pattern, const char *path);

#endif
