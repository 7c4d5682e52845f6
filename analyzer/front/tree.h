/*
 * tree.h: the files of a source tree. In: a folder. Out: every regular file
 * below it, found by name in constant time. Follows no symbolic link, enters
 * no hidden folder and no virtual environment, opens nothing.
 */
#ifndef FRONT_TREE_H
#define FRONT_TREE_H

#include "base/map.h"
#include "base/vec.h"

#include <stdbool.h>

struct tree {
        struct arena *arena;
        const char *root;         /* absolute, links resolved */
        VEC(const char *) files;  /* relative to the root, sorted */
        VEC(const char *) links;  /* symbolic links to files that lie elsewhere */
        struct map by_path;       /* hash of the relative path -> that path */
        struct map by_base;       /* hash of the last component -> struct tree_names */
        VEC(const char *) closed; /* folders that could not be read */
        bool cut;                 /* the folder was too large and was not read to its end */
        const char *const *asked; /* absolute: these are read to their ends */
        int nasked;
};

/* All files of one last component, sorted. */
struct tree_names {
        VEC(const char *) paths;
};

/* The nearest folder that holds all of PATHS (absolute, existing). */
const char *tree_common(struct arena *arena, const char *const *paths, int npaths);

/*
 * The folder that paths of all of PATHS (absolute, existing) are best told
 * relative to, of those that hold them all: the nearest repository, for that is
 * what reports are read against, else the nearest that looks like the top of a
 * project, else the nearest one. *MARKED: not the last of these.
 */
const char *tree_root(struct arena *arena, const char *const *paths, int npaths, bool *marked);

/* PATH with every symbolic link resolved, or NULL with errno set. */
char *path_real(struct arena *arena, const char *path);

enum { DEPTH_OF_TREE = 64 };

/*
 * Reads the folder ROOT, DEPTH levels deep at most (0: only its own files), and
 * the NASKED folders ASKED (absolute) below it to their ends, which are kept.
 */
struct tree *tree_read(struct arena *arena, const char *root, int depth, const char *const *asked,
                       int nasked);

/* The tree's own copy of a relative path, or NULL when there is no such file. */
const char *tree_has(const struct tree *tree, const char *path);

/* The files whose last component is BASE, or NULL. */
const struct tree_names *tree_named(const struct tree *tree, const char *base);

#endif
