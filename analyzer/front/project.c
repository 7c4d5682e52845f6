/*
 * project.c: see project.h. In: options. Out: the project. The way is in
 * project_find; what a source is lies in sources.c, what its flags are in
 * derive.c.
 */
#include "front/project.h"

#include "base/file.h"
#include "base/hash.h"
#include "front/finder.h"
#include "front/flags.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH_OF_FOLDER = 3 };

void finder_skip(struct finder *finder, const char *path, const char *why)
{
        VEC_PUSH(finder->arena, &finder->project->skips, (struct project_skip){.path = path, .why = why});
}

void finder_fail(struct finder *finder, const char *path, const char *why)
{
        VEC_PUSH(finder->arena, &finder->project->skips, (struct project_skip){path, why, true});
}

void finder_note(struct finder *finder, const char *format, ...)
{
        va_list args;
        va_start(args, format);
        VEC_PUSH(finder->arena, &finder->project->notes, arena_vprintf(finder->arena, format, args));
        va_end(args);
}

/* Reads the folder that everything is relative to. A single file in no project does not make its folder one.
 */
static void read_tree(struct finder *finder)
{
        struct project *project = finder->project;
        bool folder = false;
        project->tree = tree_root(finder->arena, finder->paths.at, finder->paths.n, &finder->marked);
        for (int i = 0; i < finder->paths.n; i++)
                folder |= !strcmp(project->tree, finder->paths.at[i]);
        finder->tree = tree_read(finder->arena, project->tree,
                                 finder->marked || folder ? DEPTH_OF_TREE : DEPTH_OF_FOLDER, finder->paths.at,
                                 finder->paths.n);
        if (finder->tree->cut)
                finder_note(finder, "'%s' holds too many files; headers in its later folders are not found",
                            project->tree);
}

static const char *read_database(struct finder *finder)
{
        const struct project_options *options = finder->options;
        const char *path = options->database, *error = NULL;
        if (!path && options->args.n) /* flags that were given stand for a command */
                return NULL;
        /* a repository may hold more than one project */
        const char *dir = tree_common(finder->arena, finder->paths.at, finder->paths.n);
        while (!path && !(path = compdb_find(finder->arena, dir)) && strcmp(dir, finder->tree->root))
                dir = path_dir(finder->arena, dir);
        if (!path)
                return NULL;
        finder->database = compdb_read(finder->arena, path, &error);
        finder->project->database = finder->database ? finder->database->path : NULL;
        return error;
}

/* "a:b" as arguments; an empty part means the current folder, which has no meaning here. */
static void read_environment(struct finder *finder, const char *name, const char *option)
{
        const char *value = getenv(name);
        char *rest = arena_strndup(finder->arena, value ? value : "", value ? strlen(value) : 0), *part;
        while ((part = strsep(&rest, ":")))
                if (*part == '/')
                        VEC_PUSH(finder->arena, &finder->environment,
                                 arena_printf(finder->arena, "%s%s", option,
                                              path_clean(finder->arena, "/", part)));
}

static const char *read_files(struct finder *finder)
{
        const struct project_options *options = finder->options;
        char here[PATH_MAX];
        const char *base = getcwd(here, sizeof here) ? here : "/";
        read_environment(finder, "CPATH", "-I");
        read_environment(finder, "C_INCLUDE_PATH", "-isystem");
        finder->given = flags_read(finder->arena, options->args.at, options->args.n, base).args;
        for (int i = 0; i < options->stubs.n; i++)
                VEC_PUSH(finder->arena, &finder->project->stubs, options->stubs.at[i]);
        if (options->prelude)
                finder->project->prelude = path_clean(finder->arena, base, options->prelude);
        return NULL;
}

/* Whether PATH can be included; errno says why not. Pipes and devices are left to their user. */
static bool is_header(const char *path)
{
        struct stat st;
        if (stat(path, &st) < 0 || access(path, R_OK) < 0)
                return false;
        errno = EISDIR;
        return !S_ISDIR(st.st_mode);
}

/* The prelude is a file of the user's, or else a header where headers are searched. */
static const char *read_prelude(struct finder *finder)
{
        const char *name = finder->options->prelude;
        if (!name || is_header(finder->project->prelude))
                return NULL;
        const char *why = strerror(errno);
        for (int i = 0; *name != '/' && i < finder->includes->system.n; i++) {
                const char *path = path_join(finder->arena, finder->includes->system.at[i], name);
                if (is_header(path)) {
                        finder->project->prelude = path;
                        return NULL;
                }
        }
        return arena_printf(finder->arena, "cannot read the prelude '%s': %s", name, why);
}

static bool needs_interpreter(const struct finder *finder)
{
        for (int i = 0; i < finder->sources.n; i++)
                if (!finder->sources.at[i]->recorded)
                        return !finder->options->recorded_only || finder->given.n;
        return false;
}

/* Lets the interpreter start up while we read the tree's sources. */
static void ask_interpreter(struct finder *finder)
{
        const char *program = finder->options->python;
        if (needs_interpreter(finder) || program)
                finder->interpreter = interpreter_start(finder->arena, program ? program : "python3");
        for (int i = 0; i < finder->sources.n; i++)
                include_file(finder->includes, finder->sources.at[i]->path);
        if (!finder->interpreter)
                return;
        interpreter_finish(finder->arena, finder->interpreter);
        finder->project->python = finder->interpreter->executable;
        finder->project->python_version = finder->interpreter->version;
}

