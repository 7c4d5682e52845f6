/*
 * size_site.c: allocations whose size is a product of values that are known
 * at run time only. Comes in: contracts and models. Goes out: one site per such
 * product that nothing on the way to it bounds. Does not follow the block.
 */
#include "flow/site.h"

#include <string.h>

enum { FACTORS = 8, PARTS = 6 };

struct product {
        int factors[FACTORS]; /* values that are no constants */
        int n;
};

/* What a value was read from: a variable's place, a field's or a global's name. */
struct source {
        int place;
        sym name;
        char *asked; /* per place: whether it mentions the source, see mentions() */
};

struct size_asking {
        struct asking *asking;
        struct map seen; /* events that were asked about */
};

static bool is_arith(const struct value *value, enum arith op)
{
        return value->kind == VALUE_ARITH && value->op == op;
}

static void collect(const struct walk *walk, int value, struct product *out)
{
        const struct value *v = &walk->values.list.at[value];
        if (is_arith(v, ARITH_MUL)) {
                collect(walk, v->a, out);
                collect(walk, v->b, out);
        } else if (v->kind != VALUE_CONST && v->kind != VALUE_STRING && out->n < FACTORS) {
                out->factors[out->n++] = value;
        }
}

/* The product in a size: itself, or what a sum adds something to. */
static bool find_product(const struct walk *walk, int value, struct product *out)
{
        const struct value *v = &walk->values.list.at[value];
        if (is_arith(v, ARITH_ADD) || is_arith(v, ARITH_SUB))
                return find_product(walk, v->a, out) || find_product(walk, v->b, out);
        out->n = 0;
        if (is_arith(v, ARITH_MUL))
                collect(walk, value, out);
        return out->n >= 2;
}

/* --- what bounds a factor ------------------------------------------------------ */

static struct source source_of_address(const struct walk *walk, int address)
{
        const struct value *v = &walk->values.list.at[address];
        if (v->kind == VALUE_VAR)
                return (struct source){.place = v->a};
        if (v->kind == VALUE_FIELD || v->kind == VALUE_GLOBAL)
                return (struct source){.place = -1, .name = v->name};
        if (v->kind == VALUE_ARITH)
                return source_of_address(walk, v->a);
        return (struct source){.place = -1};
}

static const struct event *event_numbered(const struct walk *walk, int number)
{
        const struct block *block = &walk->func->blocks.at[walk_block_of(walk, number)];
        int index = number - walk->base[block - walk->func->blocks.at];
        return index >= 0 && index < block->events.n ? &block->events.at[index] : NULL;
}

static struct source source_of(const struct walk *walk, int value)
{
        const struct value *v = &walk->values.list.at[value];
        const struct event *event;
        switch (v->kind) {
        case VALUE_CONTENT:
                return source_of_address(walk, v->a);
        case VALUE_OUT:
        case VALUE_PHI:
                return v->b >= 0 ? source_of_address(walk, v->b) : (struct source){.place = -1};
        case VALUE_OLD:
                return source_of(walk, v->a);
        case VALUE_ARITH: /* 1 << bits comes from bits */
                return source_of(walk, walk->values.list.at[v->a].kind == VALUE_CONST ? v->b : v->a);
        case VALUE_RESULT:
                event = event_numbered(walk, v->a);
                return (struct source){.place = event ? event->dst : -1};
        default:
                return (struct source){.place = -1};
        }
}

/* True when an expression reads SOURCE, by itself or through a variable that was assigned from it. Where that
 * was asked before, no deeper, it was not so. */
static bool mentions(const struct walk *walk, int place, struct source source, int depth)
{
        if (place < 0 || depth > PARTS || source.asked[place] > PARTS - depth)
                return false;
        source.asked[place] = (char)(PARTS - depth + 1);
        const struct place *p = &walk->func->places.at[place];
        if (place == source.place || (source.name && p->name == source.name))
                return true;
        if (p->kind == PLACE_ARITH || p->kind == PLACE_ELEM)
                return mentions(walk, p->base, source, depth + 1) ||
                       mentions(walk, p->index, source, depth + 1);
        if (p->kind == PLACE_DEREF)
                return mentions(walk, p->base, source, depth + 1);
        if (p->kind != PLACE_LOCAL && p->kind != PLACE_TEMP && p->kind != PLACE_FIELD)
                return false;
        for (int b = 0; b < walk->func->blocks.n; b++)
                for (int e = 0; e < walk->func->blocks.at[b].events.n; e++) {
                        const struct event *event = &walk->func->blocks.at[b].events.at[e];
                        if (event->dst != place)
                                continue;
                        if (event->kind == EVENT_ASSIGN && mentions(walk, event->src, source, depth + 3))
                                return true;
                        for (int i = 0; p->kind == PLACE_TEMP && i < event->nargs; i++)
                                if (mentions(walk, event->args[i], source, depth + 3))
                                        return true; /* a helper that checks it */
                }
        return false;
}

