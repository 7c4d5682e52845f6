/*
 * test_report.c: text for people, the small formats, order, suppressions and
 * the baseline, over made-up findings in small sources.
 */
#include "report_fixture.h"

#include "report/source.h"
#include "report/tokens.h"

static struct mute *add_mute(struct fixture *f, const char *path, uint32_t line, uint32_t col,
                             const char *rules, const char *reason, const char *form)
{
        struct mute mute = {.at = place(f, path, line, col, 0), .first = line, .last = line};
        mute.rules = name_of(f->names, rules);
        mute.reason = name_of(f->names, reason);
        mute.form = name_of(f->names, form);
        VEC_PUSH(f->arena, &f->report->mutes, mute);
        return &f->report->mutes.at[f->report->mutes.n - 1];
}

static struct finding *finding_at(struct fixture *f, int i)
{
        ck_assert_int_lt(i, f->report->found->list.n);
        return f->report->found->list.at[i];
}

/* ---- text ---- */

START_TEST(full_shows_excerpt_path_and_help)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "a.c", "int f(void)\n{\n\tx = take(\xe5\xad\x97, y);\n}\n");
        const struct step *first =
            step(f, STEP_ENTER, place(f, "a.c", 1, 5, 6), "f", "it is called from a table", "held", NULL);
        const struct step *second = step(f, STEP_RELEASE, place(f, "a.c", 2, 1, 0), "f",
                                         "the lock is given up here", "released", first);
        struct finding *finding =
            add(f, &mismatch, place(f, "a.c", 3, 6, 18), "f", second, "'take' is wrong.");
        finding_fix(f->report->found, finding, true, place(f, "a.c", 3, 6, 10), "give", "Use 'give'");
        findings_settle(f->report, NULL);
        ck_assert_str_eq(written(f, FORMAT_FULL),
                         "a.c:3:6: error: 'take' is wrong. [PML201]\n"
                         "  2 | {\n"
                         "  3 |         x = take(\xe5\xad\x97, y);\n"
                         "    |             ^~~~~~~~~~~\n"
                         "  4 | }\n"
                         "  how it comes about:\n"
                         "    1. a.c:1:5 in f: it is called from a table [held]\n"
                         "    2. a.c:2:1 in f: the lock is given up here [released]\n"
                         "    3. a.c:3:6 in f: 'take' is wrong [released]\n"
                         "  help: Use the family's own function. (pymemlint explain family-mismatch)\n"
                         "  fix: Use 'give' (--fix)\n"
                         "\n");
        fixture_drop(f);
}
END_TEST

START_TEST(carets_stand_below_what_is_meant)
{
        struct fixture *f = fixture_new();
        /* a tab in the middle, wide, combining and four-byte characters before the place */
        fixture_text(f, "a.c", "ab\t\xe5\xad\x97 e\xcc\x81 \xf0\x9f\x90\x8d call();\n");
        add(f, &mismatch, place(f, "a.c", 1, 17, 0), "f", NULL, "Wrong.");
        findings_settle(f->report, NULL);
        ck_has(written(f, FORMAT_FULL), "  1 | ab      \xe5\xad\x97 e\xcc\x81 \xf0\x9f\x90\x8d call();\n"
                                        "    |                 ^~~~\n");
        fixture_drop(f);
}
END_TEST

START_TEST(very_long_lines_are_cut_around_the_caret)
{
        struct fixture *f = fixture_new();
        char line[5001];
        memset(line, 'x', 5000);
        memcpy(line + 3000, "HERE", 4);
        line[5000] = 0;
        fixture_text(f, "a.c", line);
        add(f, &mismatch, place(f, "a.c", 1, 3001, 3005), "f", NULL, "Wrong.");
        findings_settle(f->report, NULL);
        const char *text = written(f, FORMAT_FULL);
        ck_assert_uint_lt(strlen(text), 700);
        const char *here = strstr(text, "xxxxHERExxxx"), *caret = strstr(text, "^~~~\n");
        ck_assert(here && caret);
        /* as far behind the bar as the word is */
        ck_assert_int_eq(here + 4 - strstr(text, "| ") - 2, caret - strrchr(text, '|') - 2);
        fixture_drop(f);
}
END_TEST

