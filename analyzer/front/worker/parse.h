/*
 * parse.h: libclang's parser under our flags. In: a job. Out: a translation
 * unit, a precompiled header, or what libclang says about itself.
 */
#ifndef WORKER_PARSE_H
#define WORKER_PARSE_H

#include "headers.h"

#include "front/job.h"

#include <clang-c/Index.h>

struct parser {
        struct arena *arena; /* as long as the process */
        CXIndex index;
        VEC(struct headers *) headers; /* those already read */
        const char *resource; /* folder of the compiler's own headers when it has to be said, else NULL */
};

struct parsed {
        CXTranslationUnit tu;          /* NULL: it failed */
        const struct headers *headers; /* what is in the precompiled header it was parsed with, or NULL */
};

/* A parser; finds the compiler's own headers. Strings live in ARENA. */
struct parser *parser_new(struct arena *arena);

/*
 * The translation unit of the job's source, NULL with a reason in *ERROR. A
 * source that is no regular file, or includes what is none, is refused: reading
 * a FIFO waits for ever, reading a device may never end.
 */
struct parsed parser_parse(struct arena *arena, struct parser *parser, const struct job *job,
                           const char **error);

/* Writes a precompiled header of the job's source to job->make_pch. */
bool parser_make_pch(struct arena *arena, const struct parser *parser, const struct job *job);

/* "version TEXT\nlibrary PATH\nresource DIR\npch same\n" */
const char *parser_info(struct arena *arena, const struct parser *parser);

#endif
