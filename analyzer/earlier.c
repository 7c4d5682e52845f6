/* earlier.c: see earlier.h. */
#include "earlier.h"

#include "earlier_database.h"
#include "git.h"
#include "report/uri.h"

#include <errno.h>
#include <ftw.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST_LOG = 256 << 20, OPEN_FOLDERS = 16 };

/* ---- a log ---- */

static const char *text_at(const json_t *object, const char *key)
{
        const char *text = json_string_value(json_object_get(object, key));
        return text ? text : "";
}

static struct baseline *own_baseline(struct run *run)
{
        if (!run->baseline) {
                run->baseline = NEW(run->arena, struct baseline);
                run->baseline->arena = run->arena;
                run->baseline->path = "";
        }
        return run->baseline;
}

static void add_entry(struct run *run, const char *hash, const char *rule, const char *file, const char *func)
{
        struct baseline *baseline = own_baseline(run);
        struct baseline_entry entry = {
            .hash = arena_strndup(run->arena, hash, strlen(hash)),
            .rule = arena_strndup(run->arena, rule, strlen(rule)),
            .file = arena_strndup(run->arena, file, strlen(file)),
            .func = arena_strndup(run->arena, func, strlen(func)),
            .said = "",
            .reason = "",
            .earlier = true,
        };
        VEC_PUSH(run->arena, &baseline->entries, entry);
}

/* One result; false when it has no fingerprint of ours. */
static bool add_result(struct run *run, const json_t *result)
{
        const char *hash = text_at(json_object_get(result, "partialFingerprints"), "findingHash/v1");
        const json_t *location = json_array_get(json_object_get(result, "locations"), 0);
        const json_t *place =
            json_object_get(json_object_get(location, "physicalLocation"), "artifactLocation");
        if (!strchr(hash, ':'))
                return false;
        if (strcmp(text_at(result, "baselineState"), "absent") != 0)
                add_entry(run, hash, text_at(result, "ruleId"), uri_path(run->arena, text_at(place, "uri")),
                          "");
        return true;
}

static bool add_results(struct run *run, const json_t *log)
{
        const json_t *runs = json_object_get(log, "runs");
        bool good = json_array_size(runs) > 0;
        for (size_t i = 0; i < json_array_size(runs); i++) {
                const json_t *results = json_object_get(json_array_get(runs, i), "results");
                good &= json_is_array(results);
                for (size_t j = 0; j < json_array_size(results); j++)
                        good &= add_result(run, json_array_get(results, j));
        }
        return good;
}

bool earlier_log(struct run *run)
{
        const char *path = run->opt->compare;
        struct text text;
        json_error_t where;
        if (!file_read(run->arena, path, LARGEST_LOG, &text)) {
                run->error = arena_printf(run->arena, "cannot read '%s': %s", path, strerror(errno));
                return false;
        }
        json_t *log = json_loadb(text.bytes, text.length, 0, &where);
        bool good = log && add_results(run, log);
        if (!log)
                run->error =
                    arena_printf(run->arena, "%s:%d:%d: %s", path, where.line, where.column, where.text);
        else if (!good)
                run->error = arena_printf(run->arena, "'%s' is not a SARIF log that pymemlint wrote", path);
        json_decref(log);
        return good;
}

/* ---- the tree as it was ---- */

/* What a parse may open, and what tells where a project begins. */
static bool wanted(const char *path)
{
        static const char *const ends[] = {"c",   "h",   "cc",  "cpp", "cxx", "hh",  "hpp", "hxx",
                                           "inc", "inl", "ipp", "def", "tbl", "src", "in"};
        static const char *const names[] = {"pyproject.toml", "setup.py", "meson.build"};
        const char *base = path_base(path), *dot = strrchr(base, '.');
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
                if (!strcmp(base, names[i]))
                        return true;
        for (size_t i = 0; dot && i < sizeof ends / sizeof *ends; i++)
                if (!strcasecmp(dot + 1, ends[i]))
                        return true;
        return false;
}

