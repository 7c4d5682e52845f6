/*
 * type_site.c: type objects and tables of slots, read from initialised data and
 * from what functions store in such a variable. A type's slots are the fields of
 * one variable that the models give a role, or the records of a table whose number
 * the models know.
 */
#include "flow/site.h"

#include <string.h>

struct type_reading {
        struct program *program;
        struct arena *arena;
        struct type_slots *out;
};

static void add_slot(struct type_reading *type, const struct unit *unit, const struct func *inits,
                     const struct event *event, sym role)
{
        struct program *program = type->program;
        const struct place *src = &inits->places.at[event->src];
        struct type_slot slot = {.role = role, .at = program_where(unit, event->at)};
        slot.constant = src->kind == PLACE_CONST || src->kind == PLACE_NULL;
        if (src->kind == PLACE_FUNC) {
                slot.value = src->name;
                const struct function *function = program_resolve(program, unit, src->name);
                const struct model *model = models_find(program->models, src->name);
                slot.contract = model ? &model->contract : function ? &function->contract : NULL;
        } else if (src->kind == PLACE_CONST) {
                slot.number = src->value;
        } else if (src->kind == PLACE_ADDR) {
                int base = src->base; /* &table or &table[0] */
                while (inits->places.at[base].kind == PLACE_ELEM)
                        base = inits->places.at[base].base;
                if (inits->places.at[base].kind == PLACE_GLOBAL)
                        slot.value = inits->places.at[base].name;
        }
        VEC_PUSH(type->arena, &type->out->list, slot);
}

static const struct data *data_named(const struct unit *unit, sym name)
{
        for (int d = 0; name && d < unit->datas.n; d++)
                if (unit->datas.at[d]->name == name)
                        return unit->datas.at[d];
        return NULL;
}

/* The slots that one variable sets; MORE is the variable that holds the rest of them, if it says so. */
static void collect(struct type_reading *type, const struct unit *unit, const struct data *data, sym *more)
{
        struct program *program = type->program;
        const struct block *block = &data->inits->blocks.at[0];
        for (int i = 0; i < block->events.n; i++) {
                const struct event *event = &block->events.at[i];
                if (event->kind != EVENT_ASSIGN || data->inits->places.at[event->dst].kind != PLACE_FIELD)
                        continue;
                const struct slot *slot =
                    models_slot(program->models, data->inits->places.at[event->dst].name);
                if (!slot || !slot->role)
                        slot = program_slot_beside(program, data->inits, event);
                if (!slot || !slot->role)
                        continue;
                add_slot(type, unit, data->inits, event, slot->role);
                if (!strcmp(slot->role, "slots"))
                        *more = type->out->list.at[type->out->list.n - 1].value;
        }
}

void type_slots(struct program *program, struct arena *arena, const struct unit *unit,
                const struct data *data, struct type_slots *out)
{
        struct type_reading type = {program, arena, out};
        sym more = NULL;
        collect(&type, unit, data, &more);
        const struct data *table = data_named(unit, more);
        if (table && table != data)
                collect(&type, unit, table, &more);
        out->heap = more != NULL;
}

/* The call turns memory into an object of the type that the variable NAME describes. */
static bool makes(const struct function *function, const struct call *call, sym name)
{
        const struct place *places = function->func->places.at;
        for (int a = 0; call->model && call->model->makes_object && a < call->event->nargs; a++) {
                const struct place *arg = &places[call->event->args[a]];
                if (arg->kind == PLACE_ADDR && places[arg->base].kind == PLACE_GLOBAL &&
                    places[arg->base].name == name)
                        return true;
        }
        return false;
}

/* The families of what a function obtains that makes objects of the type out of memory. */
static families made_by(const struct function *function, sym name)
{
        families made = 0;
        bool maker = false;
        for (int c = 0; c < function->calls.n; c++) {
                const struct call *call = &function->calls.at[c];
                maker |= makes(function, call, name);
                for (int t = -1; t < call->to.n; t++) {
                        const struct contract *contract = t < 0 ? call->contract : &call->to.at[t]->contract;
                        for (int e = 0; contract && e < contract->effects.n; e++)
                                if (contract->effects.at[e].kind == EFFECT_GIVES)
                                        made |= contract->effects.at[e].family;
                }
        }
        return maker ? made : 0;
}

