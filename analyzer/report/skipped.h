/*
 * skipped.h: the words of code that conditions of the preprocessor leave out,
 * which no unit file has.
 */
#ifndef REPORT_SKIPPED_H
#define REPORT_SKIPPED_H

#include "query/plan.h"
#include "report/report.h"

/* Lines of a file that no unit saw. */
struct skipped_range {
        sym file;
        uint32_t first, last;
};

/* Appends the identifiers of the lines to WISH, comments and texts left out. Files that changed have none. */
void skipped_read(struct report *report, const struct skipped_range *ranges, int n, struct plan_wish *wish);

#endif
