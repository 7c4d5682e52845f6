/* table.c: builds documents; text, CSV and Markdown of them. See table.h. */
#include "report/table.h"

#include "report/source.h"
#include "report/text.h"

#include <string.h>

bool table_format_find(const char *word, enum table_format *format)
{
        static const char *const names[TABLE_FORMATS] = {"text", "json", "csv", "markdown", "html"};
        for (int i = 0; i < TABLE_FORMATS; i++)
                if (!strcmp(names[i], word)) {
                        *format = (enum table_format)i;
                        return true;
                }
        return false;
}

struct document *document_new(struct arena *arena, const char *title)
{
        struct document *document = NEW(arena, struct document);
        document->arena = arena;
        document->title = title;
        return document;
}

void document_say(struct document *document, const char *format, ...)
{
        va_list args;
        va_start(args, format);
        VEC_PUSH(document->arena, &document->lead, arena_vprintf(document->arena, format, args));
        va_end(args);
}

struct table *document_part(struct document *document, const char *title)
{
        struct table *table = NEW(document->arena, struct table);
        table->title = title;
        VEC_PUSH(document->arena, &document->parts, table);
        return table;
}

void table_column(struct document *document, struct table *table, const char *title, bool number)
{
        struct table_column column = {.title = title, .number = number};
        VEC_PUSH(document->arena, &table->columns, column);
}

struct table_row *table_row(struct document *document, struct table *table)
{
        struct table_row row = {.cells = NEW_ARRAY(document->arena, const char *, table->columns.n + 1)};
        VEC_PUSH(document->arena, &table->rows, row);
        return &table->rows.at[table->rows.n - 1];
}

const char *table_number(struct document *document, long long number, bool blank)
{
        return number || !blank ? arena_printf(document->arena, "%lld", number) : "";
}

static const char *cell(const struct table_row *row, int column)
{
        return row->cells[column] ? row->cells[column] : "";
}

/* --- text ---------------------------------------------------------------------- */

static int cells_wide(const char *text)
{
        int width = 0;
        for (const char *end = text + strlen(text); text < end;)
                width += utf8_width(utf8_next(&text, end));
        return width;
}

static void put_cell(struct out *out, const char *text, int width, bool right, bool last)
{
        int pad = width - cells_wide(text);
        for (int i = 0; right && i < pad; i++)
                out_char(out, ' ');
        put_clean(out, text);
        for (int i = 0; !right && !last && i < pad; i++)
                out_char(out, ' ');
}

static void put_text_row(const struct table *table, const int *widths, const struct table_row *row,
                         struct out *out)
{
        int last = table->columns.n - 1;
        while (!table->columns.at[last].number && last > 0 && row && !*cell(row, last))
                last--;
        for (int c = 0; c <= last; c++) {
                const struct table_column *column = &table->columns.at[c];
                out_text(out, "  ");
                put_cell(out, row ? cell(row, c) : column->title, widths[c], column->number, c == last);
        }
        out_char(out, '\n');
}

static void put_rule(const struct table *table, const int *widths, struct out *out)
{
        int width = 2 * (table->columns.n - 1);
        for (int c = 0; c < table->columns.n; c++)
                width += widths[c];
        out_text(out, "  ");
        for (int i = 0; i < width; i++)
                out_char(out, '-');
        out_char(out, '\n');
}

static void put_text_table(const struct document *document, const struct table *table, struct out *out)
{
        int *widths = NEW_ARRAY(document->arena, int, table->columns.n + 1);
        for (int c = 0; c < table->columns.n; c++) {
                widths[c] = cells_wide(table->columns.at[c].title);
                for (int r = 0; r < table->rows.n; r++) {
                        int wide = cells_wide(cell(&table->rows.at[r], c));
                        widths[c] = wide > widths[c] ? wide : widths[c];
                }
        }
        put_text_row(table, widths, NULL, out);
        put_rule(table, widths, out);
        for (int r = 0; r < table->rows.n; r++) {
                if (table->rows.at[r].total)
                        put_rule(table, widths, out);
                put_text_row(table, widths, &table->rows.at[r], out);
        }
}

static void put_steps(struct out *out, const struct step *step, const char *indent)
{
        if (!step)
                return;
        put_steps(out, step->because, indent);
        out_text(out, indent);
        put_clean(out, step->at.file);
        out_format(out, ":%u: ", step->at.line);
        put_clean(out, step->said);
        out_char(out, '\n');
}

static void put_text_story(const struct table_story *story, struct out *out)
{
        out_text(out, "  ");
        if (story->at.file) {
                put_place(out, &story->at);
                out_text(out, ": ");
        }
        put_clean(out, story->said);
        out_char(out, '\n');
        for (int i = 0; i < story->because.n; i++)
                put_steps(out, story->because.at[i], "      ");
}

