/* travel.c: places as nodes, assignments as edges; see travel.h. */
#include "query/travel.h"

#include "base/hash.h"

#include <string.h>

void travel_move(struct travel *travel, const struct ends *from, struct end to, int a, int b)
{
        class_join(&travel->classes, a, b);
        for (int i = 0; i < from->n && to.node >= 0; i++)
                if (from->at[i].node != to.node || from->at[i].cell != to.cell)
                        VEC_PUSH(travel->arena, &travel->edges, (struct edge){from->at[i], to});
}

/* --- places ------------------------------------------------------------------------ */

static int key_node(struct travel *travel, sym key, bool *fresh)
{
        void **slot = map_at(&travel->keys, MAP_KEY(key));
        *fresh = !*slot;
        if (!*slot)
                *slot = (void *)(intptr_t)(class_new(&travel->classes) + 1);
        return (int)(intptr_t)*slot - 1;
}

int travel_field(struct travel *travel, sym key)
{
        bool fresh;
        int node = key_node(travel, key, &fresh);
        if (fresh)
                VEC_PUSH(travel->arena, &travel->fields, (struct field_node){key, node});
        return node;
}

/* Static variables of equal names in two files are two. */
static int global_node(struct travel *travel, const struct unit *unit, sym name)
{
        sym key = program_global(travel->program, unit, name);
        bool fresh, own = strchr(key, ':') != NULL;
        int node = key_node(travel, key, &fresh);
        if (fresh)
                VEC_PUSH(travel->arena, &travel->globals,
                         (struct global_node){name, own ? unit : NULL, node});
        return node;
}

/* Which operands of an expression its value can be an address in. */
static void operands(const struct travel *travel, const struct func *func, const struct place *p, bool *base,
                     bool *index)
{
        bool sum = p->op == ARITH_ADD || p->op == ARITH_SUB;
        bool bits = p->op == ARITH_AND || p->op == ARITH_OR || p->op == ARITH_XOR;
        enum pointerness left = travel_pointerness(travel, func, p->base);
        enum pointerness right = travel_pointerness(travel, func, p->index);
        bool distance = p->op == ARITH_SUB && left == POINTER && right == POINTER;
        *base = (sum || bits) && !distance && !(right > left && (sum || left == NO_POINTER));
        *index = (sum || bits) && !distance && !(left > right && (sum || right == NO_POINTER));
}

static int arith_node(struct travel *travel, const struct unit *unit, const struct func *func,
                      const struct place *p)
{
        bool base, index;
        operands(travel, func, p, &base, &index);
        int a = base ? travel_place(travel, unit, func, p->base) : -1;
        int b = index ? travel_place(travel, unit, func, p->index) : -1;
        class_join(&travel->classes, a, b);
        return a < 0 ? b : a;
}

/* The address of a variable makes it the cell behind that address. */
static int address_node(struct travel *travel, const struct unit *unit, const struct func *func, int base)
{
        int node = class_new(&travel->classes), variable = travel_place(travel, unit, func, base);
        if (variable < 0)
                return node;
        class_join(&travel->classes, class_pointee(&travel->classes, node), variable);
        struct end cell = {variable, true}, own = {variable, false};
        VEC_PUSH(travel->arena, &travel->edges, (struct edge){own, cell});
        VEC_PUSH(travel->arena, &travel->edges, (struct edge){cell, own});
        return node;
}

/* Remembers through which pointer, or in which variable, a field is reached. */
static void note_object(struct travel *travel, const struct unit *unit, const struct func *func, int base,
                        int field)
{
        const struct place *p = &func->places.at[base];
        while (p->kind == PLACE_FIELD || p->kind == PLACE_ELEM) {
                base = p->base;
                p = &func->places.at[base];
        }
        bool held = p->kind != PLACE_DEREF;
        int object = travel_place(travel, unit, func, held ? base : p->base);
        if (object >= 0)
                VEC_PUSH(travel->arena, &travel->objects, (struct object_field){object, field, held});
}

