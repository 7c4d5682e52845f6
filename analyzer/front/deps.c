/*
 * deps.c: see deps.h. In: the dep lines of a unit file. Out: whether they
 * hold, and a signature over where every include of every file leads.
 */
#include "front/deps.h"

#include "front/includes.h"
#include "front/lookup.h"

#include <string.h>

struct deps {
        struct arena *arena;
        const struct project *project;
        struct lookup *lookup;
        struct map lines;      /* hash of a "dep" line -> its struct line */
        struct map signatures; /* file and folders -> signature */
};

/* A line "dep PATH HASH", once it was looked at. */
struct line {
        VEC(struct lookup_file *) files; /* all that PATH may stand for */
        const char *path;
        bool holds;        /* one of them has that content */
        uint64_t contents; /* of them, when they are several: which one was meant is not told */
};

struct deps *deps_new(struct arena *arena, const struct project *project, struct lookup *lookup)
{
        struct deps *deps = NEW(arena, struct deps);
        deps->arena = arena;
        deps->project = project;
        deps->lookup = lookup;
        map_init(&deps->lines, arena);
        map_init(&deps->signatures, arena);
        return deps;
}

static void add_file(struct deps *deps, struct line *line, const char *path, const char *hash)
{
        struct lookup_file *file = lookup_file(deps->lookup, path);
        if (!file->there)
                return;
        VEC_PUSH(deps->arena, &line->files, file);
        line->holds |= !strcmp(file->hash, hash);
}

/* The folders that NAME ("<python>") stands for may all hold REST: then it has to be as it was in each. */
static void add_below(struct deps *deps, struct line *line, size_t n, const char *rest, const char *hash)
{
        const char *sysroot = deps->project->sysroot ? deps->project->sysroot : "/";
        for (int i = 0; i <= deps->project->roots.n; i++) {
                bool last = i == deps->project->roots.n; /* the writer's name for a path below nothing */
                const char *root = last ? "<system>" : deps->project->roots.at[i].name;
                const char *dir = last ? sysroot : deps->project->roots.at[i].dir;
                if (strlen(root) == n && !strncmp(root, line->path, n))
                        add_file(deps, line, path_clean(deps->arena, dir, rest), hash);
        }
        for (int i = 0; line->files.n > 1 && i < line->files.n; i++)
                line->contents = hash_pair(line->contents, hash_bytes(line->files.at[i]->hash, HASH_HEX));
}

static struct line *read_line(struct deps *deps, const char *at, size_t length)
{
        struct line *line = NEW(deps->arena, struct line);
        const char *space = memrchr(at, ' ', length);
        if (!space || *at == '"') /* a path with spaces; rare enough to go without a cache */
                return line;
        line->path = arena_strndup(deps->arena, at, (size_t)(space - at));
        const char *hash = arena_strndup(deps->arena, space + 1, length - (size_t)(space + 1 - at));
        const char *slash = strchr(line->path, '/');
        if (*line->path == '<' && slash)
                add_below(deps, line, (size_t)(slash - line->path), slash + 1, hash);
        else
                add_file(deps, line, path_clean(deps->arena, deps->project->tree, line->path), hash);
        return line;
}

/* Where LINE of FILE leads: the first folder that has the header, every one of them for include_next. */
static uint64_t lead(struct deps *deps, const struct lookup_file *file, const struct directive *line,
                     const struct search *search)
{
        uint64_t found = 0;
        int at = 0;
        for (const char *folder; (folder = lookup_folder(deps->lookup, file, line, search, &at));) {
                bool own = folder == file->folder;
                found = hash_pair(found, own ? 1 : search->ids.at[at - 2]);
                if (!line->next)
                        break;
        }
        return found;
}

uint64_t deps_signature(struct deps *deps, const struct lookup_file *file, const struct search *search)
{
        uint64_t key = hash_pair(MAP_KEY(file), file->local ? search->angle : search->all);
        uint64_t **slot = (uint64_t **)map_at(&deps->signatures, key);
        if (*slot)
                return **slot;
        uint64_t *sum = *slot = NEW(deps->arena, uint64_t);
        for (int i = 0; i < file->includes->list.n; i++)
                *sum = hash_pair(*sum, lead(deps, file, &file->includes->list.at[i], search));
        return *sum;
}

/* For includes that a macro names: any header that was read may be the one, by the last parts of its path. */
static uint64_t odd_signature(struct deps *deps, const char *path, const struct search *search)
{
        uint64_t sum = 0;
        struct directive line = {.kind = DIRECTIVE_INCLUDE, .next = true};
        static const struct lookup_file nowhere = {.folder = "/"};
        int parts = 0;
        for (const char *at = path + strlen(path); at > path && parts < 4; at--) {
                if (at[-1] != '/')
                        continue;
                parts++;
                line.name = at;
                sum = hash_pair(sum, lead(deps, &nowhere, &line, search));
        }
        return sum;
}

/* The next "dep " line at or behind AT, NULL when there is none; *LENGTH is of what stands behind "dep ". */
static const char *next_dep(const char *at, const char *end, size_t *length)
{
        while (at < end) {
                const char *newline = memchr(at, '\n', (size_t)(end - at));
                if (!newline)
                        return NULL;
                if (newline - at > 4 && !strncmp(at, "dep ", 4)) {
                        *length = (size_t)(newline - at - 4);
                        return at + 4;
                }
                /* Dependencies come before everything that has a body. */
                if (!strncmp(at, "func ", 5) || !strncmp(at, "data ", 5))
                        return NULL;
                at = newline + 1;
        }
        return NULL;
}

bool deps_hold(struct deps *deps, const struct project_unit *unit, const struct text *bytes,
               char signature[HASH_HEX])
{
        struct search search = lookup_search(deps->lookup, unit->args.at, unit->args.n);
        const char *end = bytes->bytes + bytes->length;
        size_t length = 0;
        VEC(const struct line *) lines = {0};
        uint64_t sum = 0;
        bool odd = false;
        for (const char *at = bytes->bytes; (at = next_dep(at, end, &length)); at += length) {
                struct line **slot = (struct line **)map_at(&deps->lines, hash_bytes(at, length));
                struct line *line = *slot;
                if (!line) {
                        line = read_line(deps, at, length);
                        *map_at(&deps->lines, hash_bytes(at, length)) = line;
                }
                if (!line->holds)
                        return false;
                sum = hash_pair(sum, line->contents);
                for (int i = 0; i < line->files.n; i++) {
                        odd |= line->files.at[i]->odd;
                        sum = hash_pair(sum, deps_signature(deps, line->files.at[i], &search));
                }
                VEC_PUSH(deps->arena, &lines, line);
        }
        /* The source itself is no dep line; its content is in the key. */
        struct lookup_file *source = lookup_file(deps->lookup, unit->file);
        if (!search.whole || strcmp(source->hash, include_file(deps->project->includes, unit->path)->hash))
                return false;
        sum = hash_pair(sum, deps_signature(deps, source, &search));
        for (int i = 0; (odd || source->odd) && i < lines.n; i++)
                sum = hash_pair(sum, odd_signature(deps, lines.at[i]->path, &search));
        hash_hex(&sum, sizeof sum, signature);
        return true;
}
