/* source.c: see source.h. */
#include "source.h"

#include "base/arena.h"
#include "base/file.h"

#include <string.h>

enum { NEAR = 16 }; /* lines further on that are looked at one by one */

const char *source_path(struct arena *arena, const struct job *job, const char *name, bool *in_tree)
{
        char *clean = path_clean(arena, job->directory, name);
        const char *best = path_below(job->tree, clean), *root = NULL;
        size_t longest = best ? strlen(job->tree) : 0;
        for (int i = 0; i < job->roots.n; i++) {
                const char *below = path_below(job->roots.at[i].dir, clean);
                if (!below || strlen(job->roots.at[i].dir) < longest)
                        continue;
                best = below;
                root = job->roots.at[i].name;
                longest = strlen(job->roots.at[i].dir);
        }
        *in_tree = best && !root;
        if (!best)
                return arena_printf(arena, "<system>%s", clean);
        return root ? arena_printf(arena, "%s/%s", root, best) : best;
}

static struct source *source_new(struct sources *sources, const char *name)
{
        struct source *source = NEW(sources->arena, struct source);
        const char *path = source_path(sources->arena, sources->job, name, &source->in_tree);
        source->path = name_of(sources->unit->names, path);
        source->id = (uint32_t)sources->count++;
        source->number = source->header = -1;
        return source;
}

struct source *source_of_header(struct sources *sources, int header)
{
        const struct header_file *file = &sources->headers->files.at[header];
        if (!sources->by_header)
                sources->by_header = NEW_ARRAY(sources->arena, struct source *, sources->headers->files.n);
        struct source **slot = &sources->by_header[header];
        if (*slot)
                return *slot;
        *slot = source_new(sources, file->name);
        (*slot)->header = header;
        (*slot)->text = file->text;
        (*slot)->length = file->length;
        return *slot;
}

struct source *source_of(struct sources *sources, CXFile file)
{
        if (!file)
                return NULL;
        struct source **slot = (struct source **)map_at(&sources->by_file, MAP_KEY(file));
        if (*slot)
                return *slot;
        CXString name = clang_getFileName(file);
        int header = headers_file(sources->headers, clang_getCString(name));
        if (header >= 0) {
                *slot = source_of_header(sources, header);
        } else {
                *slot = source_new(sources, clang_getCString(name));
                (*slot)->text = clang_getFileContents(sources->tu, file, &(*slot)->length);
        }
        clang_disposeString(name);
        return *slot;
}

/*
 * A byte of a file is encoded as its distance from the first one. Most
 * questions are about the same file as the last one, or repeat one: libclang's
 * own answer costs a search through all files and expansions.
 */
static bool is_near(const struct sources *sources, CXSourceLocation at, struct spot *spot)
{
        const struct source *near = sources->near;
        *spot = (struct spot){sources->near, at.int_data - sources->near_begin};
        return near && at.int_data >= sources->near_begin && spot->offset < near->length;
}

static struct spot ask(struct sources *sources, struct recent *recent, CXSourceLocation at,
                       void (*location)(CXSourceLocation, CXFile *, unsigned *, unsigned *, unsigned *))
{
        CXFile file = NULL;
        struct spot spot;
        if (is_near(sources, at, &spot))
                return spot;
        struct recent *known = &recent[at.int_data % RECENT];
        if (known->at.int_data == at.int_data && known->at.ptr_data[0])
                return known->spot;
        location(at, &file, NULL, NULL, &spot.offset);
        spot.source = source_of(sources, file);
        *known = (struct recent){at, spot};
        if (spot.source && spot.source->in_tree && spot.source->text && !spot_in_macro(at)) {
                sources->near = spot.source;
                sources->near_begin = at.int_data - spot.offset;
        }
        return spot;
}

struct spot spot_file(struct sources *sources, CXSourceLocation at)
{
        return ask(sources, sources->files, at, clang_getFileLocation);
}

struct spot spot_spelled(struct sources *sources, CXSourceLocation at)
{
        return ask(sources, sources->spelled, at, clang_getSpellingLocation);
}

/*
 * The raw encoding has its top bit set inside macros. Asking for the spelling
 * and the file location of every expression instead costs as much as the whole
 * rest of lowering; tests/check_lower.sh would notice another encoding.
 */
bool spot_in_macro(CXSourceLocation at)
{
        return at.int_data >> 31;
}

static void find_lines(struct sources *sources, struct source *source)
{
        VEC_PUSH(sources->arena, &source->lines, 0);
        for (size_t i = 0; source->text && i < source->length; i++)
                if (source->text[i] == '\n')
                        VEC_PUSH(sources->arena, &source->lines, (uint32_t)i + 1);
}

/* The index of the line that OFFSET is in. */
static int line_of(struct source *source, unsigned offset)
{
        int low = 0, high = source->lines.n, line = source->line;
        if (source->lines.at[line] <= offset) {
                low = line;
                for (int near = line; near < line + NEAR && near + 1 < high; near++)
                        if (offset < source->lines.at[near + 1])
                                return source->line = near;
        }
        while (high - low > 1) {
                int middle = low + (high - low) / 2;
                if (source->lines.at[middle] <= offset)
                        low = middle;
                else
                        high = middle;
        }
        return source->line = low;
}

struct loc spot_loc(struct sources *sources, struct spot spot)
{
        struct source *source = spot.source;
        if (!source || !source->in_tree)
                return (struct loc){0};
        if (source->number < 0)
                source->number = unit_file(sources->unit, source->path);
        if (!source->lines.n)
                find_lines(sources, source);
        int line = line_of(source, spot.offset);
        return (struct loc){.file = (uint32_t)source->number,
                            .line = (uint32_t)line + 1,
                            .col = spot.offset - source->lines.at[line] + 1};
}

struct range spot_range(struct sources *sources, struct spot from, struct spot to)
{
        struct range range = {.at = spot_loc(sources, from)};
        if (!range.at.line || to.source != from.source || to.offset <= from.offset)
                return range;
        struct loc end = spot_loc(sources, to);
        range.end_line = end.line;
        range.end_col = end.col;
        return range;
}

struct range cursor_range(struct sources *sources, CXCursor cursor)
{
        CXSourceRange extent = clang_getCursorExtent(cursor);
        return spot_range(sources, spot_file(sources, clang_getRangeStart(extent)),
                          spot_file(sources, clang_getRangeEnd(extent)));
}

static enum CXChildVisitResult keep_first(CXCursor cursor, CXCursor parent, CXClientData data)
{
        (void)parent;
        *(CXCursor *)data = cursor;
        return CXChildVisit_Break;
}

CXSourceLocation cursor_begin(CXCursor cursor)
{
        CXCursor inner = cursor;
        while (clang_getCursorKind(inner) == CXCursor_UnexposedExpr)
                if (!clang_visitChildren(inner, keep_first, &inner))
                        break;
        /* libclang names the member as the location of such an expression, and of conversions of it */
        if (clang_getCursorKind(inner) == CXCursor_MemberRefExpr)
                return clang_getRangeStart(clang_getCursorExtent(cursor));
        return clang_getCursorLocation(cursor);
}

struct loc cursor_loc(struct sources *sources, CXCursor cursor)
{
        return spot_loc(sources, spot_file(sources, cursor_begin(cursor)));
}
