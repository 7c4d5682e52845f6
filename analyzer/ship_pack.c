/*
 * ship_pack.c: a parcel as bytes, see ship.h. In: units, and the files they may
 * read. Out: records of a word, a length and so many bytes, behind a line with
 * their checksum. Links on the way to a file are kept: what is one file here
 * must be one file there, and ".." must lead where it leads here.
 */
#include "ship.h"

#include "base/hash.h"
#include "base/map.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINKS_IN_LINKS = 40, LARGEST_FILE = 1 << 30 };

struct packer {
        struct arena *arena;
        struct out *out;
        struct map packed; /* hashes of links, folders and files that are in */
};

static void put_bytes(struct packer *packer, const char *word, const char *bytes, size_t length)
{
        out_format(packer->out, "%s %zu\n", word, length);
        out_bytes(packer->out, bytes, length);
        out_char(packer->out, '\n');
}

static void put(struct packer *packer, const char *word, const char *text)
{
        if (text)
                put_bytes(packer, word, text, strlen(text));
}

static void put_number(struct packer *packer, const char *word, size_t number)
{
        put(packer, word, arena_printf(packer->arena, "%zu", number));
}

/* Whether PATH is new to the parcel. */
static bool is_new(struct packer *packer, const char *path)
{
        void **slot = map_at(&packer->packed, hash_bytes(path, strlen(path)));
        bool fresh = !*slot;
        *slot = packer;
        return fresh;
}

static const char *settle(struct packer *packer, const char *from, const char *path, int depth);

/* One part of a path behind the real folder FROM; NULL when it is not there. */
static const char *step(struct packer *packer, const char *from, const char *part, int depth)
{
        struct stat st;
        char target[PATH_MAX];
        if (!*part || !strcmp(part, "."))
                return from;
        if (!strcmp(part, "..")) {
                if (is_new(packer, from))
                        put(packer, "folder", from);
                return path_dir(packer->arena, from);
        }
        const char *next = arena_printf(packer->arena, "%s/%s", strcmp(from, "/") ? from : "", part);
        if (depth > LINKS_IN_LINKS || lstat(next, &st))
                return NULL;
        if (!S_ISLNK(st.st_mode))
                return next;
        ssize_t length = readlink(next, target, sizeof target);
        if (length <= 0 || length == sizeof target)
                return NULL;
        const char *leads =
            settle(packer, from, arena_strndup(packer->arena, target, (size_t)length), depth + 1);
        if (leads && is_new(packer, next)) {
                put(packer, "link", next);
                put(packer, "to", leads);
        }
        return leads;
}

/* Where PATH really is, seen from the real folder FROM; packs the links on the way. */
static const char *settle(struct packer *packer, const char *from, const char *path, int depth)
{
        char *rest = arena_strndup(packer->arena, path, strlen(path)), *part;
        const char *at = *path == '/' ? "/" : from;
        while (at && (part = strsep(&rest, "/")))
                at = step(packer, at, part, depth);
        return at;
}

static bool pack_file(struct packer *packer, const char *path)
{
        struct arena *scratch = arena_new();
        struct text text;
        const char *real = settle(packer, "/", path, 0);
        bool good = real != NULL;
        if (good && is_new(packer, real)) {
                good = file_read(scratch, real, LARGEST_FILE, &text);
                if (good) {
                        put(packer, "file", real);
                        put_bytes(packer, "bytes", text.bytes, text.length);
                }
        }
        arena_drop(scratch);
        return good;
}

static void pack_unit(struct packer *packer, int number, const struct project_unit *unit)
{
        put_number(packer, "unit", (size_t)number);
        put(packer, "source", unit->file);
        put(packer, "directory", unit->directory);
        put_number(packer, "size", unit->size);
        put_number(packer, "api", unit->api);
        for (int i = 0; i < unit->args.n; i++)
                put(packer, "arg", unit->args.at[i]);
        const char *real = settle(packer, "/", unit->directory, 0);
        if (real && is_new(packer, real))
                put(packer, "folder", real);
}

static void pack_project(struct packer *packer, const struct ship_parcel *parcel)
{
        const struct project *project = parcel->project;
        put(packer, "plan", parcel->plan_text);
        put(packer, "clang", parcel->clang);
        put(packer, "tree", project->tree);
        put(packer, "resource", project->resource);
        for (int i = 0; i < project->roots.n; i++) {
                put(packer, "root", project->roots.at[i].name);
                put(packer, "below", project->roots.at[i].dir);
        }
        for (int i = 0; i < project->stubs.n; i++)
                put(packer, "stub", project->stubs.at[i]);
        for (int i = 0; i < project->units.n; i++)
                pack_unit(packer, parcel->numbers.at[i], project->units.at[i]);
        for (int i = 0; i < parcel->done.n; i++) {
                put_number(packer, "done", (size_t)parcel->done.at[i].number);
                put_bytes(packer, "bytes", parcel->done.at[i].bytes.bytes, parcel->done.at[i].bytes.length);
        }
}

const char *ship_pack(struct arena *arena, const struct ship_parcel *parcel, const char *const *files,
                      int nfiles, struct out *out)
{
        struct out body = {.arena = arena};
        struct packer packer = {.arena = arena, .out = &body};
        char sum[HASH_HEX];
        map_init(&packer.packed, arena);
        pack_project(&packer, parcel);
        for (int i = 0; i < nfiles; i++)
                if (!pack_file(&packer, files[i]))
                        return files[i];
        hash_hex(out_string(&body), body.length, sum);
        out_format(out, "# pymemlint %s parcel sum=%s\n", PYMEMLINT_VERSION, sum);
        out_bytes(out, body.bytes, body.length);
        return NULL;
}
