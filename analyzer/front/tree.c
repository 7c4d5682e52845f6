/* tree.c: see tree.h. In: folders. Out: lists of names. Reads no file but a meson.build, to tell the top one.
 */
#include "front/tree.h"

#include "base/file.h"
#include "base/hash.h"

#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES_MAX = 300000 }; /* a home folder by mistake must end, too */

static bool has(struct arena *arena, const char *dir, const char *name)
{
        return access(path_join(arena, dir, name), F_OK) == 0;
}

/* Every folder of a Meson project has a meson.build; only the top one says project(). */
static bool is_meson_top(struct arena *arena, const char *dir)
{
        struct text text;
        return file_read(arena, path_join(arena, dir, "meson.build"), 1 << 20, &text) &&
               strstr(text.bytes, "project(");
}

static bool is_repository(struct arena *arena, const char *dir)
{
        return has(arena, dir, ".git");
}

static bool is_project(struct arena *arena, const char *dir)
{
        return has(arena, dir, "pyproject.toml") || has(arena, dir, "setup.py") || is_meson_top(arena, dir);
}

/* The nearest folder from DIR up that is a top, or NULL. */
static const char *nearest(struct arena *arena, const char *dir,
                           bool (*is_top)(struct arena *arena, const char *dir))
{
        for (;; dir = path_dir(arena, dir)) {
                if (is_top(arena, dir))
                        return dir;
                if (!strcmp(dir, "/"))
                        return NULL;
        }
}

static bool holds_all(const char *dir, const char *const *paths, int npaths)
{
        for (int i = 0; i < npaths; i++)
                if (!path_below(dir, paths[i]))
                        return false;
        return true;
}

const char *tree_common(struct arena *arena, const char *const *paths, int npaths)
{
        struct stat st;
        const char *dir = paths[0];
        if (stat(dir, &st) == 0 && !S_ISDIR(st.st_mode))
                dir = path_dir(arena, dir);
        while (!holds_all(dir, paths, npaths))
                dir = path_dir(arena, dir);
        return dir;
}

const char *tree_root(struct arena *arena, const char *const *paths, int npaths, bool *marked)
{
        const char *dir = tree_common(arena, paths, npaths);
        const char *top = nearest(arena, dir, is_repository);
        if (!top)
                top = nearest(arena, dir, is_project);
        *marked = top;
        return top ? top : dir;
}

char *path_real(struct arena *arena, const char *path)
{
        char real[PATH_MAX];
        return realpath(path, real) ? arena_strndup(arena, real, strlen(real)) : NULL;
}

static void add_link(struct tree *tree, const char *path)
{
        const char *absolute = path_join(tree->arena, tree->root, path);
        char *target = path_real(tree->arena, absolute);
        struct stat st;
        /* What a link inside the tree points at is met under its own name. */
        if (target && !path_below(tree->root, target) && stat(target, &st) == 0 && S_ISREG(st.st_mode))
                VEC_PUSH(tree->arena, &tree->links, path);
}

static bool is_foreign(struct tree *tree, const char *path, const char *name)
{
        return name[0] == '.' || !strcmp(name, "__pycache__") || !strcmp(name, "node_modules") ||
               !strcmp(name, "CMakeFiles") ||
               has(tree->arena, path_join(tree->arena, tree->root, path), "pyvenv.cfg");
}

static void read_folder(struct tree *tree, const char *dir, int depth);

/* How deep the folder PATH is read, where its parent is read DEPTH levels deep; -1: not at all. */
static int depth_of(const struct tree *tree, const char *path, int depth)
{
        const char *folder = path_join(tree->arena, tree->root, path);
        for (int i = 0; i < tree->nasked && depth < DEPTH_OF_TREE / 2; i++) {
                if (path_below(tree->asked[i], folder))
                        return DEPTH_OF_TREE;
                if (path_below(folder, tree->asked[i]) && depth < 1)
                        depth = 1; /* it leads there */
        }
        return depth - 1;
}

static void add_entry(struct tree *tree, const char *dir, const struct dirent *entry, int depth)
{
        const char *name = entry->d_name;
        if (!strcmp(name, ".") || !strcmp(name, ".."))
                return;
        const char *path = path_join(tree->arena, dir, name);
        int type = entry->d_type;
        struct stat st;
        if (type == DT_UNKNOWN && lstat(path_join(tree->arena, tree->root, path), &st) == 0)
                type = S_ISDIR(st.st_mode)   ? DT_DIR
                       : S_ISREG(st.st_mode) ? DT_REG
                       : S_ISLNK(st.st_mode) ? DT_LNK
                                             : type;
        if (type == DT_REG)
                VEC_PUSH(tree->arena, &tree->files, path);
        else if (type == DT_LNK)
                add_link(tree, path);
        else if (type == DT_DIR && depth_of(tree, path, depth) >= 0 && !is_foreign(tree, path, name))
                read_folder(tree, path, depth_of(tree, path, depth));
}

static void read_folder(struct tree *tree, const char *dir, int depth)
{
        DIR *stream = opendir(path_join(tree->arena, tree->root, dir));
        if (!stream) {
                VEC_PUSH(tree->arena, &tree->closed, dir);
                return;
        }
        for (struct dirent *entry; (entry = readdir(stream));) {
                if (tree->files.n >= FILES_MAX) {
                        tree->cut = true;
                        break;
                }
                add_entry(tree, dir, entry, depth);
        }
        closedir(stream);
}

static int by_name(const void *a, const void *b)
{
        return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static uint64_t key_of(const char *text)
{
        return hash_bytes(text, strlen(text));
}

struct tree *tree_read(struct arena *arena, const char *root, int depth, const char *const *asked, int nasked)
{
        struct tree *tree = NEW(arena, struct tree);
        tree->arena = arena;
        tree->root = root;
        tree->asked = asked;
        tree->nasked = nasked;
        map_init(&tree->by_path, arena);
        map_init(&tree->by_base, arena);
        read_folder(tree, "", depth);
        if (tree->files.n)
                qsort(tree->files.at, (size_t)tree->files.n, sizeof *tree->files.at, by_name);
        if (tree->links.n)
                qsort(tree->links.at, (size_t)tree->links.n, sizeof *tree->links.at, by_name);
        for (int i = 0; i < tree->files.n; i++) {
                const char *path = tree->files.at[i];
                *map_at(&tree->by_path, key_of(path)) = (void *)path;
                void **names = map_at(&tree->by_base, key_of(path_base(path)));
                if (!*names)
                        *names = NEW(arena, struct tree_names);
                VEC_PUSH(arena, &((struct tree_names *)*names)->paths, path);
        }
        return tree;
}

const char *tree_has(const struct tree *tree, const char *path)
{
        return map_get(&tree->by_path, key_of(path));
}

const struct tree_names *tree_named(const struct tree *tree, const char *base)
{
        return map_get(&tree->by_base, key_of(base));
}
