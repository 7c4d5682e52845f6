/*
 * test_report_formats.c: the formats for other programs, each read back by a
 * parser of its kind: jansson for JSON, python3's for XML. The JSON writer is
 * tried on every byte.
 */
#include "report_fixture.h"

#include "report/json_write.h"

/* Two findings, one with all that a finding can have and letters that want care. */
static struct fixture *two_findings(void)
{
        struct fixture *f = fixture_new();
        const char *said = "'a<b>' & \"c\" is 100% wrong,\nsays: it.";
        fixture_text(f, "s\xc3\xa4,1:2.c", "\xc3\xa9 call(x);\nthere();\n");
        const struct step *why = step(f, STEP_RELEASE, place(f, "b.c", 7, 1, 0), "g",
                                      "the lock is given up here", "released", NULL);
        struct finding *finding = add(f, &mismatch, place(f, "s\xc3\xa4,1:2.c", 1, 4, 8), "f", why, said);
        VEC_PUSH(f->arena, &finding->related,
                 (struct step){.at = place(f, "b.c", 8, 2, 0), .said = "allocated here"});
        finding_fix(f->report->found, finding, true, place(f, "s\xc3\xa4,1:2.c", 1, 4, 8), "\"q\"",
                    "Use 'q'");
        add(f, &old_name, place(f, "b.c", 2, 1, 0), NULL, NULL, "'old' is old.");
        struct unit_note failed = {
            name_of(f->names, "c.c"), OUTCOME_FAILED, "given", "it <crashed>", 0, 0, 0};
        struct unit_note clean = {name_of(f->names, "d.c"), OUTCOME_WHOLE, "given", NULL, 4, 0, 0};
        VEC_PUSH(f->arena, &f->report->units, failed);
        VEC_PUSH(f->arena, &f->report->units, clean);
        findings_settle(f->report, NULL);
        return f;
}

START_TEST(json_has_everything)
{
        struct fixture *f = two_findings();
        json_t *root = written_json(f, FORMAT_JSON), *finding = json_at(root, "findings.1");
        ck_assert_int_eq(number_at(root, "format"), 1);
        ck_assert_uint_eq(json_array_size(json_at(root, "findings")), 2);
        ck_assert_str_eq(text_at(finding, "message"), "'a<b>' & \"c\" is 100% wrong,\nsays: it.");
        ck_assert_str_eq(text_at(finding, "rule"), "PML201");
        ck_assert_str_eq(text_at(finding, "category"), "family");
        ck_assert_int_eq(number_at(finding, "line"), 1);
        ck_assert_int_eq(number_at(finding, "column"), 4);
        ck_assert_int_eq(number_at(finding, "end_column"), 8);
        ck_assert_str_eq(text_at(finding, "path.0.kind"), "release");
        ck_assert_str_eq(text_at(finding, "path.0.state"), "released");
        ck_assert_str_eq(text_at(finding, "path.1.kind"), "fault");
        ck_assert_str_eq(text_at(finding, "related.0.message"), "allocated here");
        ck_assert_str_eq(text_at(finding, "fixes.0.edits.0.text"), "\"q\"");
        ck_assert_int_eq(number_at(root, "run.units_failed"), 1);
        ck_assert_str_eq(text_at(root, "units.0.reason"), "it <crashed>");
        json_decref(root);
        fixture_drop(f);
}
END_TEST

START_TEST(jsonl_is_one_document_a_line)
{
        struct fixture *f = two_findings();
        const char *text = written(f, FORMAT_JSONL);
        int lines = 0;
        while (*text) {
                size_t n = strcspn(text, "\n");
                json_t *one = json_loadb(text, n, JSON_REJECT_DUPLICATES, NULL);
                ck_assert_msg(one != NULL, "%.*s", (int)n, text);
                ck_assert_str_eq(text_at(one, "rule"), lines ? "PML201" : "PML401");
                json_decref(one);
                lines++;
                text += n + 1;
        }
        ck_assert_int_eq(lines, 2);
        fixture_drop(f);
}
END_TEST

START_TEST(github_escapes_commands)
{
        struct fixture *f = two_findings();
        ck_assert_str_eq(
            written(f, FORMAT_GITHUB),
            "::notice file=b.c,line=2,col=1,title=PML401 deprecated-allocator-macro::'old' is old.\n"
            "::error file=s\xc3\xa4%2C1%3A2.c,line=1,col=4,endLine=1,endColumn=8,title=PML201 "
            "family-mismatch::'a<b>' & \"c\" is 100%25 wrong,%0Asays: it.\n");
        f->report->found->list.at[0]->said = "\x1b[31mred\x7f";
        f->report->found->list.n = 1;
        ck_assert_ptr_nonnull(strstr(written(f, FORMAT_GITHUB), "::%1B[31mred%7F\n"));
        fixture_drop(f);
}
END_TEST

