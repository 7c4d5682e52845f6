/*
 * test_report_html.c: pages from SARIF logs: ours, foreign and hostile ones.
 * Pages are read back by python3's parser of HTML.
 */
#include "report_fixture.h"

static const char sample[] =
    "int one(void)\n{\n\ttake(\xc3\xa9, \"<b>\"); /* held */\n}\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
    "int two(void)\n{\n\tdrop(x);\n}\n";

/* A settled report with a path over two places of a file. */
static struct fixture *one_path(void)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "a b.c", sample);
        const struct step *first =
            step(f, STEP_ALLOC, place(f, "a b.c", 3, 2, 6), "one", "'take' gives it", "held", NULL);
        struct finding *finding =
            add(f, &mismatch, place(f, "a b.c", 20, 2, 6), "two", first, "'drop' <is> wrong.");
        VEC_PUSH(f->arena, &finding->related,
                 (struct step){.at = place(f, "a b.c", 1, 5, 8), .said = "declared here"});
        findings_settle(f->report, NULL);
        return f;
}

static const char *write_log(struct fixture *f, const char *text)
{
        const char *path = fixture_path(f, "log.sarif");
        ck_assert(file_write(path, text, strlen(text), 0));
        return path;
}

static const char *page(struct fixture *f, const char *name)
{
        struct text text;
        const char *path = arena_printf(f->arena, "%s/html/%s", f->tree, name);
        ck_assert_msg(file_read(f->arena, path, 0, &text), "%s", path);
        return text.bytes;
}

static void make_pages(struct fixture *f, const char *log)
{
        const char *error = NULL;
        bool done = report_html(f->arena, write_log(f, log), f->tree, fixture_path(f, "html"), &error);
        ck_assert_msg(done, "%s", error);
}

/* Fails when the tags of a page do not nest. */
static void check_nesting(struct fixture *f, const char *name)
{
        static const char program[] = "import sys, html.parser\n"
                                      "class P(html.parser.HTMLParser):\n"
                                      "  stack = []\n"
                                      "  def handle_starttag(self, tag, attrs):\n"
                                      "    tag in ('meta', 'link') or self.stack.append(tag)\n"
                                      "  def handle_endtag(self, tag):\n"
                                      "    assert self.stack.pop() == tag, tag\n"
                                      "p = P()\n"
                                      "p.feed(open(sys.argv[1], encoding='utf-8').read())\n"
                                      "assert not p.stack and p.rawdata == ''\n";
        ck_assert(file_write(fixture_path(f, "p.py"), program, strlen(program), 0));
        const char *command =
            arena_printf(f->arena, "python3 '%s/p.py' '%s/html/%s'", f->tree, f->tree, name);
        ck_assert_msg(system(command) == 0, "%s", page(f, name));
}

START_TEST(index_lists_findings)
{
        struct fixture *f = one_path();
        make_pages(f, written(f, FORMAT_SARIF));
        check_nesting(f, "index.html");
        ck_has(page(f, "index.html"), "<h1>1 finding</h1>");
        ck_has(page(f, "index.html"), "<a href=\"finding-1.html\">1</a>");
        ck_has(page(f, "index.html"), "a b.c:20");
        ck_has(page(f, "index.html"), "&#39;drop&#39; &#60;is&#62; wrong. Related: declared here.</td>");
        ck_assert(!has(page(f, "index.html"), "incomplete"));
        f->report->incomplete = "1 unit failed.";
        make_pages(f, written(f, FORMAT_SARIF));
        ck_has(page(f, "index.html"), "The run was incomplete");
        fixture_drop(f);
}
END_TEST

START_TEST(the_path_is_drawn_into_the_source)
{
        struct fixture *f = one_path();
        make_pages(f, written(f, FORMAT_SARIF));
        check_nesting(f, "finding-1.html");
        const char *text = page(f, "finding-1.html");
        ck_has(text, "<pre class=\"hit\"><span class=\"n\">     3 </span>\t<mark>take</mark>(\xc3\xa9, "
                     "&#34;&#60;b&#62;");
        ck_has(text, "<pre class=\"hit\"><span class=\"n\">    20 </span>\t<mark>drop</mark>(x);");
        const char *one = strstr(text, "id=\"step-1\""), *gap = strstr(text, "class=\"gap\"");
        const char *two = strstr(text, "id=\"step-2\"");
        ck_assert(one && gap && two && one < gap && gap < two);
        ck_has(text, "[gil: held]");
        ck_has(text, "<a href=\"#step-2\">2 &rarr;</a>");
        ck_has(text, "<li>a b.c:1: Declared here.</li>");
        ck_has(text, "href=\"https://example.org/rules/family-mismatch.html\"");
        ck_assert(!has(text, "<script"));
        fixture_drop(f);
}
END_TEST

