/*
 * cache.c: see cache.h and, for cache_info and cache_clean, pool.h.
 *
 *   DIR/CACHEDIR.TAG         tells backup programs to leave it out
 *   DIR/units/9f/9f3c...     "pymemlint-cache 1 CHECKSUM\n", "SIGNATURE\n" and the unit file;
 *                            the checksum covers all behind its line
 *   DIR/clang/9f/9f3c...     in the same frame, what a worker said of its libclang
 *   DIR/reports/9f/9f3c...   likewise, what came of a whole project
 *   DIR/pch/9f/9f3c...       precompiled headers
 */
#include "front/cache.h"

#include "base/hash.h"
#include "base/text.h"
#include "front/deps.h"
#include "front/pool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MAGIC "pymemlint-cache 1 "
#define TAG                                                                                                  \
        "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of pymemlint and may be "     \
        "removed.\n"

enum { HEX = HASH_HEX - 1, HEAD = sizeof MAGIC - 1 + HEX + 1, HOUR = 3600 };

static const unsigned long long size_limit = 1ull << 30;
static const char *const kinds[] = {"units", "pch", "reports", "clang"};
enum { NKINDS = sizeof kinds / sizeof *kinds };

static const char *default_dir(struct arena *arena)
{
        const char *home = getenv("XDG_CACHE_HOME");
        if (home && *home == '/')
                return path_join(arena, home, "pymemlint");
        home = getenv("HOME");
        return home && *home == '/' ? path_join(arena, home, ".cache/pymemlint") : NULL;
}

/* The folder PATH and those above it. False with errno set. */
static bool make_folders(const char *path)
{
        char made[PATH_MAX];
        size_t n = strlen(path);
        if (n >= sizeof made) {
                errno = ENAMETOOLONG;
                return false;
        }
        memcpy(made, path, n + 1);
        for (char *at = made + 1; (at = strchr(at, '/')); at++) {
                *at = 0;
                if (mkdir(made, 0777) < 0 && errno != EEXIST && errno != EROFS && errno != EACCES)
                        return false;
                *at = '/';
        }
        return mkdir(made, 0777) == 0 || errno == EEXIST;
}

static void complain(struct cache *cache, const char *what)
{
        cache->closed = true;
        if (!cache->note)
                cache->note = arena_printf(cache->arena, "the cache '%s' %s: %s; going on without",
                                           cache->dir, what, strerror(errno));
}

void cache_serve(struct cache *cache, struct deps *deps)
{
        cache->deps = deps;
}

struct cache *cache_open(struct arena *arena, const char *dir)
{
        struct cache *cache = NEW(arena, struct cache);
        char here[PATH_MAX];
        cache->arena = arena;
        cache->dir = dir ? dir : default_dir(arena);
        if (!cache->dir) {
                cache->note = "there is no cache: neither XDG_CACHE_HOME nor HOME is set";
                return cache;
        }
        if (*cache->dir != '/' && getcwd(here, sizeof here))
                cache->dir = path_clean(arena, here, cache->dir);
        const char *tag = path_join(arena, cache->dir, "CACHEDIR.TAG");
        if (access(tag, F_OK) == 0)
                return cache;
        if (!make_folders(cache->dir) || !file_write(tag, TAG, strlen(TAG), 0))
                complain(cache, "cannot be made");
        return cache;
}

const char *cache_path(struct cache *cache, struct arena *arena, const char *kind, const char *key)
{
        if (!cache->dir || cache->closed)
                return NULL;
        const char *folder = arena_printf(arena, "%s/%s/%.2s", cache->dir, kind, key);
        if (!make_folders(folder)) {
                complain(cache, "cannot be written");
                return NULL;
        }
        return path_join(arena, folder, key);
}

/* Whether BYTES is what cache_store wrote, whole. */
static bool is_sound(const struct text *bytes)
{
        char sum[HASH_HEX];
        if (bytes->length < HEAD || strncmp(bytes->bytes, MAGIC, sizeof MAGIC - 1) ||
            bytes->bytes[HEAD - 1] != '\n')
                return false;
        hash_hex(bytes->bytes + HEAD, bytes->length - HEAD, sum);
        return !strncmp(sum, bytes->bytes + sizeof MAGIC - 1, HEX);
}

/* Notes that PATH is of use; the exact minute does not matter. */
static void touch(const char *path)
{
        struct stat st;
        if (stat(path, &st) == 0 && time(NULL) - st.st_mtime > HOUR)
                utimensat(AT_FDCWD, path, NULL, 0);
}

bool cache_load(struct cache *cache, struct arena *arena, const char *kind, const char *key,
                struct text *bytes)
{
        if (!cache->dir)
                return false;
        const char *path = arena_printf(arena, "%s/%s/%.2s/%s", cache->dir, kind, key, key);
        if (!file_read(arena, path, 0, bytes)) {
                if (errno != ENOENT)
                        complain(cache, "cannot be read");
                return false;
        }
        if (!is_sound(bytes)) {
                if (!cache->note)
                        cache->note = arena_printf(cache->arena,
                                                   "the cache '%s' holds damaged files; they are made again",
                                                   cache->dir);
                unlink(path);
                return false;
        }
        bytes->bytes += HEAD;
        bytes->length -= HEAD;
        touch(path);
        return true;
}

bool cache_store(struct cache *cache, const char *kind, const char *key, const char *bytes, size_t length)
{
        struct arena *scratch = arena_new();
        bool stored = false;
        const char *path = cache_path(cache, scratch, kind, key);
        if (path) {
                char sum[HASH_HEX];
                struct out file = {.arena = scratch};
                hash_hex(bytes, length, sum);
                out_format(&file, MAGIC "%s\n", sum);
                out_bytes(&file, bytes, length);
                if ((stored = file_write(path, file.bytes, file.length, 0)))
                        cache->written = true;
                else
                        complain(cache, "cannot be written");
        }
        arena_drop(scratch);
        return stored;
}

