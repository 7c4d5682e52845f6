/*
 * html.h: a SARIF log as pages: what is read of it, and the parts of a page. In: a
 * log that anybody may have written. Out: static pages; nothing of the log becomes
 * markup, and no file outside the tree is shown.
 */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "base/map.h"
#include "report/source.h"

/* One place of a result, in the words of the log. Columns are bytes once the source is known. */
struct html_place {
        const char *file;                          /* as the log has it, decoded */
        uint32_t line, col, end_line, end_col;     /* 0: not told */
        const char *said, *state, *name, *snippet; /* "" when not told */
};

struct html_finding {
        const char *rule, *title, *level, *said, *help, *link; /* "" when not told */
        struct html_place at;
        VEC(struct html_place) steps; /* the path, if the log has one */
        VEC(struct html_place) related;
};

struct html_log {
        struct arena *arena;
        const char *tree;
        const char *tool;
        bool failed; /* the log says that its run was not successful */
        VEC(const char *) notes;
        VEC(struct html_finding) findings;
        struct map sources; /* hash of the path -> struct source * */
};

/* html_read.c: the log in the file PATH; NULL and *ERROR when it is none. */
struct html_log *html_read(struct arena *arena, const char *path, const char *tree, const char **error);

/* The source that a log's path names, if it lies below the tree; never NULL, its bytes may be. */
struct source *html_source(struct html_log *log, const char *file);

/* html_page.c: the pages. */
void html_index(struct html_log *log, struct out *out);
void html_finding_page(struct html_log *log, int number, struct out *out);
void html_style(struct out *out);
void html_head(struct out *out, const char *title); /* up to <body> */
void html_foot(struct out *out);

/* Writes PAGE to NAME in the folder DIR. False with *ERROR, from ARENA, where it cannot. */
bool html_write(struct arena *arena, const char *dir, const char *name, struct out *page, const char **error);
void html_bytes(struct out *out, const char *text, size_t length); /* as text, whatever is in it */

/* rule_pages.c: the pages of the rules into the folder DIR, made if need be. False with *ERROR. */
bool html_rules(struct arena *arena, const struct rule *const *rules, const char *dir, const char **error);

#endif
