/*
 * test_sarif.c: the SARIF log: structure, columns, fingerprints, and logs for
 * check_sarif.sh, written to the folder SARIF_LOGS when that is set.
 */
#include "report_fixture.h"

#include "report/source.h"

static const char sample[] = "/* the size: gr\xc3\xb6\xc3\x9f"
                             "e */\n"
                             "int load(struct buf *b, int n)\n"
                             "{\n"
                             "\tb->data = obtain(n);\n"
                             "\tf(\"\xf0\x9f\x90\x8d\xc3\xa9\"); release(b->data);\n"
                             "\treturn 0;\n"
                             "}\n";

/* A finding with a path over two functions, a related place and a fix. */
static struct finding *add_full(struct fixture *f, const char *path)
{
        const struct step *enter =
            step(f, STEP_ENTER, place(f, path, 2, 5, 9), "load", "it is called from a table", "held", NULL);
        const struct step *alloc =
            step(f, STEP_ALLOC, place(f, path, 4, 12, 21), "load", "'obtain' gives the block", "held", enter);
        const struct step *release = step(f, STEP_RELEASE, place(f, path, 4, 2, 0), "drop",
                                          "the lock is given up here", "released", alloc);
        struct finding *finding = add(f, &mismatch, place(f, path, 5, 15, 31), "load", release,
                                      "'release' is wrong for 'b->data'.");
        VEC_PUSH(
            f->arena, &finding->related,
            (struct step){STEP_ALLOC, place(f, path, 4, 12, 21), NULL, "obtained by 'obtain'", NULL, NULL});
        finding_fix(f->report->found, finding, true, place(f, path, 5, 15, 22), "give_back",
                    "Use 'give_back'");
        return finding;
}

static json_t *settled_log(struct fixture *f)
{
        findings_settle(f->report, NULL);
        return written_json(f, FORMAT_SARIF);
}

START_TEST(columns_count_utf16_units)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "src/buf.c", sample);
        add_full(f, "src/buf.c");
        json_t *log = settled_log(f);
        json_t *region = json_at(log, "runs.0.results.0.locations.0.physicalLocation.region");
        /* bytes 15 and 31; the snake has 4 bytes and 2 units, the accent 2 and 1 */
        ck_assert_int_eq(number_at(region, "startColumn"), 12);
        ck_assert_int_eq(number_at(region, "endColumn"), 28);
        ck_assert_str_eq(text_at(region, "snippet.text"), "release(b->data)");
        ck_assert_str_eq(text_at(log, "runs.0.columnKind"), "utf16CodeUnits");
        json_t *fix = json_at(log, "runs.0.results.0.fixes.0.artifactChanges.0.replacements.0");
        ck_assert_int_eq(number_at(fix, "deletedRegion.startColumn"), 12);
        ck_assert_int_eq(number_at(fix, "deletedRegion.endColumn"), 19);
        ck_assert_str_eq(text_at(fix, "insertedContent.text"), "give_back");
        json_decref(log);
        fixture_drop(f);
}
END_TEST

START_TEST(context_holds_the_lines_around)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "a.c", "one\ntwo\nthree\nfour\n");
        add(f, &mismatch, place(f, "a.c", 1, 1, 4), "g", NULL, "First.");
        add(f, &mismatch, place(f, "a.c", 4, 1, 5), "g", NULL, "Last.");
        json_t *log = settled_log(f);
        json_t *first = json_at(log, "runs.0.results.0.locations.0.physicalLocation.contextRegion");
        json_t *last = json_at(log, "runs.0.results.1.locations.0.physicalLocation.contextRegion");
        ck_assert_str_eq(text_at(first, "snippet.text"), "one\ntwo\n");
        ck_assert_int_eq(number_at(first, "startLine"), 1);
        ck_assert_str_eq(text_at(last, "snippet.text"), "three\nfour\n");
        ck_assert_int_eq(number_at(last, "endLine"), 4);
        json_decref(log);
        fixture_drop(f);
}
END_TEST

