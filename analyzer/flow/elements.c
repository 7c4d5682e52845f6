/*
 * elements.c: what stands in the elements of arrays, over the whole program. A
 * cell is kept for each array that a function obtains, declares or is given;
 * what one function puts into an array flows to its callers, what an array
 * holds flows to the functions it is passed to. Comes in: stores, calls and
 * exits of the scan; goes out: cells.
 */
#include "flow/elements.h"

#include <string.h>

/* Of a parameter: what the callers' arrays hold, and what the function itself puts into them. */
enum { SIDE_GIVEN = '<', SIDE_PUT = '>' };

static bool is_offset(const struct values *values, const struct value *v)
{
        return v->kind == VALUE_ARITH &&
               value_base(values, (int)(v - values->list.at)) != (int)(v - values->list.at);
}

static int strip(const struct values *values, int value)
{
        while (is_offset(values, &values->list.at[value]))
                value = values->list.at[value].a;
        return value;
}

/* The arrays that a pointer into one may start from. */
static void arrays_of(const struct walk *walk, int pointer, struct meeting *out)
{
        struct meeting meeting = {0};
        const struct values *values = &walk->values;
        value_meeting(values, walk->arena, strip(values, pointer), &meeting);
        for (int i = 0; i < meeting.values.n && i < 64; i++) {
                int part = strip(values, meeting.values.at[i]);
                enum value_kind kind = values->list.at[part].kind;
                if (part != meeting.values.at[i] || kind == VALUE_PHI || kind == VALUE_OLD)
                        value_meeting(values, walk->arena, part, &meeting);
                bool known = kind == VALUE_PHI || kind == VALUE_OLD;
                for (int j = 0; j < out->values.n; j++)
                        known |= out->values.at[j] == part;
                if (!known)
                        VEC_PUSH(walk->arena, &out->values, part);
        }
}

static sym param_key(struct program *program, const struct function *function, int i, char side)
{
        const struct func *func = function->func;
        return name_printf(program->names, "$%d%c:%s", function->index, side,
                           func->places.at[func->vars.at[i].place].name);
}

static sym result_key(struct program *program, const struct function *function)
{
        return name_printf(program->names, "$%d=:result", function->index);
}

/* The variable that the call with this number assigns. */
static sym assigned(const struct walk *walk, int number)
{
        int block = walk_block_of(walk, number), index = number - walk->base[block];
        if (index >= walk->func->blocks.at[block].events.n)
                return "array";
        int dst = walk->func->blocks.at[block].events.at[index].dst;
        while (dst >= 0 && walk->func->places.at[dst].kind == PLACE_DEREF)
                dst = walk->func->places.at[dst].base;
        sym name = dst < 0 ? NULL : walk->func->places.at[dst].name;
        return name ? name : "array";
}

/* The key of the cell for the elements of ARRAY; NULL when nothing is known of it. */
static sym array_key(const struct walk *walk, int array, char side)
{
        struct program *program = walk->program;
        const struct value *v = &walk->values.list.at[array];
        struct spot spot;
        if (v->kind == VALUE_RESULT && v->a)
                return name_printf(program->names, "$%d#%d:%s", walk->function->index, v->a,
                                   assigned(walk, v->a));
        if (v->kind == VALUE_VAR)
                return name_printf(program->names, "$%d@%d:%s", walk->function->index, v->a,
                                   walk->func->places.at[v->a].name);
        if (v->kind == VALUE_CONTENT && spot_of(walk, array, &spot) && spot.root >= 0 && !spot.nsteps) {
                walk->function->uses_elements = true;
                return param_key(program, walk->function, spot.root, side);
        }
        sym cell = v->kind == VALUE_CONTENT ? value_cell(&walk->values, program->names, v->a)
                   : v->kind == VALUE_FIELD || v->kind == VALUE_GLOBAL ? v->name
                                                                       : NULL;
        return cell ? name_printf(program->names, "%s[]", cell) : NULL;
}

