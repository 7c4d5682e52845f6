/*
 * patch.h: changes to one file, and how a patch shows them. In: a source as it was
 * analyzed, and what becomes of its bytes. Out: the new content, or a diff. It
 * writes no file and knows nothing of findings.
 */
#ifndef REPORT_PATCH_H
#define REPORT_PATCH_H

#include "report/source.h"

/* The bytes FROM up to TO become TEXT. */
struct change {
        size_t from, to;
        const char *text;
        size_t length;
};

/* The changes of a file, in order, none reaching into the next. */
struct patch {
        struct source *source;
        const char *target; /* the file to replace; NULL: none may be */
        VEC(struct change) changes;
};

/*
 * Adds a change. An equal one that is there already is enough; false, and
 * nothing added, when it would reach into another one or shares its place.
 */
bool patch_add(struct arena *arena, struct patch *patch, struct change change);

/* The whole new content, appended. */
void patch_apply(const struct patch *patch, struct out *out);

/* A unified diff with three lines around, as `patch -p1` and `git apply` take it. */
void patch_write(const struct patch *patch, struct out *out);

#endif
