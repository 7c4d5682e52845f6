/*
 * model_read.h: what the parts of the model reader share. model_read.c cuts a
 * file into lines and words, model_line.c and model_family.c read the kinds of
 * lines, model_word.c and model_effect.c attributes, model_value.c spots,
 * numbers, families and versions; model_settle.c ends a file. Nothing outside
 * these files and model.c includes it.
 */
#ifndef LINK_MODEL_READ_H
#define LINK_MODEL_READ_H

#include "base/arena.h"
#include "link/model.h"

#include <stddef.h>

/* A word of a line: "NAME" or "name=value", quotes taken off. */
struct word {
        const char *name;  /* up to the first '=', zero-terminated */
        const char *value; /* behind it, or NULL */
        int col, value_col;
};

/* A model while its file is read. */
struct fresh {
        struct model *model;
        gil_set needs; /* default in force at its first line */
        bool gil_said;
};

struct reader {
        struct models *models;
        sym file;
        int line;
        const char *error; /* the first one, "FILE:LINE:COL: message", or NULL */
        gil_set needs;     /* of functions whose lines say no gil=; GIL_ANY unless a `default` line told */
        VEC(struct fresh *) fresh; /* models this file began */
        struct map fresh_by_name;
};

/* What is being said on one line, and when it holds. */
struct line {
        struct contract *contract;
        struct model *model; /* NULL for slots and units */
        struct test *when;
        int nwhen;
        struct span result;
        const sym *by;
        int nby;
        bool asleep;      /* in= names versions that are not in use: read for errors only */
        bool conditional; /* it has when= or if= */
        bool gil_said;
        struct gil_case gil;
};

/* A place inside a value: what is left of it, and its column. */
struct cursor {
        const char *at;
        int col;
};

/* Notes the first error, at column COL of the line. Always false. */
bool read_fail(struct reader *reader, int col, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The word somebody may have meant: the nearest of the tables that were tried. */
struct hint {
        const char *word, *best;
        int distance;
};

/* Tries N names: the first members of records STRIDE bytes wide. */
void hint_try(struct hint *hint, const void *names, int n, size_t stride);

/* read_fail of "unknown WHAT 'WORD'", with the hint when it is near enough. */
bool hint_fail(struct reader *reader, int col, const char *what, const struct hint *hint);

/* hint_try and hint_fail for one table. */
bool read_unknown(struct reader *reader, int col, const char *what, const char *word, const void *names,
                  int n, size_t stride);

/* The parts of values; each moves the cursor past what it read. False after an error. */
bool value_spot(struct reader *reader, struct cursor *cursor, struct spot *spot);
bool value_span(struct reader *reader, struct cursor *cursor, struct span *span);
bool value_families(struct reader *reader, struct cursor *cursor, families *set);
bool value_int(struct reader *reader, struct cursor *cursor, int least, int most, int *number);
/* "3.12" or "numpy-2.5"; *numpy tells which. */
bool value_version(struct reader *reader, struct cursor *cursor, version *out, bool *numpy);
/* "3.12..", "..3.11", "3.8..3.11", "numpy-2.5.."; *in_use: it meets what the project supports. */
bool value_versions(struct reader *reader, struct cursor *cursor, bool *in_use);
/* A word of states: "held", "released", "any", "unknown", "caller" (0), ... */
bool value_gil(struct reader *reader, struct cursor *cursor, gil_set *set);
/* The characters up to one of STOPS or the end, as a sym. */
sym value_name(struct reader *reader, struct cursor *cursor, const char *stops);
/* True, and moved past it, when C is next. */
bool value_next(struct cursor *cursor, char c);
/* Error when something is left. */
bool value_end(struct reader *reader, const struct cursor *cursor);

/* The attributes of one line, all words of it. Appends effects and lock cases to line->contract. */
bool words_read(struct reader *reader, struct line *line, const struct word *words, int nwords);

/* An attribute that says an effect ("gives", "takes", "calls", ...). *FOUND is false when WORD is none. */
bool effect_read(struct reader *reader, struct line *line, const struct word *word, bool *found);
/* Tries the names of these attributes. */
void effect_hint(struct hint *hint);

/* One line, at least one word. Lines of families are read when FAMILIES, all others when not. */
bool line_read(struct reader *reader, struct word *words, int nwords, bool families);

/* The lines "family ..." and "pair ...". */
bool family_read(struct reader *reader, struct word *words, int nwords);
bool pair_read(struct reader *reader, struct word *words, int nwords);

/* A new model of NAME with nothing known. */
struct model *model_new(struct models *models, sym name);

/* All lines of a text in one of the two passes. */
bool text_read(struct reader *reader, const char *text, size_t length, bool families);

/* Settles aliases, defaults and roles of what READER brought. */
bool reader_settle(struct reader *reader);

#endif