/*
 * The user's paths in the copy; all of the copy when one did not exist then: it
 * may have had another name. False with run->error when one is not of this
 * repository.
 */
static bool map_paths(struct run *run, struct earlier_tree *tree, const char *top)
{
        char real[PATH_MAX];
        bool all = true;
        tree->opt.paths = (struct words){0};
        for (int i = 0; i < run->opt->paths.n; i++) {
                const char *path = run->opt->paths.at[i];
                const char *below = realpath(path, real) ? path_below(top, real) : NULL;
                if (!below) {
                        run->error =
                            arena_printf(run->arena, "'%s' does not lie in the repository '%s'", path, top);
                        return false;
                }
                const char *there = path_join(run->arena, tree->dir, below);
                all = all && !access(there, F_OK);
                VEC_PUSH(run->arena, &tree->opt.paths, there);
        }
        if (!all) {
                tree->opt.paths.at[0] = tree->dir;
                tree->opt.paths.n = 1;
        }
        return true;
}

/* Nothing is reported or changed, and what is unsure then may be sure now: it is not new either. */
static void calm(struct options *opt)
{
        opt->since = opt->compare = opt->baseline = NULL;
        opt->only = (struct words){0};
        opt->edited = NULL;
        opt->confidence = CONFIDENCE_MEDIUM;
        opt->quiet = true;
        opt->progress = NULL;
}

static bool fill_tree(struct run *run, struct earlier_tree *tree, const char *top)
{
        const char *commit = git_merge_base(run->arena, top, run->opt->since, &run->error);
        bool made;
        /* A folder of this name marks the top of a project. */
        if (!commit || mkdir(path_join(run->arena, tree->dir, ".git"), 0700) ||
            !git_export(run->arena, top, commit, tree->dir, wanted, &run->error) ||
            !earlier_database(run->arena, run->opt->build_dir, top, tree->dir, &made, &run->error))
                return false;
        tree->opt.build_dir = made ? tree->dir : NULL;
        return map_paths(run, tree, top);
}

bool earlier_tree(struct run *run, struct earlier_tree *tree)
{
        const char *tmp = getenv("TMPDIR"), *first = run->opt->paths.at[0];
        char real[PATH_MAX];
        struct stat st;
        *tree = (struct earlier_tree){.opt = *run->opt};
        calm(&tree->opt);
        if (stat(first, &st)) {
                run->error = arena_printf(run->arena, "cannot read '%s': %s", first, strerror(errno));
                return false;
        }
        const char *top =
            git_top(run->arena, S_ISDIR(st.st_mode) ? first : path_dir(run->arena, first), &run->error);
        if (!top)
                return false;
        char *dir = arena_printf(run->arena, "%s/pymemlint-since-XXXXXX", tmp && *tmp == '/' ? tmp : "/tmp");
        tree->dir =
            mkdtemp(dir) && realpath(dir, real) ? arena_strndup(run->arena, real, strlen(real)) : NULL;
        if (!tree->dir)
                run->error =
                    arena_printf(run->arena, "cannot make the folder '%s': %s", dir, strerror(errno));
        return tree->dir && fill_tree(run, tree, top);
}

enum verdict earlier_collect(struct run *run, struct report *report)
{
        run->baseline = baseline_create(report);
        return VERDICT_CLEAN;
}

void earlier_take(struct run *run, const struct run *before)
{
        const struct baseline *known = before->baseline;
        for (int i = 0; known && i < known->entries.n; i++) {
                const struct baseline_entry *entry = &known->entries.at[i];
                add_entry(run, entry->hash, entry->rule, entry->file, entry->func);
        }
}

static int drop_one(const char *path, const struct stat *st, int type, struct FTW *walk)
{
        (void)st, (void)type, (void)walk;
        return remove(path);
}

void earlier_drop(const struct earlier_tree *tree)
{
        if (tree->dir)
                nftw(tree->dir, drop_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}