START_TEST(gitlab_is_an_array)
{
        struct fixture *f = two_findings();
        json_t *root = written_json(f, FORMAT_GITLAB);
        ck_assert_uint_eq(json_array_size(root), 2);
        ck_assert_str_eq(text_at(root, "1.check_name"), "family-mismatch");
        ck_assert_str_eq(text_at(root, "1.severity"), "major");
        ck_assert_str_eq(text_at(root, "0.severity"), "info");
        ck_assert_str_eq(text_at(root, "1.location.path"), "s\xc3\xa4,1:2.c");
        ck_assert_int_eq(number_at(root, "1.location.lines.begin"), 1);
        ck_assert_str_ne(text_at(root, "0.fingerprint"), text_at(root, "1.fingerprint"));
        json_decref(root);
        f->report->found->list.n = 0;
        root = written_json(f, FORMAT_GITLAB);
        ck_assert_uint_eq(json_array_size(root), 0);
        json_decref(root);
        fixture_drop(f);
}
END_TEST

START_TEST(rdjson_suggests)
{
        struct fixture *f = two_findings();
        json_t *root = written_json(f, FORMAT_RDJSON), *one = json_at(root, "diagnostics.1");
        ck_assert_str_eq(text_at(root, "source.name"), "pymemlint");
        ck_assert_str_eq(text_at(one, "severity"), "ERROR");
        ck_assert_str_eq(text_at(one, "code.value"), "PML201");
        ck_assert_str_eq(text_at(one, "code.url"), "https://example.org/rules/family-mismatch.html");
        ck_assert_int_eq(number_at(one, "location.range.start.column"), 4);
        ck_assert_int_eq(number_at(one, "location.range.end.column"), 8);
        ck_assert_str_eq(text_at(one, "suggestions.0.text"), "\"q\"");
        ck_assert_int_eq(number_at(one, "suggestions.0.range.end.column"), 8);
        ck_assert_str_eq(text_at(one, "related_locations.0.location.path"), "b.c");
        json_decref(root);
        fixture_drop(f);
}
END_TEST

/* What python3's XML parser prints for EXPRESSION over the document, in `root`. */
static const char *from_xml(struct fixture *f, enum format format, const char *expression)
{
        const char *document = written(f, format);
        ck_assert(file_write(fixture_path(f, "out.xml"), document, strlen(document), 0));
        char *command = arena_printf(f->arena,
                                     "cd '%s' && python3 -c \"import xml.etree.ElementTree as e; "
                                     "root = e.parse('out.xml').getroot(); print(%s)\" > out.txt",
                                     f->tree, expression);
        ck_assert_msg(system(command) == 0, "%s\n%s", command, document);
        struct text text;
        ck_assert(file_read(f->arena, fixture_path(f, "out.txt"), 0, &text));
        return text.bytes;
}

START_TEST(checkstyle_parses)
{
        struct fixture *f = two_findings();
        ck_assert_str_eq(from_xml(f, FORMAT_CHECKSTYLE, "root.tag, [len(x) for x in root]"),
                         "checkstyle [1, 1]\n");
        ck_assert_str_eq(from_xml(f, FORMAT_CHECKSTYLE, "root[1].get('name'), root[1][0].get('message')"),
                         "s\xc3\xa4,1:2.c 'a<b>' & \"c\" is 100% wrong,\nsays: it.\n");
        ck_assert_str_eq(from_xml(f, FORMAT_CHECKSTYLE,
                                  "[root[1][0].get(x) for x in ('line', 'column', 'severity', 'source')]"),
                         "['1', '4', 'error', 'pymemlint.PML201.family-mismatch']\n");
        fixture_drop(f);
}
END_TEST

START_TEST(junit_parses_and_counts)
{
        struct fixture *f = two_findings();
        ck_assert_str_eq(
            from_xml(f, FORMAT_JUNIT, "[root[0].get(x) for x in ('tests', 'failures', 'errors', 'skipped')]"),
            "['4', '2', '1', '0']\n");
        ck_assert_str_eq(from_xml(f, FORMAT_JUNIT,
                                  "len(root.findall('.//testcase')), len(root.findall('.//failure')), "
                                  "root.find('.//error').get('message')"),
                         "4 2 it <crashed>\n");
        ck_assert_str_eq(from_xml(f, FORMAT_JUNIT, "root.findall('.//failure')[1].text"),
                         "s\xc3\xa4,1:2.c:1:4: 'a<b>' & \"c\" is 100% wrong,\nsays: it.\n");
        fixture_drop(f);
}
END_TEST

