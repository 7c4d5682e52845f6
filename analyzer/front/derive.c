/*
 * derive.c: flags of units, recorded or derived. In: sources with their
 * commands or with what they include. Out: units with arguments for clang.
 */
#include "front/finder.h"

#include "base/file.h"
#include "front/flags.h"

#include <ctype.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STANDARD "-std=gnu17"

enum { SOURCE_MAX = 64 << 20 };

/* The folder that an argument names, or NULL; *QUOTE: only for "...". */
static const char *folder_in(const char *arg, bool *quote)
{
        static const char *const options[] = {"-isystem", "-idirafter", "-I", "-iquote"};
        for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
                size_t n = strlen(options[i]);
                *quote = i == 3;
                if (!strncmp(arg, options[i], n) && arg[n] == '/')
                        return arg + n;
        }
        return NULL;
}

void finder_fixed_view(struct finder *finder, const struct words *args, struct include_view *view)
{
        view->fixed = true;
        for (int i = 0; i < args->n; i++) {
                bool quote;
                const char *folder = folder_in(args->at[i], &quote);
                const char *below = folder ? path_below(finder->tree->root, folder) : NULL;
                if (!below)
                        continue;
                below = strcmp(below, ".") ? below : "";
                if (quote)
                        VEC_PUSH(finder->arena, &view->quote, below);
                else
                        VEC_PUSH(finder->arena, &view->angle, below);
        }
}

static void add_system(struct finder *finder, const char *folder)
{
        VEC_PUSH(finder->arena, &finder->includes->system, folder);
}

void finder_system(struct finder *finder)
{
        bool quote;
        for (int i = 0; i < finder->given.n; i++) {
                const char *folder = folder_in(finder->given.at[i], &quote);
                if (folder && !path_below(finder->tree->root, folder))
                        add_system(finder, folder);
        }
        for (int i = 0; i < finder->environment.n; i++)
                add_system(finder, folder_in(finder->environment.at[i], &quote));
        if (finder->interpreter) {
                for (int i = 0; i < finder->interpreter->folders.n; i++)
                        add_system(finder, finder->interpreter->folders.at[i]);
                if (finder->interpreter->arrays)
                        add_system(finder, finder->interpreter->arrays);
        }
        add_system(finder, "/usr/local/include");
        glob_t found; /* Debian keeps some headers of the C library in a folder named for the machine */
        if (glob("/usr/include/*-linux-*", 0, NULL, &found) == 0) {
                for (size_t i = 0; i < found.gl_pathc; i++)
                        add_system(finder, arena_strndup(finder->arena, found.gl_pathv[i],
                                                         strlen(found.gl_pathv[i])));
                globfree(&found);
        }
        add_system(finder, "/usr/include");
}

static void add_arg(struct finder *finder, struct words *args, const char *option, const char *value)
{
        VEC_PUSH(finder->arena, args, arena_printf(finder->arena, "%s%s", option, value));
}

/* A folder of the tree; one with a configuration of the interpreter comes behind the interpreter's own. */
static void add_tree_folder(struct finder *finder, struct words *args, const char *option, const char *folder)
{
        const char *absolute =
            *folder ? path_join(finder->arena, finder->tree->root, folder) : finder->tree->root;
        for (int i = 0; i < args->n; i++) {
                bool quote;
                const char *known = folder_in(args->at[i], &quote);
                if (known && !strcmp(known, absolute))
                        return;
        }
        bool shadows = tree_has(finder->tree, path_join(finder->arena, folder, API_CONFIG));
        add_arg(finder, args, shadows ? "-idirafter" : option, absolute);
}

static void add_interpreter(struct finder *finder, struct words *args, const struct include_view *view)
{
        const struct interpreter *interpreter = finder->interpreter;
        if (!interpreter || interpreter->error)
                return;
        for (int i = 0; i < interpreter->folders.n; i++)
                add_arg(finder, args, "-I", interpreter->folders.at[i]);
        if (!view->arrays || !interpreter->arrays)
                return;
        add_arg(finder, args, "-I", interpreter->arrays);
        /* A tree with its own copy of these headers lacks the ones its build generates. */
        if (view->own_arrays)
                add_arg(finder, args, "-idirafter", path_join(finder->arena, interpreter->arrays, "numpy"));
}

