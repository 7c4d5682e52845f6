/* live.c: see live.h. Backward data flow over bit sets, in postorder. */
#include "flow/live.h"
#include "flow/order.h"

#include <string.h>

struct flow_sets {
        uint64_t *use, *def;
        const int *slot; /* per place */
};

static void set(uint64_t *bits, int at)
{
        bits[at / 64] |= (uint64_t)1 << (at % 64);
}

static bool has(const uint64_t *bits, int at)
{
        return bits[at / 64] >> (at % 64) & 1;
}

static bool is_variable(const struct place *place)
{
        return place->kind == PLACE_LOCAL || place->kind == PLACE_PARAM || place->kind == PLACE_TEMP;
}

/* All variables that evaluating a place reads. */
static void reads(const struct func *func, int at, struct flow_sets *sets)
{
        while (at >= 0) {
                const struct place *place = &func->places.at[at];
                if (is_variable(place)) {
                        if (!has(sets->def, sets->slot[at]))
                                set(sets->use, sets->slot[at]);
                        return;
                }
                if (place->kind == PLACE_ELEM || place->kind == PLACE_ARITH)
                        reads(func, place->index, sets);
                at = place->kind >= PLACE_FIELD ? place->base : -1;
        }
}

static void scan(const struct func *func, const struct block *block, struct flow_sets *sets)
{
        for (int i = 0; i < block->events.n; i++) {
                const struct event *event = &block->events.at[i];
                reads(func, event->src, sets);
                reads(func, event->target, sets);
                for (int j = 0; j < event->nargs; j++)
                        reads(func, event->args[j], sets);
                if (event->dst < 0)
                        continue;
                if (!is_variable(&func->places.at[event->dst]))
                        reads(func, event->dst, sets);
                else if (!has(sets->use, sets->slot[event->dst]))
                        set(sets->def, sets->slot[event->dst]);
        }
        if (block->end == END_IF || block->end == END_SWITCH || block->end == END_RETURN)
                reads(func, block->place, sets);
}

/* Variables of which a part or the address is used: their storage matters, not only their value. */
static void pin(const struct func *func, const int *slot, uint64_t *bits)
{
        for (int i = 0; i < func->places.n; i++) {
                const struct place *place = &func->places.at[i];
                if (place->kind != PLACE_FIELD && place->kind != PLACE_ELEM && place->kind != PLACE_ADDR)
                        continue;
                int base = place->base;
                while (func->places.at[base].kind == PLACE_FIELD || func->places.at[base].kind == PLACE_ELEM)
                        base = func->places.at[base].base;
                if (is_variable(&func->places.at[base]))
                        set(bits, slot[base]);
        }
}

/* Which one call each unnamed value comes from. */
static const struct event **makers(struct arena *arena, const struct func *func)
{
        const struct event **made = NEW_ARRAY(arena, const struct event *, func->places.n + 1);
        bool *several = NEW_ARRAY(arena, bool, func->places.n + 1);
        for (int b = 0; b < func->blocks.n; b++)
                for (int e = 0; e < func->blocks.at[b].events.n; e++) {
                        const struct event *event = &func->blocks.at[b].events.at[e];
                        if (event->dst < 0 || func->places.at[event->dst].kind != PLACE_TEMP)
                                continue;
                        bool one = event->kind == EVENT_CALL && !several[event->dst];
                        made[event->dst] = one ? event : NULL;
                        several[event->dst] = true;
                }
        return made;
}

struct live *live_new(struct arena *arena, const struct func *func)
{
        int n = func->blocks.n, nvars = 0;
        struct live *live = NEW(arena, struct live);
        live->made = makers(arena, func);
        live->slot = NEW_ARRAY(arena, int, func->places.n + 1);
        for (int i = 0; i < func->places.n; i++)
                live->slot[i] = is_variable(&func->places.at[i]) ? nvars++ : -1;
        int words = live->words = nvars / 64 + 1;
        live->order = order_new(arena, func);
        live->at = NEW_ARRAY(arena, uint64_t *, n);
        uint64_t *bits = NEW_ARRAY(arena, uint64_t, (size_t)words * (size_t)n * 3),
                 *pinned = NEW_ARRAY(arena, uint64_t, words);
        struct flow_sets *sets = NEW_ARRAY(arena, struct flow_sets, n);
        pin(func, live->slot, pinned);
        if (func->uses_setjmp) /* a jump may lead to any use, from anywhere */
                memset(pinned, 0xff, (size_t)words * sizeof *pinned);
        int most = 1;
        for (int i = 0; i < n; i++) {
                live->at[i] = bits + (size_t)words * (size_t)(3 * i);
                sets[i] = (struct flow_sets){live->at[i] + words, live->at[i] + 2 * words, live->slot};
                scan(func, &func->blocks.at[i], &sets[i]);
                if (func->blocks.at[i].next.n + func->blocks.at[i].arms.n > most)
                        most = func->blocks.at[i].next.n + func->blocks.at[i].arms.n;
        }
        int *next = NEW_ARRAY(arena, int, most);
        const struct order *order = live->order;
        for (bool changed = true; changed;) {
                changed = false;
                for (int o = order->n - 1; o >= 0; o--) {
                        int block = order->at[o], count = block_successors(&func->blocks.at[block], next);
                        for (int w = 0; w < words; w++) {
                                uint64_t out = 0;
                                for (int s = 0; s < count; s++)
                                        out |= live->at[next[s]][w];
                                uint64_t in = sets[block].use[w] | (out & ~sets[block].def[w]) | pinned[w];
                                changed |= in != live->at[block][w];
                                live->at[block][w] = in;
                        }
                }
        }
        return live;
}
