/*
 * table.h: plain tables and stories as text, CSV, Markdown and HTML.
 *
 * A document is a title, some sentences and parts in order. A part is a table,
 * or a list of places each with the story that leads there. What the numbers
 * mean is the caller's business; this room only lays them out.
 */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include "base/text.h"
#include "base/vec.h"
#include "ir/witness.h"

#include <stdbool.h>

struct table_column {
        const char *title;
        bool number; /* flushed right */
        bool bar;    /* HTML draws its numbers as bars */
};

struct table_row {
        const char **cells; /* one per column; NULL is empty */
        bool total;
};

/* A place, what is to be said of it, and the stories behind it. */
struct table_story {
        struct where at;
        const char *said;
        VEC(const struct step *) because;
};

struct table {
        const char *title;                /* a heading without full stop */
        const char *note;                 /* a sentence below it, or NULL */
        VEC(struct table_column) columns; /* none: the part is made of stories */
        VEC(struct table_row) rows;
        VEC(struct table_story) stories;
        bool data; /* the table that CSV is about */
};

struct document {
        struct arena *arena;
        const char *title;
        VEC(const char *) lead; /* sentences */
        VEC(struct table *) parts;
};

enum table_format { TABLE_TEXT, TABLE_JSON, TABLE_CSV, TABLE_MARKDOWN, TABLE_HTML, TABLE_FORMATS };

/* The format of this name ("text", "json", "csv", "markdown", "html"); false when there is none. */
bool table_format_find(const char *word, enum table_format *format);

/* An empty document in ARENA, where all of it will live; TITLE is kept. */
struct document *document_new(struct arena *arena, const char *title);

/* A sentence of the lead, by format. */
void document_say(struct document *document, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A new empty part at the end. */
struct table *document_part(struct document *document, const char *title);

/* A new column behind the others; all columns come before the first row. NUMBER: aligned to the right. */
void table_column(struct document *document, struct table *table, const char *title, bool number);

/* A new row with empty cells. */
struct table_row *table_row(struct document *document, struct table *table);

/* The text of a number; "" for a zero when BLANK. */
const char *table_number(struct document *document, long long number, bool blank);

/* Writes the document. JSON is not among these: each document has a schema of its own. */
void document_write(const struct document *document, enum table_format format, struct out *out);

/* table_html.c: a document as one page. */
void table_html_write(const struct document *document, struct out *out);

/* table_html.c: the frame of a page, shared by all pages of this program. */

/* Everything up to the heading. UP: "../" for each folder between the page and the style sheet's; NULL:
 * inline. */
void page_begin(struct out *out, const char *title, const char *up);
void page_end(struct out *out);

/* TEXT with the characters that mean something in HTML replaced. */
void put_html(struct out *out, const char *text);

/* The style sheet of all pages. */
const char *page_style(void);

#endif
