/*
 * test_cli.c: the parts of the command line that need no analysis: options and
 * their values, nearest names, selection of rules, configuration files.
 */
#include "config.h"
#include "functions.h"
#include "nearest.h"
#include "select.h"
#include "toml.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct option_origin from_file = {LAYER_FILE, "a file"};
static const struct option_origin from_command = {LAYER_COMMAND, "the command line"};

START_TEST(distance_counts_changes)
{
        ck_assert_int_eq(edit_distance("check", "check"), 0);
        ck_assert_int_eq(edit_distance("chek", "check"), 1);
        ck_assert_int_eq(edit_distance("hcek", "check"), 2);
        ck_assert_int_eq(edit_distance("ab", "ba"), 1);
        ck_assert_int_eq(edit_distance("", "abc"), 3);
        ck_assert_int_eq(edit_distance("PML201", "pml201"), 0);
}
END_TEST

START_TEST(hint_names_the_nearest_only)
{
        struct arena *arena = arena_new();
        struct words known = {0};
        VEC_PUSH(arena, &known, "family-mismatch");
        VEC_PUSH(arena, &known, "free-not-owned");
        ck_assert_str_eq(nearest_hint(arena, "famly-mismatch", &known), "; did you mean 'family-mismatch'?");
        ck_assert_str_eq(nearest_hint(arena, "free", &known), "; did you mean 'free-not-owned'?");
        ck_assert_str_eq(nearest_hint(arena, "something-else", &known), "");
        arena_drop(arena);
}
END_TEST

/* Sets an option and gives the complaint, "" when there is none. */
static const char *set(struct values *values, const char *name, const char *text, struct option_origin origin)
{
        const char *wrong = values_set(values, option_find(name), text, "/base", origin);
        return wrong ? wrong : "";
}

START_TEST(every_kind_takes_good_and_refuses_bad)
{
        struct arena *arena = arena_new();
        struct values *values = values_new(arena);
        ck_assert_str_eq(set(values, "quiet", "yes", from_command), "");
        ck_assert(values->settings.opt.quiet);
        ck_assert_str_eq(set(values, "quiet", "perhaps", from_command), "expected yes or no, not 'perhaps'");
        ck_assert_str_eq(set(values, "jobs", "3", from_command), "");
        ck_assert_int_eq(values->settings.opt.jobs, 3);
        ck_assert_str_eq(set(values, "jobs", "-3", from_command), "expected a number, not '-3'");
        ck_assert_str_eq(set(values, "min-coverage", "101", from_command), "the number '101' is too large");
        ck_assert_str_eq(set(values, "python-min", "3.8", from_command), "");
        ck_assert_uint_eq(values->settings.opt.python_min, 0x0308);
        ck_assert_str_eq(set(values, "python-min", "3", from_command),
                         "expected a version such as 3.12, not '3'");
        ck_assert_str_eq(set(values, "confidence", "medium", from_command), "");
        ck_assert_int_eq(values->settings.opt.confidence, CONFIDENCE_MEDIUM);
        ck_assert_str_eq(set(values, "confidence", "hihg", from_command),
                         "unknown value 'hihg'; did you mean 'high'?");
        ck_assert_str_eq(set(values, "fail-on", "never", from_command), "");
        ck_assert_int_eq(values->settings.opt.fail_on, FAIL_ON_NEVER);
        ck_assert_str_eq(set(values, "output", "sarif", from_command), "expected FORMAT=FILE, not 'sarif'");
        ck_assert_str_eq(set(values, "output", "serif=x", from_command),
                         "unknown value 'serif'; did you mean 'sarif'?");
        ck_assert_str_eq(set(values, "build-dir", "build", from_command), "");
        ck_assert_str_eq(values->settings.opt.build_dir, "/base/build");
        ck_assert_str_eq(set(values, "build-dir", "", from_command), "the value is empty");
        ck_assert_str_eq(set(values, "pages-url", "https://example.org/rules/", from_command), "");
        ck_assert_str_eq(set(values, "pages-url", "file:///usr/share/doc/pymemlint/rules/", from_command),
                         "");
        arena_drop(arena);
}
END_TEST

