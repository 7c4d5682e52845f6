/*
 * includes.h: which files of the tree a source reads, and from which folders.
 * In: the tree and one source. Out: the folders that its includes need, the
 * files of the tree that it reaches, whether the interpreter's header is among
 * them. Takes every branch of every conditional; the parser knows better, but
 * only once it has these folders.
 */
#ifndef FRONT_INCLUDES_H
#define FRONT_INCLUDES_H

#include "base/hash.h"
#include "front/scan.h"
#include "front/tree.h"

/* The header that makes a source an extension, and a header that no tree may supply. */
#define API_HEADER "Python.h"
#define API_CONFIG "pyconfig.h"
#define ARRAY_FOLDER "numpy/"

struct folders {
        const char **at;
        int n, room;
};

/* One file of the tree that was opened. */
struct include_file {
        const char *path; /* relative to the tree */
        struct directives *directives;
        size_t size;
        char hash[HASH_HEX];           /* of its content */
        int error;                     /* errno when it could not be read, then it has no directives */
        int seen;                      /* the last round of includes_follow that came by */
        const struct include_file *by; /* the first other file that was seen to include it, or NULL */
};

struct includes {
        struct arena *arena;
        const struct tree *tree;
        struct arena *scratch; /* during includes_follow */
        int round;
        struct map files;         /* hash of the relative path -> struct include_file */
        VEC(const char *) system; /* folders searched for <...> ahead of the tree */
        struct map in_system;     /* hash of a header's name -> whether they have it */
        struct map libraries;   /* hash of a name that they lack -> the folders of the library that has it */
        struct folders guessed; /* those folders */
        VEC(const char *) api_folders;   /* folders of the tree that hold the interpreter's own headers */
        VEC(const char *) array_folders; /* likewise for ARRAY_FOLDER */
};

/* How one source sees the tree; folders are relative to it, "" is its root. */
struct include_view {
        bool fixed;                       /* folders are given, search for no more */
        VEC(const char *) quote;          /* for "..." */
        VEC(const char *) angle;          /* for <...> and, after quote, "..." */
        VEC(struct include_file *) files; /* of the tree, in the order they are reached; the source first */
        struct folders beside;            /* absolute folders outside the tree, see `guessed` */
        bool api;                         /* reaches API_HEADER */
        bool missing;                     /* names a header that nobody has, so that more may be hidden */
        bool arrays;                      /* names a header below ARRAY_FOLDER */
        bool own_arrays;                  /* and the tree has that header itself */
};

struct includes *includes_new(struct arena *arena, const struct tree *tree);

/* The tree's file PATH, read on first use. Never NULL; see its `error`. */
struct include_file *include_file(struct includes *includes, const char *path);

/* Whether a folder that is searched ahead of the tree has the header NAME, or the compiler brings it. */
bool includes_in_system(struct includes *includes, const char *name);

/* Follows what PATH includes; adds to VIEW, whose folders may have been set before. */
void includes_follow(struct includes *includes, const char *path, struct include_view *view);

/* The source that FILE is a piece of, itself when no other file includes it; of a circle the first by name.
 */
const struct include_file *include_top(const struct include_file *file);

#endif
