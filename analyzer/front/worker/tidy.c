/*
 * tidy.c: makes the blocks of a lowered function presentable. In: blocks as
 * syntax left them. Out: only those that control reaches, none that only passes
 * on, numbered in the order of a walk in depth from the entry.
 */
#include "lower.h"

#include "base/arena.h"

/* Where a jump to BLOCK really leads: past blocks that do nothing but go on. */
static int final_of(const struct func *func, int block)
{
        for (int hops = 0; hops < 1000; hops++) {
                const struct block *at = &func->blocks.at[block];
                if (at->events.n || at->end != END_GOTO)
                        break;
                block = at->next.at[0];
        }
        return block;
}

static void thread_jumps(struct func *func)
{
        for (int i = 0; i < func->blocks.n; i++) {
                struct block *block = &func->blocks.at[i];
                for (int k = 0; k < block->next.n; k++)
                        block->next.at[k] = final_of(func, block->next.at[k]);
                for (int k = 0; k < block->arms.n; k++)
                        block->arms.at[k].next = final_of(func, block->arms.at[k].next);
        }
}

/* A test whose two ways meet at once is no test. */
static bool drop_idle_tests(struct func *func)
{
        bool any = false;
        for (int i = 0; i < func->blocks.n; i++) {
                struct block *block = &func->blocks.at[i];
                if (block->end == END_IF && block->next.at[0] == block->next.at[1]) {
                        block->end = END_GOTO;
                        block->next.n = 1;
                        block->place = -1;
                        any = true;
                }
        }
        return any;
}

struct order {
        int *number; /* old block -> new one plus one */
        int *list;   /* new -> old */
        int n;
};

static void count_ways(const struct func *func, const struct order *order, int *ways)
{
        for (int i = 0; i < order->n; i++) {
                const struct block *block = &func->blocks.at[order->list[i]];
                for (int k = 0; k < block->next.n; k++)
                        ways[block->next.at[k]]++;
                for (int k = 0; k < block->arms.n; k++)
                        ways[block->arms.at[k].next]++;
        }
}

/* The blocks that control reaches, each before those that it leads to: a walk in depth with a stack. */
static void find_reached(struct lower *l, const struct func *func, struct order *order)
{
        VEC(int) stack = {0};
        VEC_PUSH(l->scratch, &stack, 0);
        while (stack.n) {
                int at = stack.at[--stack.n];
                const struct block *block = &func->blocks.at[at];
                if (order->number[at])
                        continue;
                order->list[order->n] = at;
                order->number[at] = ++order->n;
                for (int k = block->next.n - 1; k >= 0; k--)
                        VEC_PUSH(l->scratch, &stack, block->next.at[k]);
                for (int k = block->arms.n - 1; k >= 0; k--)
                        VEC_PUSH(l->scratch, &stack, block->arms.at[k].next);
        }
}

/* A block that one goto leads to, and nothing else, continues where the goto stands. */
static void join_lines(struct lower *l, struct func *func, const struct order *order, const int *ways)
{
        for (int i = 0; i < order->n; i++) {
                struct block *block = &func->blocks.at[order->list[i]];
                while (block->end == END_GOTO) {
                        int to = block->next.at[0];
                        struct block *next = &func->blocks.at[to];
                        if (to == 0 || ways[to] != 1 || next == block)
                                break;
                        for (int k = 0; k < next->events.n; k++)
                                VEC_PUSH(l->scratch, &block->events, next->events.at[k]);
                        block->end = next->end;
                        block->at = next->at;
                        block->place = next->place;
                        block->next.at = next->next.at, block->next.n = next->next.n;
                        block->next.room = next->next.room;
                        block->arms.at = next->arms.at, block->arms.n = next->arms.n;
                        block->arms.room = next->arms.room;
                        next->end = END_STOP;
                        next->next.n = next->arms.n = next->events.n = 0;
                }
        }
}

static void renumber(struct lower *l, struct func *func, const struct order *order)
{
        struct block *blocks = NEW_ARRAY(l->scratch, struct block, order->n);
        for (int i = 0; i < order->n; i++) {
                blocks[i] = func->blocks.at[order->list[i]];
                for (int k = 0; k < blocks[i].next.n; k++)
                        blocks[i].next.at[k] = order->number[blocks[i].next.at[k]] - 1;
                for (int k = 0; k < blocks[i].arms.n; k++)
                        blocks[i].arms.at[k].next = order->number[blocks[i].arms.at[k].next] - 1;
        }
        func->blocks.at = blocks;
        func->blocks.n = func->blocks.room = order->n;
}

static struct order new_order(struct lower *l, const struct func *func)
{
        return (struct order){.number = NEW_ARRAY(l->scratch, int, func->blocks.n),
                              .list = NEW_ARRAY(l->scratch, int, func->blocks.n)};
}

void func_tidy(struct lower *l, struct func *func)
{
        do
                thread_jumps(func);
        while (drop_idle_tests(func));
        struct order order = new_order(l, func);
        int *ways = NEW_ARRAY(l->scratch, int, func->blocks.n);
        find_reached(l, func, &order);
        count_ways(func, &order, ways);
        join_lines(l, func, &order, ways);
        order = new_order(l, func);
        find_reached(l, func, &order);
        renumber(l, func, &order);
}
