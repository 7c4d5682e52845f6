/*
 * includes.c: see includes.h. In: directives of the tree's files. Out: views.
 * Beyond the tree it only asks whether a header exists, and reads none.
 */
#include "front/includes.h"

#include "front/library.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MAX = 256 << 20, FOLLOW_MAX = 20000 };

/* Headers that a compiler brings along; a tree's file of that name is a stand-in for old compilers. */
static const char *const compiler_headers[] = {
    "float.h",     "iso646.h",    "limits.h",    "stdalign.h",    "stdarg.h",    "stdatomic.h",
    "stdbool.h",   "stddef.h",    "stdint.h",    "stdnoreturn.h", "tgmath.h",    "cpuid.h",
    "arm_neon.h",  "arm_sve.h",   "immintrin.h", "x86intrin.h",   "emmintrin.h", "xmmintrin.h",
    "pmmintrin.h", "tmmintrin.h", "smmintrin.h", "nmmintrin.h",   "wmmintrin.h", "altivec.h",
};

struct includes *includes_new(struct arena *arena, const struct tree *tree)
{
        struct includes *made = NEW(arena, struct includes);
        made->arena = arena;
        made->tree = tree;
        map_init(&made->files, arena);
        map_init(&made->in_system, arena);
        map_init(&made->libraries, arena);
        return made;
}

struct include_file *include_file(struct includes *includes, const char *path)
{
        void **slot = map_at(&includes->files, hash_bytes(path, strlen(path)));
        if (*slot)
                return *slot;
        struct include_file *file = NEW(includes->arena, struct include_file);
        *slot = file;
        file->path = path;
        struct arena *scratch = arena_new();
        struct text text;
        if (file_read(scratch, path_join(scratch, includes->tree->root, path), FILE_MAX, &text)) {
                file->directives = directives_scan(includes->arena, &text);
                file->size = text.length;
                hash_hex(text.bytes, text.length, file->hash);
        } else {
                file->error = errno;
                file->directives = NEW(includes->arena, struct directives);
        }
        arena_drop(scratch);
        return file;
}

bool includes_in_system(struct includes *includes, const char *name)
{
        for (size_t i = 0; i < sizeof compiler_headers / sizeof *compiler_headers; i++)
                if (!strcmp(name, compiler_headers[i]))
                        return true;
        static const char yes[] = "yes", no[] = "no";
        void **slot = map_at(&includes->in_system, hash_bytes(name, strlen(name)));
        if (!*slot) {
                *slot = (void *)no;
                struct arena *scratch = arena_new();
                for (int i = 0; i < includes->system.n; i++)
                        if (access(path_join(scratch, includes->system.at[i], name), R_OK) == 0)
                                *slot = (void *)yes;
                arena_drop(scratch);
        }
        return *slot == yes;
}

/* FOLDER/NAME when the tree has it. Relative paths are cleaned as if the tree were the whole disk. */
static const char *in_folder(struct includes *includes, const char *folder, const char *name)
{
        const char *base = arena_printf(includes->scratch, "/%s", folder);
        return tree_has(includes->tree, path_clean(includes->scratch, base, name) + 1);
}

static const char *in_folders(struct includes *includes, const char *const *folders, int n, const char *name)
{
        const char *found = NULL;
        for (int i = 0; i < n && !found; i++)
                found = in_folder(includes, folders[i], name);
        return found;
}

static int components(const char *path, size_t n)
{
        int count = n > 0;
        for (size_t i = 1; i < n; i++)
                count += path[i] == '/';
        return count;
}

/* Steps from folder A up to the common one and down to the folder whose name is N bytes at B. */
static int distance(const char *a, const char *b, size_t n)
{
        size_t i = 0;
        while (a[i] && i < n) {
                size_t part = strcspn(a + i, "/");
                if (i + part > n || strncmp(a + i, b + i, part) || (i + part < n && b[i + part] != '/'))
                        break;
                i += part + (a[i + part] == '/' && i + part < n);
        }
        return components(a + i, strlen(a + i)) + components(b + i, n - i);
}

/* The folder from which NAME is found with the fewest steps from FROM, or NULL; ties go by name. */
static const char *nearest_folder(struct includes *includes, const char *from, const char *name)
{
        const struct tree_names *names = tree_named(includes->tree, path_base(name));
        size_t length = strlen(name);
        const char *best = NULL;
        size_t best_length = 0;
        for (int i = 0; names && i < names->paths.n; i++) {
                const char *path = names->paths.at[i];
                size_t size = strlen(path);
                if (size < length || strcmp(path + size - length, name))
                        continue;
                if (size > length && path[size - length - 1] != '/')
                        continue;
                size_t folder = size > length ? size - length - 1 : 0;
                if (best && distance(from, path, folder) >= distance(from, best, best_length))
                        continue;
                best = path;
                best_length = folder;
        }
        return best ? arena_strndup(includes->arena, best, best_length) : NULL;
}

static void add_once(struct arena *arena, struct folders *folders, const char *folder)
{
        for (int i = 0; i < folders->n; i++)
                if (!strcmp(folders->at[i], folder))
                        return;
        VEC_PUSH(arena, folders, folder);
}