START_TEST(lists_grow_in_a_layer_and_begin_anew_in_the_next)
{
        struct arena *arena = arena_new();
        struct values *values = values_new(arena);
        const struct option_row *row = option_find("select");
        set(values, "select", "gil, PML2", from_file);
        set(values, "select", "lifetime", from_file);
        ck_assert_str_eq(values_text(values, row), "gil,PML2,lifetime");
        set(values, "select", "advice", from_command);
        ck_assert_str_eq(values_text(values, row), "advice");
        ck_assert_str_eq(values->origins[row - option_rows].where, "the command line");
        arena_drop(arena);
}
END_TEST

/* The choices of the table and the enums they stand for agree. */
START_TEST(choices_are_in_the_order_of_their_enums)
{
        struct arena *arena = arena_new();
        struct values *values = values_new(arena);
        static const char *const levels[] = {"note", "warning", "error", "never"};
        for (int i = FAIL_ON_NOTE; i <= FAIL_ON_NEVER; i++) {
                set(values, "fail-on", levels[i], from_command);
                ck_assert_int_eq(values->settings.opt.fail_on, i);
                ck_assert_str_eq(values_text(values, option_find("fail-on")), levels[i]);
        }
        set(values, "generated", "skip", from_command);
        ck_assert_int_eq(values->settings.opt.generated, GENERATED_SKIP);
        arena_drop(arena);
}
END_TEST

START_TEST(option_names_and_letters_are_unique)
{
        for (const struct option_row *a = option_rows; a->name; a++)
                for (const struct option_row *b = a + 1; b->name; b++) {
                        ck_assert_str_ne(a->name, b->name);
                        ck_assert(!a->letter || a->letter != b->letter);
                        ck_assert_int_le(a->group, b->group);
                }
}
END_TEST

static const struct rule example = {.code = "PML201", .name = "family-mismatch", .category = CATEGORY_FAMILY};

START_TEST(exact_words_fit_better_than_general_ones)
{
        int exact = rule_fits(&example, "family-mismatch"), prefix = rule_fits(&example, "PML2");
        int longer = rule_fits(&example, "pml20"), category = rule_fits(&example, "family");
        ck_assert_int_eq(rule_fits(&example, "PML201"), exact);
        ck_assert(exact > longer && longer > prefix && prefix > category);
        ck_assert(category > rule_fits(&example, "all") && rule_fits(&example, "all") > 0);
        ck_assert_int_eq(rule_fits(&example, "gil"), 0);
        ck_assert_int_eq(rule_fits(&example, "PML1"), 0);
        ck_assert_int_eq(rule_fits(&example, "P"), 0);
}
END_TEST

static const struct toml_value *read_toml(struct arena *arena, const char *text)
{
        const char *error = "";
        unsigned line, col;
        const struct toml_value *top = toml_read(arena, text, strlen(text), &error, &line, &col);
        ck_assert_msg(top != NULL, "%s", error);
        return top;
}

/* The model line of a [functions] entry, or its complaint. */
static const char *line_of(struct arena *arena, const char *text)
{
        const struct toml_value *top = read_toml(arena, text), *at = NULL;
        const char *error = NULL, *line = function_line(arena, &top->items[0], &at, &error);
        return error ? error : line;
}

START_TEST(functions_become_model_lines)
{
        struct arena *arena = arena_new();
        ck_assert_str_eq(line_of(arena, "f = {allocates = 'pymem', may-fail = true}"),
                         "f gives=pymem may-fail\n");
        ck_assert_str_eq(line_of(arena, "f = {releases = 'libc:1'}"), "f takes=libc:1\n");
        ck_assert_str_eq(line_of(arena, "f = {takes-ownership = [0, 2], requires-gil = false}"),
                         "f keeps=0,2 gil=any\n");
        ck_assert_str_eq(line_of(arena, "f = {calls-back = 1, releases-gil = true}"),
                         "f calls=1 gil=held->released\n");
        ck_assert_str_eq(line_of(arena, "f = 'gives=pymem'"), "f gives=pymem\n");
        ck_assert_str_eq(line_of(arena, "'a b' = 'x'"), "this is not the name of a function");
        ck_assert_str_eq(line_of(arena, "f = {allocate = 'x'}"),
                         "unknown key 'allocate'; did you mean 'allocates'?");
        ck_assert_str_eq(line_of(arena, "f = {may-fail = 1}"), "may-fail: expected true or false");
        ck_assert_str_eq(line_of(arena, "f = {}"), "the table is empty");
        ck_assert_str_eq(line_of(arena, "f = {allocates = \"a\\ng takes=b\"}"),
                         "allocates: expected a family such as \"pymem\" or \"pymem:1\"");
        arena_drop(arena);
}
END_TEST

