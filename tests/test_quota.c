/*
 * test_quota.c: processors that control groups pay for, out of folders that
 * look like those of Linux.
 */
#include "front/quota.h"

#include "base/arena.h"
#include "base/file.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Up to three files below the mount, what the process is told, and the answer. */
static const struct {
        const char *groups, *files[3][2];
        int cores;
} cases[] = {
    {"0::/\n", {{"cpu.max", "150000 100000\n"}}, 2},
    {"0::/\n", {{"cpu.max", "max 100000\n"}}, 0},
    {"0::/a/b\n",
     {{"a/b/cpu.max", "400000 100000\n"}, {"a/cpu.max", "100000 100000\n"}, {"cpu.max", "max 100000\n"}},
     1},
    {"0::/a/b\n", {{"a/b/cpu.max", "300000 100000\n"}}, 3},
    {"4:memory:/x\n3:cpu,cpuacct:/a\n",
     {{"cpu/a/cpu.cfs_quota_us", "200000\n"}, {"cpu/a/cpu.cfs_period_us", "100000\n"}},
     2},
    {"3:cpu:/\n", {{"cpu/cpu.cfs_quota_us", "-1\n"}, {"cpu/cpu.cfs_period_us", "100000\n"}}, 0},
    {"0::/../../../etc\n", {{"cpu.max", "100000 100000\n"}}, 0},
    {"0::/\n", {{"cpu.max", "nonsense"}}, 0},
    {"0::/\n", {{"cpu.max", "99999999999999999999 1\n"}}, 0},
    {"0::/\n", {{"cpu.max", "100000 0\n"}}, 0},
    {"::\n\n:\nx", {{"cpu.max", "100000 100000\n"}}, 1},
    {"", {{"cpu.max", "100000 100000\n"}}, 0},
};

START_TEST(quotas)
{
        struct arena *arena = arena_new();
        char top[] = "/tmp/pymemlint-test-XXXXXX";
        ck_assert_ptr_nonnull(mkdtemp(top));
        static const char *const folders[] = {"m", "m/a", "m/a/b", "m/cpu", "m/cpu/a"};
        for (int i = 0; i < 5; i++)
                ck_assert_int_eq(mkdir(path_join(arena, top, folders[i]), 0700), 0);
        const char *groups = path_join(arena, top, "groups"), *mount = path_join(arena, top, "m");
        ck_assert(file_write(groups, cases[_i].groups, strlen(cases[_i].groups), 0));
        for (int i = 0; i < 3 && cases[_i].files[i][0]; i++)
                ck_assert(file_write(path_join(arena, mount, cases[_i].files[i][0]), cases[_i].files[i][1],
                                     strlen(cases[_i].files[i][1]), 0));
        int cores = quota_cores(groups, mount);
        for (int i = 0; i < 3 && cases[_i].files[i][0]; i++)
                remove(path_join(arena, mount, cases[_i].files[i][0]));
        remove(groups);
        for (int i = 4; i >= 0; i--)
                remove(path_join(arena, top, folders[i]));
        remove(top);
        arena_drop(arena);
        ck_assert_int_eq(cores, cases[_i].cores);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("quota");
        TCase *tests = tcase_create("all");
        suite_add_tcase(suite, tests);
        tcase_add_loop_test(tests, quotas, 0, (int)(sizeof cases / sizeof *cases));
        SRunner *runner = srunner_create(suite);
        srunner_run_all(runner, CK_NORMAL);
        int failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed != 0;
}
