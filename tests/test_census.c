/*
 * test_census.c: rows, totals and questions of the census, over hand-written
 * units. No libclang.
 */
#include "query/census.h"
#include "query_fixture.h"

static struct census *ring(struct arena *arena)
{
        const char *texts[] = {testdata(arena, "query/census.unit"), testdata(arena, "query/partial.unit"),
                               NULL};
        return census_take(arena, program_from_texts(arena, texts));
}

static const struct census_site *site_at_line(const struct census *census, unsigned line, const char *file)
{
        for (int i = 0; i < census->sites.n; i++)
                if (census->sites.at[i].at.line == line && !strcmp(census->sites.at[i].at.file, file))
                        return &census->sites.at[i];
        ck_abort_msg("no site at %s:%u", file, line);
        return NULL;
}

static const struct census_site *ring_site(const struct census *census, unsigned line)
{
        return site_at_line(census, line, "src/ring.c");
}

START_TEST(rows_say_what_was_written_and_in_which_state)
{
        struct arena *arena = arena_new();
        struct census *census = ring(arena);
        const struct census_site *site = ring_site(census, 6);
        ck_assert_str_eq(site->written, "RING_ALLOC");
        ck_assert_str_eq(site->callee, "malloc");
        ck_assert_str_eq(site->family, "libc");
        ck_assert_int_eq(site->lock, LOCK_EITHER);
        ck_assert_ptr_nonnull(site->held);
        ck_assert_ptr_nonnull(site->released);
        ck_assert_uint_eq(site->released->at.line, 13); /* the call inside the region */
        ck_assert_str_eq(site->wrapper, "ring_grab");
        site = ring_site(census, 14);
        ck_assert_int_eq(site->lock, LOCK_RELEASED);
        ck_assert_int_eq(site->size, 64);
        ck_assert_uint_eq(site->released->at.line, 12);
        site = ring_site(census, 17);
        ck_assert_int_eq(site->role, SITE_CALLOC);
        ck_assert(site->zeroed);
        ck_assert_int_eq(site->size, 800);
        ck_assert_int_eq(site->lock, LOCK_HELD);
        ck_assert_str_eq(site->field, "$ring_cache");
        ck_assert_str_eq(ring_site(census, 23)->field, "src/ring.h|ring.slots");
        ck_assert_int_eq(ring_site(census, 23)->lock, LOCK_ASSUMED);
        ck_assert_int_eq(ring_site(census, 30)->lock, LOCK_UNREACHABLE);
        ck_assert(site_at_line(census, 7, "src/odd.c")->partial);
        arena_drop(arena);
}
END_TEST

START_TEST(rows_add_up_to_the_total)
{
        struct arena *arena = arena_new();
        struct census *census = ring(arena);
        for (int by = BY_FAMILY; by <= BY_FIELD; by++) {
                struct census_table table = census_count(arena, census, (enum census_by)by);
                int sites = 0, roles = 0, locks = 0, sized = 0, small = 0, zeroed = 0;
                for (int r = 0; r < table.rows.n; r++) {
                        const struct census_count *row = &table.rows.at[r];
                        int mine = 0;
                        sites += row->sites;
                        sized += row->sized;
                        small += row->small;
                        zeroed += row->zeroed;
                        for (int i = 0; i < SITE_ROLES; i++)
                                mine += row->roles[i];
                        ck_assert_int_eq(mine, row->sites);
                        roles += mine;
                        for (int i = 0; i < LOCK_COLUMNS; i++)
                                locks += row->locks[i];
                }
                ck_assert_int_eq(sites, table.total.sites);
                ck_assert_int_eq(sites, census->sites.n);
                ck_assert_int_eq(roles, sites);
                ck_assert_int_eq(locks, sites);
                ck_assert_int_eq(sized, table.total.sized);
                ck_assert_int_eq(small, table.total.small);
                ck_assert_int_eq(zeroed, table.total.zeroed);
        }
        struct census_table total = census_count(arena, census, BY_FAMILY);
        ck_assert_int_eq(total.total.sites, 10);
        ck_assert_int_eq(total.total.sized, 3); /* 64, 800 and the realloc of 4 */
        ck_assert_int_eq(total.total.small, 2);
        arena_drop(arena);
}
END_TEST