START_TEST(foreign_and_sparse_logs)
{
        struct fixture *f = fixture_new();
        fixture_text(f, "x.c", "int x;\nint y;\n");
        make_pages(
            f, arena_printf(f->arena,
                            "{\"runs\": [{\"results\": [{}, {\"message\": {\"text\": \"m\"}, \"locations\": "
                            "[{\"physicalLocation\": {\"artifactLocation\": {\"uri\": \"file://%s/x.c\"}, "
                            "\"region\": {\"startLine\": 2}}}]}, {\"ruleIndex\": 7, \"codeFlows\": 3, "
                            "\"locations\": {}, \"level\": []}]}, {}, 5]}",
                            f->tree));
        for (int i = 1; i <= 3; i++)
                check_nesting(f, arena_printf(f->arena, "finding-%d.html", i));
        ck_has(page(f, "finding-2.html"), "<mark>int y;</mark>");
        fixture_drop(f);
}
END_TEST

START_TEST(logs_show_no_file_outside_the_tree)
{
        static const char *const uris[] = {"../secret.c", "file:///etc/passwd", "/etc/passwd",
                                           "link.c",      "%2e%2e/secret.c",    "sub/../../secret.c"};
        struct fixture *outer = fixture_new(), *f = fixture_new();
        fixture_text(outer, "secret.c", "root:secret\n");
        ck_assert_int_eq(rmdir(f->tree), 0);
        snprintf(f->tree, sizeof f->tree, "%.40s/t", outer->tree);
        ck_assert_int_eq(mkdir(f->tree, 0777), 0);
        ck_assert_int_eq(symlink("../secret.c", fixture_path(f, "link.c")), 0);
        for (int i = 0; i < 6; i++) {
                make_pages(
                    f, arena_printf(f->arena,
                                    "{\"runs\": [{\"results\": [{\"locations\": [{\"physicalLocation\": "
                                    "{\"artifactLocation\": {\"uri\": \"%s\"}, \"region\": {\"startLine\": "
                                    "1}}}]}]}]}",
                                    uris[i]));
                ck_assert_msg(!has(page(f, "finding-1.html"), "root:"), "%s", uris[i]);
        }
        fixture_drop(outer);
        arena_drop(f->arena);
}
END_TEST

START_TEST(nothing_of_a_log_becomes_markup)
{
        struct fixture *f = fixture_new();
        const char *evil = "\\\"'><script>alert(1)</script>";
        make_pages(f,
                   arena_printf(
                       f->arena,
                       "{\"runs\": [{\"tool\": {\"driver\": {\"name\": \"%s\", \"rules\": [{\"id\": \"%s\", "
                       "\"helpUri\": \"javascript:alert(1)\", \"help\": {\"text\": \"%s\"}}]}}, \"results\": "
                       "[{\"ruleId\": \"%s\", \"level\": \"%s\", \"message\": {\"text\": \"%s\"}, "
                       "\"locations\": [{\"physicalLocation\": {\"artifactLocation\": {\"uri\": \"%s\"}, "
                       "\"region\": {\"startLine\": 1, \"snippet\": {\"text\": \"%s\"}}}}]}]}]}",
                       evil, evil, evil, evil, evil, evil, evil, evil));
        check_nesting(f, "index.html");
        check_nesting(f, "finding-1.html");
        ck_assert(!has(page(f, "index.html"), "<script") && !has(page(f, "finding-1.html"), "<script"));
        ck_assert(!has(page(f, "finding-1.html"), "javascript:"));
        fixture_drop(f);
}
END_TEST

START_TEST(what_is_no_log_is_refused)
{
        struct fixture *f = fixture_new();
        const char *error = NULL, *dir = fixture_path(f, "html");
        ck_assert(!report_html(f->arena, write_log(f, "{"), f->tree, dir, &error));
        ck_has(error, "is not JSON: line 1");
        ck_assert(!report_html(f->arena, write_log(f, "{\"runs\": {}}"), f->tree, dir, &error));
        ck_has(error, "is not a SARIF log");
        ck_assert(!report_html(f->arena, fixture_path(f, "nowhere"), f->tree, dir, &error));
        ck_has(error, "cannot read");
        const char *log = write_log(f, "{\"runs\": []}");
        ck_assert(!report_html(f->arena, log, f->tree, fixture_path(f, "no/such/dir"), &error));
        ck_has(error, "cannot make folder");
        ck_assert(!report_html(f->arena, log, f->tree, log, &error));
        ck_has(error, "cannot write");
        fixture_drop(f);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("html");
        TCase *all = tcase_create("html");
        tcase_add_test(all, index_lists_findings);
        tcase_add_test(all, the_path_is_drawn_into_the_source);
        tcase_add_test(all, foreign_and_sparse_logs);
        tcase_add_test(all, logs_show_no_file_outside_the_tree);
        tcase_add_test(all, nothing_of_a_log_becomes_markup);
        tcase_add_test(all, what_is_no_log_is_refused);
        tcase_set_timeout(all, 30);
        suite_add_tcase(suite, all);
        SUITE_RUN(suite);
}
