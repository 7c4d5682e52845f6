/* order.c: see order.h. The parts are found by Kosaraju's algorithm (Sharir, 1981): forwards for the
 * postorder, backwards for what belongs together. */
#include "flow/order.h"

#include <string.h>

/* The edges of the graph turned around: those of block b are from[first[b]] up to from[first[b + 1]]. */
struct back {
        int *first, *from;
};

int block_successors(const struct block *block, int *out)
{
        int n = 0;
        for (int i = 0; i < block->next.n; i++)
                out[n++] = block->next.at[i];
        for (int i = 0; i < block->arms.n; i++)
                out[n++] = block->arms.at[i].next;
        return n;
}

static int most_successors(const struct func *func)
{
        int most = 1;
        for (int i = 0; i < func->blocks.n; i++)
                if (func->blocks.at[i].next.n + func->blocks.at[i].arms.n > most)
                        most = func->blocks.at[i].next.n + func->blocks.at[i].arms.n;
        return most;
}

/* Depth first with its own stack; fills `at` in reverse postorder, and `only`. */
static void number(struct order *order, struct arena *arena, const struct func *func)
{
        int n = func->blocks.n, depth = 0, nposts = 0;
        int *next = NEW_ARRAY(arena, int, most_successors(func)), *stack = NEW_ARRAY(arena, int, n),
            *done = NEW_ARRAY(arena, int, n), *preds = NEW_ARRAY(arena, int, n);
        bool *seen = NEW_ARRAY(arena, bool, n);
        stack[depth++] = 0;
        seen[0] = true;
        preds[0] = 1;
        order->only[0] = -1;
        while (depth) {
                int block = stack[depth - 1];
                int count = block_successors(&func->blocks.at[block], next);
                if (done[block] == count) {
                        order->at[n - ++nposts] = block;
                        depth--;
                        continue;
                }
                int to = next[done[block]++];
                order->only[to] = preds[to]++ ? -1 : block;
                if (!seen[to]) {
                        seen[to] = true;
                        stack[depth++] = to;
                }
        }
        order->n = nposts;
        order->at += n - nposts;
}

static struct back turn_around(const struct order *order, struct arena *arena, const struct func *func)
{
        int n = func->blocks.n, *next = NEW_ARRAY(arena, int, most_successors(func));
        struct back back = {.first = NEW_ARRAY(arena, int, n + 2)};
        for (int o = 0; o < order->n; o++)
                for (int i = block_successors(&func->blocks.at[order->at[o]], next); i-- > 0;)
                        back.first[next[i] + 2]++;
        for (int b = 1; b < n + 2; b++)
                back.first[b] += back.first[b - 1];
        back.from = NEW_ARRAY(arena, int, back.first[n + 1] + 1);
        for (int o = 0; o < order->n; o++)
                for (int i = block_successors(&func->blocks.at[order->at[o]], next); i-- > 0;)
                        back.from[back.first[next[i] + 1]++] = order->at[o];
        return back;
}

/* Fills `part` and `cyclic`; the number of parts. */
static int divide(struct order *order, struct arena *arena, struct back back)
{
        int *stack = NEW_ARRAY(arena, int, order->n), nparts = 0;
        for (int o = 0; o < order->n; o++) {
                int depth = 0;
                if (order->part[order->at[o]] >= 0)
                        continue;
                order->part[order->at[o]] = nparts;
                stack[depth++] = order->at[o];
                while (depth) {
                        int block = stack[--depth];
                        for (int i = back.first[block]; i < back.first[block + 1]; i++) {
                                int from = back.from[i];
                                order->cyclic[nparts] |= order->part[from] == nparts;
                                if (order->part[from] >= 0)
                                        continue;
                                order->part[from] = nparts;
                                stack[depth++] = from;
                        }
                }
                nparts++;
        }
        return nparts;
}

/* Puts the blocks of a part side by side. */
static void gather(struct order *order, struct arena *arena, int nparts)
{
        int *first = NEW_ARRAY(arena, int, nparts + 1), *sorted = NEW_ARRAY(arena, int, order->n);
        for (int o = 0; o < order->n; o++)
                first[order->part[order->at[o]] + 1]++;
        for (int p = 0; p < nparts; p++)
                first[p + 1] += first[p];
        for (int o = 0; o < order->n; o++)
                sorted[first[order->part[order->at[o]]]++] = order->at[o];
        order->at = sorted;
}

/* Marks the blocks of the loop that HEAD is the head of with ROUND: from where it is come back to, backwards.
 * False: it is no loop's head. */
static bool mark_loop(const struct order *order, struct back back, int head, int *mark, int *stack)
{
        int depth = 0, round = head + 1;
        mark[head] = round;
        for (int i = back.first[head]; i < back.first[head + 1]; i++)
                if (order->place[back.from[i]] >= order->place[head] && mark[back.from[i]] != round) {
                        mark[back.from[i]] = round;
                        stack[depth++] = back.from[i];
                }
        bool loop = depth > 0;
        while (depth) {
                int block = stack[--depth];
                for (int i = back.first[block]; i < back.first[block + 1]; i++)
                        if (mark[back.from[i]] != round) {
                                mark[back.from[i]] = round;
                                stack[depth++] = back.from[i];
                        }
        }
        return loop;
}

static void find_loops(struct order *order, struct arena *arena, struct back back, const struct func *func)
{
        int *mark = NEW_ARRAY(arena, int, func->blocks.n), *stack = NEW_ARRAY(arena, int, func->blocks.n);
        for (int o = 0; o < order->n; o++)
                order->place[order->at[o]] = o;
        for (int o = 0; o < order->n; o++) {
                int head = order->at[o];
                const struct block *block = &func->blocks.at[head];
                if (block->end != END_IF || !order->cyclic[order->part[head]] ||
                    !mark_loop(order, back, head, mark, stack))
                        continue;
                bool stays[2] = {mark[block->next.at[0]] == head + 1, mark[block->next.at[1]] == head + 1};
                if (stays[0] != stays[1])
                        order->leaves[head] = stays[0];
        }
}

struct order *order_new(struct arena *arena, const struct func *func)
{
        int n = func->blocks.n;
        struct order *order = NEW(arena, struct order);
        order->at = NEW_ARRAY(arena, int, n);
        order->part = NEW_ARRAY(arena, int, n);
        order->cyclic = NEW_ARRAY(arena, bool, n);
        order->only = NEW_ARRAY(arena, int, n);
        order->place = NEW_ARRAY(arena, int, n);
        order->leaves = NEW_ARRAY(arena, int, n);
        memset(order->part, -1, (size_t)n * sizeof(int));
        memset(order->leaves, -1, (size_t)n * sizeof(int));
        number(order, arena, func);
        struct back back = turn_around(order, arena, func);
        gather(order, arena, divide(order, arena, back));
        find_loops(order, arena, back, func);
        return order;
}