START_TEST(primary_region_is_one_line)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "a.c", "call(one,\n     two);\n");
        struct where wide = {name_of(f->names, "a.c"), 1, 1, 2, 10};
        add(f, &mismatch, wide, "g", NULL, "Wide.");
        json_t *log = settled_log(f);
        json_t *region = json_at(log, "runs.0.results.0.locations.0.physicalLocation.region");
        ck_assert_int_eq(number_at(region, "endLine"), 1);
        ck_assert_int_eq(number_at(region, "endColumn"), 10);
        json_decref(log);
        fixture_drop(f);
}
END_TEST

/* Every location of LIST has a logical location with a name. */
static void check_names(json_t *list, const char *inner, const char *const *names)
{
        size_t i;
        json_t *item;
        json_array_foreach(list, i, item)
        {
                ck_assert_ptr_nonnull(names[i]);
                ck_assert_str_eq(text_at(json_at(item, inner), "logicalLocations.0.name"), names[i]);
        }
        ck_assert_ptr_null(names[json_array_size(list)]);
}

START_TEST(every_location_has_a_name)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "src/buf.c", sample);
        add_full(f, "src/buf.c");
        json_t *log = settled_log(f), *result = json_at(log, "runs.0.results.0");
        check_names(json_at(result, "locations"), "", (const char *const[]){"load", NULL});
        check_names(json_at(result, "relatedLocations"), "", (const char *const[]){"obtain", NULL});
        check_names(json_at(result, "codeFlows.0.threadFlows.0.locations"), "location",
                    (const char *const[]){"load", "load", "drop", "load", NULL});
        json_decref(log);
        fixture_drop(f);
}
END_TEST

START_TEST(flow_tells_order_kinds_and_state)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "src/buf.c", sample);
        add_full(f, "src/buf.c");
        json_t *log = settled_log(f);
        json_t *flow = json_at(log, "runs.0.results.0.codeFlows.0.threadFlows.0.locations");
        ck_assert_uint_eq(json_array_size(flow), 4);
        ck_assert_str_eq(text_at(flow, "1.kinds.0"), "acquire");
        ck_assert_str_eq(text_at(flow, "1.kinds.1"), "memory");
        ck_assert_str_eq(text_at(flow, "2.kinds.0"), "release");
        ck_assert_str_eq(text_at(flow, "2.kinds.1"), "lock");
        ck_assert_str_eq(text_at(flow, "1.state.gil.text"), "held");
        ck_assert_str_eq(text_at(flow, "2.state.gil.text"), "released");
        ck_assert_str_eq(text_at(flow, "3.importance"), "essential");
        ck_assert_int_eq(number_at(flow, "3.executionOrder"), 4);
        ck_assert_int_eq(number_at(flow, "2.nestingLevel"), 1);
        ck_assert_int_eq(number_at(flow, "3.nestingLevel"), 0);
        ck_assert_str_eq(text_at(flow, "3.location.message.text"), "'release' is wrong for 'b->data'.");
        json_decref(log);
        fixture_drop(f);
}
END_TEST

START_TEST(each_step_of_a_lock_has_its_state)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "a.c", sample);
        const struct step *release = step(f, STEP_RELEASE, place(f, "a.c", 4, 2, 0), "load",
                                          "the lock is given up here", "released", NULL);
        const struct step *branch =
            step(f, STEP_BRANCH, place(f, "a.c", 4, 2, 0), "load", "'n' here", NULL, release);
        add(f, &without_lock, place(f, "a.c", 5, 2, 8), "load", branch, "'f' is called.");
        add(f, &mismatch, place(f, "a.c", 6, 2, 8), "load", branch, "'g' is wrong.");
        json_t *log = settled_log(f);
        json_t *lock = json_at(log, "runs.0.results.0.codeFlows.0.threadFlows.0.locations");
        json_t *memory = json_at(log, "runs.0.results.1.codeFlows.0.threadFlows.0.locations");
        ck_assert_str_eq(text_at(lock, "1.state.gil.text"), "released");
        ck_assert_str_eq(text_at(lock, "2.state.gil.text"), "released");
        ck_assert_str_eq(text_at(memory, "0.state.gil.text"), "released");
        ck_assert_ptr_null(json_at(memory, "1.state"));
        json_decref(log);
        fixture_drop(f);
}
END_TEST