START_TEST(concise_is_one_line_each)
{
        struct fixture *f = fixture_new();
        add(f, &mismatch, place(f, "b.c", 3, 6, 0), "f", NULL, "'b' is wrong.");
        add(f, &old_name, place(f, "a.c", 9, 1, 0), "f", NULL, "'c' is old.");
        findings_settle(f->report, NULL);
        ck_assert_str_eq(written(f, FORMAT_CONCISE), "a.c:9:1: note: 'c' is old. [PML401]\n"
                                                     "b.c:3:6: error: 'b' is wrong. [PML201]\n");
        fixture_drop(f);
}
END_TEST

START_TEST(sources_cannot_steer_the_terminal)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "a.c", "x\033[2J \xe2\x80\xae y\xff\n");
        add(f, &mismatch, place(f, "a.c", 1, 1, 2), "f", NULL, "\033]0;evil\007 says.");
        findings_settle(f->report, NULL);
        const char *text = written(f, FORMAT_FULL);
        ck_assert(!strchr(text, '\033') && !strchr(text, '\007') && !has(text, "\xe2\x80\xae"));
        ck_has(text, "x\xef\xbf\xbd[2J");
        fixture_drop(f);
}
END_TEST

START_TEST(changed_sources_are_not_shown)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "a.c", "old line\n");
        ck_assert(file_write(fixture_path(f, "a.c"), "new line\n", 9, 0));
        add(f, &mismatch, place(f, "a.c", 1, 1, 4), "f", NULL, "Wrong.");
        findings_settle(f->report, NULL);
        const char *text = written(f, FORMAT_FULL);
        ck_assert(!has(text, "new line") && !has(text, "old line"));
        ck_has(text, "the file changed since it was analyzed");
        fixture_drop(f);
}
END_TEST

START_TEST(colour_repeats_what_words_say)
{
        struct fixture *f = fixture_new();
        add(f, &mismatch, place(f, "b.c", 3, 6, 0), "f", NULL, "'b' is wrong.");
        findings_settle(f->report, NULL);
        f->report->color = true;
        ck_has(written(f, FORMAT_CONCISE), "\033[1;31merror:\033[0m");
        ck_assert(!strchr(written(f, FORMAT_SARIF), '\033'));
        f->report->color = false;
        f->report->hyperlinks = true;
        ck_has(written(f, FORMAT_CONCISE),
               "\033]8;;https://example.org/rules/family-mismatch.html\033\\[PML201]\033]8;;\033\\");
        f->report->pages = NULL;
        ck_has(written(f, FORMAT_CONCISE),
               "\033]8;;https://docs.python.org/3/c-api/memory.html\033\\[PML201]");
        fixture_drop(f);
}
END_TEST

static void environment(const char *no, const char *force, const char *cli, const char *term)
{
        const struct {
                const char *name, *value;
        } all[] = {{"NO_COLOR", no}, {"FORCE_COLOR", force}, {"CLICOLOR_FORCE", cli}, {"TERM", term}};
        for (int i = 0; i < 4; i++)
                if (all[i].value)
                        setenv(all[i].name, all[i].value, 1);
                else
                        unsetenv(all[i].name);
}

START_TEST(colour_rules)
{
        environment(NULL, NULL, NULL, "xterm");
        ck_assert(color_wanted("auto", true) && !color_wanted("auto", false));
        ck_assert(color_wanted("always", false) && !color_wanted("never", true));
        environment("1", "1", NULL, "xterm");
        ck_assert(!color_wanted("auto", true) && color_wanted("always", true));
        environment("", NULL, NULL, "xterm");
        ck_assert(color_wanted("auto", true));
        environment(NULL, "1", NULL, "dumb");
        ck_assert(color_wanted("auto", false));
        environment(NULL, NULL, "1", NULL);
        ck_assert(color_wanted("auto", false));
        environment(NULL, NULL, "0", "dumb");
        ck_assert(!color_wanted("auto", true));
}
END_TEST

