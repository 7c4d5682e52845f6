/*
 * patch.c: see patch.h. The places of all changes are known, so no search for
 * differences is needed: lines that a change touches are shown as old and new.
 */
#include "report/patch.h"

#include <string.h>

#define AROUND 3

/* True when not both can be made: they share bytes, or a place, or one puts something into what the other
 * takes. */
static bool conflict(const struct change *a, const struct change *b)
{
        size_t from = a->from > b->from ? a->from : b->from, to = a->to < b->to ? a->to : b->to;
        if (a->from == b->from && a->to == b->to)
                return true;
        bool within_a = b->from == b->to && a->from < b->from && b->from < a->to;
        bool within_b = a->from == a->to && b->from < a->from && a->from < b->to;
        return from < to || within_a || within_b;
}

static bool equal(const struct change *a, const struct change *b)
{
        return a->from == b->from && a->to == b->to && a->length == b->length &&
               !memcmp(a->text, b->text, a->length);
}

bool patch_add(struct arena *arena, struct patch *patch, struct change change)
{
        int at = 0;
        for (int i = 0; i < patch->changes.n; i++) {
                const struct change *other = &patch->changes.at[i];
                if (equal(other, &change))
                        return true;
                if (conflict(other, &change))
                        return false;
                /* what is put in front of a word comes before a change of the word */
                at += other->from < change.from || (other->from == change.from && other->to < change.to);
        }
        VEC_PUSH(arena, &patch->changes, change);
        for (int i = patch->changes.n - 1; i > at; i--)
                patch->changes.at[i] = patch->changes.at[i - 1];
        patch->changes.at[at] = change;
        return true;
}

/* The content from offset FROM up to TO with changes FIRST to LAST in it. */
static void put_changed(const struct patch *patch, size_t from, size_t to, int first, int last,
                        struct out *out)
{
        for (int i = first; i <= last; i++) {
                const struct change *change = &patch->changes.at[i];
                out_bytes(out, patch->source->bytes + from, change->from - from);
                out_bytes(out, change->text, change->length);
                from = change->to;
        }
        out_bytes(out, patch->source->bytes + from, to - from);
}

void patch_apply(const struct patch *patch, struct out *out)
{
        put_changed(patch, 0, patch->source->length, 0, patch->changes.n - 1, out);
}

/* ---- the diff; a line here ends with a line feed only, whatever else the source has ---- */

static size_t line_begin(const struct source *source, size_t at)
{
        while (at > 0 && source->bytes[at - 1] != '\n')
                at--;
        return at;
}

/* Behind the end of the line that AT lies on. */
static size_t line_behind(const struct source *source, size_t at)
{
        const char *end = at < source->length ? memchr(source->bytes + at, '\n', source->length - at) : NULL;
        return end ? (size_t)(end - source->bytes) + 1 : source->length;
}

static int count_lines(const char *bytes, size_t length)
{
        int lines = 0;
        for (size_t i = 0; i < length; i++)
                lines += bytes[i] == '\n';
        return lines + (length && bytes[length - 1] != '\n');
}

static void put_lines(struct out *out, char sign, const char *bytes, size_t length)
{
        while (length) {
                const char *end = memchr(bytes, '\n', length);
                size_t n = end ? (size_t)(end - bytes) + 1 : length;
                out_char(out, sign);
                out_bytes(out, bytes, n);
                if (!end)
                        out_text(out, "\n\\ No newline at end of file\n");
                bytes += n;
                length -= n;
        }
}

/* Whole lines of the old file that changes FIRST to LAST touch. */
struct block {
        int first, last;
        size_t from, to;
};

/* True when a change ends with a line and so does what it puts there: the next line is not touched. */
static bool ends_with_line(const struct source *source, const struct change *change)
{
        bool from_begin = change->from == line_begin(source, change->from);
        if (change->to != line_begin(source, change->to) || (change->to == change->from && !from_begin))
                return false;
        return change->length ? change->text[change->length - 1] == '\n' : from_begin;
}

/* The next block from change FIRST on: changes on the same lines belong together. */
static struct block block_at(const struct patch *patch, int first)
{
        const struct source *source = patch->source;
        const struct change *changes = patch->changes.at;
        struct block block = {first, first, line_begin(source, changes[first].from), 0};
        for (;; block.last++) {
                const struct change *change = &changes[block.last];
                size_t to = ends_with_line(source, change) ? change->to : line_behind(source, change->to);
                block.to = to > block.to ? to : block.to;
                if (block.last + 1 >= patch->changes.n || changes[block.last + 1].from >= block.to)
                        return block;
        }
}

