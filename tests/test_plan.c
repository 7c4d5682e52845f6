/*
 * test_plan.c: classes, groups and verdicts over hand-written units. No
 * libclang: that every reason not to move is found in C is check_plan.sh's.
 */
#include "query/classes.h"
#include "query/plan.h"
#include "query_fixture.h"

START_TEST(what_is_pointed_at_is_joined_too)
{
        struct arena *arena = arena_new();
        struct classes classes = {.arena = arena};
        int a = class_new(&classes), b = class_new(&classes), c = class_new(&classes);
        int below_a = class_pointee(&classes, a), below_b = class_pointee(&classes, b);
        ck_assert_int_ne(class_of(&classes, below_a), class_of(&classes, below_b));
        class_join(&classes, a, b);
        ck_assert_int_eq(class_of(&classes, a), class_of(&classes, b));
        ck_assert_int_eq(class_of(&classes, below_a), class_of(&classes, below_b));
        ck_assert_int_ne(class_of(&classes, c), class_of(&classes, a));
        ck_assert_int_eq(class_known_pointee(&classes, c), -1);
        class_join(&classes, c, a); /* what one of them knows, both know */
        ck_assert_int_eq(class_known_pointee(&classes, c), class_of(&classes, below_a));
        class_join(&classes, a, below_a); /* a list that points at itself ends */
        ck_assert_int_eq(class_known_pointee(&classes, a), class_of(&classes, a));
        class_join(&classes, a, -1);
        arena_drop(arena);
}
END_TEST

static struct plan *plan_of(struct arena *arena, const char *target, const char *const *texts)
{
        struct program *program = program_from_texts(arena, texts);
        struct plan_wish wish = {.to = target ? family_find(program->models, target) : -1};
        return plan_make(arena, program, &wish);
}

static const struct plan_group *group_at(const struct plan *plan, unsigned line)
{
        for (int g = 0; g < plan->groups.n; g++)
                for (int s = 0; s < plan->groups.at[g]->sites.n; s++)
                        if (plan->groups.at[g]->sites.at[s].at.line == line)
                                return plan->groups.at[g];
        ck_abort_msg("no site at line %u", line);
        return NULL;
}

static bool has_reason(const struct plan_group *group, enum plan_why kind)
{
        for (int i = 0; i < group->reasons.n; i++)
                if (group->reasons.at[i].kind == kind)
                        return true;
        return false;
}

START_TEST(groups_follow_fields_wrappers_and_pointers)
{
        struct arena *arena = arena_new();
        const char *texts[] = {testdata(arena, "query/plan.unit"), NULL};
        struct plan *plan = plan_of(arena, "pymem", texts);
        ck_assert_ptr_eq(group_at(plan, 2), group_at(plan, 12));
        ck_assert_ptr_eq(group_at(plan, 7), group_at(plan, 19));
        ck_assert_ptr_ne(group_at(plan, 2), group_at(plan, 7));
        ck_assert_ptr_eq(group_at(plan, 31), group_at(plan, 42));
        ck_assert_ptr_eq(group_at(plan, 43), group_at(plan, 44)); /* elements are not told apart */
        ck_assert_ptr_ne(group_at(plan, 31), group_at(plan, 43));
        ck_assert_str_eq(group_at(plan, 2)->name, "box.data");
        ck_assert_int_eq(group_at(plan, 2)->verdict, PLAN_MOVABLE);
        ck_assert_int_eq(group_at(plan, 2)->edits.n, 2);
        ck_assert_str_eq(group_at(plan, 2)->edits.at[0].old, "malloc");
        ck_assert_int_eq(group_at(plan, 31)->verdict, PLAN_MOVABLE);
        ck_assert_int_eq(group_at(plan, 31)->assumptions.n, 1); /* nobody calls table_use */
        ck_assert_int_eq(plan->counts[PLAN_MOVABLE], plan->groups.n);
        arena_drop(arena);
}
END_TEST

/* The same unit and one that lost statements: PATH and what it includes decide whom it keeps. */
static struct plan *plan_beside(struct arena *arena, const char *other)
{
        const char *texts[] = {testdata(arena, "query/plan.unit"), other, NULL};
        return plan_of(arena, "pymem_raw", texts);
}

