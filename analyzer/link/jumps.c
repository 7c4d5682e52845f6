/*
 * jumps.c: which calls may end in a jump to a call that returns twice, further
 * up. Comes in: resolved calls and the functions that jump by their models;
 * goes out: call->jumps and function->jumps. In which state of the lock they
 * jump is flow's business.
 */
#include "link/program.h"

struct jumps {
        struct program *program;
        struct map by;    /* names of functions that call back one that jumps */
        struct map units; /* in which one that jumps is handed to code of which nothing is known */
        bool changed;
};

static void note_by(struct jumps *jumps, const sym *by, int n)
{
        for (int i = 0; i < n; i++) {
                void **seen = map_at(&jumps->by, MAP_KEY(by[i]));
                jumps->changed |= !*seen;
                *seen = jumps;
        }
}

/* A function that jumps is in a library's hands: the calls during which it is called may jump. */
static void note_handed(struct jumps *jumps, const struct handed *handed)
{
        const struct models *models = jumps->program->models;
        const struct slot *slot = handed->key ? models_slot(models, handed->key) : NULL;
        if (slot)
                note_by(jumps, slot->by, slot->nby);
        const struct model *model = handed->callee ? models_find(models, handed->callee) : NULL;
        const struct unit *unit = handed->function->unit;
        bool given = handed->callee && !model && !program_resolve(jumps->program, unit, handed->callee);
        if (given || (handed->key && !slot)) { /* whatever is not known there may come to it */
                void **seen = map_at(&jumps->units, MAP_KEY(unit));
                jumps->changed |= !*seen;
                *seen = jumps;
        }
        for (int i = 0; model && i < model->contract.effects.n; i++) {
                const struct effect *effect = &model->contract.effects.at[i];
                if (effect->kind != EFFECT_CALLS || effect->at.root != handed->arg)
                        continue;
                if (effect->time == CALL_DURING)
                        note_by(jumps, &handed->callee, 1);
                else
                        note_by(jumps, effect->by, effect->nby);
        }
}

static void look_into(struct jumps *jumps, struct function *function)
{
        for (int i = 0; i < function->calls.n; i++) {
                struct call *call = &function->calls.at[i];
                bool unknown = call->name && call->open && !call->model && !call->to.n;
                bool may = (call->model && call->model->jumps) ||
                           (unknown && map_get(&jumps->units, MAP_KEY(function->unit))) ||
                           (call->name && !call->to.n && map_get(&jumps->by, MAP_KEY(call->name)));
                for (int j = 0; j < call->to.n; j++)
                        may |= call->to.at[j]->jumps;
                call->jumps |= may;
                if (may && !function->func->uses_setjmp && !function->jumps)
                        jumps->changed = function->jumps = true;
        }
}

void functions_jump(struct program *program)
{
        struct jumps jumps = {.program = program};
        map_init(&jumps.by, program->arena);
        map_init(&jumps.units, program->arena);
        do {
                jumps.changed = false;
                for (int i = 0; i < program->order.n; i++)
                        look_into(&jumps, program->order.at[i]);
                for (int i = 0; jumps.changed && i < program->handed.n; i++)
                        if (program->handed.at[i].function->jumps)
                                note_handed(&jumps, &program->handed.at[i]);
        } while (jumps.changed);
}
