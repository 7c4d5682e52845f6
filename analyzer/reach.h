/*
 * reach.h: every file that units may read, told without a parser. In: units.
 * Out: the files that their includes lead to, whatever is defined, and those
 * that their conditions ask for: a machine that has these and nothing else
 * finds what this one finds, for an include takes the first folder that has
 * the header, and no folder has more there than here.
 */
#ifndef REACH_H
#define REACH_H

#include "front/lookup.h"

struct reach {
        struct arena *arena;
        struct lookup *lookup;
        struct map seen, folders; /* of files; and of folders, where they really are */
        VEC(const char *) files;  /* absolute, as the compiler names them: ".." and links may be in them */
};

/* Nothing is reached yet. Headers are looked up by LOOKUP, which must live as long; all is in ARENA. */
struct reach *reach_new(struct arena *arena, struct lookup *lookup);

/*
 * Adds what UNIT may read. False when that cannot be told: a macro names a header,
 * or flags move all of them.
 */
bool reach_unit(struct reach *reach, const struct project_unit *unit);

#endif