START_TEST(summary_names_what_was_not_seen)
{
        struct fixture *f = fixture_new();
        struct unit_note notes[] = {
            {name_of(f->names, "a.c"), OUTCOME_WHOLE, "recorded", NULL, 90, 0, 0},
            {name_of(f->names, "b.c"), OUTCOME_PARTIAL, "derived", "'z.h' not found", 5, 5, 0},
            {name_of(f->names, "c.c"), OUTCOME_FAILED, "derived", "the parser crashed", 0, 0, 0},
            {name_of(f->names, "d.c"), OUTCOME_SKIPPED, NULL, "included by 'a.c'", 0, 0, 0},
        };
        for (int i = 0; i < 4; i++)
                VEC_PUSH(f->arena, &f->report->units, notes[i]);
        VEC_PUSH(f->arena, &f->report->missing, (struct missing){"z.h", 7});
        f->report->incomplete = "1 of 3 units failed.";
        add(f, &mismatch, place(f, "a.c", 1, 1, 0), "f", NULL, "Wrong.");
        findings_settle(f->report, NULL);
        struct out out = {.arena = f->arena};
        report_summary(f->report, &out);
        const char *text = out_string(&out);
        ck_has(text, "failed: c.c: the parser crashed\n");
        ck_has(text, "partial: b.c: 'z.h' not found (5 of 10 statements lost)\n");
        ck_has(text, "skipped: d.c: included by 'a.c'\n");
        ck_has(text, "headers not found: z.h (7)\n");
        ck_has(text, "flags: 1 recorded, 2 derived, 1 skipped\n");
        ck_has(text, "statements kept: 95.0 %\n");
        ck_has(text, "incomplete: 1 of 3 units failed.\n");
        ck_has(text, "3 files, 1 finding, 2 not analyzed\n");
        fixture_drop(f);
}
END_TEST

START_TEST(documentation_as_plain_text)
{
        static const struct rule rule = {.name = "no-such-rule",
                                         .title = "T",
                                         .doc =
                                             "## What\nUse `a_*` **now**, not #b.\n\n```c\n#include <x.h>\n"
                                             "int **p; /* `q` */\n```\n\n## Why\nSo.\n"};
        struct fixture *f = fixture_new();
        ck_assert_str_eq(rule_plain(f->arena, &rule),
                         "What\nUse a_* now, not #b.\n\n#include <x.h>\nint **p; /* `q` */\n\nWhy\nSo.\n");
        ck_assert_str_eq(rule_markdown(f->arena, &rule), rule.doc);
        fixture_drop(f);
}
END_TEST

/* ---- order, sameness ---- */

START_TEST(order_does_not_depend_on_discovery)
{
        struct arena *kept = arena_new();
        const char *texts[2];
        for (int turn = 0; turn < 2; turn++) {
                struct fixture *f = fixture_new();
                fixture_text(f, "a.c", "int x;\nint y;\n");
                const struct {
                        const struct rule *rule;
                        uint32_t line, col;
                        const char *said;
                } all[] = {{&mismatch, 2, 5, "One."},
                           {&without_lock, 2, 5, "Two."},
                           {&mismatch, 1, 5, "Three."},
                           {&mismatch, 1, 1, "Four."},
                           {&mismatch, 1, 5, "Five."}};
                for (int i = 0; i < 5; i++) {
                        int at = turn ? 4 - i : i;
                        const struct step *why = step(f, STEP_ALLOC, place(f, "a.c", (uint32_t)at + 1, 1, 0),
                                                      "g", "it comes from here", NULL, NULL);
                        add(f, all[at].rule, place(f, "a.c", all[at].line, all[at].col, 0), "g", why,
                            all[at].said);
                }
                findings_settle(f->report, NULL);
                texts[turn] = arena_printf(kept, "%s", written(f, FORMAT_JSON));
                ck_assert_str_eq(finding_at(f, 0)->said, "Four.");
                ck_assert_str_eq(finding_at(f, 2)->rule->code, "PML101");
                ck_assert_int_eq(f->report->found->list.n, 4);
                ck_assert_int_eq(finding_at(f, 1)->related.n, 1);
                fixture_drop(f);
        }
        ck_assert_str_eq(texts[0], texts[1]);
        arena_drop(kept);
}
END_TEST

