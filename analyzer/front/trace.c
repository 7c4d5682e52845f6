/*
 * trace.c: see trace.h. One question a line:
 *
 *   system FOLDER     where every unit looks for headers, in order
 *   read HASH PATH    a file with that content
 *   none - PATH       what cannot be read
 *   yes - PATH        a name that there is
 *   no - PATH         a name that there is not
 */
#include "front/trace.h"

#include "base/hash.h"
#include "front/includes.h"

#include <string.h>
#include <unistd.h>

enum { FILE_MAX = 256 << 20 };

static bool put(struct out *out, const char *without, const char *kind, const char *hash, const char *path)
{
        if (without && path_below(without, path))
                return true;
        out_text(out, kind);
        out_char(out, ' ');
        out_text(out, hash);
        out_char(out, ' ');
        out_text(out, path);
        out_char(out, '\n');
        return !strchr(path, '\n');
}

/* Folders of the parser's own are told by its identity. */
static void put_system(const struct lookup *lookup, struct out *out)
{
        for (int i = lookup->foreign; i < lookup->system.n; i++)
                put(out, NULL, "system", "-", lookup->system.at[i]);
}

bool trace_write(const struct lookup *lookup, const char *without, struct out *out)
{
        bool good = true;
        put_system(lookup, out);
        for (int i = 0; i < lookup->files.n; i++) {
                const struct lookup_file *file = lookup->files.entries[i].value;
                good &= put(out, without, file->there ? "read" : "none", file->there ? file->hash : "-",
                            file->path);
        }
        for (int i = 0; i < lookup->exists.n; i++) {
                const struct lookup_name *name = lookup->exists.entries[i].value;
                good &= put(out, without, name->there ? "yes" : "no", "-", name->path);
        }
        return good;
}

/* The hash of what PROJECT has read as PATH, or NULL. */
static const char *known(const struct project *project, const char *path)
{
        const char *below = path_below(project->tree, path);
        const struct include_file *file =
            below ? map_get(&project->includes->files, hash_bytes(below, strlen(below))) : NULL;
        return file && !file->error ? file->hash : NULL;
}

/* Whether PATH has the content HASH, or, for "-", none that can be read. */
static bool reads(const struct project *project, struct arena *scratch, const char *path, const char *hash)
{
        const char *have = known(project, path);
        char now[HASH_HEX];
        struct text text;
        if (have)
                return !strcmp(have, hash);
        arena_reset(scratch);
        if (!file_read(scratch, path, FILE_MAX, &text))
                return !strcmp(hash, "-");
        hash_hex(text.bytes, text.length, now);
        return !strcmp(now, hash);
}

/* The folders of the system, as put_system would tell them. */
static bool begins_alike(const struct project *project, struct arena *arena, const char *text)
{
        struct out out = {.arena = arena};
        put_system(lookup_new(arena, project), &out);
        return !strncmp(text, out_string(&out), out.length) && strncmp(text + out.length, "system", 6);
}

static bool holds(const struct project *project, struct arena *scratch, const char *kind, const char *hash,
                  const char *path)
{
        if (!strcmp(kind, "read") || !strcmp(kind, "none"))
                return reads(project, scratch, path, hash);
        if (!strcmp(kind, "system"))
                return true;
        return (access(path, F_OK) == 0) == !strcmp(kind, "yes");
}

bool trace_holds(const struct project *project, const struct text *text)
{
        struct arena *arena = arena_new(), *scratch = arena_new();
        char *rest = arena_strndup(arena, text->bytes, text->length), *line;
        bool good = begins_alike(project, arena, rest);
        while (good && (line = strsep(&rest, "\n")) && *line) {
                const char *kind = strsep(&line, " "), *hash = strsep(&line, " ");
                good = line && holds(project, scratch, kind, hash, line);
        }
        arena_drop(scratch);
        arena_drop(arena);
        return good;
}
