/*
 * key.h: what a unit file depends on, besides the headers it reads. In: the
 * tool, libclang, a unit. Out: 32 hexadecimal digits, the same wherever the
 * tree lies.
 */
#ifndef FRONT_KEY_H
#define FRONT_KEY_H

#include "front/clang.h"
#include "front/project.h"

/* A path or a flag with the tree and the roots in it replaced by their names. */
const char *key_portable(struct arena *arena, const struct project *project, const char *text);

/* The key of a unit. */
const char *key_of_unit(struct arena *arena, const struct project *project, const struct project_unit *unit,
                        const struct clang_info *clang);

#endif
