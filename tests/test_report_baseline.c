/*
 * test_report_baseline.c: findings that are known: created, matched over edits,
 * renamed, gone, and files that are no baseline.
 */
#include "report_fixture.h"

static const char *const first_text = "void f(void)\n{\n\tdrop(b);\n}\nvoid g(void)\n{\n\tdrop(c);\n}\n";

/* A run over PATH as it stands in TEXT, with a finding at each `drop`. */
static void run_over(struct fixture *f, const char *path, const char *text)
{
        f->report = report_new(f->arena, f->names, "0.1.0", f->tree);
        f->report->rules = made_up_rules;
        fixture_text(f, path, text);
        uint32_t line = 1, col = 1;
        const char *func = "f";
        for (const char *at = text; *at; at++, col++) {
                if (!strncmp(at, "void g", 6))
                        func = "g";
                if (!strncmp(at, "drop", 4))
                        add(f, &mismatch, place(f, path, line, col, col + 4), func, NULL, "Wrong.");
                if (*at == '\n') {
                        line++;
                        col = 0;
                }
        }
}

static struct baseline *saved(struct fixture *f, const struct baseline *baseline)
{
        struct out out = {.arena = f->arena};
        const char *error = NULL, *path = fixture_path(f, "base.json");
        baseline_write(baseline, &out);
        ck_assert(file_write(path, out_string(&out), out.length, 0));
        struct baseline *again = baseline_read(f->arena, path, &error);
        ck_assert_msg(again != NULL, "%s", error);
        struct out twice = {.arena = f->arena};
        baseline_write(again, &twice);
        ck_assert_str_eq(out_string(&twice), out_string(&out));
        again->path = "base.json";
        return again;
}

/* The baseline of the first text. */
static struct baseline *first_baseline(struct fixture *f)
{
        run_over(f, "a.c", first_text);
        findings_settle(f->report, NULL);
        return saved(f, baseline_create(f->report));
}

START_TEST(known_findings_are_not_shown)
{
        struct fixture *f = fixture_new();
        struct baseline *baseline = first_baseline(f);
        ck_assert_int_eq(baseline->entries.n, 2);
        ck_assert_str_eq(baseline->entries.at[0].func, "f");
        run_over(f, "a.c", first_text);
        findings_settle(f->report, baseline);
        ck_assert_str_eq(written(f, FORMAT_CONCISE), "");
        ck_assert_int_eq(report_count(f->report, LEVEL_NOTE), 0);
        fixture_drop(f);
}
END_TEST

START_TEST(moved_and_reformatted_code_stays_known_and_a_new_bug_is_new)
{
        struct fixture *f = fixture_new();
        struct baseline *baseline = first_baseline(f);
        run_over(f, "a.c",
                 "/* new */\n\nvoid f(void) { drop( b ); }\nvoid g(void)\n{\n\tint "
                 "n;\n\tdrop(c);\n\tdrop(d);\n}\n");
        findings_settle(f->report, baseline);
        ck_assert_str_eq(written(f, FORMAT_CONCISE), "a.c:8:2: error: Wrong. [PML201]\n");
        fixture_drop(f);
}
END_TEST

START_TEST(a_swap_is_seen)
{
        struct fixture *f = fixture_new();
        struct baseline *baseline = first_baseline(f);
        run_over(f, "a.c", "void f(void)\n{\n\tdrop(x);\n}\nvoid g(void)\n{\n\tdrop(c);\n}\n");
        findings_settle(f->report, baseline);
        /* one gone, one new: the count alone would not tell */
        ck_assert_str_eq(
            written(f, FORMAT_CONCISE),
            "a.c:3:2: error: Wrong. [PML201]\n"
            "base.json:5:1: note: The finding of 'PML201' in 'f' of 'a.c' is gone, but the baseline "
            "still has it. [PML904]\n");
        ck_assert_int_eq(baseline_prune(baseline, f->report), 1);
        ck_assert_int_eq(baseline->entries.n, 1);
        ck_assert_str_eq(baseline->entries.at[0].func, "g");
        fixture_drop(f);
}
END_TEST