/* The functions that make objects out of memory. */
struct makers {
        VEC(const struct function *) list;
};

static void find_makers(const struct program *program, struct arena *arena, struct makers *makers)
{
        for (int f = 0; f < program->functions.n; f++) {
                const struct function *function = program->functions.at[f];
                bool maker = false;
                for (int c = 0; c < function->calls.n && !maker; c++)
                        maker = function->calls.at[c].model && function->calls.at[c].model->makes_object;
                if (maker)
                        VEC_PUSH(arena, &makers->list, function);
        }
}

/* What FUNCTION stores in slots of variables: LATER has the struct type_slots of each. */
static void read_later(struct program *program, struct arena *arena, const struct function *function,
                       struct map *later)
{
        const struct func *func = function->func;
        for (int b = 0; b < func->blocks.n; b++)
                for (int i = 0; i < func->blocks.at[b].events.n; i++) {
                        const struct event *event = &func->blocks.at[b].events.at[i];
                        const struct place *dst = event->dst < 0 ? NULL : &func->places.at[event->dst];
                        if (event->kind != EVENT_ASSIGN || !dst || dst->kind != PLACE_FIELD ||
                            func->places.at[dst->base].kind != PLACE_GLOBAL)
                                continue;
                        const struct slot *slot = models_slot(program->models, dst->name);
                        if (!slot || !slot->role)
                                continue;
                        sym variable =
                            program_global(program, function->unit, func->places.at[dst->base].name);
                        void **at = map_at(later, MAP_KEY(variable));
                        if (!*at)
                                *at = NEW(arena, struct type_slots);
                        struct type_reading type = {program, arena, *at};
                        add_slot(&type, function->unit, func, event, slot->role);
                }
}

static bool empty(const struct type_slot *slot)
{
        return slot->constant && !slot->number && !slot->value;
}

/* Adds what functions store in the slots of a type: of one that has a value already nothing is known then. */
static void add_later(struct arena *arena, struct type_slots *type, const struct type_slots *later)
{
        for (int i = 0; later && i < later->list.n; i++) {
                struct type_slot slot = later->list.at[i];
                int k = 0;
                while (k < type->list.n && type->list.at[k].role != slot.role)
                        k++;
                if (k == type->list.n)
                        VEC_PUSH(arena, &type->list, slot);
                else if (empty(&type->list.at[k]))
                        type->list.at[k] = slot;
                else
                        type->list.at[k] = (struct type_slot){.role = slot.role, .at = slot.at};
        }
}

static void data_type(struct asking *asking, const struct unit *unit, const struct data *data,
                      const struct makers *makers, const struct map *later)
{
        struct type_slots type = {0};
        type_slots(asking->program, asking->out->arena, unit, data, &type);
        if (!type.list.n)
                return;
        sym variable = program_global(asking->program, unit, data->name);
        add_later(asking->out->arena, &type, map_get(later, MAP_KEY(variable)));
        struct site site = {.models = asking->program->models, .arena = asking->out->arena};
        site.at = program_where(unit, data->at);
        site.func = site.type = data->name;
        site.heap_type = type.heap;
        for (int i = 0; i < makers->list.n; i++)
                if (makers->list.at[i]->unit == unit)
                        site.made |= made_by(makers->list.at[i], data->name);
        site.slots = type.list.at;
        site.nslots = type.list.n;
        site_ask(asking, ON_TYPE, &site);
}

void type_sites(struct asking *asking)
{
        struct arena *arena = arena_new();
        struct makers makers = {0};
        struct map later;
        map_init(&later, arena);
        find_makers(asking->program, arena, &makers);
        for (int f = 0; f < asking->program->functions.n; f++)
                read_later(asking->program, arena, asking->program->functions.at[f], &later);
        for (int u = 0; u < asking->program->units.n; u++) {
                const struct unit *unit = asking->program->units.at[u];
                for (int d = 0; d < unit->datas.n; d++)
                        data_type(asking, unit, unit->datas.at[d], &makers, &later);
        }
        arena_drop(arena);
}
