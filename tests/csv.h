/*
 * csv.h: reads the tables of testdata/facts/ for the suites: lines of fields
 * between commas, quoted when they hold one. In: a file below $SOURCE (the
 * folder of the tree); out: rows whose fields are found by column name.
 */
#ifndef TESTS_CSV_H
#define TESTS_CSV_H

#include "base/file.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

enum { CSV_COLUMNS = 24 };

struct csv_row {
        const char *fields[CSV_COLUMNS];
        int n;
};

struct csv {
        struct arena *arena;
        struct csv_row head;
        VEC(struct csv_row) rows;
};

/* One field from AT; what is behind it and its comma. */
static inline const char *csv_field(struct arena *arena, const char *at, const char **field)
{
        char *text = arena_alloc(arena, strcspn(at, "\n") + 1), *to = text;
        bool quoted = *at == '"';
        at += quoted;
        for (; *at && *at != '\n' && (quoted || *at != ','); at++) {
                if (quoted && *at == '"') {
                        if (at[1] != '"')
                                break;
                        at++;
                }
                *to++ = *at;
        }
        at += quoted && *at == '"';
        *to = 0;
        *field = text;
        return at;
}

/* One row from AT; the line behind it. */
static inline const char *csv_line(struct arena *arena, const char *at, struct csv_row *row)
{
        memset(row, 0, sizeof *row);
        while (*at && *at != '\n' && row->n < CSV_COLUMNS) {
                at = csv_field(arena, at, &row->fields[row->n++]);
                if (*at == ',')
                        at++;
                if (at[-1] == ',' && (!*at || *at == '\n') && row->n < CSV_COLUMNS)
                        row->fields[row->n++] = "";
        }
        return *at ? at + 1 : at;
}

/* The table at $SOURCE/NAME. Ends the process when it is not there: a suite without its facts proves nothing.
 */
static inline struct csv csv_read(struct arena *arena, const char *name)
{
        const char *source = getenv("SOURCE");
        struct csv csv = {.arena = arena};
        struct text text;
        if (!file_read(arena, path_join(arena, source ? source : ".", name), 0, &text))
                abort();
        const char *at = csv_line(arena, text.bytes, &csv.head);
        while (*at) {
                struct csv_row row;
                at = csv_line(arena, at, &row);
                VEC_PUSH(arena, &csv.rows, row);
        }
        return csv;
}

/* A field by the name of its column; "" when the row is short. */
static inline const char *csv_get(const struct csv *csv, int row, const char *column)
{
        for (int i = 0; i < csv->head.n; i++)
                if (!strcmp(csv->head.fields[i], column))
                        return i < csv->rows.at[row].n ? csv->rows.at[row].fields[i] : "";
        abort();
}

#endif
