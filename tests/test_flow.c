/*
 * test_flow.c: the link half alone. Comes in: hand-written unit files of
 * testdata/flow/, each with "NAME.expect": lines "RULE FILE:LINE" that the
 * rules must find, no more and no less, at high confidence. No libclang.
 */
#include "base/file.h"
#include "base/text.h"
#include "flow/flow.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *run(struct arena *arena, const char *path)
{
        struct names *names = names_new(arena);
        struct text text;
        const char *error = NULL;
        ck_assert_msg(file_read(arena, path, 0, &text), "cannot read %s", path);
        struct unit *unit = unit_read(arena, names, text.bytes, text.length, &error);
        ck_assert_msg(unit != NULL, "%s: %s", path, error);
        struct models *models = models_new(arena, names, 0, 0, 0);
        struct program *program = program_link(arena, names, &unit, 1, models);
        struct findings found = {.arena = arena};
        contracts_infer(program);
        gil_spread(program);
        rules_run(program, rules_all, &found);
        struct out out = {.arena = arena};
        char *last = "";
        for (int i = 0; i < found.list.n; i++) {
                const struct finding *finding = found.list.at[i];
                char *line = arena_printf(arena, "%s %s:%u\n", finding->rule->name, finding->at.file,
                                          finding->at.line);
                if (finding->confidence == CONFIDENCE_HIGH && !finding->rule->off && strcmp(line, last))
                        out_text(&out, line);
                last = line;
        }
        return arena_strndup(arena, out_string(&out), out.length);
}

static int by_text(const void *a, const void *b)
{
        return strcmp(*(char *const *)a, *(char *const *)b);
}

START_TEST(test_every_unit)
{
        struct arena *arena = arena_new();
        const char *folder = arena_printf(arena, "%s/testdata/flow", getenv("SOURCE"));
        DIR *dir = opendir(folder);
        struct dirent *entry;
        int n = 0;
        VEC(char *) names = {0};
        ck_assert_msg(dir != NULL, "no folder %s", folder);
        while ((entry = readdir(dir)))
                if (strstr(entry->d_name, ".unit"))
                        VEC_PUSH(arena, &names, arena_strndup(arena, entry->d_name, strlen(entry->d_name)));
        closedir(dir);
        qsort(names.at, (size_t)names.n, sizeof *names.at, by_text);
        for (int i = 0; i < names.n; i++) {
                const char *path = path_join(arena, folder, names.at[i]);
                char *expect = arena_printf(arena, "%.*s.expect", (int)strlen(path) - 5, path);
                struct text wanted;
                ck_assert_msg(file_read(arena, expect, 0, &wanted), "no %s", expect);
                const char *got = run(arena, path);
                ck_assert_msg(!strcmp(got, wanted.bytes), "%s:\nexpected:\n%sgot:\n%s", names.at[i], wanted.bytes,
                              got);
                n++;
        }
        ck_assert_int_ge(n, 3);
        arena_drop(arena);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("flow");
        TCase *units = tcase_create("units");
        tcase_add_test(units, test_every_unit);
        suite_add_tcase(suite, units);
        SRunner *runner = srunner_create(suite);
        srunner_run_all(runner, CK_ENV);
        int failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed != 0;
}
