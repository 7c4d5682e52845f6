/*
 * test_report_fix.c: fixes as changed files and as patches. The patches are
 * judged by patch(1) and git-apply(1) themselves.
 */
#include "report_fixture.h"

#include "report/patch.h"

static const char *content(struct fixture *f, const char *path)
{
        struct text text;
        ck_assert(file_read(f->arena, fixture_path(f, path), 0, &text));
        return text.bytes;
}

/* A finding at LINE:COL whose one fix replaces up to END. */
static struct finding *add_fix(struct fixture *f, const char *path, uint32_t line, uint32_t col, uint32_t end,
                               bool safe, const char *text)
{
        struct where at = place(f, path, line, col, end);
        struct finding *finding = add(f, &old_name, at, "f", NULL, "Old.");
        at.end_line = line;
        at.end_col = end;
        finding_fix(f->report->found, finding, safe, at, text, "Change it");
        return finding;
}

START_TEST(safe_fixes_are_applied)
{
        struct fixture *f = fixture_new();
        struct fix_result result;
        struct stat st;
        fixture_text(f, "a.c", "one OLD two OLD\r\nOLD\r\n");
        chmod(fixture_path(f, "a.c"), 0754);
        add_fix(f, "a.c", 1, 5, 8, true, "fresh");
        add_fix(f, "a.c", 1, 13, 16, false, "unsafe");
        add_fix(f, "a.c", 2, 1, 4, true, "x\ny");
        findings_settle(f->report, NULL);
        report_fix(f->report, false, NULL, &result);
        ck_assert_str_eq(content(f, "a.c"), "one fresh two OLD\r\nx\r\ny\r\n");
        ck_assert_int_eq(result.fixed, 2);
        ck_assert_int_eq(result.files, 1);
        ck_assert_int_eq(result.refused.n, 0);
        ck_assert_int_eq(report_count(f->report, LEVEL_NOTE), 1);
        ck_assert_int_eq(stat(fixture_path(f, "a.c"), &st), 0);
        ck_assert_int_eq(st.st_mode & 07777, 0754);
        fixture_drop(f);
}
END_TEST

START_TEST(unsafe_fixes_on_demand)
{
        struct fixture *f = fixture_new();
        struct fix_result result;
        fixture_text(f, "a.c", "OLD\n");
        add_fix(f, "a.c", 1, 1, 4, false, "new");
        findings_settle(f->report, NULL);
        report_fix(f->report, true, NULL, &result);
        ck_assert_str_eq(content(f, "a.c"), "new\n");
        ck_assert_int_eq(result.fixed, 1);
        fixture_drop(f);
}
END_TEST

START_TEST(silenced_findings_are_not_fixed)
{
        struct fixture *f = fixture_new();
        struct fix_result result;
        fixture_text(f, "a.c", "OLD\n");
        add_fix(f, "a.c", 1, 1, 4, true, "new")->suppressed = true;
        findings_settle(f->report, NULL);
        report_fix(f->report, true, NULL, &result);
        ck_assert_str_eq(content(f, "a.c"), "OLD\n");
        fixture_drop(f);
}
END_TEST

START_TEST(one_edit_of_many_units_is_made_once)
{
        struct fixture *f = fixture_new();
        struct fix_result result;
        fixture_text(f, "a.h", "OLD x;\n");
        add_fix(f, "a.h", 1, 1, 4, true, "new");
        add_fix(f, "a.h", 1, 5, 6, true, "y");
        struct finding *again = add_fix(f, "a.h", 1, 6, 7, true, ";");
        again->fixes.at[0].edits.at[0] = (struct edit){.at = place(f, "a.h", 1, 1, 4), .text = "new"};
        findings_settle(f->report, NULL);
        report_fix(f->report, false, NULL, &result);
        ck_assert_str_eq(content(f, "a.h"), "new y;\n");
        ck_assert_int_eq(result.fixed, 3);
        ck_assert_int_eq(result.edits, 2);
        fixture_drop(f);
}
END_TEST

