/* test_pool.c: jobs as they travel, and the workers that take them. */
#include "front/job.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* The bytes behind the length line, and the length it promises. */
static const char *body_of(struct out *out, size_t *length)
{
        char *end;
        *length = strtoul(out_string(out), &end, 10);
        ck_assert_int_eq(*end, '\n');
        return end + 1;
}

START_TEST(job_travels)
{
        struct arena *arena = arena_new();
        struct job job = {
            .tree = "/t", .path = "/t/a b.c", .directory = "/t", .flags = "given", .object = "", .key = "k"};
        VEC_PUSH(arena, &job.args, "-DA=1 2");
        VEC_PUSH(arena, &job.args, "-DB=\n\"");
        VEC_PUSH(arena, &job.roots, (struct root){"<system>", "/usr/in clude"});
        struct out out = {.arena = arena};
        job_write(&out, &job);
        size_t length;
        const char *bytes = body_of(&out, &length);
        ck_assert_uint_eq(length, out.length - (size_t)(bytes - out.bytes));
        struct job back;
        ck_assert(job_read(arena, bytes, length, &back));
        ck_assert_str_eq(back.path, "/t/a b.c");
        ck_assert_ptr_null(back.pch);
        ck_assert_int_eq(back.args.n, 2);
        ck_assert_str_eq(back.args.at[0], "-DA=1 2");
        ck_assert_str_eq(back.args.at[1], "-DB=\n\"");
        ck_assert_str_eq(back.roots.at[0].name, "<system>");
        ck_assert_str_eq(back.roots.at[0].dir, "/usr/in clude");
        for (size_t cut = 0; cut < length; cut++) /* a job that was cut may be a shorter job, never a crash */
                job_read(arena, bytes, cut, &back);
        ck_assert(!job_read(arena, bytes, length - 1, &back));
        ck_assert(!job_read(arena, "nonsense=1", 11, &back));
        arena_drop(arena);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("pool");
        TCase *jobs = tcase_create("jobs");
        tcase_add_test(jobs, job_travels);
        suite_add_tcase(suite, jobs);
        SRunner *runner = srunner_create(suite);
        srunner_run_all(runner, CK_NORMAL);
        int failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
