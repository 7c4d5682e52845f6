/* test_pool.c: jobs as they travel, and what becomes of units whose parser misbehaves. */
#include "pool_bench.h"

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

/* "whole", or the sentence of a unit that failed. */
static const char *fate(struct bench *bench, const char *path)
{
        for (int i = 0; i < bench->units->n; i++) {
                const struct unit *unit = bench->units->at[i];
                if (!strcmp(unit->path, path))
                        return unit->status == UNIT_FAILED ? unit->diags.at[0].text : "whole";
        }
        return "not there";
}

#define EXPECT_FATE(bench, path, part)                                                                       \
        ck_assert_msg(strstr(fate((bench), (path)), (part)), "%s: %s", (path), fate((bench), (path)))

START_TEST(a_bad_unit_costs_itself)
{
        const char *sources[] = {"a.c",    "babble.c", "crash.c", "hang.c", "leave.c", "more.c",
                                 "once.c", "spin.c",   "wrong.c", "z.c",    NULL};
        struct bench b;
        setup(&b, sources);
        b.how.workers = 2;
        time_t began = time(NULL);
        obtain(&b);
        ck_assert_msg(b.units, "%s", b.error);
        ck_assert_int_le(time(NULL) - began, 600);
        ck_assert_int_eq(b.units->n, 10);
        ck_assert_int_eq(b.calls, 10);
        EXPECT_FATE(&b, "a.c", "whole");
        EXPECT_FATE(&b, "z.c", "whole");
        EXPECT_FATE(&b, "once.c", "whole"); /* the second try, alone, came through */
        EXPECT_FATE(&b, "crash.c", "crashed (Killed)");
        EXPECT_FATE(&b, "leave.c", "ended (status 3)");
        EXPECT_FATE(&b, "hang.c", "for a file that gives nothing");
        EXPECT_FATE(&b, "spin.c", "did not come to an end within");
        EXPECT_FATE(&b, "wrong.c", "makes no sense");
        ck_assert_str_ne(fate(&b, "babble.c"), "whole");
        ck_assert_str_ne(fate(&b, "more.c"), "whole");
        ck_assert_int_eq(b.units->failed, 7);
        for (int i = 1; i < b.units->n; i++)
                ck_assert_int_lt(strcmp(b.units->at[i - 1]->path, b.units->at[i]->path), 0);
        teardown(&b);
}
END_TEST

#ifndef __SANITIZE_ADDRESS__
START_TEST(memory_is_bounded)
{
        const char *sources[] = {"eat.c", "good.c", NULL};
        struct bench b;
        setup(&b, sources);
        b.how.deadline = 30;
        obtain(&b);
        ck_assert_msg(b.units, "%s", b.error);
        EXPECT_FATE(&b, "eat.c", "memory");
        EXPECT_FATE(&b, "good.c", "whole");
        teardown(&b);
}
END_TEST
#endif

START_TEST(workers_run_side_by_side)
{
        const char *sources[] = {NULL};
        struct bench b;
        setup(&b, sources);
        for (int i = 0; i < 4; i++) {
                char *dir = arena_printf(b.arena, "%s/d%d", b.top, i);
                mkdir(dir, 0777);
                ck_assert(file_write(path_join(b.arena, dir, "slow.c"), "", 0, 0644));
        }
        b.how.workers = 4;
        obtain(&b);
        double sum = 0;
        for (int i = 0; i < 4; i++)
                sum += b.units->costs[i].seconds;
        ck_assert_int_eq(b.units->whole, 4);
        ck_assert(sum > 1.1); /* each took its time */
        teardown(&b);
}
END_TEST

START_TEST(a_worker_that_cannot_run_is_an_error)
{
        const char *sources[] = {"a.c", NULL};
        struct bench b;
        setup(&b, sources);
        const char *worker = path_join(b.arena, b.top, "worker");
        const char *script = "#!/bin/sh\necho 'libclang-19.so.1: cannot open' >&2\nexit 127\n";
        ck_assert(file_write(worker, script, strlen(script), 0755));
        obtain(&b);
        ck_assert_ptr_null(b.units);
        ck_assert_ptr_nonnull(strstr(b.error, "libclang-19.so.1: cannot open"));
        setenv("PYMEMLINT_FRONT", "/none/worker", 1);
        obtain(&b);
        ck_assert_ptr_null(b.units);
        ck_assert_ptr_nonnull(strstr(b.error, "/none/worker"));
        teardown(&b);
}
END_TEST

int main(int argc, char **argv)
{
        if (argc == 2 && !strcmp(argv[1], "--worker"))
                return be_worker();
        Suite *suite = suite_create("pool");
        TCase *jobs = tcase_create("jobs");
        tcase_set_timeout(jobs, 120);
        tcase_add_test(jobs, job_travels);
        tcase_add_test(jobs, a_bad_unit_costs_itself);
#ifndef __SANITIZE_ADDRESS__
        tcase_add_test(jobs, memory_is_bounded);
#endif
        tcase_add_test(jobs, workers_run_side_by_side);
        tcase_add_test(jobs, a_worker_that_cannot_run_is_an_error);
        suite_add_tcase(suite, jobs);
        return run_suite(suite);
}
