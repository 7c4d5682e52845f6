/* lookup.c: see lookup.h. Conditions are not evaluated: what a branch not taken would find is found, too. */
#include "front/lookup.h"

#include "base/file.h"
#include "front/key.h"

#include <glob.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MAX = 256 << 20 };

static uint64_t hash_of(const char *text)
{
        return hash_bytes(text, strlen(text));
}

struct lookup *lookup_new(struct arena *arena, const struct project *project)
{
        struct lookup *lookup = NEW(arena, struct lookup);
        lookup->arena = arena;
        lookup->project = project;
        map_init(&lookup->files, arena);
        map_init(&lookup->exists, arena);
        for (int i = 0; i < project->roots.n; i++)
                if (!strcmp(project->roots.at[i].name, "<clang>"))
                        VEC_PUSH(arena, &lookup->system,
                                 path_join(arena, project->roots.at[i].dir, "include"));
        lookup->foreign = lookup->system.n;
        const char *top = project->sysroot ? project->sysroot : "";
        VEC_PUSH(arena, &lookup->system, arena_printf(arena, "%s/usr/local/include", top));
        glob_t found; /* Debian keeps some headers of the C library in a folder named for the machine */
        if (glob(arena_printf(arena, "%s/usr/include/*-linux-*", top), 0, NULL, &found) == 0) {
                for (size_t i = 0; i < found.gl_pathc; i++) {
                        const char *folder = found.gl_pathv[i];
                        VEC_PUSH(arena, &lookup->system, arena_strndup(arena, folder, strlen(folder)));
                }
                globfree(&found);
        }
        VEC_PUSH(arena, &lookup->system, arena_printf(arena, "%s/include", top));
        VEC_PUSH(arena, &lookup->system, arena_printf(arena, "%s/usr/include", top));
        return lookup;
}

bool lookup_exists(struct lookup *lookup, const char *folder, const char *name)
{
        char path[4096];
        size_t n = strlen(folder), m = strlen(name);
        if (n + m + 2 > sizeof path)
                return false;
        memcpy(path, folder, n);
        path[n] = '/';
        memcpy(path + n + 1, name, m + 1);
        const char *asked = *name == '/' ? name : path;
        struct lookup_name **slot = (struct lookup_name **)map_at(&lookup->exists, hash_of(asked));
        if (!*slot) {
                struct lookup_name *name = *slot = NEW(lookup->arena, struct lookup_name);
                name->path = arena_strndup(lookup->arena, asked, strlen(asked));
                name->there = access(asked, F_OK) == 0;
        }
        return (*slot)->there;
}

/* The header names in __has_include of a condition, added to LIST as includes. */
static void add_asked(struct lookup *lookup, struct directives *list, const char *condition)
{
        for (const char *at = condition; (at = strstr(at, "__has_include"));) {
                at += strlen("__has_include");
                const char *open = at + strcspn(at, "<\"");
                const char *close = *open ? strchr(open + 1, *open == '<' ? '>' : '"') : NULL;
                if (!close)
                        return;
                struct directive asked = {
                    .kind = DIRECTIVE_INCLUDE, .quote = *open == '"', .next = true, .rest = ""};
                asked.name = arena_strndup(lookup->arena, open + 1, (size_t)(close - open - 1));
                VEC_PUSH(lookup->arena, &list->list, asked);
        }
}

static void read_includes(struct lookup *lookup, struct lookup_file *file, const struct text *text)
{
        struct arena *scratch = arena_new();
        struct directives *scanned = directives_scan(scratch, text);
        for (int i = 0; i < scanned->list.n; i++) {
                struct directive line = scanned->list.at[i];
                file->odd |= line.kind == DIRECTIVE_ODD;
                if (line.kind == DIRECTIVE_IF || line.kind == DIRECTIVE_ELSE || line.kind == DIRECTIVE_DEFINE)
                        add_asked(lookup, file->includes, line.rest);
                if (line.kind != DIRECTIVE_INCLUDE)
                        continue;
                line.name = arena_strndup(lookup->arena, line.name, strlen(line.name));
                line.rest = "";
                VEC_PUSH(lookup->arena, &file->includes->list, line);
        }
        arena_drop(scratch);
        for (int i = 0; i < file->includes->list.n; i++) {
                const struct directive *line = &file->includes->list.at[i];
                file->local &=
                    !line->quote || (!line->next && lookup_exists(lookup, file->folder, line->name));
        }
}

struct lookup_file *lookup_file(struct lookup *lookup, const char *path)
{
        void **slot = map_at(&lookup->files, hash_of(path));
        if (*slot)
                return *slot;
        struct lookup_file *file = NEW(lookup->arena, struct lookup_file);
        *slot = file;
        file->path = path;
        file->folder = path_dir(lookup->arena, path);
        file->includes = NEW(lookup->arena, struct directives);
        file->local = true;
        struct arena *scratch = arena_new();
        struct text text;
        if (file_read(scratch, path, FILE_MAX, &text)) {
                file->there = true;
                hash_hex(text.bytes, text.length, file->hash);
                read_includes(lookup, file, &text);
        }
        arena_drop(scratch);
        return file;
}

static void add_folder(struct lookup *lookup, struct search *search, const char *folder)
{
        VEC_PUSH(lookup->arena, &search->folders, folder);
        VEC_PUSH(lookup->arena, &search->ids, hash_of(key_portable(lookup->arena, lookup->project, folder)));
}

static void add_folders(struct lookup *lookup, struct search *search, const char *const *args, int nargs,
                        const char *option)
{
        size_t n = strlen(option);
        for (int i = 0; i < nargs; i++)
                if (!strncmp(args[i], option, n) && args[i][n] == '/')
                        add_folder(lookup, search, args[i] + n);
}

struct search lookup_search(struct lookup *lookup, const char *const *args, int nargs)
{
        static const char *const moved[] = {"--sysroot", "-isysroot", "-nostdinc", "--target"};
        struct search search = {.whole = true};
        add_folders(lookup, &search, args, nargs, "-iquote");
        search.nquote = search.folders.n;
        add_folders(lookup, &search, args, nargs, "-I");
        add_folders(lookup, &search, args, nargs, "-isystem");
        for (int i = 0; i < lookup->system.n; i++)
                add_folder(lookup, &search, lookup->system.at[i]);
        add_folders(lookup, &search, args, nargs, "-idirafter");
        for (int i = 0; i < nargs; i++)
                for (size_t j = 0; j < sizeof moved / sizeof *moved; j++)
                        search.whole &= strncmp(args[i], moved[j], strlen(moved[j])) != 0;
        for (int i = 0; i < search.folders.n; i++) {
                uint64_t hash = hash_of(search.folders.at[i]);
                search.all = hash_pair(search.all, hash);
                if (i >= search.nquote)
                        search.angle = hash_pair(search.angle, hash);
        }
        return search;
}

const char *lookup_folder(struct lookup *lookup, const struct lookup_file *file, const struct directive *line,
                          const struct search *search, int *at)
{
        /* 0 stands for the folder of the file, i + 1 for the i-th of the list. */
        if (*at == 0) {
                *at = line->quote ? 1 : search->nquote + 1;
                if (line->quote && lookup_exists(lookup, file->folder, line->name))
                        return file->folder;
        }
        while (*at <= search->folders.n) {
                const char *folder = search->folders.at[*at - 1];
                ++*at;
                if (lookup_exists(lookup, folder, line->name))
                        return folder;
        }
        return NULL;
}
