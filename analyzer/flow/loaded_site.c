/*
 * loaded_site.c: releases of what is loaded from a field or a global. Comes in:
 * a release and the value; goes out: questions to the rules, about everything
 * that the program is known to leave in such a place.
 */
#include "flow/elements.h"
#include "flow/flags.h"
#include "flow/site.h"

#include <string.h>

struct site block_site(const struct asking *asking, const struct visit *visit, enum block_event event)
{
        struct site site = site_at(asking, visit);
        site.block = event;
        site.why = visit->state->why;
        if (visit->walk->overrun)
                site.confidence = CONFIDENCE_MEDIUM;
        return site;
}

static const char *bare_key(const char *key)
{
        const char *name = key;
        for (const char *at = key; *at; at++)
                if (*at == '.' || *at == '$' || *at == ':')
                        name = at + 1;
        return name;
}

/* The release stands on one side of a test of a field, other than the one that holds the block. */
static bool chosen_by_field(const struct visit *visit, const struct cell *cell)
{
        const struct walk *walk = visit->walk;
        int from = walk->live->order->only[visit->block];
        if (from < 0 || walk->func->blocks.at[from].end != END_IF)
                return false;
        int place = walk->func->blocks.at[from].place;
        while (walk->func->places.at[place].kind == PLACE_ARITH)
                place = walk->func->places.at[place].base;
        return walk->func->places.at[place].kind == PLACE_FIELD &&
               walk->func->places.at[place].name != cell->key;
}

/* How the stores into a cell that can be met at a release go together with it. */
struct stores {
        int agree, differ;
        int first; /* that differs */
};

static struct stores stores_at(const struct visit *visit, const struct effect *effect,
                               const struct cell *cell, int address)
{
        struct stores stores = {.first = -1};
        for (int i = 0; i < cell->writers.n; i++) {
                bool again =
                    cell->renewed.at[i] && cell->begun; /* whoever began it says which family it is */
                if (again || (address >= 0 && !flags_fit(visit, cell->when.at[i], address)))
                        continue;
                if (families_agree(visit->walk->program->models, cell->written.at[i], effect->family))
                        stores.agree++;
                else if (!release_fits_through(visit, cell->written.at[i]) && !stores.differ++)
                        stores.first = i;
        }
        return stores;
}

/* A condition that asks whether the content of KEY, or an argument, is null. -1: another one; else the side
 * on which it is not. */
static int tests_null(const struct func *func, int at, sym key)
{
        const struct place *place = &func->places.at[at];
        int side = 0;
        if (place->kind == PLACE_ARITH && (place->op == ARITH_EQ || place->op == ARITH_NE) &&
            func->places.at[place->index].kind == PLACE_NULL) {
                side = place->op == ARITH_EQ;
                place = &func->places.at[place->base];
        }
        bool same = (place->kind == PLACE_FIELD || place->kind == PLACE_GLOBAL) && place->name == key;
        return same || place->kind == PLACE_PARAM ? side : -1;
}

/* The function returns on no path without having come through BLOCK, but for what is null. */
static bool is_inevitable(struct arena *arena, const struct func *func, int block, sym key)
{
        bool *seen = NEW_ARRAY(arena, bool, func->blocks.n);
        VEC(int) list = {0};
        VEC_PUSH(arena, &list, 0);
        for (int i = 0; i < list.n; i++) {
                const struct block *at = &func->blocks.at[list.at[i]];
                if (list.at[i] == block || seen[list.at[i]])
                        continue;
                seen[list.at[i]] = true;
                if (at->end == END_RETURN)
                        return false;
                int side = at->end == END_IF ? tests_null(func, at->place, key) : -1;
                for (int n = 0; n < at->next.n; n++)
                        if (side < 0 || n == side)
                                VEC_PUSH(arena, &list, at->next.at[n]);
                for (int n = 0; n < at->arms.n; n++)
                        VEC_PUSH(arena, &list, at->arms.at[n].next);
        }
        return true;
}

static bool is_destructor(const struct function *function)
{
        return function->address_taken && function->func->nparams == 1;
}

/* What FUNC gets as its first parameter: that itself, or a variable that is set to it and to nothing else. */
static bool is_object(const struct func *func, int place)
{
        bool set = false;
        for (int b = 0; b < func->blocks.n; b++)
                for (int e = 0; e < func->blocks.at[b].events.n; e++) {
                        const struct event *event = &func->blocks.at[b].events.at[e];
                        if (event->dst != place || event->kind == EVENT_SCOPE)
                                continue;
                        if (event->kind != EVENT_ASSIGN || event->src != func->vars.at[0].place)
                                return false;
                        set = true;
                }
        return set || place == func->vars.at[0].place;
}

/* Every object comes to the BLOCK of FUNCTION at its end, but where KEY is null: a destructor has it, or
 * always calls the function, with the object. */
static bool ends_objects(const struct walk *walk, int block, sym key)
{
        const struct function *function = walk->function;
        if (!is_inevitable(walk->arena, function->func, block, key))
                return false;
        for (int c = 0; c < function->callers.n; c++) {
                const struct function *caller = function->callers.at[c];
                for (int i = 0; is_destructor(caller) && i < caller->calls.n; i++) {
                        const struct call *call = &caller->calls.at[i];
                        if (call->to.n == 1 && call->to.at[0] == function && call->event->nargs == 1 &&
                            is_object(caller->func, call->event->args[0]) &&
                            is_inevitable(walk->arena, caller->func, call->block, key))
                                return true;
                }
        }
        return is_destructor(function);
}

