/*
 * library.c: see library.h. A library has a folder below one of the system's
 * (include/x-2.0); what depends on the machine lies beside its archives
 * (lib/MACHINE/x-2.0/include), as in the Cflags that pkg-config tells; and what
 * its headers include may lie in the folders of further libraries.
 */
#include "front/library.h"

#include "base/file.h"

#include <glob.h>
#include <string.h>
#include <unistd.h>

enum { HEADER_MAX = 4 << 20, HEADERS_MOST = 2000 };

struct library {
        struct folders folders;
        struct folders headers; /* to be read, absolute */
        struct map seen;        /* of headers and of names */
};

/* FOUND, or else the first folder that PATTERN/NAME finds; *N grows by how many others have it, links
 * followed. */
static const char *glob_for(struct includes *includes, const char *pattern, const char *name,
                            const char *found, size_t *n)
{
        glob_t paths;
        if (glob(arena_printf(includes->scratch, "%s/%s", pattern, name), 0, NULL, &paths))
                return found;
        for (size_t i = 0; i < paths.gl_pathc; i++) {
                const char *path = paths.gl_pathv[i];
                path = arena_strndup(includes->arena, path, strlen(path) - strlen(name) - 1);
                const char *real = path_real(includes->arena, path);
                if (!found || !real || strcmp(real, path_real(includes->arena, found)))
                        ++*n;
                found = found ? found : path;
        }
        globfree(&paths);
        return found;
}

static bool is_plain(const char *path)
{
        return !strpbrk(path, "*?[\\");
}

/* The one folder below those of the system that has NAME. */
static const char *folder_with(struct includes *includes, const char *name)
{
        static const char *const common[] = {"config.h", "version.h", "types.h",  "common.h",
                                             "util.h",   "utils.h",   "compat.h", "defs.h",
                                             "error.h",  "debug.h",   "macros.h"};
        const char *found = NULL;
        size_t n = 0;
        for (size_t i = 0; i < sizeof common / sizeof *common; i++)
                if (!strcmp(name, common[i]))
                        return NULL;
        for (int i = 0; i < includes->system.n && is_plain(name) && name[0] != '.'; i++)
                if (is_plain(includes->system.at[i]))
                        found = glob_for(includes,
                                         arena_printf(includes->scratch, "%s/*", includes->system.at[i]),
                                         name, found, &n);
        return n == 1 ? found : NULL;
}

static bool is_new(struct library *library, const char *text)
{
        void **seen = map_at(&library->seen, hash_bytes(text, strlen(text)));
        bool fresh = !*seen;
        *seen = library;
        return fresh;
}

/* FOLDER, and what the library keeps for this machine: PREFIX/lib/MACHINE/NAME/include for
 * PREFIX/include/NAME. */
static void add_folder(struct includes *includes, struct library *library, const char *folder)
{
        VEC_PUSH(includes->arena, &library->folders, folder);
        const char *system = path_dir(includes->scratch, folder), *name = path_base(folder);
        if (strcmp(path_base(system), "include") || !is_plain(folder))
                return;
        const char *prefix = path_dir(includes->scratch, system);
        static const char *const places[] = {"lib/*", "lib", "lib64"};
        for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
                glob_t paths;
                if (glob(arena_printf(includes->scratch, "%s/%s/%s/include", prefix, places[i], name), 0,
                         NULL, &paths))
                        continue;
                for (size_t j = 0; j < paths.gl_pathc; j++)
                        VEC_PUSH(
                            includes->arena, &library->folders,
                            arena_strndup(includes->arena, paths.gl_pathv[j], strlen(paths.gl_pathv[j])));
                globfree(&paths);
        }
}

/* NAME in FOLDER becomes one of the headers to read. False: it is not there. */
static bool add_header(struct includes *includes, struct library *library, const char *folder,
                       const char *name)
{
        const char *path = path_clean(includes->scratch, folder, name);
        if (access(path, R_OK))
                return false;
        if (is_new(library, path) && library->headers.n < HEADERS_MOST)
                VEC_PUSH(includes->scratch, &library->headers, path);
        return true;
}

static void find_header(struct includes *includes, struct library *library, const char *from,
                        const struct directive *line)
{
        if (*line->name == '/' || (line->quote && add_header(includes, library, from, line->name)))
                return;
        for (int i = 0; i < library->folders.n; i++)
                if (add_header(includes, library, library->folders.at[i], line->name))
                        return;
        if (!is_new(library, line->name) || includes_in_system(includes, line->name))
                return;
        const char *folder = folder_with(includes, line->name);
        if (!folder)
                return;
        add_folder(includes, library, folder);
        add_header(includes, library, folder, line->name);
}

/* Reads the headers one after the other; each may add more of them. */
static void follow(struct includes *includes, struct library *library)
{
        for (int i = 0; i < library->headers.n; i++) {
                struct arena *arena = arena_new();
                struct text text;
                const char *path = library->headers.at[i];
                if (file_read(arena, path, HEADER_MAX, &text)) {
                        const struct directives *found = directives_scan(arena, &text);
                        for (int j = 0; j < found->list.n; j++)
                                if (found->list.at[j].kind == DIRECTIVE_INCLUDE)
                                        find_header(includes, library, path_dir(arena, path),
                                                    &found->list.at[j]);
                }
                arena_drop(arena);
        }
}

const struct folders *library_folders(struct includes *includes, const char *name)
{
        struct folders **slot =
            (struct folders **)map_at(&includes->libraries, hash_bytes(name, strlen(name)));
        if (*slot)
                return (*slot)->n ? *slot : NULL;
        struct folders *folders = *slot = NEW(includes->arena, struct folders);
        const char *folder = folder_with(includes, name);
        if (!folder)
                return NULL;
        struct library library = {0};
        map_init(&library.seen, includes->scratch);
        add_folder(includes, &library, folder);
        add_header(includes, &library, folder, name);
        follow(includes, &library);
        *folders = library.folders;
        return folders;
}
