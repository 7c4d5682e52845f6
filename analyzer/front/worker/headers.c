/*
 * headers.c: see headers.h. The precompiled header's own source, which only
 * includes the others, is left out: units say the same in their own text.
 */
#include "headers.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

struct reading {
        struct headers *headers;
        CXTranslationUnit tu;
        struct map last;    /* hash of a macro's name -> how many macros there were up to it */
        struct map numbers; /* CXFile -> number plus one */
};

static uint64_t hash_of(const char *text)
{
        return hash_bytes(text, strlen(text));
}

static void *of_number(int number)
{
        return (void *)((uintptr_t)number + 1);
}

static void take_file(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
        struct reading *reading = data;
        struct headers *headers = reading->headers;
        (void)stack;
        if (!depth || !file || map_get(&reading->numbers, MAP_KEY(file)))
                return;
        CXString spelled = clang_getFileName(file);
        const char *name = clang_getCString(spelled);
        int number = headers_file(headers, name);
        if (number < 0) {
                struct header_file known = {.name = arena_strndup(headers->arena, name, strlen(name))};
                const char *text = clang_getFileContents(reading->tu, file, &known.length);
                known.length = text ? known.length : 0;
                known.text = arena_strndup(headers->arena, text ? text : "", known.length);
                hash_hex(known.text, known.length, known.hash);
                number = headers->files.n;
                *map_at(&headers->by_file, hash_of(name)) = of_number(number);
                VEC_PUSH(headers->arena, &headers->files, known);
        }
        clang_disposeString(spelled);
        *map_at(&reading->numbers, MAP_KEY(file)) = of_number(number);
}

static void take_macro(struct reading *reading, CXCursor cursor)
{
        struct headers *headers = reading->headers;
        CXFile file = NULL;
        struct header_macro macro = {0};
        CXSourceRange extent = clang_getCursorExtent(cursor);
        clang_getFileLocation(clang_getRangeStart(extent), &file, NULL, NULL, &macro.begin);
        void *number = file ? map_get(&reading->numbers, MAP_KEY(file)) : NULL;
        if (!number)
                return; /* of the command line, the compiler or the source of the precompiled header */
        macro.file = (int)((uintptr_t)number - 1);
        clang_getFileLocation(clang_getRangeEnd(extent), NULL, NULL, NULL, &macro.end);
        macro.function_like = clang_Cursor_isMacroFunctionLike(cursor);
        CXString name = clang_getCursorSpelling(cursor);
        macro.name = arena_strndup(headers->arena, clang_getCString(name), strlen(clang_getCString(name)));
        clang_disposeString(name);
        VEC_PUSH(headers->arena, &headers->macros, macro);
        *map_at(&reading->last, hash_of(macro.name)) = of_number(headers->macros.n - 1);
}

static enum CXChildVisitResult see_cursor(CXCursor cursor, CXCursor parent, CXClientData data)
{
        enum CXCursorKind kind = clang_getCursorKind(cursor);
        (void)parent;
        if (!clang_isPreprocessing(kind))
                return CXChildVisit_Break; /* they come first; declarations would only cost time */
        if (kind == CXCursor_MacroDefinition)
                take_macro(data, cursor);
        return CXChildVisit_Continue;
}

static int by_place(const void *a, const void *b)
{
        const struct header_macro *x = a, *y = b;
        if (x->file != y->file)
                return x->file < y->file ? -1 : 1;
        return (x->begin > y->begin) - (x->begin < y->begin);
}

/* Which macro is the last of its name is known by number as long as they are in order of definition. */
static void sort_macros(struct reading *reading)
{
        struct headers *headers = reading->headers;
        int n = reading->last.n;
        struct header_macro *last = NEW_ARRAY(headers->arena, struct header_macro, n);
        for (int i = 0; i < n; i++) {
                last[i] = headers->macros.at[(uintptr_t)reading->last.entries[i].value - 1];
                *map_at(&headers->by_name, reading->last.entries[i].key) = &last[i];
        }
        if (headers->macros.n)
                qsort(headers->macros.at, (size_t)headers->macros.n, sizeof *headers->macros.at, by_place);
}

struct headers *headers_take(struct arena *arena, CXTranslationUnit tu)
{
        struct headers *headers = NEW(arena, struct headers);
        struct reading reading = {.headers = headers, .tu = tu};
        struct arena *scratch = arena_new();
        headers->arena = arena;
        map_init(&headers->by_file, arena);
        map_init(&headers->by_name, arena);
        map_init(&reading.last, scratch);
        map_init(&reading.numbers, scratch);
        clang_getInclusions(tu, take_file, &reading);
        clang_visitChildren(clang_getTranslationUnitCursor(tu), see_cursor, &reading);
        sort_macros(&reading);
        arena_drop(scratch);
        return headers;
}

struct headers *headers_read(struct arena *arena, CXIndex index, const char *path)
{
        CXTranslationUnit tu = NULL;
        if (clang_createTranslationUnit2(index, path, &tu) != CXError_Success)
                return NULL;
        struct headers *headers = headers_take(arena, tu);
        clang_disposeTranslationUnit(tu);
        return headers;
}

int headers_file(const struct headers *headers, const char *name)
{
        return headers ? (int)((uintptr_t)map_get(&headers->by_file, hash_of(name))) - 1 : -1;
}

const struct header_macro *headers_macro(const struct headers *headers, const char *name)
{
        return headers ? map_get(&headers->by_name, hash_of(name)) : NULL;
}

const struct header_macro *headers_macro_at(const struct headers *headers, int file, unsigned offset)
{
        int low = 0, high = headers->macros.n; /* the first one that begins behind */
        while (low < high) {
                int middle = low + (high - low) / 2;
                const struct header_macro *macro = &headers->macros.at[middle];
                if (macro->file < file || (macro->file == file && macro->begin <= offset))
                        low = middle + 1;
                else
                        high = middle;
        }
        return low && headers->macros.at[low - 1].file == file ? &headers->macros.at[low - 1] : NULL;
}
