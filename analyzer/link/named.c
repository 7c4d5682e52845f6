/*
 * named.c: places that exist once for each name. Comes in: the contract of a
 * call whose spots have steps "TAG(N).member"; goes out: the same with the
 * steps "NAME|TAG.member", where argument N is a literal or a variable of
 * static storage, which stands for its name. What has no name is left out.
 */
#include "link/program.h"

#include <string.h>

static bool is_named(const struct spot *spot)
{
        for (int i = 0; i < spot->nsteps; i++)
                if (strchr(spot->steps[i], '('))
                        return true;
        return false;
}

static bool needs_name(const struct contract *contract)
{
        for (int i = 0; i < contract->effects.n; i++)
                if (is_named(&contract->effects.at[i].at) || is_named(&contract->effects.at[i].from))
                        return true;
        return false;
}

/* What an argument says by itself: the text of a literal, the name of a variable. NULL: nothing. */
static sym argument_name(const struct program *program, const struct function *function, int place)
{
        const struct func *func = function->func;
        while (func->places.at[place].kind == PLACE_ADDR || func->places.at[place].kind == PLACE_ELEM)
                place = func->places.at[place].base;
        const struct place *p = &func->places.at[place];
        if (p->kind == PLACE_STRING)
                return p->name;
        return p->kind == PLACE_GLOBAL ? program_global(program, function->unit, p->name) : NULL;
}

/* False: a step has no name in this call. */
static bool spot_name(const struct program *program, const struct function *function,
                      const struct event *event, struct spot *spot)
{
        for (int i = 0; i < spot->nsteps; i++) {
                const char *step = spot->steps[i], *open = strchr(step, '('), *close = strchr(step, ')');
                if (!open || !close)
                        continue;
                int arg = open[1] - '0';
                sym name = arg >= 0 && arg < event->nargs ? argument_name(program, function, event->args[arg])
                                                          : NULL;
                if (!name)
                        return false;
                spot->steps[i] =
                    name_printf(program->names, "%s|%.*s%s", name, (int)(open - step), step, close + 1);
        }
        return true;
}

const struct contract *contract_named(struct program *program, const struct function *function,
                                      const struct event *event, const struct contract *contract)
{
        if (!needs_name(contract))
                return contract;
        struct contract *named = NEW(program->arena, struct contract);
        *named = *contract;
        named->effects.at = NULL;
        named->effects.n = named->effects.room = 0;
        for (int i = 0; i < contract->effects.n; i++) {
                struct effect effect = contract->effects.at[i];
                if (spot_name(program, function, event, &effect.at) &&
                    spot_name(program, function, event, &effect.from))
                        VEC_PUSH(program->arena, &named->effects, effect);
        }
        return named;
}
