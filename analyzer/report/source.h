/*
 * source.h: sources as the writers show them: lines, columns, and the line
 * fingerprints of code scanning. A source is opened once, and only when its
 * content is still the one that was analyzed.
 */
#ifndef REPORT_SOURCE_H
#define REPORT_SOURCE_H

#include "report/report.h"

#include <stdint.h>

struct tokens;

struct source {
        sym path;
        const char *bytes; /* NULL: not to be had */
        size_t length;
        bool changed;          /* it is there but not what was analyzed */
        const uint32_t *lines; /* offset of line i + 1; one more marks the end */
        int nlines;
        const uint64_t *hashes;      /* per line, made when first asked for */
        const uint32_t *nth;         /* how often the hash has occurred up to that line */
        const struct tokens *tokens; /* of finding_hash.c, made when first asked for */
};

struct line {
        const char *bytes; /* without its line end */
        size_t length;
};

/* An empty cache. */
struct sources *sources_new(struct arena *arena);

/* The source PATH of REPORT; never NULL, but its bytes may be. */
struct source *source_of(const struct report *report, sym path);

/* From now on the source PATH of REPORT has these bytes, whatever the disk has; they must live as long. */
void source_put(const struct report *report, const char *path, const char *bytes, size_t length);

/* Makes a source of bytes that are at hand already. */
struct source *source_from(struct arena *arena, sym path, const char *bytes, size_t length);

/* Line NUMBER (from 1); an empty one outside the file. */
struct line source_line(const struct source *source, uint32_t number);

/* The offset of a place in the bytes, at most that of the line's end. */
size_t source_offset(const struct source *source, uint32_t line, uint32_t col);

/* The column in UTF-16 units of the byte column COL; COL itself without a source. */
uint32_t source_utf16(const struct source *source, uint32_t line, uint32_t col);

/*
 * AT with an end on the same line: the given one, the end of the line for a
 * longer range, else that of the word that starts there.
 */
struct where source_clip(const struct source *source, struct where at);

/* "1a2b:1", what code scanning calls primaryLocationLineHash; NULL without a source or such a line. */
const char *source_line_hash(struct arena *arena, struct source *source, uint32_t line);

/* ---- utf8.c ---- */

#define REPLACEMENT 0xfffdu

/* The next character of the text up to END, *AT moved behind it; U+FFFD for each part that is not UTF-8. */
uint32_t utf8_next(const char **at, const char *end);

/* Appends one character. */
void utf8_put(struct out *out, uint32_t c);

/* Cells on a terminal; 0 for what has none. Wants a UTF-8 locale in force. */
int utf8_width(uint32_t c);

#endif