static size_t lines_back(const struct source *source, size_t at, int lines)
{
        for (; lines && at; lines--)
                at = line_begin(source, at - 1);
        return at;
}

static size_t lines_ahead(const struct source *source, size_t at, int lines)
{
        for (; lines; lines--)
                at = line_behind(source, at);
        return at;
}

static void put_range(struct out *out, char sign, int line, int count)
{
        /* by custom the line before, when there is none */
        out_format(out, "%c%d", sign, count ? line : line - 1);
        if (count != 1)
                out_format(out, ",%d", count);
}

struct hunk {
        struct out body;
        size_t from, to; /* in the old file */
        int old_lines, new_lines;
};

static void hunk_same(struct hunk *hunk, const struct source *source, size_t to)
{
        int lines = count_lines(source->bytes + hunk->to, to - hunk->to);
        put_lines(&hunk->body, ' ', source->bytes + hunk->to, to - hunk->to);
        hunk->old_lines += lines;
        hunk->new_lines += lines;
        hunk->to = to;
}

static void hunk_block(struct hunk *hunk, const struct patch *patch, const struct block *block)
{
        struct out fresh = {.arena = hunk->body.arena};
        put_changed(patch, block->from, block->to, block->first, block->last, &fresh);
        put_lines(&hunk->body, '-', patch->source->bytes + block->from, block->to - block->from);
        put_lines(&hunk->body, '+', out_string(&fresh), fresh.length);
        hunk->old_lines += count_lines(patch->source->bytes + block->from, block->to - block->from);
        hunk->new_lines += count_lines(out_string(&fresh), fresh.length);
        hunk->to = block->to;
}

/* Writes the hunk that begins with change FIRST; returns the first change behind it. DRIFT: lines gained so
 * far. */
static int put_hunk(const struct patch *patch, int first, int *drift, struct out *out)
{
        const struct source *source = patch->source;
        struct block block = block_at(patch, first);
        size_t begin = lines_back(source, block.from, AROUND);
        struct hunk hunk = {.body = {.arena = out->arena}, .from = begin, .to = begin};
        for (;;) {
                hunk_same(&hunk, source, block.from);
                hunk_block(&hunk, patch, &block);
                if (block.last + 1 >= patch->changes.n)
                        break;
                struct block next = block_at(patch, block.last + 1);
                if (next.from > lines_ahead(source, hunk.to, 2 * AROUND))
                        break;
                block = next;
        }
        hunk_same(&hunk, source, lines_ahead(source, hunk.to, AROUND));
        int line = count_lines(source->bytes, begin) + 1;
        out_text(out, "@@ ");
        put_range(out, '-', line, hunk.old_lines);
        out_char(out, ' ');
        put_range(out, '+', line + *drift, hunk.new_lines);
        out_text(out, " @@\n");
        out_text(out, out_string(&hunk.body));
        *drift += hunk.new_lines - hunk.old_lines;
        return block.last + 1;
}

/* A name as git writes it: in quotes when it needs any, with a tab behind it when it has blanks. */
static void put_name(struct out *out, const char *prefix, const char *path)
{
        bool quote = false;
        for (const char *c = path; *c; c++)
                quote |= (unsigned char)*c < 0x20 || *c == '"' || *c == '\\' || *c == 0x7f;
        out_format(out, "%s%s", quote ? "\"" : "", prefix);
        for (const char *c = path; *c; c++) {
                if (quote && ((unsigned char)*c < 0x20 || *c == 0x7f))
                        out_format(out, "\\%03o", (unsigned char)*c);
                else if (quote && (*c == '"' || *c == '\\'))
                        out_format(out, "\\%c", *c);
                else
                        out_char(out, *c);
        }
        out_text(out, quote ? "\"\n" : strchr(path, ' ') ? "\t\n" : "\n");
}

void patch_write(const struct patch *patch, struct out *out)
{
        int drift = 0;
        out_text(out, "--- ");
        put_name(out, "a/", patch->source->path);
        out_text(out, "+++ ");
        put_name(out, "b/", patch->source->path);
        for (int next = 0; next < patch->changes.n;)
                next = put_hunk(patch, next, &drift, out);
}
