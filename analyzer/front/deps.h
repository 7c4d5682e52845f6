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
#include "front/lookup.h"

struct deps;

/* A new table in ARENA; it answers for the state of the disk that LOOKUP has seen. */
struct deps *deps_new(struct arena *arena, const struct project *project, struct lookup *lookup);

/* Where the includes of FILE lead for a unit that searches so: equal now and then, if nothing stepped ahead.
 */
uint64_t deps_signature(struct deps *deps, const struct lookup_file *file, const struct search *search);

/*
 * Whether every file that the unit file UNIT names is as it was then; if so,
 * SIGNATURE says where its includes lead now. False also when that cannot be known,
 * or when the source itself is no longer what the project has read.
 */
bool deps_hold(struct deps *deps, const struct project_unit *unit, const struct text *bytes,
               char signature[HASH_HEX]);

#endif