START_TEST(xml_survives_bytes_that_are_no_text)
{
        struct fixture *f = fixture_new();
        add(f, &mismatch, place(f, "a\001\xff.c", 2, 1, 0), NULL, NULL, "\002 ]]> \xed\xa0\x80.");
        findings_settle(f->report, NULL);
        ck_assert_str_eq(from_xml(f, FORMAT_CHECKSTYLE, "ascii(root[0].get('name'))"),
                         "'a\\ufffd\\ufffd.c'\n");
        ck_has(from_xml(f, FORMAT_JUNIT, "ascii(root[0][0][0].get('message'))"), "'\\ufffd ]]> \\ufffd");
        fixture_drop(f);
}
END_TEST

START_TEST(formats_are_found_by_name)
{
        enum format format;
        for (int i = 0; i < FORMATS; i++) {
                ck_assert(format_find(format_name((enum format)i), &format));
                ck_assert_int_eq(format, i);
        }
        ck_assert(!format_find("xml", &format));
}
END_TEST

/* ---- the JSON writer ---- */

START_TEST(every_byte_comes_back)
{
        struct arena *arena = arena_new();
        struct out out = {.arena = arena};
        struct json json = {.out = &out};
        char text[3] = {'a', 0, 'z'};
        json_open(&json, NULL, '[');
        for (int c = 0; c < 256; c++) {
                text[1] = (char)c;
                json_text_bytes(&json, NULL, text, 3);
        }
        json_close(&json);
        json_t *root = json_loads(out_string(&out), JSON_ALLOW_NUL, NULL);
        ck_assert_ptr_nonnull(root);
        for (int c = 0; c < 256; c++) {
                json_t *one = json_array_get(root, (size_t)c);
                text[1] = (char)c;
                if (c < 128) {
                        ck_assert_uint_eq(json_string_length(one), 3);
                        ck_assert_mem_eq(json_string_value(one), text, 3);
                } else {
                        ck_assert_str_eq(json_string_value(one), "a\xef\xbf\xbdz");
                }
        }
        json_decref(root);
        arena_drop(arena);
}
END_TEST

START_TEST(good_text_is_not_touched)
{
        struct arena *arena = arena_new();
        struct out out = {.arena = arena};
        struct json json = {.out = &out, .compact = true};
        const char *text =
            "\xc3\xa4 \xe2\x82\xac \xed\x9f\xbf \xf0\x9f\x90\x8d \xf4\x8f\xbf\xbf \xe2\x80\xa8";
        json_open(&json, NULL, '{');
        json_text(&json, "t", text);
        json_text(&json, "none", NULL);
        json_number(&json, "n", -9223372036854775807LL - 1);
        json_open(&json, "e", '[');
        json_close(&json);
        json_close(&json);
        json_t *root = json_loads(out_string(&out), 0, NULL);
        ck_assert_str_eq(text_at(root, "t"), text);
        ck_assert_int_eq(number_at(root, "n"), -9223372036854775807LL - 1);
        ck_assert_uint_eq(json_object_size(root), 3);
        json_decref(root);
        arena_drop(arena);
}
END_TEST

START_TEST(bad_text_is_repaired_part_by_part)
{
        /* overlong, a half pair, cut short, beyond the last */
        static const struct {
                const char *bad;
                int marks;
        } all[] = {{"\xc0\x80", 2},
                   {"\xed\xa0\x80", 3},
                   {"\xe2\x82", 1},
                   {"\xf4\x90\x80\x80", 4},
                   {"\xf0\x9f\x90", 1}};
        for (int i = 0; i < 5; i++) {
                struct arena *arena = arena_new();
                struct out out = {.arena = arena}, want = {.arena = arena};
                struct json json = {.out = &out, .compact = true};
                json_open(&json, NULL, '[');
                json_text(&json, NULL, all[i].bad);
                json_close(&json);
                out_text(&want, "[\"");
                for (int j = 0; j < all[i].marks; j++)
                        out_text(&want, "\xef\xbf\xbd");
                out_text(&want, "\"]\n");
                ck_assert_str_eq(out_string(&out), out_string(&want));
                arena_drop(arena);
        }
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("formats");
        TCase *formats = tcase_create("formats"), *writer = tcase_create("writer");
        tcase_add_test(formats, json_has_everything);
        tcase_add_test(formats, jsonl_is_one_document_a_line);
        tcase_add_test(formats, github_escapes_commands);
        tcase_add_test(formats, gitlab_is_an_array);
        tcase_add_test(formats, rdjson_suggests);
        tcase_add_test(formats, checkstyle_parses);
        tcase_add_test(formats, junit_parses_and_counts);
        tcase_add_test(formats, xml_survives_bytes_that_are_no_text);
        tcase_add_test(formats, formats_are_found_by_name);
        tcase_set_timeout(formats, 30);
        suite_add_tcase(suite, formats);
        tcase_add_test(writer, every_byte_comes_back);
        tcase_add_test(writer, good_text_is_not_touched);
        tcase_add_test(writer, bad_text_is_repaired_part_by_part);
        suite_add_tcase(suite, writer);
        SUITE_RUN(suite);
}