/* Something is stored there, or asked of it, by this function so far or by those below it. */
static bool is_known(const struct program *program, sym key)
{
        if (!key || map_get(&program->cells, MAP_KEY(key)))
                return key != NULL;
        const struct cell_log *log = program->log;
        for (int i = 0; i < log->asked.n; i++)
                if (log->asked.at[i] == key)
                        return true;
        for (int i = 0; i < log->list.n; i++)
                if (log->list.at[i].key == key)
                        return true;
        return false;
}

static void ask(struct program *program, sym key)
{
        if (!is_known(program, key))
                VEC_PUSH(program->arena, &program->log->asked, key);
}

static void flow_add(struct program *program, sym from, sym to)
{
        const struct cell_log *log = program->log;
        ask(program, from);
        ask(program, to);
        for (int i = 0; i < log->flows.n; i++)
                if (log->flows.at[i].from == from && log->flows.at[i].to == to)
                        return;
        VEC_PUSH(program->arena, &program->log->flows, (struct cell_flow){from, to});
}

/* True when an address is an element of an array, rather than a variable or a field by itself. */
static bool is_element(const struct walk *walk, int address)
{
        const struct value *v = &walk->values.list.at[address];
        return is_offset(&walk->values, v) || v->kind == VALUE_RESULT || v->kind == VALUE_PHI ||
               v->kind == VALUE_OLD || v->kind == VALUE_CONTENT;
}

int elements_stored(struct walk *walk, int address, sym *keys)
{
        struct meeting arrays = {0};
        int n = 0;
        if (!is_element(walk, address))
                return 0;
        sym direct = value_cell(&walk->values, walk->program->names, address);
        arrays_of(walk, address, &arrays);
        for (int i = 0; i < arrays.values.n && n < ELEMENTS_MOST; i++) {
                sym key = array_key(walk, arrays.values.at[i], SIDE_PUT);
                if (key && key != direct)
                        keys[n++] = key;
        }
        return n;
}

void elements_moved(struct walk *walk, int address, int content)
{
        struct program *program = walk->program;
        sym field = value_cell(&walk->values, program->names, address);
        const struct value *v = &walk->values.list.at[content];
        bool obtained = v->kind == VALUE_RESULT && map_get(&walk->origins, (uint64_t)content + 1);
        sym key = array_key(walk, content, SIDE_PUT);
        if (!field || !key || value_is_local(&walk->values, address) ||
            (!obtained && !is_known(program, key)))
                return;
        flow_add(program, key, name_printf(program->names, "%s[]", field));
}

void elements_released(struct walk *walk, int value)
{
        const struct value *v = &walk->values.list.at[value];
        struct meeting arrays = {0};
        struct spot spot;
        if (v->kind != VALUE_CONTENT || !is_element(walk, v->a) || spot_of(walk, value, &spot))
                return;
        arrays_of(walk, v->a, &arrays);
        for (int i = 0; i < arrays.values.n; i++) {
                sym key = array_key(walk, arrays.values.at[i], SIDE_GIVEN);
                if (key && arrays.values.n <= ELEMENTS_MOST)
                        ask(walk->program, key);
        }
}

/* An array is passed on as parameter J of TO. */
static void pass_array(struct walk *walk, int array, const struct function *to, int j)
{
        struct program *program = walk->program;
        sym given = param_key(program, to, j, SIDE_GIVEN), put = param_key(program, to, j, SIDE_PUT);
        bool asks = is_known(program, given), gives = is_known(program, put);
        sym in = asks || gives ? array_key(walk, array, SIDE_GIVEN) : NULL,
            out = in ? array_key(walk, array, SIDE_PUT) : NULL;
        if (asks && in)
                flow_add(program, in, given);
        if (asks && out)
                flow_add(program, out, given);
        if (asks && !in)
                VEC_PUSH(program->arena, &program->log->list,
                         (struct cell_note){.key = given, .unknown = true});
        if (gives && out)
                flow_add(program, put, out);
}

