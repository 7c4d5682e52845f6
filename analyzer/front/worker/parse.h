/*
 * parse.h: libclang's parser under our flags. In: a job. Out: a translation
 * unit, a precompiled header, or what libclang says about itself.
 */
#ifndef WORKER_PARSE_H
#define WORKER_PARSE_H

#include "front/job.h"

#include <clang-c/Index.h>

struct parser {
        CXIndex index;
        const char *resource; /* folder of the compiler's own headers when it has to be said, else NULL */
};

/* A parser; finds the compiler's own headers. Strings live in ARENA. */
struct parser *parser_new(struct arena *arena);

/*
 * The translation unit of the job's source, NULL with a reason in *ERROR. A
 * source that is no regular file, or includes what is none, is refused: reading
 * a FIFO waits for ever, reading a device may never end.
 */
CXTranslationUnit parser_parse(struct arena *arena, const struct parser *parser, const struct job *job,
                               const char **error);

/* Writes a precompiled header of the job's source to job->make_pch. */
bool parser_make_pch(struct arena *arena, const struct parser *parser, const struct job *job);

/* "version TEXT\nlibrary PATH\nresource DIR\n" */
const char *parser_info(struct arena *arena, const struct parser *parser);

#endif
