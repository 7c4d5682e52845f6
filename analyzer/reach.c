/* reach.c: see reach.h. Evaluates no condition, so that what one machine defines does not matter. */
#include "reach.h"

#include "base/file.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FILES = 100000 };

/* One unit on its way: its files wait in a queue. */
struct round {
        struct reach *reach;
        const struct search *search;
        struct map seen;
        VEC(struct lookup_file *) queue;
        bool uncertain;
};

struct reach *reach_new(struct arena *arena, struct lookup *lookup)
{
        struct reach *reach = NEW(arena, struct reach);
        reach->arena = arena;
        reach->lookup = lookup;
        map_init(&reach->seen, arena);
        map_init(&reach->folders, arena);
        return reach;
}

static uint64_t hash_of(const char *text)
{
        return hash_bytes(text, strlen(text));
}

/* Where a folder really is: ways to it over ".." have no end. */
static const char *real_folder(struct reach *reach, const char *folder)
{
        char real[PATH_MAX];
        const char **slot = (const char **)map_at(&reach->folders, hash_of(folder));
        if (!*slot)
                *slot = realpath(folder, real) ? arena_strndup(reach->arena, real, strlen(real)) : folder;
        return *slot;
}

static void add_file(struct round *round, const char *path)
{
        struct reach *reach = round->reach;
        uint64_t folder = hash_of(real_folder(reach, path_dir(reach->arena, path)));
        uint64_t key = hash_pair(folder, hash_of(path_base(path)));
        void **seen = map_at(&round->seen, key), **known = map_at(&reach->seen, key);
        if (*seen)
                return;
        *seen = round;
        if (!*known) {
                *known = lookup_file(reach->lookup, path);
                VEC_PUSH(reach->arena, &reach->files, path);
        }
        struct lookup_file *file = *known;
        round->uncertain |= file->odd || !file->there || reach->files.n >= MOST_FILES;
        VEC_PUSH(reach->arena, &round->queue, file);
}

static void add_include(struct round *round, const struct lookup_file *file, const struct directive *line)
{
        struct reach *reach = round->reach;
        int at = 0;
        round->uncertain |= *line->name == '/';
        for (const char *folder; (folder = lookup_folder(reach->lookup, file, line, round->search, &at));) {
                add_file(round, path_join(reach->arena, folder, line->name));
                if (!line->next)
                        break;
        }
}

/* Headers that the command names come before the first line. */
static void add_named(struct round *round, const struct project_unit *unit)
{
        const struct lookup_file here = {.folder = unit->directory};
        for (int i = 0; i + 1 < unit->args.n; i++) {
                struct directive line = {.kind = DIRECTIVE_INCLUDE, .quote = true, .rest = ""};
                if (strcmp(unit->args.at[i], "-include") && strcmp(unit->args.at[i], "-imacros"))
                        continue;
                line.name = unit->args.at[i + 1];
                if (*line.name == '/')
                        add_file(round, line.name);
                else
                        add_include(round, &here, &line);
        }
}

bool reach_unit(struct reach *reach, const struct project_unit *unit)
{
        struct search search = lookup_search(reach->lookup, unit->args.at, unit->args.n);
        struct round round = {.reach = reach, .search = &search, .uncertain = !search.whole};
        map_init(&round.seen, reach->arena);
        add_file(&round, unit->file);
        add_named(&round, unit);
        for (int i = 0; i < round.queue.n; i++)
                for (int j = 0; j < round.queue.at[i]->includes->list.n; j++)
                        add_include(&round, round.queue.at[i], &round.queue.at[i]->includes->list.at[j]);
        return !round.uncertain;
}
