/*
 * excerpt.c: a line of source with carets below the part that is meant. Comes
 * in: a place. Goes out: up to three lines and a marker line, tabs expanded,
 * each character as wide as a terminal shows it. Very long lines are cut.
 */
#include "report/source.h"
#include "report/text.h"

#include <locale.h>
#include <string.h>

#define TAB 8
#define WIDEST 160 /* cells of source shown of a line */
#define LEAD 40    /* cells kept before the caret of a cut line */

/* One character that could be seen: how many cells from CELL on, given tabs. */
static int cells_of(uint32_t c, int cell)
{
        if (c == '\t')
                return TAB - cell % TAB;
        return c < 0x20 || c == 0x7f ? 1 : utf8_width(c);
}

/* Cells that the first BYTES bytes of a line take. */
static int cells_before(struct line line, size_t bytes)
{
        int cell = 0;
        const char *at = line.bytes, *end = line.bytes + line.length;
        const char *stop = bytes < line.length ? at + bytes : end;
        while (at < stop)
                cell += cells_of(utf8_next(&at, end), cell);
        return cell;
}

/* The cells FROM to FROM + WIDEST of a line. */
static void put_cells(struct out *out, struct line line, int from)
{
        int cell = 0;
        for (const char *at = line.bytes, *end = at + line.length; at < end && cell < from + WIDEST;) {
                uint32_t c = utf8_next(&at, end);
                int width = cells_of(c, cell);
                char one[5] = {0};
                struct out piece = {.arena = out->arena, .bytes = one, .room = sizeof one};
                utf8_put(&piece, c);
                if (cell >= from && c == '\t')
                        out_format(out, "%*s", width, "");
                else if (cell >= from)
                        put_clean(out, one);
                cell += width;
        }
}

static void put_line(const struct report *report, const struct source *source, uint32_t number, int digits,
                     int from, struct out *out)
{
        if (number < 1 || number > (uint32_t)source->nlines)
                return;
        struct line line = source_line(source, number);
        /* the empty line behind the last line feed is not one that an editor shows */
        if (number == (uint32_t)source->nlines && !line.length)
                return;
        ink(report, out, INK_FAINT);
        out_format(out, "  %*u |", digits, number);
        ink(report, out, INK_PLAIN);
        if (line.length)
                out_char(out, ' ');
        put_cells(out, line, from);
        out_char(out, '\n');
}

static void put_carets(const struct report *report, int digits, int cell, int width, enum level level,
                       struct out *out)
{
        ink(report, out, INK_FAINT);
        out_format(out, "  %*s |", digits, "");
        ink(report, out, INK_PLAIN);
        out_format(out, " %*s", cell, "");
        ink(report, out, level_ink(level));
        for (int i = 0; i < width; i++)
                out_char(out, i ? '~' : '^');
        ink(report, out, INK_PLAIN);
        out_char(out, '\n');
}

static void put_excerpt(const struct report *report, const struct source *source, struct where at,
                        enum level level, struct out *out)
{
        struct line line = source_line(source, at.line);
        at = source_clip(source, at);
        int first = cells_before(line, at.col - 1), last = cells_before(line, at.end_col - 1);
        int from = last > WIDEST && first > LEAD ? first - LEAD : 0;
        int width = last - first > 0 ? last - first : 1;
        if (first - from + width > WIDEST)
                width = WIDEST - (first - from);
        int digits = 1;
        for (uint32_t n = at.line + 1; n >= 10; n /= 10)
                digits++;
        put_line(report, source, at.line - 1, digits, from, out);
        put_line(report, source, at.line, digits, from, out);
        put_carets(report, digits, first - from, width, level, out);
        put_line(report, source, at.line + 1, digits, from, out);
}

void excerpt_write(const struct report *report, struct where at, enum level level, struct out *out)
{
        const struct source *source = source_of(report, at.file);
        if (source->changed)
                out_text(out, "  (the file changed since it was analyzed: no excerpt)\n");
        if (!source->bytes || at.line < 1 || at.line > (uint32_t)source->nlines)
                return;
        /* widths of characters are a matter of the locale; the caller's need not be UTF-8 */
        locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
        locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
        put_excerpt(report, source, at, level, out);
        if (utf8) {
                uselocale(before);
                freelocale(utf8);
        }
}