static int fresh_node(struct travel *travel, const struct unit *unit, const struct func *func,
                      const struct place *p)
{
        int node;
        switch (p->kind) {
        case PLACE_FIELD:
                node = travel_field(travel, p->name);
                note_object(travel, unit, func, p->base, node);
                return node;
        case PLACE_GLOBAL:
                return global_node(travel, unit, p->name);
        case PLACE_ELEM:
                return travel_place(travel, unit, func, p->base);
        case PLACE_DEREF:
                node = travel_place(travel, unit, func, p->base);
                return node < 0 ? class_new(&travel->classes) : class_pointee(&travel->classes, node);
        case PLACE_ADDR:
                return address_node(travel, unit, func, p->base);
        case PLACE_ARITH:
                return arith_node(travel, unit, func, p);
        case PLACE_LOCAL:
        case PLACE_PARAM:
        case PLACE_TEMP:
        case PLACE_UNKNOWN:
                return class_new(&travel->classes);
        default:
                return -1;
        }
}

int travel_place(struct travel *travel, const struct unit *unit, const struct func *func, int place)
{
        if (place < 0)
                return -1;
        uint64_t key = hash_pair(MAP_KEY(func), (uint64_t)place + 1);
        intptr_t known = (intptr_t)map_get(&travel->places, key);
        if (known)
                return known == -1 ? -1 : (int)known - 1;
        struct place p = func->places.at[place];
        int node = fresh_node(travel, unit, func, &p);
        *map_at(&travel->places, key) = (void *)(intptr_t)(node < 0 ? -1 : node + 1);
        return node;
}

/* More than fit meet in a node of their own. */
static void add_ends(struct travel *travel, struct ends *ends, const struct ends *more)
{
        if (ends->n + more->n > ENDS) {
                struct end meeting = {class_new(&travel->classes), false};
                for (int i = 0; i < ends->n; i++)
                        VEC_PUSH(travel->arena, &travel->edges, (struct edge){ends->at[i], meeting});
                *ends = (struct ends){{meeting}, 1};
        }
        for (int i = 0; i < more->n && ends->n < ENDS; i++)
                ends->at[ends->n++] = more->at[i];
}

/* A sum of values any of which may be the pointer. */
static struct ends arith_ends(struct travel *travel, const struct unit *unit, const struct func *func,
                              const struct place *p)
{
        struct ends ends = {0}, more;
        bool base, index;
        operands(travel, func, p, &base, &index);
        if (base) {
                more = travel_ends(travel, unit, func, p->base);
                add_ends(travel, &ends, &more);
        }
        if (index) {
                more = travel_ends(travel, unit, func, p->index);
                add_ends(travel, &ends, &more);
        }
        return ends;
}

struct ends travel_ends(struct travel *travel, const struct unit *unit, const struct func *func, int place)
{
        if (place < 0)
                return (struct ends){0};
        const struct place *p = &func->places.at[place];
        switch (p->kind) {
        case PLACE_LOCAL:
        case PLACE_PARAM:
        case PLACE_TEMP:
        case PLACE_FIELD:
        case PLACE_GLOBAL:
                return (struct ends){{{travel_place(travel, unit, func, place), false}}, 1};
        case PLACE_DEREF:
                return (struct ends){{{travel_place(travel, unit, func, place), true}}, 1};
        case PLACE_ELEM:
                return travel_ends(travel, unit, func, p->base);
        case PLACE_ARITH:
                return arith_ends(travel, unit, func, p);
        case PLACE_ADDR: /* an address inside a block leads back to it */
                p = &func->places.at[p->base];
                while (p->kind == PLACE_FIELD || p->kind == PLACE_ELEM)
                        p = &func->places.at[p->base];
                return p->kind == PLACE_DEREF ? travel_ends(travel, unit, func, p->base) : (struct ends){0};
        default:
                return (struct ends){0};
        }
}

int travel_param(struct travel *travel, const struct function *function, int i)
{
        return travel_place(travel, function->unit, function->func, function->func->vars.at[i].place);
}

/* --- statements ---------------------------------------------------------------------- */

bool travel_obscure(const struct travel *travel, const struct func *func, int place)
{
        if (place < 0)
                return false;
        const struct place *p = &func->places.at[place];
        switch (p->kind) {
        case PLACE_UNKNOWN:
                return true;
        case PLACE_DEREF:
        case PLACE_ELEM:
        case PLACE_ADDR:
                return travel_obscure(travel, func, p->base);
        case PLACE_ARITH:
                return travel_obscure(travel, func, p->base) ||
                       (travel_pointerness(travel, func, p->base) != POINTER &&
                        travel_obscure(travel, func, p->index));
        default: /* a field is one node, whatever its object is */
                return false;
        }
}