START_TEST(of_two_in_one_place_the_surer_one_speaks)
{
        struct fixture *f = fixture_new();
        const struct step *near = step(f, STEP_ALLOC, place(f, "a.c", 3, 1, 0), "g", "near", NULL, NULL);
        const struct step *far = step(f, STEP_ALLOC, place(f, "a.c", 9, 1, 0), "g", "far away", NULL, NULL);
        far = step(f, STEP_CALL, place(f, "a.c", 8, 1, 0), "g", "on the way", NULL, far);
        add(f, &mismatch, place(f, "a.c", 4, 1, 0), "g", near, "Perhaps.")->confidence = CONFIDENCE_MEDIUM;
        add(f, &mismatch, place(f, "a.c", 4, 1, 0), "g", far, "Surely.");
        findings_settle(f->report, NULL);
        ck_assert_int_eq(f->report->found->list.n, 1);
        ck_assert_str_eq(finding_at(f, 0)->said, "Surely.");
        ck_assert_int_eq(finding_at(f, 0)->confidence, CONFIDENCE_HIGH);
        ck_assert_str_eq(finding_at(f, 0)->related.at[0].said, "near");
        fixture_drop(f);
}
END_TEST

START_TEST(tokens_leave_out_comments_and_joints)
{
        struct fixture *f = fixture_new();
        const char *text =
            "#define A(x) \\\n  f(x) // c\nint a = 'x'; /* ; */ g(\"a;\\\"b\" , /* z */ y );\n";
        struct source *source = source_from(f->arena, "a.c", text, strlen(text));
        struct tokens tokens = tokens_of(f->arena, source);
        struct out out = {.arena = f->arena};
        statement_write(&tokens, source, (size_t)(strstr(text, "g(") - text), &out);
        ck_assert_str_eq(out_string(&out), "g ( \"a;\\\"b\" , y ) ");
        struct out define = {.arena = f->arena};
        statement_write(&tokens, source, (size_t)(strstr(text, "f(x)") - text), &define);
        ck_assert_str_eq(out_string(&define), "# define A ( x ) f ( x ) ");
        fixture_drop(f);
}
END_TEST

/* The hash of the one finding at LINE:COL in TEXT, reached through a call of CALLEE. */
static const char *hash_in(struct fixture *f, const char *path, const char *text, uint32_t line, uint32_t col,
                           const char *func, const char *callee)
{
        struct report *report = report_new(f->arena, f->names, "0.1.0", f->tree);
        f->report = report;
        report->rules = made_up_rules;
        fixture_text(f, path, text);
        char *said = arena_printf(f->arena, "'%s' gives the block", callee);
        const struct step *why = step(f, STEP_ALLOC, place(f, path, line, col, 0), func, said, NULL, NULL);
        add(f, &mismatch, place(f, path, line, col, 0), func, why, "Wrong.");
        findings_settle(report, NULL);
        return finding_at(f, 0)->hash;
}

START_TEST(hash_survives_what_does_not_matter)
{
        struct fixture *f = fixture_new();
        const char *base = hash_in(f, "a.c", "int f(void) { drop(b); }\n", 1, 15, "f", "obtain");
        ck_assert_str_eq(base,
                         hash_in(f, "a.c", "\n\n/* new */\nint f(void)\n{\n\tdrop( /* now */\n\t\tb);\n}\n",
                                 6, 2, "f", "obtain"));
        ck_assert_str_ne(base, hash_in(f, "a.c", "int f(void) { drop(c); }\n", 1, 15, "f", "obtain"));
        ck_assert_str_ne(base, hash_in(f, "a.c", "int f(void) { drop(b); }\n", 1, 15, "g", "obtain"));
        ck_assert_str_ne(base, hash_in(f, "a.c", "int f(void) { drop(b); }\n", 1, 15, "f", "fetch"));
        ck_assert_str_ne(base, hash_in(f, "z.c", "int f(void) { drop(b); }\n", 1, 15, "f", "obtain"));
        fixture_drop(f);
}
END_TEST

START_TEST(equal_statements_get_numbers)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "a.c", "void f(void)\n{\n drop(b);\n drop(b);\n}\n");
        add(f, &mismatch, place(f, "a.c", 4, 2, 0), "f", NULL, "Wrong.");
        add(f, &mismatch, place(f, "a.c", 3, 2, 0), "f", NULL, "Wrong.");
        findings_settle(f->report, NULL);
        const char *one = finding_at(f, 0)->hash, *two = finding_at(f, 1)->hash;
        ck_assert_mem_eq(one, two, 16);
        ck_assert_str_eq(one + 16, ":1");
        ck_assert_str_eq(two + 16, ":2");
        fixture_drop(f);
}
END_TEST

