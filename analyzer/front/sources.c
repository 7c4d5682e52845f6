/*
 * sources.c: which files are to be analysed. In: the paths the user named, the
 * tree, the database. Out: sources and skips. Says nothing about flags.
 */
#include "front/finder.h"

#include "base/file.h"
#include "base/hash.h"
#include "front/glob.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *add_path(struct finder *finder, const char *path)
{
        char *real = path_real(finder->arena, path);
        struct stat st;
        if (!real || stat(real, &st) < 0)
                return arena_printf(finder->arena, "cannot read '%s': %s", path, strerror(errno));
        if (!S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode))
                return arena_printf(finder->arena, "'%s' is neither a file nor a folder", path);
        if (access(real, S_ISDIR(st.st_mode) ? R_OK | X_OK : R_OK) < 0)
                return arena_printf(finder->arena, "cannot read '%s': %s", path, strerror(errno));
        VEC_PUSH(finder->arena, &finder->paths, real);
        return NULL;
}

const char *finder_paths(struct finder *finder)
{
        const struct project_options *options = finder->options;
        if (!options->paths.n)
                return add_path(finder, ".");
        const char *error = NULL;
        for (int i = 0; i < options->paths.n && !error; i++)
                error = add_path(finder, options->paths.at[i]);
        return error;
}

enum language { LANGUAGE_C, LANGUAGE_CXX, LANGUAGE_OTHER };

static enum language language_of(const char *path)
{
        static const char *const cxx[] = {".cc", ".cpp", ".cxx", ".c++", ".C", ".cp", ".mm"};
        const char *dot = strrchr(path_base(path), '.');
        if (dot && !strcmp(dot, ".c"))
                return LANGUAGE_C;
        for (size_t i = 0; dot && i < sizeof cxx / sizeof *cxx; i++)
                if (!strcmp(dot, cxx[i]))
                        return LANGUAGE_CXX;
        return LANGUAGE_OTHER;
}

/* Whether the user named PATH (absolute), by itself or by a folder above it. */
static bool is_named(const struct finder *finder, const char *path, bool *itself)
{
        bool found = false;
        *itself = false;
        for (int i = 0; i < finder->paths.n; i++) {
                const char *below = path_below(finder->paths.at[i], path);
                found |= below != NULL;
                *itself |= below && !strcmp(below, ".");
        }
        return found;
}

static const char *excluded_by(const struct finder *finder, const char *path)
{
        for (int i = 0; i < finder->options->excludes.n; i++)
                if (glob_matches(finder->options->excludes.at[i], path))
                        return finder->options->excludes.at[i];
        return NULL;
}

static void **slot_of(struct finder *finder, const char *path)
{
        return map_at(&finder->by_path, hash_bytes(path, strlen(path)));
}

/* Takes PATH in, unless it is there already, is not asked for, or is no C. */
static void add_source(struct finder *finder, const char *path)
{
        bool itself;
        void **slot = slot_of(finder, path);
        if (*slot || !is_named(finder, path_join(finder->arena, finder->tree->root, path), &itself))
                return;
        enum language language = language_of(path);
        if (language == LANGUAGE_OTHER && !itself)
                return;
        struct source *source = NEW(finder->arena, struct source);
        *slot = source;
        source->path = path;
        source->named = itself;
        const char *pattern = excluded_by(finder, path);
        if (pattern)
                finder_skip(finder, path, arena_printf(finder->arena, "excluded by '%s'", pattern));
        else if (language == LANGUAGE_CXX)
                finder_skip(finder, path, "C++ is not analysed yet");
        else if (language == LANGUAGE_OTHER)
                finder_skip(finder, path, "not a C source");
        else
                VEC_PUSH(finder->arena, &finder->sources, source);
}

/* A command of the database: its source counts even where the walk does not go. */
static void add_recorded(struct finder *finder, const struct compdb_entry *entry)
{
        const char *real = path_real(finder->arena, entry->file);
        const char *path = path_below(finder->tree->root, real ? real : entry->file);
        bool itself;
        if (!path || !is_named(finder, real ? real : entry->file, &itself))
                return;
        if (!real) {
                finder_skip(finder, path, "named by the compilation database, but there is no such file");
                return;
        }
        add_source(finder, path);
        struct source *source = *slot_of(finder, path);
        if (!source)
                return;
        source->recorded = true;
        VEC_PUSH(finder->arena, &source->entries, entry);
}

