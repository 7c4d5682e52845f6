/* stubs.c: see stubs.h. Writes below the folder for temporary files and nowhere else. */
#include "front/stubs.h"

#include "base/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Calls WHAT with the folder of every slash in FOLDER/NAME behind FOLDER, outermost first or last. */
static void each_folder(const char *folder, const char *name, bool inner_first, void (*what)(const char *))
{
        struct arena *scratch = arena_new();
        int slashes = 0;
        for (const char *at = name; *at; at++)
                slashes += *at == '/';
        for (int i = 1; i <= slashes; i++) {
                int wanted = inner_first ? slashes + 1 - i : i, seen = 0;
                const char *at = name;
                while (*at != '/' || ++seen < wanted)
                        at++;
                what(arena_printf(scratch, "%s/%.*s", folder, (int)(at - name), name));
        }
        arena_drop(scratch);
}

static void make_folder(const char *path)
{
        mkdir(path, 0700);
}

static void remove_folder(const char *path)
{
        rmdir(path);
}

const char *stubs_make(struct arena *arena, const char *const *names, int n, const char **error)
{
        const char *top = getenv("TMPDIR");
        char *folder = arena_printf(arena, "%s/pymemlint-XXXXXX", top && *top == '/' ? top : "/tmp");
        bool made = mkdtemp(folder);
        for (int i = 0; i < n && made; i++) {
                /* A name that leads out of the folder is none of our business. */
                if (*names[i] == '/' || path_below("/x", path_clean(arena, "/x", names[i])) == NULL)
                        continue;
                each_folder(folder, names[i], false, make_folder);
                made = file_write(path_join(arena, folder, names[i]), "", 0, 0600);
        }
        if (!made)
                *error = arena_printf(arena, "cannot make stub headers in '%s': %s", folder, strerror(errno));
        return made ? folder : NULL;
}

void stubs_remove(const char *folder, const char *const *names, int n)
{
        struct arena *scratch = arena_new();
        for (int i = 0; i < n; i++) {
                if (*names[i] == '/' || path_below("/x", path_clean(scratch, "/x", names[i])) == NULL)
                        continue;
                unlink(path_join(scratch, folder, names[i]));
                each_folder(folder, names[i], true, remove_folder);
        }
        rmdir(folder);
        arena_drop(scratch);
}