START_TEST(overlapping_fixes_are_refused_whole)
{
        struct fixture *f = fixture_new();
        struct fix_result result;
        fixture_text(f, "a.c", "abcdef\nuvw\n");
        add_fix(f, "a.c", 1, 1, 4, true, "X");
        struct finding *second = add_fix(f, "a.c", 1, 3, 6, true, "Y");
        /* its other half would fit, but half a fix is none */
        VEC_PUSH(f->arena, &second->fixes.at[0].edits,
                 (struct edit){.at = place(f, "a.c", 2, 1, 4), .text = "half"});
        struct edit first = second->fixes.at[0].edits.at[0];
        second->fixes.at[0].edits.at[0] = second->fixes.at[0].edits.at[1];
        second->fixes.at[0].edits.at[1] = first;
        findings_settle(f->report, NULL);
        report_fix(f->report, false, NULL, &result);
        ck_assert_str_eq(content(f, "a.c"), "Xdef\nuvw\n");
        ck_assert_int_eq(result.fixed, 1);
        ck_assert_int_eq(result.refused.n, 1);
        ck_has(result.refused.at[0], "overlap at a.c:1:3");
        fixture_drop(f);
}
END_TEST

START_TEST(changed_files_are_left_alone)
{
        struct fixture *f = fixture_new();
        struct fix_result result;
        fixture_text(f, "a.c", "OLD\n");
        add_fix(f, "a.c", 1, 1, 4, true, "new");
        ck_assert(file_write(fixture_path(f, "a.c"), "OLD but edited\n", 15, 0));
        findings_settle(f->report, NULL);
        report_fix(f->report, false, NULL, &result);
        ck_assert_str_eq(content(f, "a.c"), "OLD but edited\n");
        ck_assert_int_eq(result.refused.n, 1);
        ck_has(result.refused.at[0], "it changed since it was analyzed");
        ck_assert_int_eq(report_count(f->report, LEVEL_NOTE), 1);
        fixture_drop(f);
}
END_TEST

START_TEST(changed_after_the_excerpt_too)
{
        struct fixture *f = fixture_new();
        struct fix_result result;
        fixture_text(f, "a.c", "OLD\n");
        add_fix(f, "a.c", 1, 1, 4, true, "new");
        findings_settle(f->report, NULL);
        ck_has(written(f, FORMAT_FULL), "OLD");
        ck_assert(file_write(fixture_path(f, "a.c"), "OLE\n", 4, 0));
        report_fix(f->report, false, NULL, &result);
        ck_assert_str_eq(content(f, "a.c"), "OLE\n");
        fixture_drop(f);
}
END_TEST

START_TEST(links_out_of_the_tree_are_not_followed)
{
        struct fixture *f = fixture_new(), *other = fixture_new();
        struct fix_result result;
        fixture_text(other, "victim.c", "OLD\n");
        ck_assert_int_eq(symlink(fixture_path(other, "victim.c"), fixture_path(f, "a.c")), 0);
        add_fix(f, "a.c", 1, 1, 4, true, "new");
        findings_settle(f->report, NULL);
        report_fix(f->report, false, NULL, &result);
        ck_assert_str_eq(content(other, "victim.c"), "OLD\n");
        ck_has(result.refused.at[0], "it lies outside the tree");
        fixture_drop(f);
        fixture_drop(other);
}
END_TEST

START_TEST(links_inside_the_tree_stay_links)
{
        struct fixture *f = fixture_new();
        struct fix_result result;
        struct stat st;
        fixture_text(f, "real.c", "OLD\n");
        ck_assert_int_eq(symlink("real.c", fixture_path(f, "a.c")), 0);
        add_fix(f, "a.c", 1, 1, 4, true, "new");
        findings_settle(f->report, NULL);
        report_fix(f->report, false, NULL, &result);
        ck_assert_str_eq(content(f, "real.c"), "new\n");
        ck_assert_int_eq(lstat(fixture_path(f, "a.c"), &st), 0);
        ck_assert(S_ISLNK(st.st_mode));
        fixture_drop(f);
}
END_TEST

