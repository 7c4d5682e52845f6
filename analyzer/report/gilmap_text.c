/* gilmap_text.c: the map on a terminal; see gilmap.h. Colour repeats what the letters say. */
#include "report/gilmap.h"

#include "report/source.h"
#include "report/text.h"
#include "report/view.h"

#include <string.h>

char map_letter(enum lock_column state)
{
        return "HREA?-"[state];
}

const char *map_state_text(enum lock_column state)
{
        static const char *const texts[] = {
            "held",           "released",   "either held or released", "held, as callers are taken to do",
            "not understood", "not reached"};
        return texts[state];
}

/* Background colours that leave the text in the terminal's own. */
static const char *const colors[LOCK_COLUMNS] = {"42", "41", "43", "44", "45", "100"};

static void put_margin(const struct report *report, int state, struct out *out)
{
        if (state < 0)
                out_char(out, ' ');
        else if (report->color)
                out_format(out, "\033[97;%sm%c\033[0m", colors[state], map_letter((enum lock_column)state));
        else
                out_char(out, map_letter((enum lock_column)state));
}

static void put_reason(const struct report *report, const struct map_reason *reason, struct out *out)
{
        put_margin(report, (int)reason->state, out);
        ink(report, out, INK_FAINT);
        out_format(out, "       | ^ %s", map_state_text(reason->state));
        if (reason->why) {
                out_text(out, ": ");
                put_clean(out, clause_of(report->arena, reason->why->said));
                out_format(out, " (%s:%u)", reason->why->at.file, reason->why->at.line);
        }
        ink(report, out, INK_PLAIN);
        out_char(out, '\n');
}

void gilmap_file_write(const struct report *report, const struct map_file *file, struct out *out)
{
        const struct source *source = source_of(report, file->path);
        int next = 0;
        put_clean(out, file->path);
        out_char(out, '\n');
        if (!source->bytes) {
                out_text(out,
                         source->changed ? "  it changed since it was analyzed\n" : "  it cannot be read\n");
                return;
        }
        for (uint32_t i = 1; i <= (uint32_t)source->nlines; i++) {
                struct line line = source_line(source, i);
                int state = i <= file->nlines && file->states[i] ? file->states[i] - 1 : -1;
                if (i == (uint32_t)source->nlines && !line.length)
                        break;
                put_margin(report, state, out);
                out_format(out, " %5u | ", i);
                put_clean(out, arena_strndup(report->arena, line.bytes, line.length));
                out_char(out, '\n');
                for (; next < file->reasons.n && file->reasons.at[next].line == i; next++)
                        put_reason(report, &file->reasons.at[next], out);
        }
}

static void put_counts(struct document *document, struct table *table, const char *name, const int *counts,
                       int functions, bool total)
{
        struct table_row *row = table_row(document, table);
        int sum = 0;
        row->total = total;
        row->cells[0] = name;
        for (int i = 0; i < LOCK_COLUMNS; i++) {
                row->cells[1 + i] = table_number(document, counts[i], !total);
                sum += counts[i];
        }
        row->cells[1 + LOCK_COLUMNS] = table_number(document, sum, false);
        row->cells[2 + LOCK_COLUMNS] = table_number(document, functions, false);
}

struct document *gilmap_document(struct arena *arena, const struct gilmap *map)
{
        struct document *document = document_new(arena, "Lines by the state of the GIL");
        struct table *table = document_part(document, "Files");
        int functions = 0;
        table->data = true;
        table_column(document, table, "file", false);
        for (int i = 0; i < LOCK_COLUMNS; i++)
                table_column(document, table, lock_column_name((enum lock_column)i), true);
        table_column(document, table, "lines", true);
        table_column(document, table, "functions", true);
        table->columns.at[2].bar = true;
        for (int i = 0; i < map->files.n; i++) {
                const struct map_file *file = map->files.at[i];
                put_counts(document, table, file->path, file->counts, file->functions.n, false);
                functions += file->functions.n;
        }
        put_counts(document, table, "total", map->counts, functions, true);
        return document;
}