/* A block that is loaded from a cell, at ADDRESS, may be any that the program stores there. */
static void judge_cell(struct asking *asking, const struct visit *visit, const struct effect *effect,
                       const struct cell *cell, int address)
{
        const struct walk *walk = visit->walk;
        struct site site = block_site(asking, visit, BLOCK_EVENT_RELEASE);
        bool own = strchr(cell->key, '|') || *cell->key == '$'; /* a library writes its records itself */
        struct stores stores = stores_at(visit, effect, cell, -1);
        if (stores.agree && own) /* a flag of the record may tell which it is here */
                stores = stores_at(visit, effect, cell, address);
        if (!stores.differ || (stores.agree && own && chosen_by_field(visit, cell)))
                return;
        site.to = effect->family;
        site.resizes = effect->kind == EFFECT_RESIZES;
        const char *name = bare_key(cell->key);
        bool in_union = *name == '*';
        site.origin =
            in_union ? "what is stored in a union" : arena_printf(site.arena, "what is stored in '%s'", name);
        site.from = cell->written.at[stores.first];
        site.why = cell->writers.at[stores.first];
        bool element = map_get(&walk->program->cells, MAP_KEY(cell->key)) != cell; /* of arrays met */
        bool sure =
            !stores.agree || ends_objects(walk, visit->block, cell->key); /* all come to that release */
        if (!own || !sure || (element && cell->unknown))
                site.confidence = CONFIDENCE_MEDIUM;
        site_ask(asking, ON_BLOCK, &site);
}

static bool is_given(const struct func *func, const struct event *event, int variable)
{
        if (event->dst == variable)
                return true;
        for (int i = 0; i < event->nargs; i++) {
                const struct place *arg = &func->places.at[event->args[i]];
                if (arg->kind == PLACE_ADDR && arg->base == variable)
                        return true;
        }
        return false;
}

/* A record of this function that code outside of the tree fills: what is in it is not what the tree stores in
 * such records. */
static bool is_filled_elsewhere(const struct walk *walk, int address)
{
        const struct value *base = &walk->values.list.at[value_base(&walk->values, address)];
        for (int c = 0; base->kind == VALUE_VAR && c < walk->function->calls.n; c++) {
                const struct call *call = &walk->function->calls.at[c];
                if (!call->to.n && is_given(walk->func, call->event, base->a))
                        return true;
        }
        return false;
}

/* Nothing is stored there that the release fits. */
static bool never_fits(const struct models *models, const struct cell *cell, const struct effect *effect)
{
        for (int i = 0; i < cell->written.n; i++)
                if (families_agree(models, cell->written.at[i], effect->family))
                        return false;
        return !cell->unknown;
}

static const char *lodger_text(struct arena *arena, const struct lodger *lodger)
{
        if (lodger->kind == LODGER_LENT)
                return arena_printf(arena, "memory that '%s' only lends", lodger->name);
        return lodger->kind == LODGER_LITERAL ? "a string literal" : "the storage of a variable";
}

/* Some function leaves there what nobody may release, and the release asks for nothing. */
static void judge_fixed(struct asking *asking, const struct visit *visit, const struct effect *effect,
                        const struct cell *cell, const struct lodger *lodger, int value)
{
        struct walk *walk = visit->walk;
        bool own = strchr(cell->key, '|') || *cell->key == '$'; /* else other code says whose it is */
        int other =
            value_of(&walk->values,
                     (struct value){.kind = lodger->kind == LODGER_LITERAL ? VALUE_STRING : VALUE_GLOBAL,
                                    .name = lodger->name});
        int same = value_arith(&walk->values, ARITH_EQ, value, other);
        if (!own || effect->maybe || effect->nwhen ||
            span_is_zero(state_span(visit->state, &walk->values, same)) ||
            !is_inevitable(walk->arena, walk->func, visit->block, cell->key))
                return;
        struct site site = block_site(asking, visit, BLOCK_EVENT_NOT_OWNED);
        site.to = effect->family;
        site.why = lodger->why;
        site.what = arena_printf(site.arena, "what is stored in '%s', which may be %s", bare_key(cell->key),
                                 lodger_text(site.arena, lodger));
        if (!ends_objects(walk, visit->block, cell->key) && !never_fits(walk->program->models, cell, effect))
                site.confidence = CONFIDENCE_MEDIUM; /* perhaps it never gets such an object */
        site_ask(asking, ON_BLOCK, &site);
}

void judge_loaded(struct asking *asking, const struct visit *visit, const struct effect *effect, int value)
{
        struct walk *walk = visit->walk;
        struct meeting meeting = {0};
        value_meeting(&walk->values, walk->arena, value, &meeting);
        for (int i = 0; i < meeting.values.n; i++) {
                const struct value *v = &walk->values.list.at[meeting.values.at[i]];
                bool ours = v->kind == VALUE_CONTENT && !is_filled_elsewhere(walk, v->a);
                sym key = ours ? value_cell(&walk->values, walk->program->names, v->a) : NULL;
                const struct cell *cell = key ? map_get(&walk->program->cells, MAP_KEY(key)) : NULL;
                if (!cell)
                        cell = elements_loaded(walk, meeting.values.at[i]);
                if (cell && cell->gives)
                        judge_cell(asking, visit, effect, cell, v->a);
                for (int f = 0; cell && f < cell->fixed.n; f++)
                        judge_fixed(asking, visit, effect, cell, &cell->fixed.at[f], meeting.values.at[i]);
        }
}