START_TEST(toml_keeps_order_and_places)
{
        struct arena *arena = arena_new();
        const struct toml_value *top =
            read_toml(arena, "zebra = 1\nape = [true, 'x']\n\n[table]\nkey = 2.5\n");
        ck_assert_int_eq(top->n, 3);
        ck_assert_str_eq(top->items[0].key, "zebra");
        ck_assert_int_eq(top->items[1].kind, TOML_ARRAY);
        ck_assert_uint_eq(top->items[1].line, 2);
        ck_assert_uint_eq(top->items[1].col, 7);
        ck_assert_str_eq(top->items[1].items[1].text, "x");
        ck_assert_int_eq(toml_get(toml_get(top, "table"), "key")->kind, TOML_FLOAT);
        arena_drop(arena);
}
END_TEST

START_TEST(toml_errors_have_a_place)
{
        struct arena *arena = arena_new();
        const char *error = NULL, *text = "a = 1\nb = \n";
        unsigned line = 0, col = 0;
        ck_assert_ptr_null(toml_read(arena, text, strlen(text), &error, &line, &col));
        ck_assert_uint_eq(line, 2);
        ck_assert_uint_ge(col, 4);
        ck_assert_ptr_nonnull(error);
        arena_drop(arena);
}
END_TEST

/* Letters outside of ASCII are refused where only keys of ASCII may stand, and taken in texts. */
START_TEST(toml_knows_letters_from_spaces)
{
        static const char *const bare[] = {"\u00e9 = 1\n", "a = [;\ufef7 1]\n", "a = \u2fff\n",
                                           "a\u00a1b = 1\n"};
        struct arena *arena = arena_new();
        const char *error = NULL;
        unsigned line, col;
        ck_assert_ptr_null(toml_read(arena, bare[_i], strlen(bare[_i]), &error, &line, &col));
        const struct toml_value *top = read_toml(arena, "a = '\u00e9\ufef7'\n");
        ck_assert_str_eq(top->items[0].text, "\u00e9\ufef7");
        arena_drop(arena);
}
END_TEST

