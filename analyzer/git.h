/*
 * git.h: questions to the git program, which is started without a shell and
 * told to run nothing that a repository's configuration names. Comes in: a
 * folder of a repository, names. Goes out: text, files. Writes only where the
 * caller says.
 */
#ifndef GIT_H
#define GIT_H

#include "base/text.h"

#include <stdbool.h>

/* The top folder of the work tree that DIR lies in, or NULL with *ERROR. */
const char *git_top(struct arena *arena, const char *dir, const char **error);

/* The merge base of REF and HEAD as a full commit id, or NULL with *ERROR, which says what to fetch. */
const char *git_merge_base(struct arena *arena, const char *top, const char *ref, const char **error);

/* What is checked out in a work tree. */
struct git_state {
        const char *url; /* of "origin", without a password */
        const char *commit, *branch;
};

/* The state of the work tree whose top is DIR; false when DIR is none, or has no commit or no origin. */
bool git_state(struct arena *arena, const char *dir, struct git_state *state);

/*
 * Writes the files of COMMIT whose paths WANTED accepts below TARGET, an empty
 * folder of ours. Links, submodules and paths that would lead out of TARGET
 * are left out. False with *ERROR.
 */
bool git_export(struct arena *arena, const char *top, const char *commit, const char *target,
                bool (*wanted)(const char *path), const char **error);

#endif