/* A condition that is HOLDS on the way says "at most" about SOURCE. */
static bool bounds(const struct walk *walk, int condition, bool holds, struct source source)
{
        static const enum arith negated[] = {
            [ARITH_EQ] = ARITH_NE, [ARITH_NE] = ARITH_EQ, [ARITH_LT] = ARITH_GE,
            [ARITH_LE] = ARITH_GT, [ARITH_GT] = ARITH_LE, [ARITH_GE] = ARITH_LT};
        const struct place *p = &walk->func->places.at[condition];
        if (p->kind == PLACE_TEMP)
                return mentions(walk, condition, source, 0);
        if (p->kind != PLACE_ARITH || p->op < ARITH_EQ)
                return false;
        enum arith op = holds ? p->op : negated[p->op];
        bool call = walk->func->places.at[p->base].kind == PLACE_TEMP;
        if (op == ARITH_EQ || call)
                return mentions(walk, p->base, source, 0) || mentions(walk, p->index, source, 0);
        return ((op == ARITH_LT || op == ARITH_LE) && mentions(walk, p->base, source, 0)) ||
               ((op == ARITH_GT || op == ARITH_GE) && mentions(walk, p->index, source, 0));
}

/* Blocks from which control can get to BLOCK. */
static bool *leading_to(const struct walk *walk, int block)
{
        const struct func *func = walk->func;
        bool *leads = NEW_ARRAY(walk->arena, bool, func->blocks.n);
        leads[block] = true;
        for (bool again = true; again;) {
                again = false;
                for (int b = 0; b < func->blocks.n; b++) {
                        bool now = leads[b];
                        for (int i = 0; i < func->blocks.at[b].next.n; i++)
                                now |= leads[func->blocks.at[b].next.at[i]];
                        for (int i = 0; i < func->blocks.at[b].arms.n; i++)
                                now |= leads[func->blocks.at[b].arms.at[i].next];
                        again |= now != leads[b];
                        leads[b] = now;
                }
        }
        return leads;
}

/* Some test on the way lets only one side through, and that side bounds the value. */
static bool tested(const struct walk *walk, const bool *leads, int block, int value)
{
        struct source source = source_of(walk, value);
        source.asked = NEW_ARRAY(walk->arena, char, walk->func->places.n);
        for (int b = 0; b < walk->func->blocks.n; b++) {
                const struct block *test = &walk->func->blocks.at[b];
                if (b == block || !leads[b] || test->end != END_IF)
                        continue;
                bool yes = leads[test->next.at[0]], no = leads[test->next.at[1]];
                if (yes != no && bounds(walk, test->place, yes, source))
                        return true;
        }
        return false;
}

/* --- what cannot overflow, or is not worth a word -------------------------------- */

/* A member of something that exists: whoever made it that large had to allocate it. */
static bool is_member(const struct walk *walk, int value)
{
        const struct value *v = &walk->values.list.at[value];
        if (v->kind == VALUE_ARITH)
                return is_member(walk, walk->values.list.at[v->a].kind == VALUE_CONST ? v->b : v->a);
        return v->kind == VALUE_CONTENT && walk->values.list.at[v->a].kind == VALUE_FIELD;
}

/* `room *= 2`: it grows with the block, so memory ends before the numbers do. */
static bool grows(const struct walk *walk, int value)
{
        struct source source = source_of(walk, value);
        for (int b = 0; b < walk->func->blocks.n; b++)
                for (int e = 0; e < walk->func->blocks.at[b].events.n; e++) {
                        const struct event *event = &walk->func->blocks.at[b].events.at[e];
                        const struct place *src = event->src >= 0 ? &walk->func->places.at[event->src] : NULL;
                        if (event->kind == EVENT_ASSIGN && event->dst == source.place &&
                            src->kind == PLACE_ARITH && src->op == ARITH_MUL &&
                            (src->base == event->dst || src->index == event->dst) &&
                            walk->func->places.at[src->index].kind == PLACE_CONST)
                                return true;
                }
        return false;
}

