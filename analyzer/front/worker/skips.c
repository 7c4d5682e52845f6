/* skips.c: see skips.h. Of a file that is read more than once, the first time counts: there the raw encodings
 * count its bytes. */
#include "skips.h"

#include "base/arena.h"

/* The encoding of the first byte of the file, the first time it is read. */
static unsigned start_of(struct file_skips *skips)
{
        CXTranslationUnit tu = skips->skips->l->tu;
        if (skips->placed)
                return skips->start;
        skips->placed = true;
        if (skips->source->path == skips->skips->l->head->path) /* the other way is slow for a large source */
                skips->start =
                    clang_getRangeStart(clang_getCursorExtent(clang_getTranslationUnitCursor(tu))).int_data;
        if (!skips->start)
                skips->start = clang_getLocationForOffset(tu, skips->file, 0).int_data;
        return skips->start;
}

static void index_definitions(struct skips *skips)
{
        const struct macros *macros = &skips->l->macros;
        skips->indexed = true;
        map_init(&skips->defined, skips->l->arena);
        for (int i = 0; i < macros->definitions.n; i++) {
                unsigned at = clang_getCursorLocation(macros->definitions.at[i]).int_data;
                *map_at(&skips->defined, (uint64_t)at + 1) = skips;
        }
}

bool skips_defined(struct file_skips *file, size_t offset)
{
        struct skips *skips = file->skips;
        if (!skips->indexed)
                index_definitions(skips);
        return map_get(&skips->defined, (uint64_t)start_of(file) + offset + 1) != NULL;
}

static void take(struct file_skips *file, struct skip_span span)
{
        if (span.source == file->source && span.begin.int_data - start_of(file) == span.from)
                VEC_PUSH(file->skips->l->arena, &file->spans, span);
}

static struct skip_span span_of(struct lower *l, CXSourceRange range)
{
        CXSourceLocation begin = clang_getRangeStart(range);
        struct spot from = spot_file(&l->sources, begin);
        struct spot to = spot_file(&l->sources, clang_getRangeEnd(range));
        return (struct skip_span){from.source, begin, from.offset, to.offset};
}

/* All that libclang lists; it opens the file of every section, and so must not be asked with a precompiled
 * header. */
static void list_all(struct skips *skips)
{
        CXSourceRangeList *list = clang_getAllSkippedRanges(skips->l->tu);
        skips->listed = true;
        for (unsigned i = 0; list && i < list->count; i++) {
                struct skip_span span = span_of(skips->l, list->ranges[i]);
                if (span.source && span.source->in_tree)
                        VEC_PUSH(skips->l->arena, &skips->all, span);
        }
        if (list)
                clang_disposeSourceRangeList(list);
}

static void ask(struct file_skips *file)
{
        struct skips *skips = file->skips;
        file->asked = true;
        if (!skips->l->sources.headers) {
                if (!skips->listed)
                        list_all(skips);
                for (int i = 0; i < skips->all.n; i++)
                        take(file, skips->all.at[i]);
                return;
        }
        if (file->source->header >= 0)
                return;
        CXSourceRangeList *list = clang_getSkippedRanges(skips->l->tu, file->file);
        for (unsigned i = 0; list && i < list->count; i++)
                take(file, span_of(skips->l, list->ranges[i]));
        if (list)
                clang_disposeSourceRangeList(list);
}

bool skips_at(struct file_skips *file, size_t offset)
{
        if (!file->asked)
                ask(file);
        for (int i = 0; i < file->spans.n; i++)
                if (offset >= file->spans.at[i].from && offset < file->spans.at[i].to)
                        return true;
        return false;
}
