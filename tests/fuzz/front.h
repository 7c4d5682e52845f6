/* front.h: see front.c; apart from fuzz.c because the front half has words of its own. */
#ifndef FUZZ_FRONT_H
#define FUZZ_FRONT_H

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

struct unit;

/* fuzz.c: a file of this process with the given bytes, named as its reader expects it. */
const char *file_of(struct arena *arena, const char *name, const uint8_t *bytes, size_t length);

/* A compile_commands.json, and the flags of every command in it. */
void read_database(struct arena *arena, const uint8_t *bytes, size_t length);

/* What a source of LENGTH bytes says in comments, as a unit; aborts when a unit of ours cannot be read again.
 */
struct unit *scan_comments(struct arena *arena, const char *text, size_t length);

#endif
