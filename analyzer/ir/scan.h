/*
 * scan.h: the reader of unit files, one line at a time. The bytes may be
 * anybody's: every function stays inside the line, and the first complaint
 * sticks, after which the rest of the line reads as empty.
 */
#ifndef IR_SCAN_H
#define IR_SCAN_H

#include "ir/ir.h"

#include <stddef.h>

struct scan {
        struct arena *arena;
        struct names *names;
        const char *at, *end;    /* what is left of the line */
        const char *rest, *stop; /* what is left behind it */
        int line;
        int indent;        /* spaces the line began with */
        const char *error; /* "line 12: ..." or NULL */
};

/* Goes to the next line that is neither empty nor a comment (#). False at the end, or after an error. */
bool scan_line(struct scan *scan);

/* Records MESSAGE with the line number, unless something was recorded before. */
void scan_fail(struct scan *scan, const char *message);

/* Skips TEXT if it stands here. */
bool scan_accept(struct scan *scan, const char *text);

/* Skips WORD if it stands here and a space or the end of the line follows. */
bool scan_flag(struct scan *scan, const char *word);

/* Skips TEXT or complains. */
void scan_expect(struct scan *scan, const char *text);

/* A number in LOW..HIGH, or a complaint and LOW. */
int64_t scan_number(struct scan *scan, int64_t low, int64_t high);

/* TEXT in quotes, unescaped; "" after a complaint. */
sym scan_quoted(struct scan *scan);

/* What MEASURE accepts, or TEXT in quotes. Never empty without a complaint. */
sym scan_spelled(struct scan *scan, size_t (*measure)(const char *, const char *));

/* " @fN:line:col" if it stands here: FILE is the one it leaves out, NFILES the number of files known. */
bool scan_loc(struct scan *scan, uint32_t file, int nfiles, struct loc *loc);

/* As scan_loc, with the end that may follow. Absent: a range in FILE with line 0. */
bool scan_range(struct scan *scan, uint32_t file, int nfiles, struct range *range);

/* Complains unless the line is used up. */
void scan_end(struct scan *scan);

/* The places of a function that are variables, by name, for scan_place. */
struct map;

/* A place of FUNC; -1 after a complaint. VARS maps a sym to its place plus one. */
int scan_place(struct scan *scan, struct unit *unit, struct func *func, const struct map *vars);

#endif