START_TEST(strict_baselines_fail)
{
        struct fixture *f = fixture_new();
        struct baseline *baseline = first_baseline(f);
        baseline->strict = true;
        run_over(f, "a.c", "void f(void);\n");
        findings_settle(f->report, baseline);
        ck_assert_int_eq(report_count(f->report, LEVEL_ERROR), 2);
        fixture_drop(f);
}
END_TEST

START_TEST(renamed_files_stay_known)
{
        struct fixture *f = fixture_new();
        struct baseline *baseline = first_baseline(f);
        ck_assert_int_eq(unlink(fixture_path(f, "a.c")), 0);
        run_over(f, "sub/new.c", first_text);
        findings_settle(f->report, baseline);
        ck_assert_str_eq(written(f, FORMAT_CONCISE), "");
        ck_assert_int_eq(baseline_update(baseline, f->report), 0);
        ck_assert_str_eq(baseline->entries.at[0].file, "sub/new.c");
        baseline = saved(f, baseline);
        run_over(f, "sub/new.c", first_text);
        findings_settle(f->report, baseline);
        ck_assert_int_eq(report_count(f->report, LEVEL_NOTE), 0);
        fixture_drop(f);
}
END_TEST

START_TEST(copies_are_not_renames)
{
        struct fixture *f = fixture_new();
        struct baseline *baseline = first_baseline(f);
        run_over(f, "copy.c", first_text);
        findings_settle(f->report, baseline);
        ck_assert_int_eq(report_count(f->report, LEVEL_ERROR), 2);
        fixture_drop(f);
}
END_TEST

START_TEST(what_was_not_run_is_kept)
{
        static const struct rule *const others[] = {&without_lock, NULL};
        struct fixture *f = fixture_new();
        struct baseline *baseline = first_baseline(f);
        /* another rule */
        run_over(f, "a.c", "");
        f->report->rules = others;
        findings_settle(f->report, baseline);
        ck_assert_int_eq(baseline_prune(baseline, f->report), 0);
        /* another file */
        run_over(f, "a.c", "");
        f->report->files.n = 0;
        findings_settle(f->report, baseline);
        ck_assert_int_eq(baseline_prune(baseline, f->report), 0);
        /* a unit that failed */
        run_over(f, "a.c", "");
        struct unit_note failed = {name_of(f->names, "a.c"), OUTCOME_FAILED, "given", "crash", 0, 0, 0};
        VEC_PUSH(f->arena, &f->report->units, failed);
        findings_settle(f->report, baseline);
        ck_assert_int_eq(baseline_prune(baseline, f->report), 0);
        ck_assert_int_eq(report_count(f->report, LEVEL_NOTE), 0);
        fixture_drop(f);
}
END_TEST

START_TEST(update_adds_and_keeps_reasons)
{
        struct fixture *f = fixture_new();
        struct baseline *baseline = first_baseline(f);
        baseline->entries.at[0].reason = "old and harmless";
        run_over(f, "a.c", "void f(void)\n{\n\tdrop(b);\n\tdrop(n);\n}\n");
        findings_settle(f->report, baseline);
        ck_assert_int_eq(baseline_update(baseline, f->report), 1);
        ck_assert_int_eq(baseline->entries.n, 3);
        baseline = saved(f, baseline);
        int reasons = 0;
        for (int i = 0; i < baseline->entries.n; i++)
                reasons += !strcmp(baseline->entries.at[i].reason, "old and harmless");
        ck_assert_int_eq(reasons, 1);
        fixture_drop(f);
}
END_TEST

START_TEST(numbers_do_not_depend_on_what_is_shown)
{
        struct fixture *f = fixture_new();
        const char *twice = "void f(void)\n{\n\tdrop(b);\n\tdrop(b);\n}\n";
        run_over(f, "a.c", twice);
        f->report->found->list.at[0]->confidence = CONFIDENCE_MEDIUM;
        f->report->confidence = CONFIDENCE_HIGH;
        findings_settle(f->report, NULL);
        struct baseline *baseline = saved(f, baseline_create(f->report));
        ck_assert_int_eq(baseline->entries.n, 1);
        run_over(f, "a.c", twice);
        f->report->found->list.at[0]->confidence = CONFIDENCE_MEDIUM;
        findings_settle(f->report, baseline);
        ck_assert_str_eq(written(f, FORMAT_CONCISE), "a.c:3:2: error: Wrong. [PML201]\n");
        fixture_drop(f);
}
END_TEST

