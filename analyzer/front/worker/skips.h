/*
 * skips.h: which parts of a file of the tree the preprocessor skipped. In: the
 * file and the definitions that libclang lists. Out: whether the text at an
 * offset was read. Where a definition stands there its being listed tells;
 * libclang itself is asked only when nothing else does, because it looks at
 * every section of the precompiled header each time.
 */
#ifndef WORKER_SKIPS_H
#define WORKER_SKIPS_H

#include "lower.h"

struct skip_span {
        struct source *source;
        CXSourceLocation begin;
        unsigned from, to;
};

/* Of a unit; zeroed but for the first two. */
struct skips {
        struct lower *l;
        bool c;             /* its language */
        struct map defined; /* encodings of where definitions stand, plus one */
        bool indexed, listed;
        VEC(struct skip_span) all; /* without a precompiled header: of all files, once `listed` */
};

/* Of one of its files; zeroed but for the first three. */
struct file_skips {
        struct skips *skips;
        struct source *source;
        CXFile file;
        bool placed, asked;
        unsigned start; /* encoding of its first byte, once `placed` */
        VEC(struct skip_span) spans;
};

/* Was the definition read whose name stands at OFFSET? */
bool skips_defined(struct file_skips *skips, size_t offset);

/* Was the text at OFFSET skipped? */
bool skips_at(struct file_skips *skips, size_t offset);

#endif
