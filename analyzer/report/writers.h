/*
 * writers.h: one function per format; report_write() chooses. In: a settled
 * report. Out: bytes at the end of OUT. None opens a file, changes the report or
 * decides what is shown: see view.h.
 */
#ifndef REPORT_WRITERS_H
#define REPORT_WRITERS_H

#include "report/report.h"

/* Each appends the whole report of its format to OUT; the file has the same name, but for xml.c and json.c.
 */
void json_write(const struct report *report, struct out *out);
void jsonl_write(const struct report *report, struct out *out);
void sarif_write(const struct report *report, struct out *out);
void github_write(const struct report *report, struct out *out);
void gitlab_write(const struct report *report, struct out *out);
void junit_write(const struct report *report, struct out *out);
void checkstyle_write(const struct report *report, struct out *out);
void rdjson_write(const struct report *report, struct out *out);

#endif