bool cache_get(struct cache *cache, struct arena *arena, const struct project_unit *unit, const char *key,
               struct text *bytes)
{
        char signature[HASH_HEX];
        struct text body;
        if (!cache_load(cache, arena, "units", key, &body) || body.length <= HEX)
                return false;
        bytes->bytes = body.bytes + HEX + 1;
        bytes->length = body.length - HEX - 1;
        return deps_hold(cache->deps, unit, bytes, signature) && !strncmp(signature, body.bytes, HEX);
}

bool cache_put(struct cache *cache, const struct project_unit *unit, const char *key,
               const struct text *bytes)
{
        char signature[HASH_HEX];
        /* A header that changed while it was read is no longer what this unit file rests on. */
        if (!cache->dir || cache->closed || !deps_hold(cache->deps, unit, bytes, signature))
                return false;
        struct arena *scratch = arena_new();
        struct out body = {.arena = scratch};
        out_format(&body, "%s\n", signature);
        out_bytes(&body, bytes->bytes, bytes->length);
        bool stored = cache_store(cache, "units", key, body.bytes, body.length);
        arena_drop(scratch);
        return stored;
}

/* A file of the cache. */
struct kept {
        const char *path;
        unsigned long long size;
        time_t used;
        int kind;
};

struct shelf {
        struct arena *arena;
        VEC(struct kept) files;
        unsigned long long size;
};

static bool is_key(const char *name, size_t n)
{
        return strspn(name, "0123456789abcdef") >= n;
}

static void list_folder(struct shelf *shelf, const char *folder, int kind)
{
        DIR *stream = opendir(folder);
        struct stat st;
        for (struct dirent *entry; stream && (entry = readdir(stream));) {
                const char *path = path_join(shelf->arena, folder, entry->d_name);
                /* "KEY" or, while it is written or after its writer died, "KEY.XXXXXX". */
                if (!is_key(entry->d_name, HEX) || lstat(path, &st) < 0 || !S_ISREG(st.st_mode))
                        continue;
                struct kept kept = {
                    .path = path, .size = (unsigned long long)st.st_size, .used = st.st_mtime, .kind = kind};
                VEC_PUSH(shelf->arena, &shelf->files, kept);
                shelf->size += kept.size;
        }
        if (stream)
                closedir(stream);
}

/* Everything in the cache DIR that is its own. */
static struct shelf list_cache(struct arena *arena, const char *dir)
{
        struct shelf shelf = {.arena = arena};
        for (int kind = 0; kind < NKINDS; kind++) {
                const char *top = path_join(arena, dir, kinds[kind]);
                DIR *stream = opendir(top);
                for (struct dirent *entry; stream && (entry = readdir(stream));)
                        if (strlen(entry->d_name) == 2 && is_key(entry->d_name, 2))
                                list_folder(&shelf, path_join(arena, top, entry->d_name), kind);
                if (stream)
                        closedir(stream);
        }
        return shelf;
}

static int oldest_first(const void *a, const void *b)
{
        const struct kept *one = a, *other = b;
        if (one->used != other->used)
                return one->used < other->used ? -1 : 1;
        return strcmp(one->path, other->path);
}

void cache_close(struct cache *cache, unsigned long long limit)
{
        if (!cache->written)
                return;
        limit = limit ? limit : size_limit;
        struct arena *scratch = arena_new();
        struct shelf shelf = list_cache(scratch, cache->dir);
        if (shelf.size > limit) {
                qsort(shelf.files.at, (size_t)shelf.files.n, sizeof *shelf.files.at, oldest_first);
                for (int i = 0; i < shelf.files.n && shelf.size > limit / 10 * 9; i++)
                        if (unlink(shelf.files.at[i].path) == 0)
                                shelf.size -= shelf.files.at[i].size;
        }
        arena_drop(scratch);
}

static const char *dir_of(struct arena *arena, const char *dir, const char **report)
{
        dir = dir ? dir : default_dir(arena);
        if (!dir)
                *report = "there is no cache: neither XDG_CACHE_HOME nor HOME is set";
        return dir;
}

static const char *counted(struct arena *arena, const struct shelf *shelf)
{
        int counts[NKINDS] = {0};
        for (int i = 0; i < shelf->files.n; i++)
                counts[shelf->files.at[i].kind]++;
        return arena_printf(arena, "%d unit file%s, %d precompiled header%s and %d report%s, %.1f MB",
                            counts[0], plural(counts[0]), counts[1], plural(counts[1]), counts[2],
                            plural(counts[2]), (double)shelf->size / 1e6);
}

bool cache_info(struct arena *arena, const char *dir, const char **report)
{
        if (!(dir = dir_of(arena, dir, report)))
                return false;
        struct shelf shelf = list_cache(arena, dir);
        *report = arena_printf(arena, "the cache '%s' holds %s; its bound is %.0f MB", dir,
                               counted(arena, &shelf), (double)size_limit / 1e6);
        return true;
}

bool cache_clean(struct arena *arena, const char *dir, const char **report)
{
        if (!(dir = dir_of(arena, dir, report)))
                return false;
        struct shelf shelf = list_cache(arena, dir);
        for (int i = 0; i < shelf.files.n; i++) {
                if (unlink(shelf.files.at[i].path) < 0 && errno != ENOENT) {
                        *report = arena_printf(arena, "cannot remove '%s': %s", shelf.files.at[i].path,
                                               strerror(errno));
                        return false;
                }
        }
        *report = arena_printf(arena, "removed %s from '%s'", counted(arena, &shelf), dir);
        return true;
}