START_TEST(units_that_were_not_read_keep_what_they_may_mention)
{
        struct arena *arena = arena_new();
        struct plan *plan = plan_beside(
            arena, "unit 1 src/odd.c key=- flags=derived status=failed kept=0 lost=0 object=\"\"\nend\n");
        ck_assert(!has_reason(group_at(plan, 2), WHY_PARTIAL)); /* all of it is private to its file */
        plan =
            plan_beside(arena, "unit 1 src/a.c key=- flags=derived status=whole kept=1 lost=0 object=\"\"\n"
                               "file 1 src/a.h\n"
                               "func a extern \"int\" @1:1-4:2\n"
                               " param s \"struct s *\"\n L0\n"
                               "  s->[src/a.h|s.p] = call malloc(3) @2:1\n"
                               "  call free(s->[src/a.h|s.p]) @3:1\n"
                               "  return 0 @3:9\nend\n");
        ck_assert(!has_reason(group_at(plan, 2), WHY_PARTIAL));
        const char *texts[] = {
            "unit 1 src/a.c key=- flags=derived status=whole kept=1 lost=0 object=\"\"\n"
            "file 1 src/a.h\nfunc a extern \"int\" @1:1-4:2\n param s \"struct s *\"\n L0\n"
            "  s->[src/a.h|s.p] = call malloc(3) @2:1\n  call free(s->[src/a.h|s.p]) @3:1\n"
            "  return 0 @3:9\nend\n",
            "unit 1 src/b.c key=- flags=derived status=partial kept=0 lost=1 object=\"\"\n"
            "dep src/a.h 0123456789abcdef0123456789abcdef\nend\n",
            NULL};
        ck_assert(has_reason(group_at(plan_of(arena, "pymem_raw", texts), 2), WHY_PARTIAL));
        texts[1] = "unit 1 src/b.c key=- flags=derived status=partial kept=0 lost=1 object=\"\"\n"
                   "dep src/c.h 0123456789abcdef0123456789abcdef\nend\n";
        ck_assert(!has_reason(group_at(plan_of(arena, "pymem_raw", texts), 2), WHY_PARTIAL));
        texts[1] = "unit 1 src/b.c key=- flags=derived status=failed kept=0 lost=0 object=\"\"\nend\n";
        ck_assert(has_reason(group_at(plan_of(arena, "pymem_raw", texts), 2), WHY_PARTIAL));
        arena_drop(arena);
}
END_TEST

START_TEST(auto_goes_where_the_lock_allows)
{
        struct arena *arena = arena_new();
        const char *texts[] = {"unit 1 src/a.c key=- flags=derived status=whole kept=1 lost=0 object=\"\"\n"
                               "func a static \"PyObject *\" @1:1-9:2\n local s \"PyThreadState *\"\n L0\n"
                               "  %1 = call malloc(3) @2:1\n"
                               "  call free(%1) @3:1\n"
                               "  %2 = call PyEval_SaveThread() @4:1\n"
                               "  s = %2 @4:1\n"
                               "  %3 = call malloc(3) @5:1\n"
                               "  call PyEval_RestoreThread(s) @6:1\n"
                               "  call free(%3) @7:1\n"
                               "  return null @8:1\n"
                               "data methods static \"PyMethodDef[2]\" @12:1\n"
                               " $methods[0].[PyMethodDef.ml_meth] = @a @12:9\nend\n",
                               NULL};
        struct plan *plan = plan_of(arena, NULL, texts);
        ck_assert_str_eq(group_at(plan, 2)->target, "pymem");
        ck_assert_str_eq(group_at(plan, 5)->target, "pymem_raw");
        ck_assert_int_eq(group_at(plan, 5)->verdict, PLAN_MOVABLE);
        plan = plan_of(arena, "pymem", texts);
        ck_assert_int_eq(group_at(plan, 2)->verdict, PLAN_MOVABLE);
        ck_assert_int_eq(group_at(plan, 5)->verdict, PLAN_MOVABLE_RAW);
        ck_assert(has_reason(group_at(plan, 7), WHY_GIL));
        plan = plan_of(arena, "libc", texts);
        ck_assert_int_eq(plan->counts[PLAN_ALREADY], 2);
        arena_drop(arena);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("plan");
        TCase *all = tcase_create("all");
        tcase_add_test(all, what_is_pointed_at_is_joined_too);
        tcase_add_test(all, groups_follow_fields_wrappers_and_pointers);
        tcase_add_test(all, units_that_were_not_read_keep_what_they_may_mention);
        tcase_add_test(all, auto_goes_where_the_lock_allows);
        suite_add_tcase(suite, all);
        SRunner *runner = srunner_create(suite);
        srunner_run_all(runner, CK_ENV);
        int failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed != 0;
}