static int by_path(const void *a, const void *b)
{
        return strcmp((*(const struct source *const *)a)->path, (*(const struct source *const *)b)->path);
}

static void sort_sources(struct finder *finder)
{
        if (finder->sources.n)
                qsort(finder->sources.at, (size_t)finder->sources.n, sizeof *finder->sources.at, by_path);
}

/* A folder that may not be read may hold sources; one elsewhere in the tree only headers. */
static void add_closed(struct finder *finder, const char *path)
{
        bool itself;
        if (!is_named(finder, path_join(finder->arena, finder->tree->root, path), &itself))
                finder_note(finder, "the folder '%s' cannot be read", path);
        else if (!excluded_by(finder, path))
                finder_fail(finder, path, "the folder cannot be read");
}

void finder_sources(struct finder *finder)
{
        map_init(&finder->by_path, finder->arena);
        for (int i = 0; i < finder->paths.n; i++) {
                struct stat st; /* a file by its name counts even where the walk does not go */
                const char *path = path_below(finder->tree->root, finder->paths.at[i]);
                if (stat(finder->paths.at[i], &st) == 0 && S_ISREG(st.st_mode))
                        add_source(finder, path);
        }
        for (int i = 0; i < finder->tree->files.n; i++)
                if (language_of(finder->tree->files.at[i]) != LANGUAGE_OTHER)
                        add_source(finder, finder->tree->files.at[i]);
        for (int i = 0; i < finder->tree->links.n; i++)
                if (language_of(finder->tree->links.at[i]) == LANGUAGE_C)
                        finder_skip(finder, finder->tree->links.at[i], "a symbolic link out of the tree");
        for (int i = 0; i < finder->tree->closed.n; i++)
                add_closed(finder, finder->tree->closed.at[i]);
        for (int i = 0; finder->database && i < finder->database->entries.n; i++)
                add_recorded(finder, &finder->database->entries.at[i]);
        sort_sources(finder);
}

/* Follows every C file of the tree, so that each knows whether another one includes it. */
static void follow_all(struct finder *finder)
{
        for (int i = 0; i < finder->sources.n; i++) {
                struct source *source = finder->sources.at[i];
                if (source->recorded) {
                        const struct compdb_entry *entry = source->entries.at[0];
                        struct flags flags =
                            flags_read(finder->arena, entry->command.at, entry->command.n, entry->directory);
                        finder_fixed_view(finder, &flags.args, &source->view);
                } else {
                        finder_fixed_view(finder, &finder->given, &source->view);
                        source->view.fixed = false;
                }
                includes_follow(finder->includes, source->path, &source->view);
        }
        for (int i = 0; i < finder->tree->files.n; i++) {
                const char *path = finder->tree->files.at[i];
                const struct source *known = map_get(&finder->by_path, hash_bytes(path, strlen(path)));
                struct include_view view = {0};
                if (language_of(path) == LANGUAGE_C && (!known || !known->view.files.n))
                        includes_follow(finder->includes, path, &view);
        }
}

/* Whoever names a piece means the source that it is a piece of. */
static void add_top(struct finder *finder, const struct source *piece, const struct include_file *top)
{
        void **slot = slot_of(finder, top->path);
        if (!piece->named || *slot || language_of(top->path) != LANGUAGE_C)
                return;
        struct source *source = NEW(finder->arena, struct source);
        *slot = source;
        source->path = top->path;
        finder_fixed_view(finder, &finder->given, &source->view);
        source->view.fixed = false;
        includes_follow(finder->includes, source->path, &source->view);
        VEC_PUSH(finder->arena, &finder->sources, source);
}

void finder_fragments(struct finder *finder)
{
        int kept = 0;
        follow_all(finder);
        for (int i = 0; i < finder->sources.n; i++) {
                struct source *source = finder->sources.at[i];
                const struct include_file *file = include_file(finder->includes, source->path),
                                          *top = include_top(file);
                if (source->recorded || top == file) {
                        finder->sources.at[kept++] = source;
                        continue;
                }
                finder_skip(finder, source->path,
                            arena_printf(finder->arena, "a part of '%s', which includes it", top->path));
                add_top(finder, source, top);
        }
        finder->sources.n = kept;
        sort_sources(finder);
}
