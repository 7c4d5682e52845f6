/*
 * text.h: parts of the text for people, shared by its writers. In: words of
 * sources and findings, which are anybody's bytes. Out: text that cannot steer a
 * terminal, coloured where that is wanted.
 */
#ifndef REPORT_TEXT_H
#define REPORT_TEXT_H

#include "report/report.h"

enum ink { INK_PLAIN, INK_PLACE, INK_ERROR, INK_WARNING, INK_NOTE, INK_FAINT, INK_HELP };

/* Switches the colour when REPORT wants colours. INK_PLAIN ends one. */
void ink(const struct report *report, struct out *out, enum ink ink);
enum ink level_ink(enum level level);

/*
 * Appends text from sources and messages: UTF-8 repaired, and each character
 * that could steer a terminal replaced.
 */
void put_clean(struct out *out, const char *text);

/* "file:line:col". */
void put_place(struct out *out, const struct where *at);

/* The line of AT between its neighbours, a caret below what AT spans. Nothing without a source. */
void excerpt_write(const struct report *report, struct where at, enum level level, struct out *out);

/* One finding for FORMAT_FULL. */
void full_write(const struct report *report, const struct finding *finding, struct out *out);

/* One finding for FORMAT_CONCISE, a line. */
void concise_write(const struct report *report, const struct finding *finding, struct out *out);

#endif
