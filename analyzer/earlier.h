/*
 * earlier.h: findings of an earlier state, which are not new: those of a SARIF
 * log, and those of the tree as it was where the branch began. They join the
 * baseline of a run.
 */
#ifndef EARLIER_H
#define EARLIER_H

#include "run.h"

/* Adds the results of the log opt->compare. False with run->error. */
bool earlier_log(struct run *run);

/* The tree of the merge base with opt->since, in a folder of its own, and the options that analyze it. */
struct earlier_tree {
        struct options opt;
        const char *dir; /* the folder, removed by earlier_drop */
};

/* Brings the tree. False with run->error. */
bool earlier_tree(struct run *run, struct earlier_tree *tree);

/* A writer: all findings of the earlier tree become entries of run->baseline. */
enum verdict earlier_collect(struct run *run, struct report *report);

/* Takes what the run BEFORE collected over into RUN. */
void earlier_take(struct run *run, const struct run *before);

/* Removes the folder. */
void earlier_drop(const struct earlier_tree *tree);

#endif
