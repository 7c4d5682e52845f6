/*
 * pointees.c: which functions of the tree a value may be. Comes in: a value of a
 * walk; goes out: functions, each with the place where the program stored it.
 * Whether they are called is not asked here.
 */
#include "flow/pointees.h"

const struct step *stored_step(const struct visit *visit, const struct function *function, sym key,
                               const struct step *because)
{
        const struct program *program = visit->walk->program;
        for (int i = 0; key && i < program->handed.n; i++) {
                const struct handed *handed = &program->handed.at[i];
                if (handed->function != function || handed->key != key)
                        continue;
                struct step *step = NEW(visit->walk->arena, struct step);
                step->kind = STEP_STORE;
                step->at = handed->at;
                step->func = handed->in ? function_name(handed->in) : NULL;
                step->said = arena_printf(visit->walk->arena, "'%s' is stored here", function_name(function));
                step->because = because;
                return step;
        }
        return because;
}

/* The functions that one value may be: itself, those that the program stores where it was loaded. */
static void functions_here(const struct visit *visit, int value, struct functions *out)
{
        struct walk *walk = visit->walk;
        struct program *program = walk->program;
        const struct value *v = &walk->values.list.at[value];
        if (v->kind == VALUE_FUNC) {
                struct function *to = program_resolve(program, walk->function->unit, v->name);
                if (to) {
                        VEC_PUSH(walk->arena, &out->list, to);
                        VEC_PUSH(walk->arena, &out->from, (sym)NULL);
                }
        }
        if (v->kind != VALUE_CONTENT)
                return;
        sym key = value_cell(&walk->values, program->names, v->a);
        const struct value *var = &walk->values.list.at[v->a];
        if (!key && var->kind == VALUE_VAR)
                key = name_printf(program->names, "%d:%s", walk->function->index,
                                  walk->func->places.at[var->a].name);
        const struct cell *cell = key ? map_get(&program->cells, MAP_KEY(key)) : NULL;
        for (int i = 0; cell && i < cell->functions.n; i++) {
                VEC_PUSH(walk->arena, &out->list, cell->functions.at[i]);
                VEC_PUSH(walk->arena, &out->from, key);
        }
}

void functions_of(const struct visit *visit, int value, struct functions *out)
{
        struct meeting meeting = {0};
        value_meeting(&visit->walk->values, visit->walk->arena, value, &meeting);
        for (int i = 0; i < meeting.values.n; i++)
                functions_here(visit, meeting.values.at[i], out);
}
