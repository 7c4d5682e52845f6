/*
 * finding_hash.h: what makes two findings of two runs the same one, for baselines
 * and for services that follow findings. In: a finding and the sources of its
 * report. Out: a hash in which no line number counts.
 */
#ifndef REPORT_FINDING_HASH_H
#define REPORT_FINDING_HASH_H

#include "report/report.h"

/*
 * findingHash/v1 without its number: sixteen hexadecimal digits over rule,
 * file, function, the names on the path and the words of the statement. FILE:
 * the path to count with, for a file that may have been renamed.
 */
const char *finding_hash(const struct report *report, const struct finding *finding, const char *file);

#endif