/* Whether the source uses names that begin as the interpreter's header does: two letters, then a capital. */
static bool speaks_api(struct finder *finder, const char *path)
{
        struct arena *scratch = arena_new();
        struct text text;
        bool found = false;
        if (file_read(scratch, path_join(scratch, finder->tree->root, path), SOURCE_MAX, &text))
                for (const char *at = text.bytes; !found && (at = strchr(at, *API_HEADER)); at++)
                        found = at[1] == API_HEADER[1] && isupper((unsigned char)at[2]) &&
                                isalpha((unsigned char)at[3]) &&
                                (at == text.bytes || (!isalnum((unsigned char)at[-1]) && at[-1] != '_'));
        arena_drop(scratch);
        return found;
}

/* A missing header may have been the one that brings the interpreter's: then that one goes in front. */
static void add_hidden_api(struct finder *finder, const struct source *source, struct words *args)
{
        const struct include_view *view = &source->view;
        if (view->api || !view->missing || !finder_has_api(finder) || !speaks_api(finder, source->path))
                return;
        VEC_PUSH(finder->arena, args, "-include");
        VEC_PUSH(finder->arena, args, API_HEADER);
        finder->hidden++;
}

static struct words derived_args(struct finder *finder, const struct source *source)
{
        struct words args = {0};
        const struct include_view *view = &source->view;
        const struct interpreter *interpreter = finder->interpreter;
        VEC_PUSH(finder->arena, &args, STANDARD);
        for (int i = 0; interpreter && i < interpreter->defines.n; i++)
                VEC_PUSH(finder->arena, &args, interpreter->defines.at[i]);
        finder_add_defines(finder, source->path, &args);
        for (int i = 0; i < finder->given.n; i++)
                VEC_PUSH(finder->arena, &args, finder->given.at[i]);
        for (int i = 0; i < view->quote.n; i++)
                add_tree_folder(finder, &args, "-iquote", view->quote.at[i]);
        add_interpreter(finder, &args, view);
        /* Found for <...> only where no system folder has the name, so it may shadow none. */
        for (int i = 0; i < view->angle.n; i++)
                add_tree_folder(finder, &args, "-idirafter", view->angle.at[i]);
        for (int i = 0; i < view->beside.n; i++)
                add_arg(finder, &args, "-idirafter", view->beside.at[i]);
        add_hidden_api(finder, source, &args);
        return args;
}

static struct project_unit *add_unit(struct finder *finder, const struct source *source, const char *flags,
                                     const struct words *args)
{
        struct project *project = finder->project;
        struct project_unit *unit = NEW(finder->arena, struct project_unit);
        const struct include_file *file = include_file(finder->includes, source->path);
        unit->path = source->path;
        unit->file = path_join(finder->arena, finder->tree->root, source->path);
        unit->directory = finder->tree->root;
        unit->flags = flags;
        unit->object = "";
        unit->size = file->size;
        unit->api = source->view.api;
        unit->generated = file->directives->generated;
        for (int i = 0; i < args->n; i++)
                VEC_PUSH(finder->arena, &unit->args, args->at[i]);
        for (int i = 0; i < finder->environment.n; i++)
                VEC_PUSH(finder->arena, &unit->args, finder->environment.at[i]);
        if (project->prelude) {
                VEC_PUSH(finder->arena, &unit->args, "-include");
                VEC_PUSH(finder->arena, &unit->args, project->prelude);
        }
        VEC_PUSH(finder->arena, &project->units, unit);
        project->plain += !unit->api;
        project->generated += unit->generated;
        return unit;
}

static bool same_args(const struct words *a, const struct words *b)
{
        for (int i = 0; i < a->n && i < b->n; i++)
                if (strcmp(a->at[i], b->at[i]))
                        return false;
        return a->n == b->n;
}