START_TEST(places_outside_the_file_are_refused)
{
        struct fixture *f = fixture_new();
        struct fix_result result;
        fixture_text(f, "a.c", "OLD\n");
        add_fix(f, "a.c", 9, 1, 4, true, "new");
        add_fix(f, "a.c", 1, 3, 40, true, "new");
        findings_settle(f->report, NULL);
        report_fix(f->report, false, NULL, &result);
        ck_assert_str_eq(content(f, "a.c"), "OLD\n");
        ck_assert_int_eq(result.refused.n, 2);
        fixture_drop(f);
}
END_TEST

/* ---- patches ---- */

static void run(struct fixture *f, const char *command)
{
        char *line = arena_printf(f->arena, "cd '%s' && %s", f->tree, command);
        ck_assert_msg(system(line) == 0, "%s", line);
}

/* Applies FIXES as a patch with both tools and holds the result against what --fix writes. */
static void check_patch(struct fixture *f, const char *path)
{
        struct fix_result result;
        struct out diff = {.arena = f->arena};
        findings_settle(f->report, NULL);
        report_fix(f->report, true, &diff, &result);
        int fixes = result.fixed;
        const char *before = content(f, path);
        ck_assert(file_write(fixture_path(f, "d.patch"), out_string(&diff), diff.length, 0));
        run(f, "for t in p g; do mkdir -p $t/sub; cp *.c $t; cp sub/*.c $t/sub; done 2>/dev/null; :");
        run(f, "cd p && patch -s -p1 --binary -F0 < ../d.patch");
        run(f, "cd g && git init -q . && git apply --whitespace=nowarn ../d.patch");
        ck_assert_str_eq(content(f, path), before);
        report_fix(f->report, true, NULL, &result);
        ck_assert_int_eq(result.fixed, fixes);
        const char *after = content(f, path);
        ck_assert_str_ne(before, after);
        ck_assert_str_eq(content(f, arena_printf(f->arena, "p/%s", path)), after);
        ck_assert_str_eq(content(f, arena_printf(f->arena, "g/%s", path)), after);
}

static const char *numbered_lines(struct fixture *f, int n, const char *end)
{
        struct out out = {.arena = f->arena};
        for (int i = 1; i <= n; i++)
                out_format(&out, "line %d%s", i, i == n ? "" : end);
        return out_string(&out);
}

START_TEST(patch_with_near_and_far_changes)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "a.c", arena_printf(f->arena, "%s\n", numbered_lines(f, 60, "\n")));
        const uint32_t lines[] = {1, 2, 5, 12, 19, 40, 60};
        for (int i = 0; i < 7; i++)
                add_fix(f, "a.c", lines[i], 1, 5, true, i % 2 ? "row" : "first\nsecond");
        run(f, "cp a.c before");
        check_patch(f, "a.c");
        /* diff(1) is the oracle for where hunks begin and how long they are */
        run(f, "diff -u before a.c > want; grep '^@@' want > want.at; grep '^@@' d.patch | cmp - want.at");
        fixture_drop(f);
}
END_TEST

START_TEST(patch_without_last_line_end)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "a.c", numbered_lines(f, 9, "\n"));
        add_fix(f, "a.c", 9, 1, 5, true, "row");
        check_patch(f, "a.c");
        fixture_drop(f);
}
END_TEST

START_TEST(patch_near_a_last_line_without_end)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "a.c", numbered_lines(f, 9, "\n"));
        add_fix(f, "a.c", 7, 1, 5, true, "row");
        check_patch(f, "a.c");
        fixture_drop(f);
}
END_TEST

START_TEST(patch_of_a_file_with_crlf)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "a.c", arena_printf(f->arena, "%s\r\n", numbered_lines(f, 9, "\r\n")));
        add_fix(f, "a.c", 4, 1, 5, true, "a\nb");
        check_patch(f, "a.c");
        fixture_drop(f);
}
END_TEST

