/*
 * line_hash.c: the fingerprint that code scanning gives to a line, computed as
 * it does, so that its alerts follow ours. Comes in: a source. Goes out: a hash
 * per line over the hundred characters that begin there, blanks left out.
 */
#include "report/source.h"

#include "base/map.h"

#define WINDOW 100
#define FACTOR 37u
#define END_MARK 0xffffu

/* The characters that count, as UTF-16 units, and where each line begins among them. */
struct squeezed {
        uint16_t *units; /* WINDOW zeros behind the end */
        size_t n;
        size_t *line_at;
};

static void add_unit(struct squeezed *to, uint32_t c)
{
        if (c == ' ' || c == '\t')
                return;
        if (c > 0xffff) {
                to->units[to->n++] = (uint16_t)(0xd800 + ((c - 0x10000) >> 10));
                c = 0xdc00 + ((c - 0x10000) & 0x3ff);
        }
        to->units[to->n++] = (uint16_t)c;
}

/* Every line end counts as one line feed. */
static struct squeezed squeeze(struct arena *arena, const struct source *source)
{
        struct squeezed to = {.units = NEW_ARRAY(arena, uint16_t, source->length + 1 + WINDOW),
                              .line_at = NEW_ARRAY(arena, size_t, source->nlines)};
        for (int i = 0; i < source->nlines; i++) {
                struct line line = source_line(source, (uint32_t)i + 1);
                to.line_at[i] = to.n;
                for (const char *at = line.bytes, *end = at + line.length; at < end;)
                        add_unit(&to, utf8_next(&at, end));
                if (i + 1 < source->nlines)
                        add_unit(&to, '\n');
        }
        add_unit(&to, END_MARK);
        return to;
}

static uint64_t power(uint64_t base, int exponent)
{
        uint64_t result = 1;
        while (exponent--)
                result *= base;
        return result;
}

/* Rolls the window over all characters and keeps its value at each line's first. */
static void hash_lines(const struct source *source, const struct squeezed *from, uint64_t *hashes)
{
        const uint64_t first = power(FACTOR, WINDOW - 1);
        uint64_t hash = 0;
        for (int i = 0; i < WINDOW; i++)
                hash = hash * FACTOR + ((size_t)i < from->n ? from->units[i] : 0);
        int line = 0;
        for (size_t at = 0; at < from->n; at++) {
                for (; line < source->nlines && from->line_at[line] == at; line++)
                        hashes[line] = hash;
                uint64_t next = at + WINDOW < from->n ? from->units[at + WINDOW] : 0;
                hash = (hash - from->units[at] * first) * FACTOR + next;
        }
}

static void make_hashes(struct arena *arena, struct source *source)
{
        uint64_t *hashes = NEW_ARRAY(arena, uint64_t, source->nlines);
        uint32_t *nth = NEW_ARRAY(arena, uint32_t, source->nlines);
        struct arena *scratch = arena_new();
        struct squeezed squeezed = squeeze(scratch, source);
        struct map seen;
        map_init(&seen, scratch);
        hash_lines(source, &squeezed, hashes);
        for (int i = 0; i < source->nlines; i++) {
                void **count = map_at(&seen, hashes[i]);
                *count = (void *)((uintptr_t)*count + 1);
                nth[i] = (uint32_t)(uintptr_t)*count;
        }
        arena_drop(scratch);
        source->hashes = hashes;
        source->nth = nth;
}

const char *source_line_hash(struct arena *arena, struct source *source, uint32_t line)
{
        if (!source->bytes || line < 1 || line > (uint32_t)source->nlines)
                return NULL;
        if (!source->hashes)
                make_hashes(arena, source);
        return arena_printf(arena, "%llx:%u", (unsigned long long)source->hashes[line - 1],
                            source->nth[line - 1]);
}
