/*
 * rows.c: functions in a table, beside which a second table of numbers stands.
 * Comes in: a call that hands over both; goes out: the state of the lock in
 * which one of the functions is entered. Reads only what the program begins
 * with; what it writes there later is not known.
 */
#include "flow/walk.h"

/* The variable whose first element an argument is the address of; NULL: none. */
static const struct data *table_of(const struct visit *visit, int arg)
{
        const struct func *func = visit->walk->func;
        const struct unit *unit = visit->walk->function->unit;
        if (arg >= visit->event->nargs)
                return NULL;
        const struct place *place = &func->places.at[visit->event->args[arg]];
        while (place->kind == PLACE_ADDR || place->kind == PLACE_ELEM)
                place = &func->places.at[place->base];
        for (int i = 0; place->kind == PLACE_GLOBAL && i < unit->datas.n; i++)
                if (unit->datas.at[i]->name == place->name)
                        return unit->datas.at[i];
        return NULL;
}

/* What stands at element INDEX at the beginning: a place of data->inits, -1: not known. */
static int element_of(const struct data *data, int64_t index)
{
        const struct func *inits = data->inits;
        const struct block *block = &inits->blocks.at[0];
        for (int e = 0; e < block->events.n; e++) {
                const struct place *dst = &inits->places.at[block->events.at[e].dst];
                if (dst->kind != PLACE_ELEM || inits->places.at[dst->base].kind != PLACE_GLOBAL)
                        continue;
                const struct place *at = &inits->places.at[dst->index];
                if (at->kind == PLACE_CONST && at->value == index)
                        return block->events.at[e].src;
        }
        return -1;
}

static bool is_function(const struct visit *visit, const struct data *data, int place,
                        const struct function *function)
{
        const struct place *p = &data->inits->places.at[place];
        return p->kind == PLACE_FUNC &&
               program_resolve(visit->walk->program, visit->walk->function->unit, p->name) == function;
}

static gil_set row_state(const struct data *numbers, int64_t first, int64_t wide, const struct effect *effect)
{
        gil_set gil = effect->gil;
        for (int64_t i = first; i < first + wide; i++) {
                int place = element_of(numbers, i);
                const struct place *p = place < 0 ? NULL : &numbers->inits->places.at[place];
                if (!p || p->kind != PLACE_CONST)
                        return GIL_UNKNOWN;
                if (p->value == effect->rows.number)
                        gil = GIL_HELD;
        }
        return gil;
}

gil_set rows_state(const struct visit *visit, const struct effect *effect, const struct function *to)
{
        const struct rows *rows = &effect->rows;
        const struct data *table = table_of(visit, effect->at.root), *numbers = table_of(visit, rows->array);
        int64_t wide = 0;
        gil_set gil = 0;
        for (int i = 0; i < 2; i++) {
                bool known = rows->wide[i] < visit->event->nargs;
                struct span span =
                    known ? state_span(visit->state, &visit->walk->values, visit->args[rows->wide[i]])
                          : SPAN_ALL;
                if (span.low != span.high || span.low < 0 || span.low > 64)
                        return GIL_UNKNOWN;
                wide += span.low;
        }
        for (int64_t i = 0; table && numbers && i < table->inits->blocks.at[0].events.n; i++) {
                int place = element_of(table, i);
                if (place >= 0 && is_function(visit, table, place, to))
                        gil |= row_state(numbers, i * wide, wide, effect);
        }
        if (gil & effect->gil)
                return effect->gil; /* it serves such a row too */
        return gil == GIL_HELD ? GIL_HELD : GIL_UNKNOWN;
}
