/*
 * run_batch.c: many trees, each a program of its own, as shell commands for an
 * engine that runs them. In: a file that names trees. Out: one line a shard on
 * the standard output. Runs nothing and reads no source. See run.h.
 */
#include "run.h"

#include "front/tree.h"
#include "shell.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LARGEST_LIST = 64 << 20, DEPTH = 64 };

struct batch_tree {
        const char *path, *name; /* the name is that of its report */
        unsigned long long size;
        int number;
};

/* The bytes of C below a folder: about what the tree will cost. */
static unsigned long long size_of(const char *path)
{
        struct arena *scratch = arena_new();
        struct tree *tree = tree_read(scratch, path, DEPTH, NULL, 0);
        unsigned long long size = 1 << 16;
        for (int i = 0; i < tree->files.n; i++) {
                const char *dot = strrchr(tree->files.at[i], '.');
                struct stat st;
                if (dot && !strncmp(dot, ".c", 2) &&
                    !stat(path_join(scratch, tree->root, tree->files.at[i]), &st))
                        size += (unsigned long long)st.st_size;
        }
        arena_drop(scratch);
        return size;
}

/* The last part of the path, numbered where two trees share it. */
static const char *name_for(struct run *run, struct map *taken, const char *path)
{
        const char *base = path_base(path);
        if (!*base || *base == '.')
                base = "tree";
        void **slot = map_at(taken, MAP_KEY(name_of(run->names, base)));
        int before = (int)(intptr_t)*slot;
        *slot = (void *)(intptr_t)(before + 1);
        return before ? arena_printf(run->arena, "%s.%d", base, before + 1) : base;
}

static int heaviest_first(const void *a, const void *b)
{
        const struct batch_tree *one = a, *other = b;
        if (one->size != other->size)
                return one->size < other->size ? 1 : -1;
        return one->number - other->number;
}

static void put_command(struct run *run, struct out *out, const struct batch_tree *tree)
{
        const struct ship_options *ship = &run->opt->ship;
        const char *report = path_join(run->arena, ship->into, tree->name);
        shell_put_program(out);
        out_text(out, " check");
        shell_put_words(out, &ship->summarize);
        shell_put_words(out, &ship->link);
        out_text(out, " --exit-zero --output ");
        shell_put(out, arena_printf(run->arena, "sarif=%s.sarif", report));
        out_char(out, ' ');
        shell_put(out, tree->path);
        out_text(out, " >");
        shell_put(out, arena_printf(run->arena, "%s.txt", report));
        out_text(out, " 2>");
        shell_put(out, arena_printf(run->arena, "%s.log", report));
}

struct batch {
        VEC(struct batch_tree) trees;
};

/* One tree a line; "#" begins a comment. */
static bool read_list(struct run *run, struct batch *batch)
{
        struct map taken;
        struct text text;
        const char *list = run->opt->paths.at[0];
        map_init(&taken, run->arena);
        if (!file_read(run->arena, list, LARGEST_LIST, &text)) {
                run->error = arena_printf(run->arena, "cannot read '%s': %s", list, strerror(errno));
                return false;
        }
        for (char *rest = text.bytes, *line; (line = strsep(&rest, "\n"));) {
                if (!*line || *line == '#')
                        continue;
                const char *real = path_real(run->arena, line);
                if (!real) {
                        run->error =
                            arena_printf(run->arena, "%s: cannot read '%s': %s", list, line, strerror(errno));
                        return false;
                }
                VEC_PUSH(
                    run->arena, &batch->trees,
                    (struct batch_tree){real, name_for(run, &taken, real), size_of(real), batch->trees.n});
        }
        if (!batch->trees.n)
                run->error = arena_printf(run->arena, "'%s' names no tree", list);
        return batch->trees.n > 0;
}

/* The heaviest trees first, each into the line that has least to do. */
static struct out *fill_lines(struct run *run, const struct batch *batch, int shards)
{
        unsigned long long *load = NEW_ARRAY(run->arena, unsigned long long, shards);
        struct out *lines = NEW_ARRAY(run->arena, struct out, shards);
        for (int i = 0; i < batch->trees.n; i++) {
                int best = 0;
                for (int s = 1; s < shards; s++)
                        if (load[s] < load[best])
                                best = s;
                load[best] += batch->trees.at[i].size;
                lines[best].arena = run->arena;
                if (lines[best].length)
                        out_text(&lines[best], "; ");
                put_command(run, &lines[best], &batch->trees.at[i]);
        }
        return lines;
}

enum verdict run_batch(struct run *run)
{
        const struct ship_options *ship = &run->opt->ship;
        struct batch batch = {0};
        struct out out = {.arena = run->arena};
        if (!read_list(run, &batch))
                return VERDICT_USAGE;
        int shards = ship->shards ? ship->shards : batch.trees.n;
        qsort(batch.trees.at, (size_t)batch.trees.n, sizeof *batch.trees.at, heaviest_first);
        struct out *lines = fill_lines(run, &batch, shards);
        for (int s = 0; s < shards; s++)
                if (!ship->shard || ship->shard == s + 1)
                        out_format(&out, "%s\n", lines[s].length ? out_string(&lines[s]) : ":");
        return run_print(run, &out) ? VERDICT_CLEAN : VERDICT_USAGE;
}
