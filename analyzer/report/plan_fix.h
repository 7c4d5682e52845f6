/*
 * plan_fix.h: makes the changes of a plan: whole groups, never a part of one. In:
 * a plan and the sources of a report. Out: changed files or a patch, and why a
 * group was left alone. What can move was decided before.
 */
#ifndef REPORT_PLAN_FIX_H
#define REPORT_PLAN_FIX_H

#include "query/plan.h"
#include "report/report.h"

struct plan_fix_result {
        int groups, edits, files;
        VEC(const char *) refused; /* sentences: why a group was left alone */
};

/*
 * Changes the sources of REPORT's tree as PLAN says. With DIFF the files stay
 * and a patch for `patch -p1` goes there. Generated files, files that changed
 * and files outside the tree keep a group from being moved.
 */
void plan_fix(struct report *report, const struct plan *plan, struct out *diff,
              struct plan_fix_result *result);

/* plan_include.c: where a line that includes a header goes in SOURCE: in front of the first unconditional
 * one. */
struct source;
size_t include_place(const struct source *source);

/* True when SOURCE includes a header of that base name. */
bool includes_header(const struct source *source, const char *name);

#endif