/* ---- suppressions ---- */

START_TEST(comments_silence_by_code_prefix_name_and_category)
{
        const char *words[] = {"PML201", "PML2", "family-mismatch", "family", "PML101", "gil, family"};
        const bool silences[] = {true, true, true, true, false, true};
        for (int i = 0; i < 6; i++) {
                struct fixture *f = fixture_new();
                fixture_text(f, "a.c", "drop(b); /* c */\n");
                add_mute(f, "a.c", 1, 10, words[i], "because", "ignore");
                add(f, &mismatch, place(f, "a.c", 1, 1, 5), "f", NULL, "Wrong.");
                findings_settle(f->report, NULL);
                ck_assert_msg(finding_at(f, 0)->suppressed == silences[i], "%s", words[i]);
                ck_assert_int_eq(report_count(f->report, LEVEL_ERROR), !silences[i]);
                if (silences[i])
                        ck_assert_str_eq(finding_at(f, 0)->reason, "because");
                fixture_drop(f);
        }
}
END_TEST

START_TEST(comments_cover_their_lines_only)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "a.c", "a\nb\nc\nd\n");
        struct mute *mute = add_mute(f, "a.c", 2, 1, "PML201", "r", "ignore-begin");
        mute->last = 3;
        add_mute(f, "b.c", 1, 1, "PML201", "r", "ignore-file")->last = 0;
        for (uint32_t line = 1; line <= 4; line++)
                add(f, &mismatch, place(f, "a.c", line, 1, 2), "f", NULL, "Wrong.");
        add(f, &mismatch, place(f, "b.c", 999, 1, 2), "f", NULL, "Wrong.");
        findings_settle(f->report, NULL);
        ck_assert_str_eq(written(f, FORMAT_CONCISE), "a.c:1:1: error: Wrong. [PML201]\n"
                                                     "a.c:4:1: error: Wrong. [PML201]\n");
        fixture_drop(f);
}
END_TEST

START_TEST(ranges_that_are_open_are_told)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "a.c", "a\nb\nc\nd\n");
        add_mute(f, "a.c", 1, 1, "PML201", "r", "ignore-begin")->last = 2;
        add_mute(f, "a.c", 2, 1, "", "", "ignore-end")->last = 2;
        add_mute(f, "a.c", 3, 1, "", "", "ignore-end")->last = 3;
        add_mute(f, "b.c", 2, 1, "", "", "ignore-end")->last = 2;
        add_mute(f, "a.c", 4, 1, "PML201", "r", "ignore-begin")->last = 0;
        add_mute(f, "c.c", 1, 1, "PML201", "r", "ignore-nxt-line");
        add(f, &mismatch, place(f, "a.c", 1, 1, 2), "f", NULL, "Wrong.");
        add(f, &mismatch, place(f, "a.c", 4, 1, 2), "f", NULL, "Wrong.");
        add(f, &mismatch, place(f, "c.c", 1, 1, 2), "f", NULL, "Wrong.");
        findings_settle(f->report, NULL);
        ck_assert_str_eq(
            written(f, FORMAT_CONCISE),
            "a.c:3:1: warning: This 'ignore-end' ends nothing. [PML903]\n"
            "a.c:4:1: warning: This 'ignore-begin' has no 'ignore-end' behind it, so it holds to the end "
            "of the file. [PML903]\n"
            "b.c:2:1: warning: This 'ignore-end' ends nothing. [PML903]\n"
            "c.c:1:1: warning: This 'ignore-nxt-line' is taken for 'ignore'; there are "
            "'ignore-next-line', 'ignore-begin', 'ignore-end' and 'ignore-file'. [PML903]\n");
        fixture_drop(f);
}
END_TEST