/* Notes the folders outside the tree that are needed for NAME, if there are such, or that nobody has it. */
static void look_beside(struct includes *includes, struct include_view *view, const char *name)
{
        bool there = includes_in_system(includes, name);
        const struct folders *folders = there ? NULL : library_folders(includes, name);
        view->missing |= !there && !folders;
        for (int i = 0; folders && i < folders->n; i++) {
                add_once(includes->arena, &view->beside, folders->at[i]);
                add_once(includes->arena, &includes->guessed, folders->at[i]);
        }
}

static bool below_api(const struct includes *includes, const char *path)
{
        for (int i = 0; i < includes->api_folders.n; i++) {
                size_t n = strlen(includes->api_folders.at[i]);
                if (!strncmp(path, includes->api_folders.at[i], n) && path[n] == '/')
                        return true;
        }
        return false;
}

/* The folder from which NAME was found as FOUND. */
static const char *folder_of(struct includes *includes, const char *name, const char *found)
{
        size_t n = strlen(found) > strlen(name) ? strlen(found) - strlen(name) - 1 : 0;
        return arena_strndup(includes->arena, found, n);
}

static void note_arrays(struct includes *includes, struct include_view *view, const char *name,
                        const char *found)
{
        view->arrays = true;
        if (!found)
                return;
        view->own_arrays = true;
        const char *folder = folder_of(includes, name, found);
        for (int i = 0; i < includes->array_folders.n; i++)
                if (!strcmp(includes->array_folders.at[i], folder))
                        return;
        if (*folder)
                VEC_PUSH(includes->arena, &includes->array_folders, folder);
}

static void note_kind(struct includes *includes, struct include_view *view, const char *name,
                      const char *found)
{
        if (!strncmp(name, ARRAY_FOLDER, strlen(ARRAY_FOLDER)))
                note_arrays(includes, view, name, found);
        if (strcmp(name, API_HEADER))
                return;
        view->api = true;
        if (!found || below_api(includes, found))
                return;
        /* A header at the top of the tree is somebody's stand-in, a folder of its own is the interpreter's.
         */
        const char *folder = folder_of(includes, name, found);
        if (*folder)
                VEC_PUSH(includes->arena, &includes->api_folders, folder);
}

static const char *search(struct includes *includes, const char *folder, const struct directive *line,
                          struct include_view *view)
{
        const char *name = line->name, *found = NULL;
        if (*name == '/') {
                const char *below = path_below(includes->tree->root, path_clean(includes->arena, "/", name));
                return below ? tree_has(includes->tree, below) : NULL;
        }
        if (line->quote)
                found = in_folder(includes, folder, name);
        if (!found && line->quote)
                found = in_folders(includes, view->quote.at, view->quote.n, name);
        if (!found && (view->fixed || line->quote || !includes_in_system(includes, name)))
                found = in_folders(includes, view->angle.at, view->angle.n, name);
        if (found || view->fixed || !strcmp(path_base(name), API_CONFIG))
                return found;
        if (!line->quote && includes_in_system(includes, name))
                return NULL;
        const char *nearest = nearest_folder(includes, folder, name);
        if (!nearest) {
                look_beside(includes, view, name);
                return NULL;
        }
        if (line->quote)
                VEC_PUSH(includes->arena, &view->quote, nearest);
        else
                VEC_PUSH(includes->arena, &view->angle, nearest);
        return in_folder(includes, nearest, name);
}

static void follow(struct includes *includes, struct include_file *file, struct include_view *view)
{
        if (file->seen == includes->round || view->files.n >= FOLLOW_MAX)
                return;
        file->seen = includes->round;
        VEC_PUSH(includes->arena, &view->files, file);
        const char *slash = strrchr(file->path, '/');
        const char *folder =
            slash ? arena_strndup(includes->arena, file->path, (size_t)(slash - file->path)) : "";
        for (int i = 0; i < file->directives->list.n; i++) {
                const struct directive *line = &file->directives->list.at[i];
                if (line->kind != DIRECTIVE_INCLUDE)
                        continue;
                const char *found = search(includes, folder, line, view);
                note_kind(includes, view, line->name, found);
                /* The interpreter's own headers bring what they need; they are hundreds. */
                if (!found || below_api(includes, found))
                        continue;
                struct include_file *next = include_file(includes, found);
                if (next != file && !next->by)
                        next->by = file;
                follow(includes, next, view);
        }
}

void includes_follow(struct includes *includes, const char *path, struct include_view *view)
{
        includes->round++;
        includes->scratch = arena_new();
        follow(includes, include_file(includes, path), view);
        arena_drop(includes->scratch);
        includes->scratch = NULL;
}

const struct include_file *include_top(const struct include_file *file)
{
        const struct include_file *first = file, *at = file;
        for (int steps = 0; at->by; steps++) {
                if (steps > FOLLOW_MAX)
                        return first;
                at = at->by;
                if (strcmp(at->path, first->path) < 0)
                        first = at;
        }
        return at;
}
