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

bool release_may_fit(const struct visit *visit, const struct effect *effect)
{
        const struct walk *walk = visit->walk;
        const struct models *models = walk->program->models;
        families from = visit->state->family;
        const struct origin *origin = map_get(&walk->origins, (uint64_t)walk->subject.value + 1);
        const struct call *calls[] = {visit->only || visit->known ? NULL : visit->call,
                                      origin ? origin->call : NULL};
        for (int i = 0; i < 2; i++) {
                struct contracts contracts = {0};
                if (!calls[i] || calls[i]->event->target < 0)
                        continue;
                call_contracts(walk->program, calls[i], walk->arena, &contracts);
                for (int c = 0; contracts.list.n > 1 && c < contracts.list.n; c++)
                        for (int e = 0; e < contracts.list.at[c]->effects.n; e++) {
                                const struct effect *other = &contracts.list.at[c]->effects.at[e];
                                bool releases =
                                    (other->kind == EFFECT_TAKES || other->kind == EFFECT_RESIZES) &&
                                    families_agree(models, from, other->family);
                                bool gives = other->kind == EFFECT_GIVES &&
                                             families_agree(models, other->family, effect->family);
                                if (i ? gives : releases)
                                        return true;
                        }
        }
        return false;
}

/* What is assigned to PLACE in the whole function is null, or comes from GIVES by way of other such places.
 */
static bool holds_only(const struct func *func, int place, const struct event *gives, int depth)
{
        enum place_kind kind = func->places.at[place].kind;
        bool given = false;
        if (depth > 8 || (kind != PLACE_LOCAL && kind != PLACE_TEMP) || func->lost)
                return false;
        for (int i = 0; i < func->places.n; i++)
                if (func->places.at[i].kind == PLACE_ADDR && func->places.at[i].base == place)
                        return false;
        for (int b = 0; b < func->blocks.n; b++)
                for (int e = 0; e < func->blocks.at[b].events.n; e++) {
                        const struct event *event = &func->blocks.at[b].events.at[e];
                        if (event->dst != place || event->kind == EVENT_SCOPE)
                                continue;
                        if (event->kind == EVENT_ASSIGN && func->places.at[event->src].kind == PLACE_NULL)
                                continue;
                        if (event != gives &&
                            (event->kind != EVENT_ASSIGN || !holds_only(func, event->src, gives, depth + 1)))
                                return false;
                        given = true;
                }
        return given;
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
        return holds_only(function->func, visit->event->args[0], origin->call->event, 0);
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
