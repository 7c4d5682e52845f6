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

/* A private variable COUNT times over, and a function of the tree that sets all of them. */
static struct program *counters(struct arena *arena, bool exported, int count)
{
        struct names *names = names_new(arena);
        struct unit *unit = unit_new(arena, names, "count.c");
        struct func *func = func_new(unit, name_of(names, "reset"));
        func->is_static = !exported;
        func->result = name_of(names, "void");
        for (int i = 0; i < count; i++) {
                sym name = name_printf(names, "n%d", i);
                struct data *data = data_new(unit, name);
                data->is_static = true;
                struct event event = {.kind = EVENT_ASSIGN, .target = -1};
                event.dst = place_named(unit, func, PLACE_GLOBAL, name);
                event.src = place_const(unit, func, 0);
                VEC_PUSH(arena, &func->blocks.at[0].events, event);
        }
        func->blocks.at[0].end = END_RETURN;
        func->blocks.at[0].place = -1;
        return program_link(arena, names, &unit, 1, models_new(arena, names, 0, 0, 0));
}

/* However many it sets: code outside that may call it changes the last one too. */
START_TEST(test_who_changes_private_variables)
{
        static const int counts[] = {1, 70};
        for (int i = 0; i < 4; i++) {
                struct arena *arena = arena_new();
                int count = counts[i % 2];
                struct program *program = counters(arena, i < 2, count);
                sym last = name_printf(program->names, "n%d", count - 1);
                sym key = program_global(program, program->units.at[0], last);
                ck_assert_int_eq(map_get(&program->inside, MAP_KEY(key)) != NULL, i >= 2);
                arena_drop(arena);
        }
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("flow");
        TCase *units = tcase_create("units");
        tcase_add_test(units, test_every_unit);
        tcase_add_test(units, test_who_changes_private_variables);
        suite_add_tcase(suite, units);
        SRunner *runner = srunner_create(suite);
        srunner_run_all(runner, CK_ENV);
        int failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed != 0;
}
