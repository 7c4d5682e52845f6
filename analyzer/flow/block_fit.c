/*
 * block_fit.c: releases that are no mismatch although families differ, and
 * those that can be mended in place; owners that will release the block
 * themselves. Comes in: a release of the block that a walk follows; goes out:
 * yes or no.
 */
#include "flow/call.h"
#include "flow/site.h"

#include <string.h>

/* The tree defines a function that a model describes to others: it is the library, and may do as it likes
 * with what it hands out. */
static bool is_defined_here(const struct walk *walk, const struct call *call)
{
        const struct function *own =
            call && call->event->callee
                ? program_resolve(walk->program, walk->function->unit, call->event->callee)
                : NULL;
        return own && call->model && own->at.file[0] != '<';
}

bool release_is_own(const struct visit *visit)
{
        const struct walk *walk = visit->walk;
        const struct origin *origin = map_get(&walk->origins, (uint64_t)walk->subject.value + 1);
        return visit->state->status != BLOCK_FREED &&
               (is_defined_here(walk, visit->call) || (origin && is_defined_here(walk, origin->call)));
}

bool release_fits_through(const struct visit *visit, families from)
{
        const struct program *program = visit->walk->program;
        struct contracts contracts = {0};
        if (visit->only || visit->known || visit->call->event->target < 0)
                return false;
        call_contracts(program, visit->call, visit->walk->arena, &contracts);
        for (int c = 0; contracts.list.n > 1 && c < contracts.list.n; c++)
                for (int e = 0; e < contracts.list.at[c]->effects.n; e++) {
                        const struct effect *effect = &contracts.list.at[c]->effects.at[e];
                        if ((effect->kind == EFFECT_TAKES || effect->kind == EFFECT_RESIZES) &&
                            families_agree(program->models, from, effect->family))
                                return true;
                }
        return false;
}

bool release_may_fit(const struct visit *visit, const struct effect *effect)
{
        const struct walk *walk = visit->walk;
        const struct origin *origin = map_get(&walk->origins, (uint64_t)walk->subject.value + 1);
        struct contracts contracts = {0};
        if (release_fits_through(visit, visit->state->family))
                return true;
        if (!origin || !origin->call || origin->call->event->target < 0)
                return false;
        call_contracts(walk->program, origin->call, walk->arena, &contracts);
        for (int c = 0; contracts.list.n > 1 && c < contracts.list.n; c++)
                for (int e = 0; e < contracts.list.at[c]->effects.n; e++) {
                        const struct effect *other = &contracts.list.at[c]->effects.at[e];
                        if (other->kind == EFFECT_GIVES &&
                            families_agree(walk->program->models, other->family, effect->family))
                                return true;
                }
        return false;
}

/* A variable that nobody else can assign. */
static bool is_own_variable(const struct func *func, int place)
{
        enum place_kind kind = func->places.at[place].kind;
        for (int i = 0; i < func->places.n; i++)
                if (func->places.at[i].kind == PLACE_ADDR && func->places.at[i].base == place)
                        return false;
        return kind == PLACE_LOCAL || kind == PLACE_TEMP;
}

/* The variables whose values may come to stand in one, each once. */
struct comers {
        VEC(int) list;
        bool *known; /* per place */
        bool given;  /* what an event gives comes there */
};

/* Adds those that are assigned to PLACE. False: something else is, or nothing but null. */
static bool come_to(struct comers *comers, const struct func *func, struct arena *arena, int place,
                    const struct event *gives)
{
        bool any = false;
        for (int b = 0; b < func->blocks.n; b++)
                for (int e = 0; e < func->blocks.at[b].events.n; e++) {
                        const struct event *event = &func->blocks.at[b].events.at[e];
                        bool assigns = event->kind == EVENT_ASSIGN;
                        if (event->dst != place || event->kind == EVENT_SCOPE ||
                            (assigns && func->places.at[event->src].kind == PLACE_NULL))
                                continue;
                        if (event != gives && !assigns)
                                return false;
                        any = true;
                        comers->given |= event == gives;
                        if (event == gives || comers->known[event->src])
                                continue;
                        comers->known[event->src] = true;
                        VEC_PUSH(arena, &comers->list, event->src);
                }
        return any;
}

/* What is assigned to PLACE in the whole function is null, or comes from GIVES by way of other such places.
 */
static bool holds_only(const struct func *func, int place, const struct event *gives)
{
        struct arena *arena = arena_new();
        struct comers comers = {.known = NEW_ARRAY(arena, bool, func->places.n)};
        bool only = !func->lost;
        comers.known[place] = true;
        VEC_PUSH(arena, &comers.list, place);
        for (int i = 0; only && i < comers.list.n; i++)
                only = is_own_variable(func, comers.list.at[i]) &&
                       come_to(&comers, func, arena, comers.list.at[i], gives);
        arena_drop(arena);
        return only && comers.given;
}

bool release_is_sole(const struct visit *visit)
{
        const struct walk *walk = visit->walk;
        const struct function *function = walk->function;
        const struct origin *origin = map_get(&walk->origins, (uint64_t)walk->subject.value + 1);
        if (!origin || !origin->call || visit->event->nargs != 1)
                return false;
        for (int i = 0; i < function->calls.n; i++)
                if (function->calls.at[i].model && function->calls.at[i].model->lock_api)
                        return false;
        return holds_only(function->func, visit->event->args[0], origin->call->event);
}

/* The function that ends the object at ADDRESS releases what stands in its field KEY: its contract's effect.
 */
static const struct effect *ended_by(const struct walk *walk, const struct state *state, int object, sym key,
                                     sym *owner)
{
        const struct value *list = walk->values.list.at;
        for (int i = 0; i < state->store.n; i++) {
                const struct value *field = &list[state->store.at[i].address],
                                   *content = &list[state->store.at[i].content];
                if (field->kind != VALUE_FIELD || field->a != object || content->kind != VALUE_FUNC)
                        continue;
                const struct slot *slot = models_slot(walk->program->models, field->name);
                const struct function *end =
                    slot && slot->role && !strcmp(slot->role, "owner")
                        ? program_resolve(walk->program, walk->function->unit, content->name)
                        : NULL;
                for (int e = 0; end && e < end->contract.effects.n; e++) {
                        const struct effect *effect = &end->contract.effects.at[e];
                        if (effect->kind == EFFECT_TAKES && effect->at.root == 0 && effect->at.nsteps == 2 &&
                            effect->at.steps[1] == key) {
                                *owner = function_name(end);
                                return effect;
                        }
                }
        }
        return NULL;
}

const struct effect *release_by_owner(const struct walk *walk, const struct state *state, sym *owner)
{
        const struct value *list = walk->values.list.at;
        for (int i = 0; i < state->store.n; i++) {
                const struct value *field = &list[state->store.at[i].address];
                if (state->store.at[i].content != walk->subject.value || field->kind != VALUE_FIELD)
                        continue;
                const struct effect *effect = ended_by(walk, state, field->a, field->name, owner);
                if (effect)
                        return effect;
        }
        return NULL;
}