START_TEST(message_links_related_places)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "src/buf.c", sample);
        add_full(f, "src/buf.c");
        add(f, &without_lock, place(f, "src/buf.c", 6, 2, 8), "load", NULL, "'tab[i](x)' is called.");
        json_t *log = settled_log(f);
        ck_assert_str_eq(text_at(log, "runs.0.results.0.message.text"),
                         "'release' is wrong for 'b->data'. Related: [obtained by 'obtain'](1).");
        ck_assert_int_eq(number_at(log, "runs.0.results.0.relatedLocations.0.id"), 1);
        ck_assert_str_eq(text_at(log, "runs.0.results.0.relatedLocations.0.message.text"),
                         "Obtained by 'obtain'.");
        ck_assert_str_eq(text_at(log, "runs.0.results.1.message.text"), "'tab\\[i\\](x)' is called.");
        json_decref(log);
        fixture_drop(f);
}
END_TEST

START_TEST(all_rules_are_listed)
{
        struct fixture *f = fixture_new();
        json_t *log = settled_log(f), *rules = json_at(log, "runs.0.tool.driver.rules");
        ck_assert_uint_ge(json_array_size(rules), 4);
        ck_assert_str_eq(text_at(rules, "1.id"), "PML201");
        ck_assert_str_eq(text_at(rules, "1.name"), "FamilyMismatch");
        ck_assert_str_eq(text_at(rules, "1.properties.category"), "family");
        ck_assert_str_eq(text_at(rules, "1.properties.precision"), "very-high");
        json_t *severity = json_object_get(json_at(rules, "1.properties"), "problem.severity");
        ck_assert_str_eq(json_string_value(severity), "error");
        json_decref(log);
        fixture_drop(f);
}
END_TEST

START_TEST(rule_texts)
{
        struct fixture *f = fixture_new();
        json_t *log = settled_log(f), *rule = json_at(log, "runs.0.tool.driver.rules.1");
        ck_assert_str_eq(text_at(rule, "shortDescription.text"), "Memory returned to the wrong allocator.");
        ck_assert_str_eq(text_at(rule, "fullDescription.text"),
                         "Memory that goes back to a function of another family.");
        ck_has(text_at(rule, "help.markdown"), "## How to fix it");
        ck_has(text_at(rule, "help.markdown"), "`another`");
        ck_assert(!has(text_at(rule, "help.text"), "##"));
        ck_assert(!has(text_at(rule, "help.text"), "`"));
        ck_assert_str_eq(text_at(rule, "defaultConfiguration.level"), "error");
        ck_assert_str_eq(text_at(rule, "helpUri"), "https://example.org/rules/family-mismatch.html");
        /* a severity as a number makes code scanning refuse the whole log */
        json_t *severity = json_object_get(json_at(rule, "properties"), "security-severity");
        ck_assert(!severity || json_is_string(severity));
        json_decref(log);
        fixture_drop(f);
}
END_TEST

/* Without published pages no address is made up: Python's own pages, or a name that nobody can ever own. */
START_TEST(no_address_is_invented)
{
        struct fixture *f = fixture_new();
        f->report->pages = NULL;
        json_t *log = settled_log(f), *rules = json_at(log, "runs.0.tool.driver.rules"), *rule;
        size_t i;
        ck_assert_str_eq(text_at(log, "runs.0.tool.driver.informationUri"), "https://pymemlint.invalid/");
        json_array_foreach(rules, i, rule)
        {
                const char *link = text_at(rule, "helpUri");
                bool own = !strncmp(text_at(rule, "id"), "PML9", 4);
                ck_assert_msg(own ? !strcmp(link, "https://pymemlint.invalid/")
                                  : !strncmp(link, "https://docs.python.org/3/c-api/", 32),
                              "%s", link);
        }
        json_decref(log);
        fixture_drop(f);
}
END_TEST

START_TEST(uris_are_relative_and_encoded)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "odd dir/\xc3\xa4#1%.c", "int x;\n");
        add(f, &mismatch, place(f, "odd dir/\xc3\xa4#1%.c", 1, 5, 6), NULL, NULL, "'x' is odd.");
        json_t *log = settled_log(f);
        json_t *artifact = json_at(log, "runs.0.results.0.locations.0.physicalLocation.artifactLocation");
        ck_assert_str_eq(text_at(artifact, "uri"), "odd%20dir/%C3%A4%231%25.c");
        ck_assert_str_eq(text_at(artifact, "uriBaseId"), "%SRCROOT%");
        ck_assert_str_eq(text_at(log, "runs.0.results.0.locations.0.logicalLocations.0.name"), "x");
        ck_assert_msg(!has(written(f, FORMAT_SARIF), f->tree), "the log tells where the tree lies");
        json_decref(log);
        fixture_drop(f);
}
END_TEST