bool finder_has_api(const struct finder *finder)
{
        struct arena *scratch = arena_new();
        bool found = finder->includes->api_folders.n > 0;
        for (int i = 0; i < finder->includes->system.n && !found; i++)
                found = access(path_join(scratch, finder->includes->system.at[i], API_HEADER), R_OK) == 0;
        arena_drop(scratch);
        return found;
}

/* What is wrong with the interpreter, as far as it matters. An error sentence or NULL. */
static const char *check_interpreter(struct finder *finder)
{
        const struct interpreter *interpreter = finder->interpreter;
        int api = 0, arrays = 0;
        for (int i = 0; i < finder->sources.n; i++) {
                const struct source *source = finder->sources.at[i];
                api += !source->recorded && source->view.api;
                arrays += !source->recorded && source->view.arrays && !source->view.own_arrays;
        }
        if (!interpreter || (!interpreter->error && !api))
                return NULL;
        if (interpreter->error && (finder->options->python || (api && !finder_has_api(finder))))
                return arena_printf(finder->arena, "%s; name one with headers with --python",
                                    interpreter->error);
        if (interpreter->error)
                return NULL;
        if (!finder_has_api(finder))
                return arena_printf(
                    finder->arena,
                    "%d files include %s, but %s %s has no headers: there is no '%s/%s'; install its "
                    "development package or name another interpreter with --python",
                    api, API_HEADER, interpreter->program, interpreter->version, interpreter->folders.at[0],
                    API_HEADER);
        finder_note(finder, "headers of Python %s (%s) in '%s'", interpreter->version,
                    interpreter->executable, interpreter->folders.at[0]);
        if (arrays && !interpreter->arrays)
                finder_note(finder, "%d files include numpy's headers, which %s does not have", arrays,
                            interpreter->executable);
        else if (arrays)
                finder_note(finder, "headers of numpy in '%s'", interpreter->arrays);
        return NULL;
}

static int by_path(const void *a, const void *b)
{
        const struct project_skip *one = a, *other = b;
        int order = strcmp(one->path, other->path);
        return order ? order : strcmp(one->why, other->why);
}

/* Why there is nothing to analyse. */
static const char *nothing(struct finder *finder)
{
        const struct project *project = finder->project;
        const char *where = finder->options->paths.n == 1 ? finder->options->paths.at[0] : project->tree;
        if (finder->options->paths.n == 0)
                where = ".";
        if (!project->skips.n)
                return arena_printf(finder->arena, "there is no C source in '%s'", where);
        if (project->skips.n == 1)
                return arena_printf(finder->arena, "nothing to analyse in '%s': '%s' is skipped: %s", where,
                                    project->skips.at[0].path, project->skips.at[0].why);
        return arena_printf(finder->arena,
                            "nothing to analyse in '%s': %d files are skipped, the first is '%s': %s", where,
                            project->skips.n, project->skips.at[0].path, project->skips.at[0].why);
}

static const char *find(struct finder *finder)
{
        const char *error = finder_paths(finder);
        if (error)
                return error;
        read_tree(finder);
        if ((error = read_files(finder)) || (error = read_database(finder)))
                return error;
        finder->includes = finder->project->includes = includes_new(finder->arena, finder->tree);
        finder_sources(finder);
        ask_interpreter(finder);
        finder_system(finder);
        finder_fragments(finder);
        for (int i = 0; i < finder->includes->guessed.n; i++)
                finder_note(finder, "headers of a library in '%s'", finder->includes->guessed.at[i]);
        if ((error = check_interpreter(finder)) || (error = read_prelude(finder)))
                return error;
        finder_defines(finder);
        for (int i = 0; i < finder->sources.n; i++)
                finder_units(finder, finder->sources.at[i]);
        if (finder->hidden)
                finder_note(finder, "%s in front of %d units that miss headers and use its names", API_HEADER,
                            finder->hidden);
        finder_roots(finder);
        if (finder->project->skips.n)
                qsort(finder->project->skips.at, (size_t)finder->project->skips.n,
                      sizeof *finder->project->skips.at, by_path);
        return finder->project->units.n ? NULL : nothing(finder);
}

struct project *project_find(struct arena *arena, const struct project_options *options, const char **error)
{
        struct finder *finder = NEW(arena, struct finder);
        finder->arena = arena;
        finder->options = options;
        finder->project = NEW(arena, struct project);
        finder->project->arena = arena;
        *error = find(finder);
        return *error ? NULL : finder->project;
}

void project_enclose(const struct project *project, struct job *job)
{
        if (!project->sysroot)
                return;
        job->args.room = job->args.n; /* the first push copies */
        VEC_PUSH(project->arena, &job->args, arena_printf(project->arena, "--sysroot=%s", project->sysroot));
        VEC_PUSH(project->arena, &job->args, "-resource-dir");
        VEC_PUSH(project->arena, &job->args, project->resource);
}

struct job project_job(const struct project *project, const struct project_unit *unit)
{
        struct job job = {
            .tree = project->tree,
            .path = unit->file,
            .directory = unit->directory,
            .flags = unit->flags,
            .object = unit->object,
            .key = "-",
        };
        job.args.at = unit->args.at;
        job.args.n = job.args.room = unit->args.n;
        job.roots.at = project->roots.at;
        job.roots.n = job.roots.room = project->roots.n;
        if (project->sysroot) /* what lies below nothing else */
                VEC_PUSH(project->arena, &job.roots, (struct root){"<system>", project->sysroot});
        project_enclose(project, &job);
        return job;
}
