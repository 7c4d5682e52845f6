/*
 * watch.c: a program that is analyzed again and again, see pipeline.h. Holds
 * one finished run, replaced by the next that succeeds.
 */
#include "run.h"

#include "watch.h"

#include <string.h>

struct watch {
        struct arena *arena;
        const struct options *opt;
        struct run *run;        /* the last good one, or NULL */
        struct arena *messages; /* of the last error */
};

struct watch *watch_new(const struct options *opt)
{
        struct arena *arena = arena_new();
        struct watch *watch = NEW(arena, struct watch);
        *watch = (struct watch){.arena = arena, .opt = opt, .messages = arena_new()};
        return watch;
}

void watch_drop(struct watch *watch)
{
        if (watch->run)
                arena_drop(watch->run->arena);
        arena_drop(watch->messages);
        arena_drop(watch->arena);
}

static bool fail(struct watch *watch, const char *said, const char **error)
{
        arena_reset(watch->messages);
        *error = arena_printf(watch->messages, "%s", said ? said : "the program cannot be analyzed");
        return false;
}

bool watch_run(struct watch *watch, const struct edited *files, int n, const char **error)
{
        struct run begun = run_begin(watch->opt);
        struct run *run = NEW(begun.arena, struct run);
        *run = begun;
        run->edited = files;
        run->nedited = n;
        run->before = watch->run;
        bool good = run_baseline(run) && watch_way(run);
        if (!good) {
                fail(watch, run->error, error);
                arena_drop(run->arena);
                return false;
        }
        if (watch->run)
                arena_drop(watch->run->arena);
        run->before = NULL;
        run->edited = NULL;
        watch->run = run;
        return true;
}

const char *watch_tree(const struct watch *watch)
{
        return watch->run ? watch->run->project->tree : NULL;
}

struct finding *const *watch_findings(const struct watch *watch, int *n)
{
        *n = watch->run ? watch->run->shown.n : 0;
        return watch->run ? watch->run->shown.at : NULL;
}

const char *watch_hover(struct watch *watch, struct arena *arena, const char *file, unsigned line,
                        const char *word, bool member)
{
        return watch->run ? run_hover(watch->run, arena, file, line, word, member) : NULL;
}