/* A scratch folder with nested folders; the caller may write files there. */
static const char *scratch(struct arena *arena)
{
        char *dir =
            arena_printf(arena, "%s/pymemlint-test-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
        ck_assert_ptr_nonnull(mkdtemp(dir));
        ck_assert_int_eq(mkdir(path_join(arena, dir, ".git"), 0700), 0);
        ck_assert_int_eq(mkdir(path_join(arena, dir, "src"), 0700), 0);
        return dir;
}

static void put_file(struct arena *arena, const char *dir, const char *name, const char *text)
{
        ck_assert(file_write(path_join(arena, dir, name), text, strlen(text), 0));
}

static void remove_scratch(struct arena *arena, const char *dir)
{
        static const char *const names[] = {"pyproject.toml", "src/pymemlint.toml", "src", ".git", ""};
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
                remove(path_join(arena, dir, names[i]));
}

START_TEST(nearest_configuration_holds)
{
        struct arena *arena = arena_new();
        const char *dir = scratch(arena), *source = path_join(arena, dir, "src/x.c");
        ck_assert_ptr_null(config_find(arena, source));
        put_file(arena, dir, "pyproject.toml", "[project]\nname = 'x'\n");
        ck_assert_ptr_null(config_find(arena, source));
        put_file(arena, dir, "pyproject.toml", "[tool.pymemlint]\nselect = ['gil']\n");
        ck_assert_str_eq(config_find(arena, source), path_join(arena, dir, "pyproject.toml"));
        put_file(arena, dir, "src/pymemlint.toml", "select = ['gil']\n");
        ck_assert_str_eq(config_find(arena, source), path_join(arena, dir, "src/pymemlint.toml"));
        remove_scratch(arena, dir);
        arena_drop(arena);
}
END_TEST

START_TEST(configuration_sets_options)
{
        struct arena *arena = arena_new();
        struct values *values = values_new(arena);
        const char *dir = scratch(arena);
        put_file(arena, dir, "pyproject.toml",
                 "[tool.pymemlint]\nselect = ['gil', 'PML2']\ncache = false\njobs = 2\npython-min = '3.9'\n"
                 "build-dir = 'b'\n[tool.pymemlint.per-file-ignores]\n'gen/**' = ['PML401']\n"
                 "[tool.pymemlint.functions]\nmine = {allocates = 'pymem'}\n");
        ck_assert(config_read(values, path_join(arena, dir, "pyproject.toml")));
        ck_assert_str_eq(values_text(values, option_find("select")), "gil,PML2");
        ck_assert(!values->settings.opt.cache);
        ck_assert_int_eq(values->settings.opt.jobs, 2);
        ck_assert_str_eq(values->settings.opt.build_dir, path_join(arena, dir, "b"));
        ck_assert_int_eq(values->settings.per_file.n, 1);
        ck_assert_int_eq(values->settings.opt.functions.n, 1);
        remove_scratch(arena, dir);
        arena_drop(arena);
}
END_TEST

/* Every one of these must be refused; what is said is checked by check_cli.sh. */
static const char *const refused[] = {
    "selct = ['gil']",
    "select = 'gil'",
    "select = [1]",
    "jobs = 'many'",
    "jobs = -1",
    "cache = 'no'",
    "confidence = 'some'",
    "python = './run-me'",
    "cache-dir = '/elsewhere'",
    "fix = 1",
    "output = ['sarif=/tmp/x']",
    "output = ['sarif=../x']",
    "baseline = '../../x'",
    "functions = 3",
    "functions = {f = 3}",
    "per-file-ignores = ['x']",
    "per-file-ignores = {x = 1}",
    "at = 'x.c:3'",
    "pages-url = 'example.org/'",
    "pages-url = 'javascript:alert(1)/'",
    "pages-url = 'https://'",
    "pages-url = 'https://example.org/rules'",
    "pages-url = \"https://example.org/\\u001b]0;x\\u0007/\"",
    "pages-url = 'https://example.org/\"><script>/'",
    "python-min = 3.8",
    "= 3",
};

START_TEST(configuration_refuses)
{
        struct arena *arena = arena_new();
        const char *dir = scratch(arena);
        put_file(arena, dir, "src/pymemlint.toml", refused[_i]);
        ck_assert_msg(!config_read(values_new(arena), path_join(arena, dir, "src/pymemlint.toml")),
                      "taken: %s", refused[_i]);
        remove_scratch(arena, dir);
        arena_drop(arena);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("cli");
        TCase *tests = tcase_create("all");
        suite_add_tcase(suite, tests);
        tcase_add_test(tests, distance_counts_changes);
        tcase_add_test(tests, hint_names_the_nearest_only);
        tcase_add_test(tests, every_kind_takes_good_and_refuses_bad);
        tcase_add_test(tests, lists_grow_in_a_layer_and_begin_anew_in_the_next);
        tcase_add_test(tests, choices_are_in_the_order_of_their_enums);
        tcase_add_test(tests, option_names_and_letters_are_unique);
        tcase_add_test(tests, exact_words_fit_better_than_general_ones);
        tcase_add_test(tests, functions_become_model_lines);
        tcase_add_test(tests, toml_keeps_order_and_places);
        tcase_add_test(tests, toml_errors_have_a_place);
        tcase_add_loop_test(tests, toml_knows_letters_from_spaces, 0, 4);
        tcase_add_test(tests, nearest_configuration_holds);
        tcase_add_test(tests, configuration_sets_options);
        tcase_add_loop_test(tests, configuration_refuses, 0, (int)(sizeof refused / sizeof *refused));
        SRunner *runner = srunner_create(suite);
        srunner_run_all(runner, CK_NORMAL);
        int failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed != 0;
}