START_TEST(aliases_are_found_by_expansion_and_by_contract)
{
        struct arena *arena = arena_new();
        struct census *census = ring(arena);
        ck_assert_int_eq(census->aliases.n, 2);
        ck_assert_str_eq(census->aliases.at[0].name, "RING_ALLOC");
        ck_assert(census->aliases.at[0].macro);
        ck_assert_str_eq(census->aliases.at[0].of, "malloc");
        ck_assert_int_eq(census->aliases.at[0].uses, 1);
        ck_assert_str_eq(census->aliases.at[1].name, "ring_grab");
        ck_assert_str_eq(census->aliases.at[1].of, "RING_ALLOC");
        ck_assert_int_eq(census->aliases.at[1].uses, 2);
        arena_drop(arena);
}
END_TEST

START_TEST(what_was_not_seen_is_counted)
{
        struct arena *arena = arena_new();
        struct census *census = ring(arena);
        ck_assert_int_eq(census->units, 2);
        ck_assert_int_eq(census->partial, 1);
        ck_assert_int_eq(census->lost, 2);
        ck_assert_int_eq(census->unseen.n, 1);
        ck_assert_str_eq(census->unseen.at[0].path, "src/odd.c");
        ck_assert_str_eq(census->unseen.at[0].reason, "unknown type name 'blob_t'");
        arena_drop(arena);
}
END_TEST

/* "yes", "no", or the message. */
static const char *ask(struct arena *arena, const struct census *census, const char *expression)
{
        struct names *names = names_new(arena);
        struct census_answer answer;
        const char *error = NULL;
        if (!census_ask(arena, census, models_new(arena, names, 0, 0, 0), expression, &answer, &error))
                return error;
        return answer.holds ? "yes" : "no";
}

START_TEST(questions_are_answered_or_refused)
{
        struct arena *arena = arena_new();
        struct census *census = ring(arena);
        ck_assert_str_eq(ask(arena, census, "libc.alloc>0 under src/"), "yes");
        ck_assert_str_eq(ask(arena, census, "libc.alloc > 0 under sr"), "no");
        ck_assert_str_eq(ask(arena, census, "libc.alloc > 0 under src/ring.c"), "yes");
        ck_assert_str_eq(ask(arena, census, "libc.free = 3"), "yes");
        ck_assert_str_eq(ask(arena, census, "libc.free != 3"), "no");
        ck_assert_str_eq(ask(arena, census, "pymem.released >= 2"), "yes");
        ck_assert_str_eq(ask(arena, census, "pymem.free.held < 1"), "no");
        ck_assert_str_eq(ask(arena, census, "any <= 10"), "yes");
        ck_assert_str_eq(ask(arena, census, "pymem_raw > 0 or libc.realloc == 1"), "yes");
        ck_assert_str_eq(ask(arena, census, "pymem_raw > 0 and libc.realloc == 1"), "no");
        ck_assert_str_eq(ask(arena, census, "pymen > 0"),
                         "column 1: there is no family 'pymen'; did you mean 'pymem'?");
        ck_assert_str_eq(ask(arena, census, "libc"),
                         "column 5: a comparison is expected here: >, >=, <, <=, = or !=");
        ck_assert_str_eq(ask(arena, census, "libc > x"), "column 8: a number is expected here");
        ck_assert_str_eq(ask(arena, census, "libc > 1 under "),
                         "column 16: a folder is expected behind 'under'");
        ck_assert_str_eq(ask(arena, census, "libc > 1 xor libc > 2"),
                         "column 13: 'and' or 'or' is expected here");
        ck_assert_ptr_nonnull(strstr(ask(arena, census, "libc.fere > 1"), "'fere' is neither a role"));
        arena_drop(arena);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("census");
        TCase *all = tcase_create("all");
        tcase_add_test(all, rows_say_what_was_written_and_in_which_state);
        tcase_add_test(all, rows_add_up_to_the_total);
        tcase_add_test(all, aliases_are_found_by_expansion_and_by_contract);
        tcase_add_test(all, what_was_not_seen_is_counted);
        tcase_add_test(all, questions_are_answered_or_refused);
        suite_add_tcase(suite, all);
        SRunner *runner = srunner_create(suite);
        srunner_run_all(runner, CK_ENV);
        int failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed != 0;
}