static void write_text(const struct document *document, struct out *out)
{
        out_format(out, "%s\n", document->title);
        for (int i = 0; i < document->lead.n; i++) {
                put_clean(out, document->lead.at[i]);
                out_char(out, '\n');
        }
        for (int i = 0; i < document->parts.n; i++) {
                const struct table *table = document->parts.at[i];
                out_format(out, "\n%s\n", table->title);
                if (table->note) {
                        out_text(out, "  ");
                        put_clean(out, table->note);
                        out_char(out, '\n');
                }
                if (table->columns.n)
                        put_text_table(document, table, out);
                for (int s = 0; s < table->stories.n; s++)
                        put_text_story(&table->stories.at[s], out);
        }
}

/* --- CSV ------------------------------------------------------------------------- */

/* RFC 4180; a cell that a spreadsheet would take for a formula gets a quote in front. */
static void put_csv(struct out *out, const char *text)
{
        bool formula =
            *text && strchr("=+-@", *text) && !(text[0] == '-' && text[1] >= '0' && text[1] <= '9');
        bool quote = formula || strpbrk(text, ",\"\r\n");
        if (quote)
                out_char(out, '"');
        if (formula)
                out_char(out, '\'');
        for (; *text; text++) {
                if (*text == '"')
                        out_char(out, '"');
                out_char(out, *text);
        }
        if (quote)
                out_char(out, '"');
}

static void write_csv(const struct document *document, struct out *out)
{
        for (int i = 0; i < document->parts.n; i++) {
                const struct table *table = document->parts.at[i];
                if (!table->data)
                        continue;
                for (int c = 0; c < table->columns.n; c++) {
                        out_text(out, c ? "," : "");
                        put_csv(out, table->columns.at[c].title);
                }
                out_text(out, "\r\n");
                for (int r = 0; r < table->rows.n; r++) {
                        for (int c = 0; c < table->columns.n; c++) {
                                out_text(out, c ? "," : "");
                                put_csv(out, cell(&table->rows.at[r], c));
                        }
                        out_text(out, "\r\n");
                }
        }
}

/* --- Markdown ---------------------------------------------------------------------- */

static void put_markdown(struct out *out, const char *text)
{
        for (; *text; text++) {
                if (strchr("|\\`*_<>[]", *text))
                        out_char(out, '\\');
                out_char(out, *text == '\n' ? ' ' : *text);
        }
}

static void put_markdown_table(const struct table *table, struct out *out)
{
        for (int c = 0; c < table->columns.n; c++) {
                out_text(out, "| ");
                put_markdown(out, table->columns.at[c].title);
                out_char(out, ' ');
        }
        out_text(out, "|\n");
        for (int c = 0; c < table->columns.n; c++)
                out_text(out, table->columns.at[c].number ? "| ---: " : "| --- ");
        out_text(out, "|\n");
        for (int r = 0; r < table->rows.n; r++) {
                for (int c = 0; c < table->columns.n; c++) {
                        out_text(out, "| ");
                        put_markdown(out, cell(&table->rows.at[r], c));
                        out_char(out, ' ');
                }
                out_text(out, "|\n");
        }
}

static void put_markdown_steps(struct out *out, const struct step *step)
{
        if (!step)
                return;
        put_markdown_steps(out, step->because);
        out_text(out, "  - ");
        put_markdown(out, step->at.file);
        out_format(out, ":%u: ", step->at.line);
        put_markdown(out, step->said);
        out_char(out, '\n');
}

static void write_markdown(const struct document *document, struct out *out)
{
        out_format(out, "# %s\n", document->title);
        for (int i = 0; i < document->lead.n; i++) {
                out_text(out, "\n");
                put_markdown(out, document->lead.at[i]);
                out_char(out, '\n');
        }
        for (int i = 0; i < document->parts.n; i++) {
                const struct table *table = document->parts.at[i];
                out_format(out, "\n## %s\n\n", table->title);
                if (table->note) {
                        put_markdown(out, table->note);
                        out_text(out, "\n\n");
                }
                if (table->columns.n)
                        put_markdown_table(table, out);
                for (int s = 0; s < table->stories.n; s++) {
                        const struct table_story *story = &table->stories.at[s];
                        out_text(out, "- ");
                        if (story->at.file) {
                                put_markdown(out, story->at.file);
                                out_format(out, ":%u: ", story->at.line);
                        }
                        put_markdown(out, story->said);
                        out_char(out, '\n');
                        for (int b = 0; b < story->because.n; b++)
                                put_markdown_steps(out, story->because.at[b]);
                }
        }
}

void document_write(const struct document *document, enum table_format format, struct out *out)
{
        switch (format) {
        case TABLE_CSV:
                write_csv(document, out);
                break;
        case TABLE_MARKDOWN:
                write_markdown(document, out);
                break;
        case TABLE_HTML:
                table_html_write(document, out);
                break;
        default:
                write_text(document, out);
        }
}
