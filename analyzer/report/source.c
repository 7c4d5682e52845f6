/*
 * source.c: opens sources for the writers and finds lines and columns in them.
 * Paths come from findings; content that differs from what was analyzed is not
 * shown, so that an excerpt never points at the wrong line. Nothing is written.
 */
#include "report/source.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"

#include <ctype.h>
#include <string.h>

#define SOURCE_LIMIT ((size_t)256 << 20)

struct sources {
        struct arena *arena;
        struct map by_path;
};

struct sources *sources_new(struct arena *arena)
{
        struct sources *sources = NEW(arena, struct sources);
        sources->arena = arena;
        map_init(&sources->by_path, arena);
        return sources;
}

/* The width of the line end at BYTES[AT]: 2 for CR LF, 1 for either alone, 0 for none. */
static int line_end(const char *bytes, size_t length, size_t at)
{
        if (bytes[at] == '\r')
                return at + 1 < length && bytes[at + 1] == '\n' ? 2 : 1;
        return bytes[at] == '\n';
}

static void split_lines(struct arena *arena, struct source *source)
{
        struct {
                VEC(uint32_t) at;
        } starts = {0};
        VEC_PUSH(arena, &starts.at, 0);
        for (size_t i = 0; i < source->length;) {
                int end = line_end(source->bytes, source->length, i);
                i += end ? (size_t)end : 1;
                if (end)
                        VEC_PUSH(arena, &starts.at, (uint32_t)i);
        }
        source->nlines = starts.at.n;
        VEC_PUSH(arena, &starts.at, (uint32_t)source->length);
        source->lines = starts.at.at;
}

struct source *source_from(struct arena *arena, sym path, const char *bytes, size_t length)
{
        struct source *source = NEW(arena, struct source);
        source->path = path;
        source->bytes = bytes;
        source->length = length;
        split_lines(arena, source);
        return source;
}

/* The hash that the analysis noted for PATH, or NULL. */
static const char *noted_hash(const struct report *report, sym path)
{
        for (int i = 0; i < report->files.n; i++)
                if (!strcmp(report->files.at[i].path, path))
                        return report->files.at[i].hash;
        return NULL;
}

static struct source *source_open(const struct report *report, sym path)
{
        struct arena *arena = report->sources->arena;
        struct source *nothing = NEW(arena, struct source);
        nothing->path = path;
        struct text text;
        /* "<python>/x.h" lies below a root that only the front end knows */
        if (path[0] == '<' || !file_read(arena, path_join(arena, report->tree, path), SOURCE_LIMIT, &text))
                return nothing;
        const char *noted = noted_hash(report, path);
        char now[HASH_HEX];
        hash_hex(text.bytes, text.length, now);
        nothing->changed = noted && strcmp(noted, now);
        return nothing->changed ? nothing : source_from(arena, path, text.bytes, text.length);
}

struct source *source_of(const struct report *report, sym path)
{
        sym name = name_of(report->names, path);
        struct source **slot = (struct source **)map_at(&report->sources->by_path, MAP_KEY(name));
        if (!*slot) {
                struct source *opened = source_open(report, name);
                *slot = opened;
        }
        return *slot;
}

void source_put(const struct report *report, const char *path, const char *bytes, size_t length)
{
        sym name = name_of(report->names, path);
        *map_at(&report->sources->by_path, MAP_KEY(name)) =
            source_from(report->sources->arena, name, bytes, length);
}

struct line source_line(const struct source *source, uint32_t number)
{
        if (!source->bytes || number < 1 || number > (uint32_t)source->nlines)
                return (struct line){"", 0};
        uint32_t from = source->lines[number - 1], to = source->lines[number];
        while (to > from && (source->bytes[to - 1] == '\n' || source->bytes[to - 1] == '\r'))
                to--;
        return (struct line){source->bytes + from, to - from};
}

size_t source_offset(const struct source *source, uint32_t line, uint32_t col)
{
        struct line text = source_line(source, line);
        if (!text.length && (!source->bytes || line < 1 || line > (uint32_t)source->nlines))
                return source->length;
        size_t in_line = col > 0 ? col - 1 : 0;
        return (size_t)(text.bytes - source->bytes) + (in_line < text.length ? in_line : text.length);
}

uint32_t source_utf16(const struct source *source, uint32_t line, uint32_t col)
{
        struct line text = source_line(source, line);
        if (!text.length)
                return col;
        const char *at = text.bytes, *end = text.bytes + text.length;
        const char *stop = col - 1 < text.length ? at + col - 1 : end;
        uint32_t units = 1;
        /* a byte order mark is no character for those who decode the file */
        if (line == 1 && text.length >= 3 && !memcmp(at, "\xef\xbb\xbf", 3))
                at += 3;
        while (at < stop)
                units += utf8_next(&at, end) > 0xffff ? 2 : 1;
        return units;
}

/* The byte column behind the word that starts at COL. */
static uint32_t word_end(struct line text, uint32_t col)
{
        size_t end = col;
        if (col - 1 >= text.length)
                return col;
        if (isalnum((unsigned char)text.bytes[col - 1]) || text.bytes[col - 1] == '_')
                while (end < text.length &&
                       (isalnum((unsigned char)text.bytes[end]) || text.bytes[end] == '_'))
                        end++;
        return (uint32_t)end + 1;
}

struct where source_clip(const struct source *source, struct where at)
{
        struct line text = source_line(source, at.line);
        if (!at.col)
                at.col = 1;
        if (!at.end_line)
                at.end_col = word_end(text, at.col);
        else if (at.end_line != at.line)
                at.end_col = text.length >= at.col ? (uint32_t)text.length + 1 : at.col;
        if (source->bytes && at.end_col > text.length + 1)
                at.end_col = (uint32_t)text.length + 1;
        if (at.end_col < at.col)
                at.end_col = at.col;
        at.end_line = at.line;
        return at;
}
