/*
 * test_order.c: the order of the blocks that a walk takes. Comes in: graphs
 * made by hand; loops must be parts of their own, in the order of the paths.
 */
#include "flow/order.h"

#include <check.h>
#include <stdlib.h>

struct edge {
        int from, to;
};

static struct order *order_of(struct arena *arena, int nblocks, const struct edge *edges, int nedges)
{
        struct func *func = NEW(arena, struct func);
        for (int i = 0; i < nblocks; i++)
                VEC_PUSH(arena, &func->blocks, (struct block){.end = END_ANY, .place = -1});
        for (int i = 0; i < nedges; i++)
                VEC_PUSH(arena, &func->blocks.at[edges[i].from].next, edges[i].to);
        return order_new(arena, func);
}

#define ORDER_OF(arena, n, ...)                                                                              \
        order_of(arena, n, (struct edge[]){__VA_ARGS__},                                                     \
                 (int)(sizeof(struct edge[]){__VA_ARGS__} / sizeof(struct edge)))

START_TEST(test_branches_are_parts_of_their_own)
{
        struct arena *arena = arena_new();
        struct order *order = ORDER_OF(arena, 5, {0, 1}, {0, 2}, {1, 3}, {2, 3});
        ck_assert_int_eq(order->n, 4); /* nothing leads to block 4 */
        ck_assert_int_eq(order->part[4], -1);
        ck_assert_int_eq(order->at[0], 0);
        ck_assert_int_eq(order->at[3], 3);
        for (int o = 0; o < order->n; o++) {
                ck_assert_int_eq(order->part[order->at[o]], o);
                ck_assert(!order->cyclic[o]);
        }
        ck_assert_int_eq(order->only[1], 0);
        ck_assert_int_eq(order->only[3], -1);
        arena_drop(arena);
}
END_TEST

START_TEST(test_loop_inside_a_loop_is_one_part)
{
        struct arena *arena = arena_new();
        struct order *order = ORDER_OF(arena, 6, {0, 1}, {1, 5}, {1, 2}, {2, 3}, {3, 2}, {3, 4}, {4, 1});
        ck_assert_int_eq(order->n, 6);
        for (int b = 2; b <= 4; b++)
                ck_assert_int_eq(order->part[b], order->part[1]);
        ck_assert(order->cyclic[order->part[1]]);
        ck_assert(!order->cyclic[order->part[0]] && !order->cyclic[order->part[5]]);
        ck_assert_int_eq(order->at[0], 0);
        ck_assert_int_eq(order->at[5], 5); /* what is behind the loop waits for all of it */
        arena_drop(arena);
}
END_TEST

START_TEST(test_block_that_leads_to_itself)
{
        struct arena *arena = arena_new();
        struct order *order = ORDER_OF(arena, 3, {0, 1}, {1, 1}, {1, 2});
        ck_assert(order->cyclic[order->part[1]]);
        ck_assert(!order->cyclic[order->part[2]]);
        ck_assert_int_lt(order->part[1], order->part[2]);
        arena_drop(arena);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("order");
        TCase *tests = tcase_create("order");
        tcase_add_test(tests, test_branches_are_parts_of_their_own);
        tcase_add_test(tests, test_loop_inside_a_loop_is_one_part);
        tcase_add_test(tests, test_block_that_leads_to_itself);
        suite_add_tcase(suite, tests);
        SRunner *runner = srunner_create(suite);
        srunner_run_all(runner, CK_NORMAL);
        int failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
