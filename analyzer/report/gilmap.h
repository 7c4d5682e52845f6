/*
 * gilmap.h: the map of lock states over sources, for a terminal, as JSON and as
 * pages. In: the rows of query/gilmap.h and a settled report. Out: text or files.
 * It computes no state.
 */
#ifndef REPORT_GILMAP_H
#define REPORT_GILMAP_H

#include "base/map.h"
#include "query/gilmap.h"
#include "report/report.h"
#include "report/table.h"

/* The letter of a state in the margin: H R E A ? -. */
char map_letter(enum lock_column state);

/* "held" ... as a reader is told: "held, as callers are taken to do". */
const char *map_state_text(enum lock_column state);

/* gilmap_text.c: the lines of a file with their letters, and the reason where a state changes. */
void gilmap_file_write(const struct report *report, const struct map_file *file, struct out *out);

/* The table of all files. */
struct document *gilmap_document(struct arena *arena, const struct gilmap *map);

/* gilmap_json.c: "pymemlint-gilmap/1". */
void gilmap_json(const struct gilmap *map, const char *version, struct out *out);

/* gilmap_html.c: static pages in the folder DIR, made when missing, by THREADS at a time. False and *ERROR
 * when it cannot. */
bool gilmap_html(const struct report *report, const struct gilmap *map, const char *dir, int threads,
                 const char **error);

/* The page of a file as a name in DIR; "" when the map has no such file. */
const char *gilmap_page(struct arena *arena, const struct gilmap *map, const char *path);

/* gilmap_marks.c: steps of findings, by the file that they lie in. */
struct map_mark {
        uint32_t line;
        const struct finding *finding;
        const struct step *step, *next; /* NULL next: the finding's own place */
        int number, of;                 /* from 1 */
};

struct map_marks {
        VEC(struct map_mark) list; /* by line */
};

/* Its memory comes from ARENA. */
void gilmap_marks(struct arena *arena, const struct report *report, sym file, struct map_marks *out);

/* The body of a page that shows FILE: functions, lines, reasons, findings. Takes memory from ARENA alone. */
struct gilmap_page {
        const struct report *report;
        const struct gilmap *map;
        const struct map_file *file;
        const struct source *source;
        struct arena *arena;
        struct out *out;
        struct map *told; /* the beginning of a story, hashed -> the line at which the page tells it */
};
void gilmap_source_write(const struct gilmap_page *page);

#endif
