/*
 * deps.c: see deps.h. Resolves includes in the order clang does: the folder of
 * the including file, -iquote, -I, -isystem, clang's own headers, the
 * system's, -idirafter. Conditions are not evaluated: what a branch not taken
 * would find is watched, too.
 */
#include "front/deps.h"

#include "base/map.h"
#include "front/includes.h"

#include <glob.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MAX = 256 << 20 };

/* A file that units rest on. */
struct known {
        const char *folder;
        char hash[HASH_HEX];
        bool there;
        bool local; /* every "..." of it lies in its own folder: -iquote says nothing about it */
        bool odd;   /* includes what a macro names */
        struct directives *directives;
};

/* Where a unit looks for headers, in order; the first `nquote` only for "...". */
struct search {
        VEC(const char *) folders;
        int nquote;
        uint64_t all, angle; /* hashes of the whole list and of its part for <...> */
        bool whole;          /* the list is all there is */
};

struct deps {
        struct arena *arena;
        const struct project *project;
        struct map files;      /* hash of the absolute path -> struct known */
        struct map lines;      /* hash of a "dep" line -> its struct line */
        struct map exists;     /* hash of the absolute path -> yes or no */
        struct map signatures; /* known file and folders -> signature */
        VEC(const char *) system;
};

/* A line "dep PATH HASH", once it was looked at. */
struct line {
        struct known *file; /* NULL: it no longer holds */
        const char *path;
};

static const char yes[] = "yes", no[] = "no";

static uint64_t hash_of(const char *text)
{
        return hash_bytes(text, strlen(text));
}

struct deps *deps_new(struct arena *arena, const struct project *project)
{
        struct deps *deps = NEW(arena, struct deps);
        deps->arena = arena;
        deps->project = project;
        map_init(&deps->files, arena);
        map_init(&deps->lines, arena);
        map_init(&deps->exists, arena);
        map_init(&deps->signatures, arena);
        for (int i = 0; i < project->roots.n; i++)
                if (!strcmp(project->roots.at[i].name, "<clang>"))
                        VEC_PUSH(arena, &deps->system, project->roots.at[i].dir);
        VEC_PUSH(arena, &deps->system, "/usr/local/include");
        glob_t found;
        if (glob("/usr/include/*-linux-*", 0, NULL, &found) == 0) {
                for (size_t i = 0; i < found.gl_pathc; i++)
                        VEC_PUSH(arena, &deps->system,
                                 arena_strndup(arena, found.gl_pathv[i], strlen(found.gl_pathv[i])));
                globfree(&found);
        }
        VEC_PUSH(arena, &deps->system, "/include");
        VEC_PUSH(arena, &deps->system, "/usr/include");
        return deps;
}

/* FOLDER/NAME exists; asked of the disk once. */
static bool exists(struct deps *deps, const char *folder, const char *name)
{
        char path[4096];
        size_t n = strlen(folder), m = strlen(name);
        if (n + m + 2 > sizeof path)
                return false;
        memcpy(path, folder, n);
        path[n] = '/';
        memcpy(path + n + 1, name, m + 1);
        const char *asked = *name == '/' ? name : path;
        void **slot = map_at(&deps->exists, hash_of(asked));
        if (!*slot)
                *slot = (void *)(access(asked, F_OK) == 0 ? yes : no);
        return *slot == yes;
}

/* The header names in __has_include of a condition, added to LIST as includes. */
static void add_asked(struct deps *deps, struct directives *list, const char *condition)
{
        for (const char *at = condition; (at = strstr(at, "__has_include"));) {
                at += strlen("__has_include");
                const char *open = at + strcspn(at, "<\"");
                const char *close = *open ? strchr(open + 1, *open == '<' ? '>' : '"') : NULL;
                if (!close)
                        return;
                struct directive asked = {
                    .kind = DIRECTIVE_INCLUDE, .quote = *open == '"', .next = true, .rest = ""};
                asked.name = arena_strndup(deps->arena, open + 1, (size_t)(close - open - 1));
                VEC_PUSH(deps->arena, &list->list, asked);
        }
}

static struct known *read_known(struct deps *deps, const char *path)
{
        void **slot = map_at(&deps->files, hash_of(path));
        if (*slot)
                return *slot;
        struct known *known = NEW(deps->arena, struct known);
        *slot = known;
        struct arena *scratch = arena_new();
        struct text text;
        if (file_read(scratch, path, FILE_MAX, &text)) {
                known->there = known->local = true;
                known->folder = path_dir(deps->arena, path);
                known->directives = NEW(deps->arena, struct directives);
                hash_hex(text.bytes, text.length, known->hash);
                struct directives *scanned = directives_scan(scratch, &text);
                for (int i = 0; i < scanned->list.n; i++) {
                        struct directive line = scanned->list.at[i];
                        known->odd |= line.kind == DIRECTIVE_ODD;
                        if (line.kind == DIRECTIVE_IF || line.kind == DIRECTIVE_ELSE ||
                            line.kind == DIRECTIVE_DEFINE)
                                add_asked(deps, known->directives, line.rest);
                        if (line.kind != DIRECTIVE_INCLUDE)
                                continue;
                        line.name = arena_strndup(deps->arena, line.name, strlen(line.name));
                        VEC_PUSH(deps->arena, &known->directives->list, line);
                }
                for (int i = 0; i < known->directives->list.n; i++) {
                        const struct directive *line = &known->directives->list.at[i];
                        known->local &=
                            !line->quote || (!line->next && exists(deps, known->folder, line->name));
                }
        }
        arena_drop(scratch);
        return known;
}

