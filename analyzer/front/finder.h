/*
 * finder.h: what project.c, sources.c and derive.c share while they find the
 * units of a project. Nobody else includes it.
 */
#ifndef FRONT_FINDER_H
#define FRONT_FINDER_H

#include "front/compdb.h"
#include "front/flags.h"
#include "front/includes.h"
#include "front/interpreter.h"
#include "front/project.h"

/* A C file below one of the paths, with the commands that were recorded for it. */
struct source {
        const char *path; /* relative to the tree */
        bool named;       /* the user named this very file */
        bool recorded;    /* the database has it */
        VEC(const struct compdb_entry *) entries;
        struct include_view view; /* of a derived unit */
};

/* Macros that the build descriptions of a folder define. */
struct folder_defines {
        const char *folder; /* relative to the tree, "" is its root */
        struct words args;
};

struct finder {
        struct arena *arena;
        const struct project_options *options;
        struct project *project;
        struct tree *tree;
        VEC(const char *) paths; /* what the user named, absolute, links resolved */
        bool marked;             /* the tree has the look of a project's top */
        struct compdb *database;
        struct interpreter *interpreter; /* NULL: not started */
        struct includes *includes;
        struct map by_path;           /* hash of the relative path -> struct source */
        VEC(struct source *) sources; /* by path */
        struct words environment;     /* folders that CPATH and C_INCLUDE_PATH name, as arguments */
        struct words given;           /* options->args, paths absolute */
        VEC(struct folder_defines) defines;
        int hidden; /* units that get the interpreter's header in front, see derive.c */
};

/* project.c: one skipped file; and one that had to be read and could not, which makes the run incomplete. */
void finder_skip(struct finder *finder, const char *path, const char *why);
void finder_fail(struct finder *finder, const char *path, const char *why);
void finder_note(struct finder *finder, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* project.c: whether the interpreter's header can be found by units whose flags are derived. */
bool finder_has_api(const struct finder *finder);

/* sources.c: resolves options->paths. An error sentence or NULL. */
const char *finder_paths(struct finder *finder);

/* sources.c: fills `sources` from the tree and the database, `skips` with the rest. */
void finder_sources(struct finder *finder);

/* sources.c: removes the sources that others include, after the tree's sources were followed. */
void finder_fragments(struct finder *finder);

/* derive.c: the folders in which headers are searched ahead of the tree, and the roots. */
void finder_system(struct finder *finder);
void finder_roots(struct finder *finder);

/* derive_defines.c: reads the build descriptions of the tree; and what they say for the source PATH. */
void finder_defines(struct finder *finder);
void finder_add_defines(struct finder *finder, const char *path, struct words *args);

/* derive.c: the units of SOURCE, appended to the project. */
void finder_units(struct finder *finder, struct source *source);

/* derive.c: sets `fixed` and the folders of a view to those that ARGS name inside the tree. */
void finder_fixed_view(struct finder *finder, const struct words *args, struct include_view *view);

#endif
