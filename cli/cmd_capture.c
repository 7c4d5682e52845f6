/*
 * cmd_capture.c: `pymemlint capture`: runs a build and writes down how it
 * compiles. The build finds this program under the compilers' names, see
 * capture.h.
 */
#include "capture.h"
#include "command.h"
#include "message.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_FOUND = 127 };

static bool make_folders(struct arena *arena, const char *path)
{
        if (!mkdir(path, 0777) || errno == EEXIST)
                return true;
        return errno == ENOENT && strcmp(path_dir(arena, path), path) &&
               make_folders(arena, path_dir(arena, path)) && !mkdir(path, 0777);
}

/*
 * A folder that stays: build systems keep the path of the compiler they found,
 * and a later build through it must work. NULL when there is no home to have it
 * in; where others may write they could put a compiler of theirs into it.
 */
static const char *stand_in_folder(struct arena *arena)
{
        const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
        if (!data || *data != '/')
                data = home && *home == '/' ? path_join(arena, home, ".local/share") : NULL;
        return data ? path_join(arena, data, "pymemlint/compilers") : NULL;
}

static void link_name(struct arena *arena, const char *self, const char *folder, const char *name)
{
        const char *path = path_join(arena, folder, name),
                   *fresh = arena_printf(arena, "%s.%d", path, (int)getpid());
        /* By renaming, so that a build that runs beside this one never misses the name. */
        if (symlink(self, fresh) || rename(fresh, path))
                warn("cannot link '%s': %s", path, strerror(errno));
}

/* One name for every compiler on PATH. */
static void link_compilers(struct arena *arena, const char *self, const char *folder)
{
        const char *path = getenv("PATH");
        while (path && *path) {
                size_t length = strcspn(path, ":");
                const char *dir = arena_strndup(arena, path, length);
                DIR *list = strcmp(dir, folder) ? opendir(dir) : NULL;
                for (struct dirent *item; list && (item = readdir(list));)
                        if (is_compiler_name(item->d_name))
                                link_name(arena, self, folder, item->d_name);
                if (list)
                        closedir(list);
                path += length + (path[length] == ':');
        }
        link_name(arena, self, folder, "pymemlint-ld");
}

/* A variable with a path of its own is led through us; a bare name is found through PATH. */
static void take_variable(struct arena *arena, const char *folder, const char *name, const char *keep,
                          const char *stand_in)
{
        const char *value = getenv(name);
        if (value && memchr(value, '/', strcspn(value, " "))) {
                setenv(keep, value, 1);
                setenv(name, path_join(arena, folder, stand_in), 1);
        }
}

static bool prepare(struct arena *arena, const char *notes)
{
        const char *self = path_of_program(arena);
        const char *folder = stand_in_folder(arena), *path = getenv("PATH");
        if (!folder) {
                complain(
                    "there is no folder for the compilers' names: neither XDG_DATA_HOME nor HOME is set");
                return false;
        }
        if (!self || !make_folders(arena, folder)) {
                complain("cannot make the folder '%s': %s", folder, strerror(errno));
                return false;
        }
        link_compilers(arena, self, folder);
        take_variable(arena, folder, "CC", CAPTURE_CC, "cc");
        take_variable(arena, folder, "CXX", CAPTURE_CXX, "c++");
        take_variable(arena, folder, "LDSHARED", CAPTURE_LDSHARED, "pymemlint-ld");
        setenv(CAPTURE_DIR, notes, 1);
        setenv("PATH", arena_printf(arena, "%s:%s", folder, path ? path : "/usr/bin:/bin"), 1);
        return true;
}

/* Runs the build; its own exit status, 128 + N when signal N ended it. */
static int build(struct use_of_command *use)
{
        struct words argv = use->operands;
        pid_t child;
        int status;
        VEC_PUSH(use->arena, &argv, NULL);
        int error = posix_spawnp(&child, argv.at[0], NULL, NULL, (char **)argv.at, environ);
        if (error) {
                complain("cannot run '%s': %s", argv.at[0], strerror(error));
                return NOT_FOUND;
        }
        while (waitpid(child, &status, 0) < 0 && errno == EINTR)
                continue;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void remove_notes(struct arena *arena, const char *notes)
{
        DIR *list = opendir(notes);
        for (struct dirent *item; list && (item = readdir(list));)
                unlink(path_join(arena, notes, item->d_name));
        if (list)
                closedir(list);
        rmdir(notes);
}

static int join(struct use_of_command *use, const char *notes)
{
        struct out out = {.arena = use->arena};
        const char *error, *into = use->settings->into;
        const char *file = path_join(use->arena, into ? into : ".", "compile_commands.json");
        int count = 0;
        if (!capture_join(use->arena, notes, &out, &count, &error))
                return complain("%s", error);
        if (!count)
                return complain("no call of a compiler was seen; is everything built already?");
        if (!file_write(file, out_string(&out), out.length, 0))
                return complain("cannot write '%s': %s", file, strerror(errno));
        if (!use->settings->opt.quiet)
                remark("%s: %d source%s", file, count, plural(count));
        return VERDICT_CLEAN;
}

static int capture(struct use_of_command *use)
{
        const char *tmp = getenv("TMPDIR");
        char *notes = arena_printf(use->arena, "%s/pymemlint-capture-XXXXXX", tmp && *tmp ? tmp : "/tmp");
        if (!use->operands.n)
                return complain("name the build, as in 'pymemlint capture -- make'");
        if (!mkdtemp(notes))
                return complain("cannot make a folder in '%s': %s", path_dir(use->arena, notes),
                                strerror(errno));
        bool prepared = prepare(use->arena, notes);
        int status = prepared ? build(use) : VERDICT_USAGE;
        /* What a failed build did compile is worth having. */
        int joined = !prepared || status == NOT_FOUND ? status : join(use, notes);
        remove_notes(use->arena, notes);
        return status ? status : joined;
}

const struct command command_capture = {
    .name = "capture",
    .operands = "-- COMMAND [ARGUMENTS]",
    .title = "run a build and write compile_commands.json",
    .text = "Runs COMMAND and notes every call of a compiler in it, then writes compile_commands.json, which "
            "'check' finds by itself. For builds that cannot write one, such as setuptools':\n"
            "\n"
            "    pymemlint capture -- python3 setup.py build_ext --force\n"
            "\n"
            "The exit status is that of COMMAND.",
    .groups = IN(GROUP_INTO),
    .run = capture,
    .raw = true,
};