/* One unit for each different meaning among the recorded commands. */
static void add_recorded(struct finder *finder, struct source *source)
{
        struct flags *seen = NEW_ARRAY(finder->arena, struct flags, source->entries.n);
        for (int i = 0; i < source->entries.n; i++) {
                const struct compdb_entry *entry = source->entries.at[i];
                seen[i] = flags_read(finder->arena, entry->command.at, entry->command.n, entry->directory);
                for (int j = 0; j < finder->given.n; j++)
                        VEC_PUSH(finder->arena, &seen[i].args, finder->given.at[j]);
                const char *output = entry->output ? entry->output : seen[i].output;
                const char *object = entry->object ? entry->object
                                     : output      ? flags_object(finder->arena, output)
                                                   : "";
                bool again = false;
                for (int j = 0; j < i && !again; j++)
                        again = same_args(&seen[i].args, &seen[j].args);
                if (again)
                        continue;
                struct project_unit *unit = add_unit(finder, source, "recorded", &seen[i].args);
                unit->directory = entry->directory;
                unit->object = object;
                finder->project->recorded++;
        }
}

void finder_units(struct finder *finder, struct source *source)
{
        const struct include_file *file = include_file(finder->includes, source->path);
        if (file->error) {
                finder_fail(finder, source->path,
                            arena_printf(finder->arena, "cannot be read: %s", strerror(file->error)));
                return;
        }
        if (file->directives->generated && finder->options->skip_generated && !source->named) {
                finder_skip(finder, source->path, "a program wrote it");
                return;
        }
        if (source->recorded) {
                add_recorded(finder, source);
                return;
        }
        bool given = finder->given.n > 0;
        if (finder->options->recorded_only && !given) {
                finder_skip(finder, source->path, "no command was recorded for it");
                return;
        }
        struct words args = derived_args(finder, source);
        add_unit(finder, source, given ? "given" : "derived", &args);
        *(given ? &finder->project->given : &finder->project->derived) += 1;
}

static void add_root(struct finder *finder, const char *name, const char *dir)
{
        struct project *project = finder->project;
        for (int i = 0; i < project->roots.n; i++)
                if (!strcmp(project->roots.at[i].dir, dir))
                        return;
        VEC_PUSH(finder->arena, &project->roots, (struct root){.name = name, .dir = dir});
}

static bool holds(struct finder *finder, const char *folder, const char *name)
{
        return access(path_join(finder->arena, folder, name), F_OK) == 0;
}

/* A folder outside the tree, named by what is in it or by its last telling component. */
static void add_foreign_root(struct finder *finder, const char *folder)
{
        const char *name = path_base(folder);
        if (!strcmp(folder, "/"))
                return;
        if (!strcmp(name, "include"))
                name = path_base(path_dir(finder->arena, folder));
        if (holds(finder, folder, API_HEADER))
                name = "python";
        else if (holds(finder, folder, ARRAY_FOLDER))
                name = "numpy";
        else if (path_below("/usr/include", folder) || path_below("/usr/local/include", folder) || !*name)
                name = "system";
        add_root(finder, arena_printf(finder->arena, "<%s>", name), folder);
}

static int longest_first(const void *a, const void *b)
{
        const struct root *one = a, *other = b;
        size_t n = strlen(one->dir), m = strlen(other->dir);
        return n != m ? (n < m ? 1 : -1) : strcmp(one->dir, other->dir);
}

void finder_roots(struct finder *finder)
{
        struct project *project = finder->project;
        const struct includes *includes = finder->includes;
        for (int i = 0; finder->interpreter && i < finder->interpreter->folders.n; i++)
                add_root(finder, "<python>", finder->interpreter->folders.at[i]);
        if (finder->interpreter && finder->interpreter->arrays)
                add_root(finder, "<numpy>", finder->interpreter->arrays);
        for (int i = 0; i < includes->api_folders.n; i++)
                add_root(finder, "<python>",
                         path_join(finder->arena, finder->tree->root, includes->api_folders.at[i]));
        for (int i = 0; i < includes->array_folders.n; i++)
                add_root(finder, "<numpy>",
                         path_join(finder->arena, finder->tree->root, includes->array_folders.at[i]));
        for (int i = 0; i < project->units.n; i++) {
                for (int j = 0; j < project->units.at[i]->args.n; j++) {
                        bool quote;
                        const char *folder = folder_in(project->units.at[i]->args.at[j], &quote);
                        if (folder && !path_below(finder->tree->root, folder))
                                add_foreign_root(finder, folder);
                }
        }
        add_root(finder, "<system>", "/usr/local/include");
        add_root(finder, "<system>", "/usr/include");
        qsort(project->roots.at, (size_t)project->roots.n, sizeof *project->roots.at, longest_first);
}