START_TEST(incomplete_runs_say_so)
{
        struct fixture *f = fixture_new();
        struct unit_note failed = {
            name_of(f->names, "b.c"), OUTCOME_FAILED, "derived", "the parser crashed", 0, 0, 0};
        struct unit_note partial = {
            name_of(f->names, "c.c"), OUTCOME_PARTIAL, "derived", "'z.h' not found", 9, 1, 0};
        VEC_PUSH(f->arena, &f->report->units, failed);
        VEC_PUSH(f->arena, &f->report->units, partial);
        json_t *log = settled_log(f);
        ck_assert(json_is_true(json_at(log, "runs.0.invocations.0.executionSuccessful")));
        json_decref(log);
        f->report->incomplete = "1 of 2 units failed.";
        f->report->exit_status = 3;
        log = written_json(f, FORMAT_SARIF);
        json_t *run = json_at(log, "runs.0.invocations.0"),
               *notes = json_at(run, "toolExecutionNotifications");
        ck_assert(json_is_false(json_at(run, "executionSuccessful")));
        ck_assert_int_eq(number_at(run, "exitCode"), 3);
        ck_assert_uint_eq(json_array_size(notes), 3);
        ck_assert_str_eq(text_at(notes, "0.level"), "error");
        ck_assert_str_eq(text_at(notes, "0.message.text"), "'b.c' was not analyzed: the parser crashed.");
        ck_assert_str_eq(text_at(notes, "0.locations.0.physicalLocation.artifactLocation.uri"), "b.c");
        ck_has(text_at(notes, "1.message.text"), "1 of 10 statements lost");
        json_decref(log);
        fixture_drop(f);
}
END_TEST

START_TEST(silenced_findings_stay_out_unless_asked_for)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "a.c", "x(); /* pymemlint: ignore[PML201] reason */\n");
        struct mute mute = {.at = place(f, "a.c", 1, 6, 0), .first = 1, .last = 1};
        mute.rules = name_of(f->names, "PML201");
        mute.reason = name_of(f->names, "freed by libfoo");
        mute.form = name_of(f->names, "ignore");
        VEC_PUSH(f->arena, &f->report->mutes, mute);
        add(f, &mismatch, place(f, "a.c", 1, 1, 2), "g", NULL, "Wrong.");
        json_t *log = settled_log(f);
        ck_assert_uint_eq(json_array_size(json_at(log, "runs.0.results")), 0);
        json_decref(log);
        f->report->show_suppressed = true;
        log = written_json(f, FORMAT_SARIF);
        ck_assert_uint_eq(json_array_size(json_at(log, "runs.0.results")), 1);
        ck_assert_str_eq(text_at(log, "runs.0.results.0.suppressions.0.kind"), "inSource");
        ck_assert_str_eq(text_at(log, "runs.0.results.0.suppressions.0.justification"), "freed by libfoo");
        json_decref(log);
        fixture_drop(f);
}
END_TEST

START_TEST(line_hashes_are_those_of_code_scanning)
{
        json_error_t error;
        const char *source = getenv("SOURCE");
        struct arena *arena = arena_new();
        char *path =
            arena_printf(arena, "%s/testdata/sarif/primary-location-line-hash.json", source ? source : "..");
        json_t *vectors = json_load_file(path, 0, &error), *one;
        ck_assert_msg(vectors != NULL, "%s: %s", path, error.text);
        size_t i, checked = 0;
        json_array_foreach(json_object_get(vectors, "cases"), i, one)
        {
                const char *hex = text_at(one, "bytes_hex");
                size_t length = strlen(hex) / 2, line;
                char *bytes = arena_alloc(arena, length + 1);
                for (size_t j = 0; j < length; j++)
                        bytes[j] = (char)strtol((char[]){hex[2 * j], hex[2 * j + 1], 0}, NULL, 16);
                struct source *made = source_from(arena, "x.c", bytes, length);
                json_t *want, *list = json_object_get(one, "line_hashes");
                ck_assert_uint_eq(json_array_size(list), (size_t)made->nlines);
                json_array_foreach(list, line, want)
                {
                        const char *got = source_line_hash(arena, made, (uint32_t)line + 1);
                        ck_assert_msg(!strcmp(got, json_string_value(want)), "%s, line %zu: %s, not %s",
                                      text_at(one, "name"), line + 1, got, json_string_value(want));
                        checked++;
                }
        }
        ck_assert_uint_eq(checked, 152);
        json_decref(vectors);
        arena_drop(arena);
}
END_TEST

