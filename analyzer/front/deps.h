/*
 * deps.h: whether a unit file would come out the same today. In: the unit file
 * and the folders its source sees. Out: yes or no, and a signature of where
 * every include of every file it rests on is found, so that a header that
 * appears ahead of the one that was read is noticed. Content decides, never a
 * time stamp. Each file is read once, however many units rest on it.
 */
#ifndef FRONT_DEPS_H
#define FRONT_DEPS_H

#include "base/file.h"
#include "base/hash.h"
#include "front/project.h"

struct deps;

/* A new table; it lives in ARENA and answers for the state of the disk during its life. */
struct deps *deps_new(struct arena *arena, const struct project *project);

/*
 * Whether every file that the unit file UNIT names is as it was then; if so,
 * SIGNATURE says where its includes lead now. False also when that cannot be known,
 * or when the source itself is no longer what the project has read.
 */
bool deps_hold(struct deps *deps, const struct project_unit *unit, const struct text *bytes,
               char signature[HASH_HEX]);

#endif
