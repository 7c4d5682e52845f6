/*
 * named.c: contracts that hang on the literals a call is given: what the units
 * of a format do, and places that exist once for each name. Comes in: the
 * contract of a call whose spots have steps "TAG(N).member"; goes out: the same with the
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

/* Effects of a format unit speak of its own arguments; in the call they stand further on. */
static void add_unit(struct arena *arena, struct contract *contract, const struct format_use *use, int nargs)
{
        for (int i = 0; i < use->unit->contract->effects.n; i++) {
                struct effect effect = use->unit->contract->effects.at[i];
                if (effect.at.root >= 0)
                        effect.at.root += use->arg;
                if (effect.from.root >= 0)
                        effect.from.root += use->arg;
                if (effect.at.root >= nargs)
                        continue;
                effect.optional = use->optional && effect.at.nsteps == 1;
                effect.nullable |= use->unit->contract->result_maybe_null;
                struct passed *passed = NEW_ARRAY(arena, struct passed, effect.npassed + 1);
                for (int j = 0; j < effect.npassed; j++) {
                        passed[j] = effect.passed[j];
                        if (passed[j].arg >= 0)
                                passed[j].arg += use->arg;
                }
                effect.passed = passed;
                if (effect.nwhen) {
                        struct test *when = NEW_ARRAY(arena, struct test, effect.nwhen);
                        for (int j = 0; j < effect.nwhen; j++) {
                                when[j] = effect.when[j];
                                if (when[j].of.root >= 0)
                                        when[j].of.root += use->arg;
                        }
                        effect.when = when;
                }
                VEC_PUSH(arena, &contract->effects, effect);
        }
}

const struct contract *contract_formatted(struct program *program, const struct function *function,
                                          const struct call *call)
{
        const struct model *model = call->model;
        const struct event *event = call->event;
        if (model->format_arg < 0 || model->format_arg >= event->nargs)
                return &model->contract;
        const struct place *format = &function->func->places.at[event->args[model->format_arg]];
        if (format->kind != PLACE_STRING)
                return &model->contract;
        struct format_use *uses;
        bool known;
        int n = models_format(program->arena, program->models, model, format->name, &uses, &known);
        struct contract *contract = NEW(program->arena, struct contract);
        *contract = model->contract;
        contract->effects.at = arena_grow(program->arena, contract->effects.at,
                                          (size_t)contract->effects.n * sizeof(struct effect),
                                          (size_t)contract->effects.n * sizeof(struct effect));
        contract->effects.room = contract->effects.n;
        for (int i = 0; i < n; i++)
                add_unit(program->arena, contract, &uses[i], event->nargs);
        return contract;
}
