/*
 * writers.h: one function per format; report_write() chooses. In: a settled
 * report. Out: bytes at the end of OUT. None opens a file, changes the report or
 * decides what is shown: see view.h.
 */
#ifndef REPORT_WRITERS_H
#define REPORT_WRITERS_H

#include "report/report.h"

void write_full(const struct report *report, struct out *out);
void write_concise(const struct report *report, struct out *out);
void write_json(const struct report *report, struct out *out);
void write_jsonl(const struct report *report, struct out *out);
void write_sarif(const struct report *report, struct out *out);
void write_github(const struct report *report, struct out *out);
void write_gitlab(const struct report *report, struct out *out);
void write_junit(const struct report *report, struct out *out);
void write_checkstyle(const struct report *report, struct out *out);
void write_rdjson(const struct report *report, struct out *out);

#endif
