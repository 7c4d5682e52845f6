/*
 * project.h: from what the user named to a list of units with flags. In:
 * files and folders, the options that say where flags come from. Out: struct
 * project, which also remembers what was recorded, derived or skipped and why.
 * Opens sources only to follow their includes; parses nothing.
 */
#ifndef FRONT_PROJECT_H
#define FRONT_PROJECT_H

#include "base/vec.h"
#include "front/job.h"

#include <stdbool.h>
#include <stddef.h>

struct project_options {
        VEC(const char *) paths;    /* files and folders as the user wrote them; none: "." */
        VEC(const char *) args;     /* behind "--", for clang */
        VEC(const char *) excludes; /* globs, against paths relative to the tree; "**" crosses folders */
        VEC(const char *) stubs;    /* names of headers that are taken as empty when nothing else has them */
        const char *prelude;        /* a file included in front of every unit, or NULL */
        const char *database; /* -p: folder of a compile_commands.json, or the file; NULL: look for one */
        const char *python;   /* the interpreter; NULL: "python3" */
        bool recorded_only;   /* units without a recorded command are skipped, not guessed at */
        bool skip_generated;  /* leave out files that say on their first line that a program wrote them */
};

/* One source with one set of flags. */
struct project_unit {
        const char *path;       /* relative to the tree; the order of units goes by it */
        const char *file;       /* absolute */
        const char *directory;  /* working folder of the compiler */
        const char *flags;      /* "recorded", "derived", "given" */
        const char *object;     /* shared object it is linked into, "" when not known */
        VEC(const char *) args; /* for clang, without input and output */
        size_t size;            /* bytes of the source */
        bool api;       /* reaches the interpreter's header, directly or through headers of the tree */
        bool generated; /* a program wrote it */
};

struct project_skip {
        const char *path, *why;
        bool failed; /* it was meant to be read: the analysis is incomplete without it */
};

struct project {
        struct arena *arena;
        const char *tree;                 /* absolute folder that all paths are relative to */
        VEC(struct project_unit *) units; /* by path, then by order of their commands */
        VEC(struct project_skip) skips;   /* sources that are no units, by path, with the reason */
        VEC(struct root) roots;           /* longest folder first; a root may lie inside the tree */
        VEC(const char *) notes;          /* sentences about choices, for the summary */
        const char *database;             /* the compile_commands.json in use, or NULL */
        const char *python;               /* the interpreter that was asked, or NULL when none was needed */
        const char *python_version;       /* "3.11.2", or NULL */
        const char *prelude;              /* absolute, or NULL */
        VEC(const char *) stubs;          /* see project_options */
        int recorded, derived, given;     /* units by where their flags come from */
        int plain;                        /* units that do not reach the interpreter's header */
        int generated;                    /* units that a program wrote */
        /* A folder that stands for "/", for sources that came with their headers and may see no others; NULL:
         * none */
        const char *sysroot;
        const char *resource; /* then: the folder of the parser's own headers in it, as it is found here */
        struct includes *includes; /* the include graph of the tree, for cache and precompiled headers */
};

/*
 * Finds the units of PATHS. Everything returned lives in ARENA. NULL with one
 * sentence in *ERROR when there is nothing to analyse or no way to: no such
 * path, no C in it, a broken compile_commands.json, no interpreter headers.
 */
struct project *project_find(struct arena *arena, const struct project_options *options, const char **error);

/* The job that parses UNIT; strings are shared with the project. */
struct job project_job(const struct project *project, const struct project_unit *unit);

/* Adds to JOB what SYSROOT asks for; project_job has done so. */
void project_enclose(const struct project *project, struct job *job);

#endif
