/*
 * model_settle.c: what can only be said of a model when its file is read to
 * the end: the lock case that a `default` line stands for, the contract behind
 * an alias, and what the effects make of the name (allocator, release, ...).
 */
#include "link/model_read.h"

struct model *model_new(struct models *models, sym name)
{
        struct model *model = NEW(models->arena, struct model);
        model->name = model->contract.name = name;
        model->contract.modelled = true;
        model->size_args[0] = model->size_args[1] = -1;
        model->pointer_arg = model->format_arg = -1;
        return model;
}

/* Copies what a call of `target` means into its alias; what the alias says itself stays and is added. */
static void alias_copy(struct models *models, struct model *model, const struct model *target)
{
        struct contract *own = &model->contract;
        const struct contract *from = &target->contract;
        for (int i = 0; i < from->effects.n; i++)
                VEC_PUSH(models->arena, &own->effects, from->effects.at[i]);
        if (!own->gil.n)
                for (int i = 0; i < from->gil.n; i++)
                        VEC_PUSH(models->arena, &own->gil, from->gil.at[i]);
        own->noreturn |= from->noreturn;
        own->opaque |= from->opaque;
        own->result_maybe_null |= from->result_maybe_null;
        own->result_never_null |= from->result_never_null;
        own->of_type = own->of_type ? own->of_type : from->of_type;
        own->drops = own->drops ? own->drops : from->drops;
        model->reads_object |= target->reads_object;
        model->counts_nothing |= target->counts_nothing;
        model->pure |= target->pure;
        model->status |= target->status;
        model->twice |= target->twice;
        model->jumps |= target->jumps;
        model->allocator |= target->allocator;
        model->object_allocator |= target->object_allocator;
        model->zeroed |= target->zeroed;
        model->zeroes |= target->zeroes;
        model->makes_object |= target->makes_object;
        model->traces |= target->traces;
        model->lock_api |= target->lock_api;
        if (model->pointer_arg < 0) {
                model->pointer_arg = target->pointer_arg;
                model->assigns_pointer = target->assigns_pointer;
        }
        if (model->size_args[0] < 0) {
                model->size_args[0] = target->size_args[0];
                model->size_args[1] = target->size_args[1];
                model->size_is_type = target->size_is_type;
        }
        if (model->format_arg < 0) {
                model->format_arg = target->format_arg;
                model->format_first = target->format_first;
                model->format_units = target->format_units;
        }
}

static void default_apply(struct models *models, const struct fresh *fresh)
{
        struct gil_case gil = {.result = SPAN_ALL, .needs = fresh->needs};
        gil.leaves_held = GIL_HELD;
        gil.leaves_released = GIL_RELEASED;
        if (!fresh->gil_said && !fresh->model->same_as && fresh->needs != GIL_ANY)
                VEC_PUSH(models->arena, &fresh->model->contract.gil, gil);
}

/* An accessor looks into the object that it is given first, unless its lines say what it reads. */
static void reads_object(struct models *models, struct model *model)
{
        struct effect effect = {.kind = EFFECT_READS, .value = SPAN_ALL, .result = SPAN_ALL};
        for (int i = 0; i < model->contract.effects.n; i++)
                if (model->contract.effects.at[i].kind == EFFECT_READS)
                        return;
        if (model->reads_object)
                VEC_PUSH(models->arena, &model->contract.effects, effect);
}

/* What the effects make of a name. A function that both takes and gives is a reallocation only when it says
 * so. */
static void role_find(struct model *model)
{
        bool gives = false, takes = false, resizes = false;
        for (int i = 0; i < model->contract.effects.n; i++) {
                const struct effect *effect = &model->contract.effects.at[i];
                gives |= effect->kind == EFFECT_GIVES;
                takes |= effect->kind == EFFECT_TAKES;
                resizes |= effect->kind == EFFECT_RESIZES;
                bool block = effect->kind == EFFECT_TAKES || effect->kind == EFFECT_RESIZES;
                if (block && model->pointer_arg < 0 && effect->at.root >= 0 && !effect->at.nsteps)
                        model->pointer_arg = effect->at.root;
        }
        if (resizes)
                model->role = ROLE_REALLOC;
        else if (gives)
                model->role = model->object_allocator ? ROLE_ALLOC_OBJECT
                              : model->zeroed         ? ROLE_CALLOC
                                                      : ROLE_ALLOC;
        else if (takes)
                model->role = ROLE_FREE;
        model->allocator |= model->object_allocator;
        model->deprecated_gil = model->lock_api && (model->deprecated || model->removed);
}

/* Follows aliases to the end. An alias settled by another file is complete already. */
static bool alias_follow(struct reader *reader, struct fresh *fresh)
{
        enum { LONGEST = 16 };
        struct models *models = reader->models;
        const struct model *target = fresh->model;
        for (int i = 0; target->same_as; i++) {
                const struct model *next = models_find(models, target->same_as);
                reader->file = fresh->model->file;
                reader->line = fresh->model->line;
                if (!next || i == LONGEST)
                        return read_fail(reader, 1, "'%s' is an alias of '%s', %s", fresh->model->name,
                                         target->same_as, next ? "round and round" : "which no model knows");
                target = next;
                if (!map_get(&reader->fresh_by_name, MAP_KEY(target->name)))
                        break;
        }
        if (target != fresh->model)
                alias_copy(models, fresh->model, target);
        return true;
}

bool reader_settle(struct reader *reader)
{
        bool fine = true;
        for (int i = 0; i < reader->fresh.n; i++)
                default_apply(reader->models, reader->fresh.at[i]);
        for (int i = 0; i < reader->fresh.n; i++)
                fine = alias_follow(reader, reader->fresh.at[i]) && fine;
        for (int i = 0; i < reader->fresh.n; i++) {
                reads_object(reader->models, reader->fresh.at[i]->model);
                role_find(reader->fresh.at[i]->model);
        }
        return fine;
}
