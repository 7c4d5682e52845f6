/*
 * steps.c: the stories of a walk. Comes in: what happens at an event, and the
 * stories of callees; goes out: steps that point at those before them. A story
 * that a contract keeps has a bounded length: one that tells a callee's at each
 * of two calls would double from level to level.
 */
#include "flow/walk.h"

#include <stdarg.h>
#include <string.h>

/* So many steps of either end are told. The longest story of the trees we know has 64. */
enum { END_TOLD = 48 };

const struct step *walk_step(const struct walk *walk, enum step_kind kind, struct range at,
                             const struct step *because, const char *format, ...)
{
        struct step *step = NEW(walk->arena, struct step);
        va_list args;
        va_start(args, format);
        step->said = arena_vprintf(walk->arena, format, args);
        va_end(args);
        step->kind = kind;
        step->at = walk_where(walk, at);
        step->func = function_name(walk->function);
        step->because = because;
        return step;
}

const struct step *steps_splice(struct arena *arena, const struct step *chain, const struct step *because)
{
        const struct step *first = because, **end = &first;
        for (; chain; chain = chain->because) {
                struct step *copy = NEW(arena, struct step);
                *copy = *chain;
                copy->because = because;
                *end = copy;
                end = &copy->because;
        }
        return first;
}

const struct step *steps_keep(struct arena *arena, const struct step *last)
{
        const struct step *first = NULL, **end = &first;
        int n = 0, i = 0;
        for (const struct step *step = last; step; step = step->because)
                n++;
        for (; last; last = last->because, i++) {
                bool between = i >= END_TOLD && i < n - END_TOLD;
                if (between && i > END_TOLD)
                        continue;
                struct step *copy = NEW(arena, struct step);
                *copy = *last;
                if (between)
                        copy->kind = STEP_OTHER;
                copy->said = between ? "what happens in between is left out"
                                     : arena_strndup(arena, last->said, strlen(last->said));
                copy->because = NULL;
                *end = copy;
                end = &copy->because;
        }
        return first;
}