START_TEST(results_carry_both_fingerprints)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "a.c", "int x;\nint y;\n");
        add(f, &mismatch, place(f, "a.c", 1, 5, 6), "x", NULL, "Wrong.");
        json_t *log = settled_log(f), *prints = json_at(log, "runs.0.results.0.partialFingerprints");
        /* the vector "two lines" */
        ck_assert_str_eq(text_at(prints, "primaryLocationLineHash"), "a684955ef24a829c:1");
        ck_assert_uint_eq(strlen(text_at(prints, "findingHash/v1")), 18);
        json_decref(log);
        fixture_drop(f);
}
END_TEST

/* ---- logs for the validators ---- */

static void write_log(struct fixture *f, const char *name)
{
        const char *folder = getenv("SARIF_LOGS"), *log = written(f, FORMAT_SARIF);
        if (folder)
                ck_assert(file_write(arena_printf(f->arena, "%s/%s", folder, name), log, strlen(log), 0644));
}

START_TEST(logs_for_the_validators)
{
        struct fixture *f = fixture_new();
        f->report->repository = "https://example.org/pkg.git";
        f->report->revision = "0123456789abcdef0123456789abcdef01234567";
        f->report->automation_id = "pymemlint/cp311/";
        findings_settle(f->report, NULL);
        write_log(f, "empty.sarif");
        fixture_text(f, "src/buf.c", sample);
        fixture_text(f, "odd dir/\xc3\xa4#1%.c", "int x;\n");
        fixture_source(f, "bytes.c", "a \xff b(c);\r\n\0\x01\r\n", 14);
        add_full(f, "src/buf.c");
        add(f, &old_name, place(f, "odd dir/\xc3\xa4#1%.c", 1, 5, 6), NULL, NULL, "'x' is an old name.");
        add(f, &without_lock, place(f, "bytes.c", 1, 5, 9), "b", NULL, "'b' runs without the lock.");
        struct unit_note failed = {
            name_of(f->names, "b.c"), OUTCOME_FAILED, "given", "the parser crashed", 0, 0, 0};
        VEC_PUSH(f->arena, &f->report->units, failed);
        f->report->incomplete = "1 of 1 units failed.";
        f->report->exit_status = 3;
        f->report->python = "/usr/bin/python3 (3.11.2)";
        findings_settle(f->report, NULL);
        write_log(f, "findings.sarif");
        fixture_drop(f);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("sarif");
        TCase *log = tcase_create("log");
        tcase_add_test(log, columns_count_utf16_units);
        tcase_add_test(log, context_holds_the_lines_around);
        tcase_add_test(log, primary_region_is_one_line);
        tcase_add_test(log, every_location_has_a_name);
        tcase_add_test(log, flow_tells_order_kinds_and_state);
        tcase_add_test(log, each_step_of_a_lock_has_its_state);
        tcase_add_test(log, message_links_related_places);
        tcase_add_test(log, all_rules_are_listed);
        tcase_add_test(log, rule_texts);
        tcase_add_test(log, no_address_is_invented);
        tcase_add_test(log, uris_are_relative_and_encoded);
        tcase_add_test(log, incomplete_runs_say_so);
        tcase_add_test(log, silenced_findings_stay_out_unless_asked_for);
        tcase_add_test(log, line_hashes_are_those_of_code_scanning);
        tcase_add_test(log, results_carry_both_fingerprints);
        tcase_add_test(log, logs_for_the_validators);
        suite_add_tcase(suite, log);
        SUITE_RUN(suite);
}
