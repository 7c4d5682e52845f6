/*
 * test_crew.c: work shared by threads. Comes in: numbers of threads and items;
 * every item must be worked on once, by a worker that exists.
 */
#include "base/arena.h"
#include "base/crew.h"
#include "base/names.h"

#include <check.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { ITEMS = 5000 };

struct tally {
        atomic_int times[ITEMS];
        atomic_int strangers;
        int size;
        struct names *names;
        sym name[ITEMS];
};

static void count(void *data, int worker, int item)
{
        struct tally *tally = data;
        atomic_fetch_add(&tally->times[item], 1);
        if (worker < 0 || worker >= tally->size)
                atomic_fetch_add(&tally->strangers, 1);
        if (tally->names)
                tally->name[item] = name_printf(tally->names, "name %d", item % 100);
}

static const int threads[] = {-1, 0, 1, 2, 8, 1000};

START_TEST(test_every_item_once)
{
        static const int items[] = {0, 1, 3, ITEMS};
        for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
                struct tally *tally = calloc(1, sizeof *tally);
                tally->size = crew_size(threads[_i], items[i]);
                ck_assert_int_ge(tally->size, 1);
                crew_run(threads[_i], items[i], count, tally);
                for (int item = 0; item < ITEMS; item++)
                        ck_assert_int_eq(tally->times[item], item < items[i]);
                ck_assert_int_eq(tally->strangers, 0);
                free(tally);
        }
}
END_TEST

START_TEST(test_names_of_several_threads)
{
        struct arena *arena = arena_new();
        struct tally *tally = calloc(1, sizeof *tally);
        tally->size = crew_size(8, ITEMS);
        tally->names = names_new(arena);
        names_share(tally->names, true);
        crew_run(8, ITEMS, count, tally);
        names_share(tally->names, false);
        for (int item = 100; item < ITEMS; item++)
                ck_assert_ptr_eq(tally->name[item], tally->name[item % 100]);
        free(tally);
        arena_drop(arena);
}
END_TEST

START_TEST(test_children_go_with_their_arena)
{
        struct arena *arena = arena_new();
        struct arena *child = arena_child(arena);
        char *text = arena_strndup(arena_child(child), "kept", 4);
        ck_assert_str_eq(text, "kept");
        arena_reset(arena); /* leaks, or takes what is gone, under a checker of memory */
        ck_assert_ptr_nonnull(arena_child(arena));
        arena_drop(arena);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("crew");
        TCase *tests = tcase_create("crew");
        tcase_add_loop_test(tests, test_every_item_once, 0, (int)(sizeof threads / sizeof *threads));
        tcase_add_test(tests, test_names_of_several_threads);
        tcase_add_test(tests, test_children_go_with_their_arena);
        suite_add_tcase(suite, tests);
        SRunner *runner = srunner_create(suite);
        srunner_run_all(runner, CK_NORMAL);
        int failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
