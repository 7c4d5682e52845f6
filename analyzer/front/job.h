/*
 * job.h: what the program asks of a worker, and how the two talk. The program
 * writes jobs to the worker's standard input, the worker answers each with one
 * unit file on its standard output: a line with the length in decimal, then
 * so many bytes. A job travels as "name=value" strings, each ended by a zero.
 */
#ifndef FRONT_JOB_H
#define FRONT_JOB_H

#include "base/text.h"
#include "base/vec.h"

#include <stdbool.h>

/* Files below `dir` are written "NAME/rest" in unit files: <python>, <numpy>, <clang>, <system>. */
struct root {
        const char *name, *dir;
};

struct job {
        const char *tree;      /* absolute folder that paths in the unit file are relative to */
        const char *path;      /* absolute path of the source */
        const char *directory; /* working folder of the compiler */
        const char *flags;     /* "recorded", "derived", "given" */
        const char *object;    /* shared object it goes into, "" unknown */
        const char *key;       /* written into the unit file */
        const char *pch;       /* precompiled header to use, or NULL; on failure parsed without */
        const char *make_pch;  /* when set: build a precompiled header of `path` there instead, answer "ok\n"
                                  or  "no\n" */
        /* When set: do nothing but answer "version TEXT\nlibrary PATH\nresource DIR\n", what libclang says of
           itself, where it was loaded from, the folder that holds its own `include`; and "pch same\n" when
           unit files are the same bytes with a precompiled header as without: the program uses none before.
         */
        bool info;
        VEC(const char *)
        args; /* for clang: -I -D -U -include -isystem -std, prelude and so on; no input, no output */
        VEC(struct root) roots; /* longest first */
};

/* Appends the job as it travels, length line included. */
void job_write(struct out *out, const struct job *job);

/* Reads the bytes behind the length line; strings live in ARENA. False when it is not a job. */
bool job_read(struct arena *arena, const char *bytes, size_t length, struct job *job);

#endif
