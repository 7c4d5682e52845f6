/*
 * suppress.h: --add-suppressions: a comment for every finding. In: a settled
 * report. Out: a fix at each finding that is shown. It changes no file itself.
 */
#ifndef SUPPRESS_H
#define SUPPRESS_H

#include "report/report.h"

/*
 * Gives the shown findings of REPORT, instead of their fixes, one that writes
 * a comment above their line; findings of one line share it. report_fix()
 * then applies them as it does any fix.
 */
void suppress_all(struct report *report);

#endif
