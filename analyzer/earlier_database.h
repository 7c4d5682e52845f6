/*
 * earlier_database.h: a compile_commands.json of today's tree for a copy of an
 * earlier one, so that --since reads both with the same flags. In: the recorded
 * database. Out: one in the copy, whose paths lead there.
 */
#ifndef EARLIER_DATABASE_H
#define EARLIER_DATABASE_H

#include "base/arena.h"

#include <stdbool.h>

/*
 * Reads DATABASE (NULL: the one that TOP's build left, if any), whose entries
 * speak of files below TOP, and writes TARGET/compile_commands.json for the
 * copy of the tree in TARGET: what exists there is named there, everything
 * else (generated headers, libraries) as before; entries whose source did not
 * exist are left out. *MADE: whether one was written. False with *ERROR.
 */
bool earlier_database(struct arena *arena, const char *database, const char *top, const char *target,
                      bool *made, const char **error);

#endif