static void read_assignment(struct travel *travel, const struct function *in, const struct unit *unit,
                            const struct func *func, const struct event *event)
{
        struct ends from = travel_ends(travel, unit, func, event->src);
        struct ends to = travel_ends(travel, unit, func, event->dst);
        int dst = travel_place(travel, unit, func, event->dst),
            src = travel_place(travel, unit, func, event->src);
        struct where at = program_where(unit, event->at);
        for (int i = 0; i < to.n; i++)
                travel_move(travel, &from, to.at[i], dst, src);
        class_join(&travel->classes, dst, src);
        if (event->kind == EVENT_ASSIGN && event->dst >= 0 && func->places.at[event->dst].kind == PLACE_DEREF)
                VEC_PUSH(travel->arena, &travel->raw,
                         travel_place(travel, unit, func, func->places.at[event->dst].base));
        if (travel_obscure(travel, func, event->src))
                travel_mark_all(travel, MARK_ADDRESS, MARK_IN, &to, -1, in, at,
                                "a value that is not understood gets in here");
        if (travel_obscure(travel, func, event->dst))
                travel_mark_all(travel, MARK_ADDRESS, MARK_OUT, &from, -1, in, at,
                                "it is stored at an address that is not understood");
}

static void read_return(struct travel *travel, const struct function *function, const struct block *block)
{
        const struct func *func = function->func;
        struct end result = {travel->results[function->index], false};
        struct ends from = travel_ends(travel, function->unit, func, block->place);
        travel_move(travel, &from, result, result.node,
                    travel_place(travel, function->unit, func, block->place));
        if (travel_obscure(travel, func, block->place))
                travel_mark(travel, MARK_ADDRESS, MARK_IN, result, function,
                            program_where(function->unit, (struct range){.at = block->at}),
                            "a value that is not understood is returned");
}

static void read_function(struct travel *travel, struct function *function)
{
        const struct func *func = function->func;
        for (int b = 0; b < func->blocks.n; b++) {
                const struct block *block = &func->blocks.at[b];
                for (int e = 0; e < block->events.n; e++) {
                        const struct event *event = &block->events.at[e];
                        if (event->kind == EVENT_ASSIGN || event->kind == EVENT_COPY)
                                read_assignment(travel, function, function->unit, func, event);
                }
                if (block->end == END_RETURN && block->place >= 0)
                        read_return(travel, function, block);
        }
        for (int c = 0; c < function->calls.n; c++)
                travel_call(travel, function, &function->calls.at[c]);
}

static void read_data(struct travel *travel, const struct unit *unit)
{
        for (int d = 0; d < unit->datas.n; d++) {
                const struct func *inits = unit->datas.at[d]->inits;
                const struct block *block = &inits->blocks.at[0];
                for (int e = 0; e < block->events.n; e++)
                        read_assignment(travel, NULL, unit, inits, &block->events.at[e]);
        }
}

int travel_released(const struct travel *travel, const struct call *call)
{
        return (int)(intptr_t)map_get(&travel->sites, MAP_KEY(call)) - 1;
}

int travel_obtained(const struct travel *travel, const struct call *call)
{
        int node = travel_released(travel, call);
        return node < 0 ? -1 : node + 1;
}

static struct travel *travel_new(struct arena *arena, struct program *program)
{
        struct travel *travel = NEW(arena, struct travel);
        travel->arena = travel->classes.arena = arena;
        travel->program = program;
        map_init(&travel->places, arena);
        map_init(&travel->keys, arena);
        map_init(&travel->kinds, arena);
        map_init(&travel->sites, arena);
        return travel;
}

struct travel *travel_find(struct arena *arena, struct program *program, const struct memory_sites *sites)
{
        struct travel *travel = travel_new(arena, program);
        travel_kinds(travel);
        travel->results = NEW_ARRAY(arena, int, program->functions.n + 1);
        for (int i = 0; i < program->functions.n; i++)
                travel->results[i] = class_new(&travel->classes);
        for (int i = 0; i < sites->list.n; i++) {
                int node = class_new(&travel->classes);
                class_new(&travel->classes);
                *map_at(&travel->sites, MAP_KEY(sites->list.at[i]->call)) = (void *)(intptr_t)(node + 1);
        }
        for (int i = 0; i < program->units.n; i++)
                read_data(travel, program->units.at[i]);
        for (int i = 0; i < program->functions.n; i++)
                read_function(travel, program->functions.at[i]);
        travel_edges(travel);
        return travel;
}