void elements_called(const struct visit *visit)
{
        struct walk *walk = visit->walk;
        struct program *program = walk->program;
        int n;
        struct function *const *to = visit_targets(visit, &n);
        for (int t = 0; t < n; t++) {
                if (!to[t]->uses_elements)
                        continue;
                for (int j = 0; j < visit->event->nargs && j < to[t]->func->nparams; j++) {
                        struct meeting arrays = {0};
                        if (!is_known(program, param_key(program, to[t], j, SIDE_GIVEN)) &&
                            !is_known(program, param_key(program, to[t], j, SIDE_PUT)))
                                continue;
                        arrays_of(walk, visit->args[j], &arrays);
                        for (int i = 0; i < arrays.values.n; i++)
                                pass_array(walk, arrays.values.at[i], to[t], j);
                }
                sym result = result_key(program, to[t]);
                sym key = is_known(program, result) ? array_key(walk, visit->result, SIDE_PUT) : NULL;
                if (key)
                        flow_add(program, result, key);
        }
}

void elements_returned(struct walk *walk, int value)
{
        struct meeting arrays = {0};
        arrays_of(walk, value, &arrays);
        for (int i = 0; i < arrays.values.n; i++) {
                sym key = array_key(walk, arrays.values.at[i], SIDE_PUT);
                if (!is_known(walk->program, key))
                        continue;
                walk->function->uses_elements = true;
                flow_add(walk->program, key, result_key(walk->program, walk->function));
        }
}

/* All that FROM holds, TO may hold. */
static bool spill(struct program *program, const struct cell *from, struct cell *to)
{
        bool changed = (from->unknown && !to->unknown) || (from->gives & ~to->gives);
        to->unknown |= from->unknown;
        to->gives |= from->gives;
        for (int i = 0; i < from->writers.n; i++) {
                bool known = false;
                for (int j = 0; j < to->writers.n && !known; j++)
                        known = to->writers.at[j] == from->writers.at[i];
                if (known || to->writers.n >= ELEMENTS_MOST)
                        continue;
                VEC_PUSH(program->arena, &to->writers, from->writers.at[i]);
                VEC_PUSH(program->arena, &to->written, from->written.at[i]);
                VEC_PUSH(program->arena, &to->renewed, from->renewed.at[i]);
                to->begun |= !from->renewed.at[i];
                VEC_PUSH(program->arena, &to->when, from->when.at[i]);
                changed = true;
        }
        return changed;
}

void elements_settle(struct program *program)
{
        for (bool again = true; again;) {
                again = false;
                for (int i = 0; i < program->flowing.n; i++)
                        for (int j = 0; j < program->flowing.at[i]->to.n; j++)
                                again |=
                                    spill(program, program->flowing.at[i], program->flowing.at[i]->to.at[j]);
        }
}

static void merge(struct program *program, struct cell *into, sym key)
{
        const struct cell *cell = key ? map_get(&program->cells, MAP_KEY(key)) : NULL;
        if (!cell)
                return;
        into->key = into->key ? into->key : key;
        spill(program, cell, into);
}

const struct cell *elements_loaded(struct walk *walk, int value)
{
        const struct value *v = &walk->values.list.at[value];
        struct meeting arrays = {0};
        struct spot spot;
        if (v->kind != VALUE_CONTENT || !is_element(walk, v->a) || spot_of(walk, value, &spot) ||
            value_cell(&walk->values, walk->program->names, v->a))
                return NULL;
        struct cell *cell = NEW(walk->program->arena, struct cell);
        arrays_of(walk, v->a, &arrays);
        for (int i = 0; i < arrays.values.n; i++) {
                sym in = array_key(walk, arrays.values.at[i], SIDE_GIVEN),
                    out = array_key(walk, arrays.values.at[i], SIDE_PUT);
                cell->unknown |= !in;
                merge(walk->program, cell, in);
                if (out != in)
                        merge(walk->program, cell, out);
        }
        return cell->gives ? cell : NULL;
}
