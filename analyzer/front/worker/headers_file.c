/*
 * headers_file.c: struct headers as a file beside the precompiled header, for
 * libclang takes longer to list the macros of one than to parse a small source
 * with it. See headers.h. Lines behind a first one with their checksum:
 *
 *   file LENGTH HASH NAME
 *   macro FILE BEGIN END FLAGS NAME     FLAGS: 1 like a function, 2 the last one of that name
 */
#include "headers.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define MAGIC "pymemlint-headers 1 "
#define SUFFIX ".macros"

enum { LIKE_FUNCTION = 1, LAST = 2 };

/* Appends the lines; false when a name cannot stand in one. */
static bool put_lines(const struct headers *headers, struct out *out)
{
        bool good = true;
        for (int i = 0; i < headers->files.n; i++) {
                const struct header_file *file = &headers->files.at[i];
                good &= !strchr(file->name, '\n');
                out_format(out, "file %zu %s %s\n", file->length, file->hash, file->name);
        }
        for (int i = 0; i < headers->macros.n; i++) {
                const struct header_macro *macro = &headers->macros.at[i],
                                          *last = headers_macro(headers, macro->name);
                bool is_last = last->file == macro->file && last->begin == macro->begin;
                out_format(out, "macro %d %u %u %d %s\n", macro->file, macro->begin, macro->end,
                           (macro->function_like ? LIKE_FUNCTION : 0) | (is_last ? LAST : 0), macro->name);
        }
        return good;
}

void headers_write(const struct headers *headers, const char *path)
{
        char sum[HASH_HEX];
        struct arena *arena = arena_new();
        struct out lines = {.arena = arena}, out = {.arena = arena};
        if (put_lines(headers, &lines)) {
                hash_hex(lines.bytes, lines.length, sum);
                out_format(&out, MAGIC "%s\n", sum);
                out_bytes(&out, lines.bytes, lines.length);
                file_write(arena_printf(arena, "%s" SUFFIX, path), out.bytes, out.length, 0);
        }
        arena_drop(arena);
}

/* The header on the disk, if it is the one that was read then. */
static bool load_file(struct headers *headers, char *line)
{
        char *hash, *name;
        struct text text;
        struct header_file file = {.length = strtoul(line, &hash, 10)};
        if (*hash++ != ' ' || !(name = strchr(hash, ' ')))
                return false;
        *name++ = 0;
        if (strlen(hash) >= HASH_HEX || !file_read(headers->arena, name, 0, &text))
                return false;
        file.name = name;
        file.text = text.bytes;
        hash_hex(text.bytes, text.length, file.hash);
        if (file.length != text.length || strcmp(file.hash, hash) != 0)
                return false;
        *map_at(&headers->by_file, hash_bytes(name, strlen(name))) =
            (void *)((uintptr_t)headers->files.n + 1);
        VEC_PUSH(headers->arena, &headers->files, file);
        return true;
}

static bool load_macro(struct headers *headers, char *line, int *flags)
{
        struct header_macro macro = {.file = (int)strtol(line, &line, 10)};
        macro.begin = (unsigned)strtoul(line, &line, 10);
        macro.end = (unsigned)strtoul(line, &line, 10);
        *flags = (int)strtol(line, &line, 10);
        if (*line != ' ' || macro.file < 0 || macro.file >= headers->files.n)
                return false;
        macro.function_like = *flags & LIKE_FUNCTION;
        macro.name = line + 1;
        VEC_PUSH(headers->arena, &headers->macros, macro);
        return true;
}

static bool load_lines(struct headers *headers, char *rest, int *last)
{
        bool good = true;
        for (char *line; good && (line = strsep(&rest, "\n")) && *line;) {
                char *value = strchr(line, ' ');
                int flags = 0;
                if (!value)
                        return false;
                *value++ = 0;
                if (!strcmp(line, "file"))
                        good = load_file(headers, value);
                else
                        good = !strcmp(line, "macro") && load_macro(headers, value, &flags);
                if (flags & LAST)
                        last[headers->macros.n - 1] = 1;
        }
        return good;
}

struct headers *headers_load(struct arena *arena, const char *path)
{
        enum { HEAD = sizeof MAGIC + HASH_HEX - 1 };
        struct text text;
        char sum[HASH_HEX];
        if (!file_read(arena, arena_printf(arena, "%s" SUFFIX, path), 0, &text) || text.length <= HEAD)
                return NULL;
        hash_hex(text.bytes + HEAD, text.length - HEAD, sum);
        if (strncmp(text.bytes, MAGIC, sizeof MAGIC - 1) != 0 ||
            strncmp(text.bytes + sizeof MAGIC - 1, sum, HASH_HEX - 1) != 0)
                return NULL;
        struct headers *headers = NEW(arena, struct headers);
        int *last = NEW_ARRAY(arena, int, text.length / 8); /* no line is shorter */
        headers->arena = arena;
        map_init(&headers->by_file, arena);
        map_init(&headers->by_name, arena);
        if (!load_lines(headers, text.bytes + HEAD, last))
                return NULL;
        for (int i = 0; i < headers->macros.n; i++) {
                struct header_macro *macro = &headers->macros.at[i];
                if (last[i])
                        *map_at(&headers->by_name, hash_bytes(macro->name, strlen(macro->name))) = macro;
        }
        return headers;
}