static bool is_narrow(const struct func *func, int place)
{
        static const char *const types[] = {"int",     "unsigned",       "unsigned int",
                                            "short",   "unsigned short", "uint16_t",
                                            "int16_t", "int32_t",        "uint32_t"};
        sym type = func_type(func, place);
        for (size_t t = 0; type && t < sizeof types / sizeof *types; t++)
                if (!strcmp(type, types[t]))
                        return true;
        return false;
}

/* sizeof(T) * width * height: with sizeof in front all is computed in the width of a size, which two narrow
 * numbers do not fill. */
static bool is_wide(const struct func *func, int place)
{
        const struct place *p = &func->places.at[place];
        int narrow = 0;
        for (; p->kind == PLACE_ARITH && p->op == ARITH_MUL; p = &func->places.at[p->base]) {
                if (func->places.at[p->index].kind != PLACE_SIZEOF && !is_narrow(func, p->index))
                        return false;
                narrow += func->places.at[p->index].kind != PLACE_SIZEOF;
        }
        return p->kind == PLACE_SIZEOF && narrow == 2;
}

/* --- sites ---------------------------------------------------------------------- */

static const char *bare(const char *name)
{
        const char *last = name;
        for (const char *at = name; *at; at++)
                if (*at == '.' || *at == '$' || *at == ':')
                        last = at + 1;
        return last;
}

static const char *value_said(const struct walk *walk, struct arena *arena, int value)
{
        struct source source = source_of(walk, value);
        if (source.name)
                return arena_printf(arena, "'%s'", bare(source.name));
        if (source.place < 0 || walk->func->places.at[source.place].kind == PLACE_TEMP)
                return "a value";
        return arena_printf(
            arena, "'%s'",
            place_source(arena, walk->func, source.place, walk->live->made, &walk->program->models->spelled));
}

/* True when the product stays open: two factors or more, not all of them members, and nothing bounds any. */
static bool is_open(const struct visit *visit, const struct product *product, int *first, int *second)
{
        const struct walk *walk = visit->walk;
        const bool *leads = leading_to(walk, visit->block);
        int open = 0, members = 0;
        for (int i = 0; i < product->n; i++) {
                struct span span = state_span(visit->state, &walk->values, product->factors[i]);
                if (span.high != INT64_MAX)
                        continue; /* a number is its bound */
                if (grows(walk, product->factors[i]) ||
                    tested(walk, leads, visit->block, product->factors[i]))
                        return false;
                members += is_member(walk, product->factors[i]);
                *(open ? second : first) = product->factors[i];
                open++;
        }
        return open >= 2 && members < open;
}

static void size_call(void *data, const struct visit *visit)
{
        struct size_asking *size = data;
        const struct model *model = visit_model(visit);
        void **seen = map_at(&size->seen, (uint64_t)visit->number);
        if (!model || !model->allocator || *seen || model->role == ROLE_NONE || model->role == ROLE_FREE)
                return;
        for (int i = 0; i < 2; i++) {
                int arg = model->size_args[i], first = -1, second = -1;
                struct product product;
                if (arg < 0 || arg >= visit->event->nargs ||
                    is_wide(visit->walk->func, visit->event->args[arg]) ||
                    !find_product(visit->walk, visit->args[arg], &product) ||
                    !is_open(visit, &product, &first, &second))
                        continue;
                struct site site = site_at(size->asking, visit);
                site.left = value_said(visit->walk, site.arena, first);
                site.right = value_said(visit->walk, site.arena, second);
                *seen = size;
                site_ask(size->asking, ON_SIZE, &site);
                return;
        }
}

static bool allocates(const struct function *function)
{
        for (int i = 0; i < function->calls.n; i++) {
                const struct model *model = function->calls.at[i].model;
                if (model && model->allocator && model->size_args[0] >= 0)
                        return true;
        }
        return false;
}

static void function_sizes(struct asking *asking, struct function *function, void *data)
{
        (void)data;
        if (!allocates(function))
                return;
        struct arena *arena = arena_new();
        struct size_asking size = {.asking = asking};
        struct observer observer = {.data = &size, .call = size_call};
        struct walk walk;
        map_init(&size.seen, arena);
        walk_init(&walk, asking->program, function, arena, live_new(arena, function->func), FOLLOW_NOTHING);
        walk_run(&walk, walk_entry(&walk), &observer);
        arena_drop(arena);
}

void size_sites(struct asking *asking)
{
        asking_functions(asking, function_sizes, NULL);
}
