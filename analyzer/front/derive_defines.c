/*
 * derive_defines.c: macros that the build descriptions of a project define.
 * In: the tree. Out: for each folder with such a file, arguments for the units
 * below it whose flags are derived, and a note that tells them.
 */
#include "front/finder.h"

#include "front/derive_script.h"

#include <string.h>

enum { SCRIPT_MAX = 1 << 20 };

/* What the files of FOLDER define so far. */
static struct folder_defines *defines_of(struct finder *finder, const char *folder)
{
        for (int i = 0; i < finder->defines.n; i++)
                if (!strcmp(finder->defines.at[i].folder, folder))
                        return &finder->defines.at[i];
        VEC_PUSH(finder->arena, &finder->defines, (struct folder_defines){.folder = folder});
        return &finder->defines.at[finder->defines.n - 1];
}

static void tell(struct finder *finder, const char *path, const struct words *args, int from)
{
        const char *said = "";
        for (int i = from; i < args->n; i++)
                said = arena_printf(finder->arena, "%s %s", said, args->at[i]);
        if (*said)
                finder_note(finder, "macros of '%s':%s", path, said);
}

/* That a build has made config.h, which it has not. */
static bool is_unbuilt(const struct finder *finder, const char *arg)
{
        static const char promise[] = "-DHAVE_CONFIG_H";
        bool promised = !strncmp(arg, promise, strlen(promise)) && strchr("=", arg[strlen(promise)]);
        for (int i = 0; i < finder->options->stubs.n; i++)
                promised &= strcmp(finder->options->stubs.at[i], "config.h") != 0;
        return promised && !tree_named(finder->tree, "config.h");
}

static void read_script(struct finder *finder, struct arena *scratch, const char *path)
{
        struct text text;
        if (!file_read(scratch, path_join(scratch, finder->tree->root, path), SCRIPT_MAX, &text))
                return;
        struct words found = {0};
        script_defines(scratch, path_base(path), &text, &found);
        if (!found.n)
                return;
        const char *slash = strrchr(path, '/');
        size_t n = slash ? (size_t)(slash - path) : 0;
        struct folder_defines *defines = defines_of(finder, arena_strndup(finder->arena, path, n));
        int from = defines->args.n;
        for (int i = 0; i < found.n; i++)
                if (!is_unbuilt(finder, found.at[i]))
                        VEC_PUSH(finder->arena, &defines->args,
                                 arena_strndup(finder->arena, found.at[i], strlen(found.at[i])));
        tell(finder, path, &defines->args, from);
}

void finder_defines(struct finder *finder)
{
        if (!finder->marked) /* a file in no project: what lies beside it says nothing about it */
                return;
        for (int i = 0; i < finder->tree->files.n; i++) {
                const char *path = finder->tree->files.at[i];
                if (!script_is_one(path_base(path)))
                        continue;
                struct arena *scratch = arena_new();
                read_script(finder, scratch, path);
                arena_drop(scratch);
        }
}

void finder_add_defines(struct finder *finder, const char *path, struct words *args)
{
        for (int i = 0; i < finder->defines.n; i++) {
                const struct folder_defines *defines = &finder->defines.at[i];
                size_t n = strlen(defines->folder);
                if (n && (strncmp(path, defines->folder, n) || path[n] != '/'))
                        continue;
                for (int j = 0; j < defines->args.n; j++)
                        VEC_PUSH(finder->arena, args, defines->args.at[j]);
        }
}
