/*
 * tokens.h: C source as words, just well enough to tell whether a statement is
 * still the same one.
 */
#ifndef REPORT_TOKENS_H
#define REPORT_TOKENS_H

#include "report/source.h"

struct token {
        uint32_t at, length; /* length 0: the edge of a preprocessor line */
};

struct tokens {
        VEC(struct token) all;
};

/* All tokens of a source; comments, blanks and line joints are left out. */
struct tokens tokens_of(struct arena *arena, const struct source *source);

/*
 * The tokens of the statement (or row of a table, or preprocessor line) at
 * OFFSET, one blank between two, appended to OUT.
 */
void statement_write(const struct tokens *tokens, const struct source *source, size_t offset,
                     struct out *out);

#endif