/* The folders that NAME ("<python>") stands for hold REST with this HASH; one that has another content spoils
 * it. */
static struct known *known_below(struct deps *deps, const char *name, size_t n, const char *rest,
                                 const char *hash)
{
        struct known *found = NULL;
        for (int i = 0; i <= deps->project->roots.n; i++) {
                bool last = i == deps->project->roots.n; /* the writer's name for a path below nothing */
                const char *root = last ? "<system>" : deps->project->roots.at[i].name;
                const char *dir = last ? "/" : deps->project->roots.at[i].dir;
                if (strlen(root) != n || strncmp(root, name, n))
                        continue;
                struct known *known = read_known(deps, path_clean(deps->arena, dir, rest));
                if (known->there && strcmp(known->hash, hash))
                        return NULL;
                found = known->there ? known : found;
        }
        return found;
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
        if (*line->path == '<' && slash) {
                line->file = known_below(deps, line->path, (size_t)(slash - line->path), slash + 1, hash);
                return line;
        }
        struct known *known = read_known(deps, path_clean(deps->arena, deps->project->tree, line->path));
        if (known->there && !strcmp(known->hash, hash))
                line->file = known;
        return line;
}

static void add_folders(struct deps *deps, const struct project_unit *unit, struct search *search,
                        const char *option)
{
        size_t n = strlen(option);
        for (int i = 0; i < unit->args.n; i++)
                if (!strncmp(unit->args.at[i], option, n) && unit->args.at[i][n] == '/')
                        VEC_PUSH(deps->arena, &search->folders, unit->args.at[i] + n);
}

static struct search search_of(struct deps *deps, const struct project_unit *unit)
{
        struct search search = {.whole = true};
        add_folders(deps, unit, &search, "-iquote");
        search.nquote = search.folders.n;
        add_folders(deps, unit, &search, "-I");
        add_folders(deps, unit, &search, "-isystem");
        for (int i = 0; i < deps->system.n; i++)
                VEC_PUSH(deps->arena, &search.folders, deps->system.at[i]);
        add_folders(deps, unit, &search, "-idirafter");
        for (int i = 0; i < unit->args.n; i++) {
                const char *arg = unit->args.at[i];
                search.whole &= strncmp(arg, "--sysroot", 9) && strncmp(arg, "-isysroot", 9) &&
                                strncmp(arg, "-nostdinc", 9) && strncmp(arg, "--target", 8);
        }
        for (int i = 0; i < search.folders.n; i++) {
                uint64_t hash = hash_of(search.folders.at[i]);
                search.all = hash_pair(search.all, hash);
                if (i >= search.nquote)
                        search.angle = hash_pair(search.angle, hash);
        }
        return search;
}

/* Where LINE of FILE leads: the number of the first folder that has the header, of all of them for
 * include_next. */
static uint64_t lead(struct deps *deps, const struct known *file, const struct directive *line,
                     const struct search *search)
{
        uint64_t found = 0;
        if (line->quote && exists(deps, file->folder, line->name)) {
                if (!line->next)
                        return 1;
                found = 1;
        }
        for (int i = line->quote ? 0 : search->nquote; i < search->folders.n; i++) {
                if (!exists(deps, search->folders.at[i], line->name))
                        continue;
                /* Counted from the end: -iquote folders may come and go before it. */
                found = hash_pair(found, (uint64_t)(search->folders.n - i));
                if (!line->next)
                        break;
        }
        return found;
}

static uint64_t signature_of(struct deps *deps, const struct known *file, const struct search *search)
{
        uint64_t key = hash_pair(MAP_KEY(file), file->local ? search->angle : search->all);
        uint64_t **slot = (uint64_t **)map_at(&deps->signatures, key);
        if (*slot)
                return **slot;
        uint64_t *sum = *slot = NEW(deps->arena, uint64_t);
        for (int i = 0; i < file->directives->list.n; i++)
                *sum = hash_pair(*sum, lead(deps, file, &file->directives->list.at[i], search));
        return *sum;
}

/* For includes that a macro names: any header that was read may be the one, by the last parts of its path. */
static uint64_t odd_signature(struct deps *deps, const char *path, const struct search *search)
{
        uint64_t sum = 0;
        struct directive line = {.kind = DIRECTIVE_INCLUDE, .next = true};
        static const struct known nowhere = {.folder = "/"};
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
        struct search search = search_of(deps, unit);
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
                if (!line->file)
                        return false;
                odd |= line->file->odd;
                sum = hash_pair(sum, signature_of(deps, line->file, &search));
                VEC_PUSH(deps->arena, &lines, line);
        }
        /* The source itself is no dep line; its content is in the key. */
        struct known *source = read_known(deps, unit->file);
        if (!search.whole || strcmp(source->hash, include_file(deps->project->includes, unit->path)->hash))
                return false;
        sum = hash_pair(sum, signature_of(deps, source, &search));
        for (int i = 0; (odd || source->odd) && i < lines.n; i++)
                sum = hash_pair(sum, odd_signature(deps, lines.at[i]->path, &search));
        hash_hex(&sum, sizeof sum, signature);
        return true;
}
