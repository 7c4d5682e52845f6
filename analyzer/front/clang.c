/* clang.c: see clang.h. In: a program and an answer. Out: what is known of libclang. Starts nothing. */
#include "front/clang.h"

#include "base/hash.h"

#include <string.h>
#include <sys/stat.h>

struct clang_info clang_info_read(struct arena *arena, const char *bytes, size_t length)
{
        struct clang_info info = {.version = "", .library = "", .resource = "", .worker = ""};
        char *rest = arena_strndup(arena, bytes, length), *line;
        while ((line = strsep(&rest, "\n"))) {
                if (!strncmp(line, "version ", 8))
                        info.version = line + 8;
                else if (!strncmp(line, "library ", 8))
                        info.library = line + 8;
                else if (!strncmp(line, "resource ", 9))
                        info.resource = line + 9;
                else if (!strcmp(line, "pch same"))
                        info.pch = true;
        }
        return info;
}

/* What tells one build of libclang from another without reading its hundred megabytes. */
static const char *identity_of(struct arena *arena, const char *library)
{
        struct stat st;
        if (!*library || stat(library, &st) < 0)
                return "none";
        return arena_printf(arena, "%llu %lld %lld.%ld", (unsigned long long)st.st_ino, (long long)st.st_size,
                            (long long)st.st_ctim.tv_sec, st.st_ctim.tv_nsec);
}

const char *clang_worker(struct arena *arena, const char *program)
{
        struct text text;
        char *worker = arena_alloc(arena, HASH_HEX);
        struct arena *scratch = arena_new();
        if (file_read(scratch, program, 0, &text))
                hash_hex(text.bytes, text.length, worker);
        arena_drop(scratch);
        return worker;
}

bool clang_recall(struct cache *cache, struct arena *arena, const char *worker, struct clang_info *info)
{
        struct text known;
        if (!cache || !*worker || !cache_load(cache, arena, "clang", worker, &known))
                return false;
        const char *newline = memchr(known.bytes, '\n', known.length);
        if (!newline)
                return false;
        *info = clang_info_read(arena, newline + 1, known.length - (size_t)(newline + 1 - known.bytes));
        info->worker = worker;
        const char *identity = identity_of(arena, info->library);
        return strlen(identity) == (size_t)(newline - known.bytes) &&
               !strncmp(identity, known.bytes, strlen(identity)) && *info->library;
}

void clang_keep(struct cache *cache, struct arena *arena, const char *worker, const struct text *answer)
{
        struct clang_info info = clang_info_read(arena, answer->bytes, answer->length);
        if (!*info.library)
                return;
        const char *said = arena_printf(arena, "%s\n%s", identity_of(arena, info.library), answer->bytes);
        cache_store(cache, "clang", worker, said, strlen(said));
}