START_TEST(useless_comments_are_reported_and_removed)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "a.c",
                     "x; /* pymemlint: ignore[PML201] old */\n"
                     "// pymemlint: ignore[PML101,PML201] both\n"
                     "drop(b); // pymemlint: ignore[PML201, PML101] one is of use\n");
        add_mute(f, "a.c", 1, 4, "PML201", "old", "ignore");
        add_mute(f, "a.c", 2, 1, "PML101,PML201", "both", "ignore");
        add_mute(f, "a.c", 3, 10, "PML201, PML101", "one is of use", "ignore");
        add(f, &mismatch, place(f, "a.c", 3, 1, 5), "f", NULL, "Wrong.");
        findings_settle(f->report, NULL);
        ck_assert_int_eq(report_count(f->report, LEVEL_NOTE), 4);
        struct fix_result result;
        report_fix(f->report, false, NULL, &result);
        struct text now;
        ck_assert(file_read(f->arena, fixture_path(f, "a.c"), 0, &now));
        ck_assert_str_eq(now.bytes, "x;\ndrop(b); // pymemlint: ignore[PML201] one is of use\n");
        ck_assert_int_eq(report_count(f->report, LEVEL_NOTE), 0);
        fixture_drop(f);
}
END_TEST

START_TEST(only_comments_about_rules_that_ran_are_judged)
{
        struct fixture *f = fixture_new();
        static const struct rule *const few[] = {&without_lock, NULL};
        f->report->rules = few;
        fixture_text(f, "a.c", "x;\ny;\n");
        fixture_text(f, "p.c", "x;\n");
        struct unit_note lossy = {name_of(f->names, "p.c"), OUTCOME_PARTIAL, "given", "lost", 1, 1, 0};
        VEC_PUSH(f->arena, &f->report->units, lossy);
        add_mute(f, "a.c", 1, 1, "no-such-rule", "r", "ignore");
        add_mute(f, "p.c", 1, 1, "PML101", "r", "ignore");
        add_mute(f, "a.c", 2, 1, "PML101", "", "ignore");
        f->report->require_reason = true;
        findings_settle(f->report, NULL);
        ck_assert_str_eq(
            written(f, FORMAT_CONCISE),
            "a.c:1:1: warning: 'no-such-rule' is no rule, so this comment silences nothing. [PML903]\n"
            "a.c:2:1: note: 'PML101' finds nothing where this comment applies. [PML901]\n"
            "a.c:2:1: warning: This comment silences 'PML101' without a reason. [PML902]\n");
        fixture_drop(f);
}
END_TEST

START_TEST(unsure_findings_still_use_comments)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "a.c", "x;\ny;\n");
        add_mute(f, "a.c", 1, 1, "PML201", "r", "ignore");
        for (uint32_t line = 1; line <= 2; line++)
                add(f, &mismatch, place(f, "a.c", line, 1, 2), "f", NULL, "Wrong.")->confidence =
                    CONFIDENCE_MEDIUM;
        f->report->confidence = CONFIDENCE_HIGH;
        findings_settle(f->report, NULL);
        ck_assert_str_eq(written(f, FORMAT_CONCISE), "");
        fixture_drop(f);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("report");
        TCase *text = tcase_create("text"), *order = tcase_create("order"),
              *mutes = tcase_create("suppressions");
        tcase_add_test(text, full_shows_excerpt_path_and_help);
        tcase_add_test(text, carets_stand_below_what_is_meant);
        tcase_add_test(text, very_long_lines_are_cut_around_the_caret);
        tcase_add_test(text, concise_is_one_line_each);
        tcase_add_test(text, sources_cannot_steer_the_terminal);
        tcase_add_test(text, changed_sources_are_not_shown);
        tcase_add_test(text, colour_repeats_what_words_say);
        tcase_add_test(text, colour_rules);
        tcase_add_test(text, summary_names_what_was_not_seen);
        tcase_add_test(text, documentation_as_plain_text);
        suite_add_tcase(suite, text);
        tcase_add_test(order, order_does_not_depend_on_discovery);
        tcase_add_test(order, of_two_in_one_place_the_surer_one_speaks);
        tcase_add_test(order, tokens_leave_out_comments_and_joints);
        tcase_add_test(order, hash_survives_what_does_not_matter);
        tcase_add_test(order, equal_statements_get_numbers);
        suite_add_tcase(suite, order);
        tcase_add_test(mutes, comments_silence_by_code_prefix_name_and_category);
        tcase_add_test(mutes, comments_cover_their_lines_only);
        tcase_add_test(mutes, ranges_that_are_open_are_told);
        tcase_add_test(mutes, useless_comments_are_reported_and_removed);
        tcase_add_test(mutes, only_comments_about_rules_that_ran_are_judged);
        tcase_add_test(mutes, unsure_findings_still_use_comments);
        suite_add_tcase(suite, mutes);
        SUITE_RUN(suite);
}