START_TEST(sarif_tells_new_from_known)
{
        struct fixture *f = fixture_new();
        struct baseline *baseline = first_baseline(f);
        run_over(f, "a.c", "void f(void)\n{\n\tdrop(b);\n\tdrop(n);\n}\nvoid g(void)\n{\n\tdrop(c);\n}\n");
        findings_settle(f->report, baseline);
        f->report->show_known = true;
        json_t *log = written_json(f, FORMAT_SARIF);
        ck_assert_uint_eq(json_array_size(json_at(log, "runs.0.results")), 3);
        ck_assert_str_eq(text_at(log, "runs.0.results.0.baselineState"), "unchanged");
        ck_assert_str_eq(text_at(log, "runs.0.results.1.baselineState"), "new");
        json_decref(log);
        fixture_drop(f);
}
END_TEST

START_TEST(entries_of_an_earlier_run_are_only_lent)
{
        struct fixture *f = fixture_new();
        struct baseline *baseline = first_baseline(f);
        struct baseline_entry again = baseline->entries.at[0], gone = again;
        again.earlier = gone.earlier = true;
        gone.hash = "0123456789abcdef:1";
        VEC_PUSH(f->arena, &baseline->entries, again);
        VEC_PUSH(f->arena, &baseline->entries, gone);
        run_over(f, "a.c", first_text);
        findings_settle(f->report, baseline);
        /* neither the twin in the file nor what went away since is stale */
        ck_assert_str_eq(written(f, FORMAT_CONCISE), "");
        ck_assert_int_eq(saved(f, baseline)->entries.n, 2);
        fixture_drop(f);
}
END_TEST

START_TEST(what_is_no_baseline_is_refused)
{
        static const struct {
                const char *text, *says;
        } all[] = {
            {"", "is not JSON: line 1"},
            {"{\"version\": 1,\n \"findings\": [}", "is not JSON: line 2"},
            {"[]", "no 'version'"},
            {"{\"version\": 2, \"findings\": []}", "another version"},
            {"{\"version\": 1, \"findings\": {}}", "no list of 'findings'"},
            {"{\"version\": 1, \"findings\": [{\"hash\": \"x:1\", \"rule\": \"R\"}]}", "finding 1 lacks"},
            {"{\"version\": 1, \"findings\": [{\"hash\": 1, \"rule\": \"R\", \"file\": \"a\"}]}",
             "finding 1 lacks"},
            {"{\"version\": 1, \"findings\": [7]}", "finding 1 lacks"},
            {"{\"version\": 1, \"version\": 1, \"findings\": []}", "duplicate"},
        };
        struct fixture *f = fixture_new();
        const char *path = fixture_path(f, "base.json"), *error = NULL;
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
                ck_assert(file_write(path, all[i].text, strlen(all[i].text), 0));
                ck_assert_ptr_null(baseline_read(f->arena, path, &error));
                ck_has(error, all[i].says);
                ck_has(error, path);
        }
        ck_assert_ptr_null(baseline_read(f->arena, f->tree, &error));
        ck_has(error, "cannot read baseline");
        fixture_drop(f);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("baseline");
        TCase *all = tcase_create("baseline");
        tcase_add_test(all, known_findings_are_not_shown);
        tcase_add_test(all, moved_and_reformatted_code_stays_known_and_a_new_bug_is_new);
        tcase_add_test(all, a_swap_is_seen);
        tcase_add_test(all, strict_baselines_fail);
        tcase_add_test(all, renamed_files_stay_known);
        tcase_add_test(all, copies_are_not_renames);
        tcase_add_test(all, what_was_not_run_is_kept);
        tcase_add_test(all, update_adds_and_keeps_reasons);
        tcase_add_test(all, numbers_do_not_depend_on_what_is_shown);
        tcase_add_test(all, sarif_tells_new_from_known);
        tcase_add_test(all, entries_of_an_earlier_run_are_only_lent);
        tcase_add_test(all, what_is_no_baseline_is_refused);
        suite_add_tcase(suite, all);
        SUITE_RUN(suite);
}