START_TEST(patch_of_an_odd_name)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "sub/a b\xc3\xa4.c", "OLD\n");
        add_fix(f, "sub/a b\xc3\xa4.c", 1, 1, 4, true, "new");
        check_patch(f, "sub/a b\xc3\xa4.c");
        fixture_drop(f);
}
END_TEST

/* A fix that takes lines FROM up to TO away, or puts TEXT in front of FROM when they are equal. */
static void add_lines_fix(struct fixture *f, uint32_t from, uint32_t to, const char *text)
{
        struct where at = place(f, "a.c", from, 1, 1);
        struct finding *finding = add(f, &old_name, at, "f", NULL, "Old.");
        at.end_line = to;
        finding_fix(f->report->found, finding, true, at, text, "Change lines");
}

START_TEST(patch_of_whole_lines_touches_no_other)
{
        struct fixture *f = fixture_new();
        struct out diff = {.arena = f->arena};
        struct fix_result result;
        fixture_text(f, "a.c", "1\n2\n3\n4\n5\n");
        add_lines_fix(f, 2, 3, "");
        add_lines_fix(f, 5, 5, "new\n");
        findings_settle(f->report, NULL);
        report_fix(f->report, true, &diff, &result);
        ck_assert_str_eq(out_string(&diff),
                         "--- a/a.c\n+++ b/a.c\n@@ -1,5 +1,5 @@\n 1\n-2\n 3\n 4\n+new\n 5\n");
        check_patch(f, "a.c");
        fixture_drop(f);
}
END_TEST

START_TEST(patch_of_random_changes)
{
        unsigned seed = 1 + (unsigned)_i;
        struct fixture *f = fixture_new();
        const char *text = numbered_lines(f, 40, "\n");
        fixture_text(f, "a.c", _i % 2 ? text : arena_printf(f->arena, "%s\n", text));
        for (int i = 0; i < 6; i++) {
                static const char *const texts[] = {"", "x", "y\n", "\nz", "p\nq\nr"};
                seed = seed * 1103515245u + 12345u;
                uint32_t line = 1 + seed / 65536 % 39, cols = 1 + seed / 7 % 6, to = cols + seed / 13 % 3;
                struct where at = place(f, "a.c", line, cols, to);
                struct finding *finding = add(f, &old_name, at, "f", NULL, "Old.");
                at.end_line = line + seed / 17 % 2;
                if (at.end_line > line)
                        at.end_col = 1 + seed / 19 % 3;
                finding_fix(f->report->found, finding, true, at, texts[seed / 23 % 5], "Change");
        }
        check_patch(f, "a.c");
        fixture_drop(f);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("fix");
        TCase *fix = tcase_create("fix"), *patch = tcase_create("patch");
        tcase_add_test(fix, safe_fixes_are_applied);
        tcase_add_test(fix, unsafe_fixes_on_demand);
        tcase_add_test(fix, silenced_findings_are_not_fixed);
        tcase_add_test(fix, one_edit_of_many_units_is_made_once);
        tcase_add_test(fix, overlapping_fixes_are_refused_whole);
        tcase_add_test(fix, changed_files_are_left_alone);
        tcase_add_test(fix, changed_after_the_excerpt_too);
        tcase_add_test(fix, links_out_of_the_tree_are_not_followed);
        tcase_add_test(fix, links_inside_the_tree_stay_links);
        tcase_add_test(fix, places_outside_the_file_are_refused);
        suite_add_tcase(suite, fix);
        tcase_add_test(patch, patch_with_near_and_far_changes);
        tcase_add_test(patch, patch_without_last_line_end);
        tcase_add_test(patch, patch_near_a_last_line_without_end);
        tcase_add_test(patch, patch_of_a_file_with_crlf);
        tcase_add_test(patch, patch_of_an_odd_name);
        tcase_add_test(patch, patch_of_whole_lines_touches_no_other);
        tcase_add_loop_test(patch, patch_of_random_changes, 0, 12);
        tcase_set_timeout(patch, 60);
        suite_add_tcase(suite, patch);
        SUITE_RUN(suite);
}
