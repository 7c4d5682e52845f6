/*
 * test_derive.c: what flags are derived from build descriptions, and when the
 * interpreter's header goes in front of a unit. The interpreter is a script,
 * its header a line of our own.
 */
#include "base/file.h"
#include "front/derive_script.h"
#include "front/project.h"
#include "put_file.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- macros of a script ---- */

static const char *defines(struct arena *arena, const char *base, const char *script)
{
        struct text text = {.bytes = arena_strndup(arena, script, strlen(script)), .length = strlen(script)};
        struct words args = {0};
        const char *all = "";
        script_defines(arena, base, &text, &args);
        for (int i = 0; i < args.n; i++)
                all = arena_printf(arena, "%s%s%s", all, *all ? " " : "", args.at[i]);
        return all;
}

static const struct {
        const char *base, *script, *expected;
} scripts[] = {
    {"setup.py", "Extension('m', ['m.c'], define_macros=[('A', None), (\"B\", '2'), ('C', 3)])",
     "-DA -DB=2 -DC=3"},
    {"setup.py", "define_macros = []\ndefine_macros.append(('NAME', '\"x.y\"'))\n", "-DNAME=\"x.y\""},
    {"setup.py", "m = 1\nmacros += [('V', '\"%s\"' % v)]\nmacros.append(('W', compute()))", "-DV=\"\""},
    {"setup.py", "x = Extension(define_macros=[('A', '1')], libraries=[('B', '2')])", "-DA=1"},
    {"setup.py", "for d in parser.get('build_ext', 'define'):\n    define_macros.append((d, '1'))", ""},
    {"setup.py", "options = [('A', '1')]\n# define_macros=[('B', '1')]\n", ""},
    {"setup.py", "macros = [('A', '1'), ('A', '2'), ('MY_DEBUG', 1), ('WIN32', 1)]", "-DA=1"},
    /* branches: what holds on a system like this one, and nothing that cannot be told */
    {"setup.py",
     "if sys.platform == 'win32':\n    macros = [('A', 1)]\nelif LINUX:\n    macros = [('B', 1)]\nelse:\n"
     "    macros = [('C', 1)]\nmacros.append(('D', 1))\n",
     "-DB=1 -DD=1"},
    {"setup.py", "if have_it():\n    macros.append(('A', 1))\nelse:\n    macros.append(('B', 1))\n", ""},
    {"setup.py",
     "if sys.platform != 'win32':\n    macros.append(('A', 1))\nelse:\n    macros.append(('B', 1))\n",
     "-DA=1"},
    {"setup.py", "if sys.byteorder == 'big':\n    macros = [('A', 1)]\nelse:\n    macros = [('B', 1)]\n",
     "-DB=1"},
    {"setup.py", "if sys.version_info[0] >= 3:\n    macros.append(('A', 1))\n", "-DA=1"},
    {"setup.py", "try:\n    macros = [('A', 1)]\nexcept ImportError:\n    macros = [('B', 1)]\n", "-DA=1"},
    /* a function that returns a list is asked for it; one that adds may belong to one of many choices */
    {"setup.py", "def use_it(self):\n    self.define_macros.append(('A', 1))\n", ""},
    {"setup.py", "def config():\n    return dict(define_macros=[('A', 1)])\n", "-DA=1"},
    {"setup.py", "args = ['-DA', '-DB=2', '-O2', '-DC=' + x, '-DD E']\n", "-DA -DB=2"},
    {"setup.py", "args = ['-DA'] if slow else []\ncmake_args = ['-DB=ON', '-DC:BOOL=ON']\n", ""},
    {"setup.cfg", "[metadata]\ndefine=X\n[build_ext]\ndefine = A, B=1,MY_DEBUG\nother=C\n", "-DA -DB=1"},
    {"setup.cfg", "[build_ext]\ndefine =\n    A\n    B\n", "-DA -DB"},
    {"pyproject.toml", "[[tool.x]]\ndefine-macros = [[\"A\", \"1\"], [\"B\", \"\"]]\n", "-DA=1 -DB="},
    {"meson.build",
     "add_project_arguments('-DA', language: 'c')\nif get_option('x')\n  c += ['-DB']\nendif\nc += '-DC'\n",
     "-DA -DC"},
    {"setup.py", "macros = [('A', ", ""},
    {"setup.py", "macros = [('A', 'x", ""},
};

START_TEST(a_script_defines)
{
        struct arena *arena = arena_new();
        ck_assert_str_eq(defines(arena, scripts[_i].base, scripts[_i].script), scripts[_i].expected);
        arena_drop(arena);
}
END_TEST

START_TEST(scripts_are_known_by_name)
{
        ck_assert(script_is_one("setup.py") && script_is_one("setup_posix.py") &&
                  script_is_one("meson.build"));
        ck_assert(!script_is_one("setup.c") && !script_is_one("test_setup.py") && !script_is_one("cfg"));
}
END_TEST

/* ---- units ---- */

struct bench {
        struct arena *arena;
        const char *top, *error;
        struct project_options options;
};

static void put(struct bench *bench, const char *name, const char *text)
{
        put_file(bench->arena, bench->top, name, text);
}

static void setup(struct bench *bench)
{
        char template[] = "/tmp/pymemlint-derive-XXXXXX";
        *bench = (struct bench){.arena = arena_new()};
        ck_assert_ptr_nonnull(mkdtemp(template));
        bench->top = path_join(bench->arena, "/", template);
        put(bench, "include/Python.h", "\n");
        put(bench, "python",
            arena_printf(bench->arena, "#!/bin/sh\necho version 3.1\necho folder %s/include\n", bench->top));
        bench->options.python = path_join(bench->arena, bench->top, "python");
        chmod(bench->options.python, 0755);
        put(bench, "tree/pyproject.toml", "");
        VEC_PUSH(bench->arena, &bench->options.paths, path_join(bench->arena, bench->top, "tree"));
}

static void teardown(struct bench *bench)
{
        ck_assert_int_eq(system(arena_printf(bench->arena, "rm -rf %s", bench->top)), 0);
        arena_drop(bench->arena);
}

/* The arguments of the unit PATH, each behind a blank; the error when there is no project. */
static const char *arguments(struct bench *bench, const char *path)
{
        const char *error, *all = "";
        struct project *project = project_find(bench->arena, &bench->options, &error);
        if (!project)
                return error;
        for (int i = 0; i < project->units.n; i++)
                for (int j = 0; j < project->units.at[i]->args.n && !strcmp(project->units.at[i]->path, path);
                     j++)
                        all = arena_printf(bench->arena, "%s %s", all, project->units.at[i]->args.at[j]);
        return all;
}

START_TEST(macros_reach_the_units_below_the_script)
{
        struct bench bench;
        setup(&bench);
        put(&bench, "tree/one/setup.py", "macros = [('ONE', None)]\n");
        put(&bench, "tree/one/src/a.c", "#include <Python.h>\n");
        put(&bench, "tree/onetwo/b.c", "#include <Python.h>\n");
        ck_assert_ptr_nonnull(strstr(arguments(&bench, "one/src/a.c"), " -DONE"));
        ck_assert_ptr_null(strstr(arguments(&bench, "onetwo/b.c"), " -DONE"));
        teardown(&bench);
}
END_TEST

START_TEST(a_build_that_was_not_made_promises_nothing)
{
        struct bench bench;
        setup(&bench);
        put(&bench, "tree/meson.build", "c += ['-DHAVE_CONFIG_H', '-DHAVE_CONFIG_HEADERS']\n");
        put(&bench, "tree/a.c", "#include <Python.h>\n");
        const char *args = arguments(&bench, "a.c");
        ck_assert_ptr_nonnull(strstr(args, " -DHAVE_CONFIG_HEADERS"));
        ck_assert_ptr_null(strstr(args, " -DHAVE_CONFIG_H "));
        put(&bench, "tree/build/config.h", "\n");
        ck_assert_ptr_nonnull(strstr(arguments(&bench, "a.c"), " -DHAVE_CONFIG_H "));
        teardown(&bench);
}
END_TEST

START_TEST(a_hidden_header_goes_in_front)
{
        struct bench bench;
        setup(&bench);
        put(&bench, "tree/hidden.c", "#include <nobody/has_this.h>\nPyObject *f(void);\n");
        put(&bench, "tree/plain.c", "#include <nobody/has_this.h>\nint Pyramid, MyPyObject;\n");
        put(&bench, "tree/whole.c", "#include <stdio.h>\nPyObject *f(void);\n");
        put(&bench, "tree/direct.c",
            "#include <nobody/has_this.h>\n#include <Python.h>\nPyObject *f(void);\n");
        ck_assert_ptr_nonnull(strstr(arguments(&bench, "hidden.c"), " -include Python.h"));
        ck_assert_ptr_null(strstr(arguments(&bench, "plain.c"), "-include"));
        ck_assert_ptr_null(strstr(arguments(&bench, "whole.c"), "-include"));
        ck_assert_ptr_null(strstr(arguments(&bench, "direct.c"), "-include"));
        teardown(&bench);
}
END_TEST

START_TEST(one_folder_by_two_names_is_one)
{
        struct bench bench;
        setup(&bench);
        put(&bench, "include/base/of_a_library.h", "\n");
        put(&bench, "tree/a.c", "#include <of_a_library.h>\n");
        ck_assert_int_eq(symlink("base", path_join(bench.arena, bench.top, "include/compat")), 0);
        const char *wanted = arena_printf(bench.arena, " -idirafter%s/include/base", bench.top);
        ck_assert_ptr_nonnull(strstr(arguments(&bench, "a.c"), wanted));
        put(&bench, "include/other/of_a_library.h", "\n");
        ck_assert_ptr_null(strstr(arguments(&bench, "a.c"), "-idirafter"));
        teardown(&bench);
}
END_TEST

START_TEST(a_library_brings_its_folders)
{
        struct bench bench;
        setup(&bench);
        put(&bench, "include/first-2.0/first/first.h",
            "#include <first/conf.h>\n#include \"near.h\"\n#include <later.h>\n");
        put(&bench, "include/first-2.0/first/near.h", "#include <second.h>\n");
        put(&bench, "lib/machine/first-2.0/include/first/conf.h", "\n");
        put(&bench, "include/second/second.h", "#include <first/first.h>\n"); /* a circle */
        put(&bench, "include/third/later.h", "\n");
        put(&bench, "include/fourth/later.h", "\n"); /* whose is meant is not known */
        put(&bench, "include/unrelated/no.h", "\n");
        put(&bench, "tree/a.c", "#include <first/first.h>\n");
        const char *args = strstr(arguments(&bench, "a.c"), " -idirafter");
        ck_assert_ptr_nonnull(args);
        ck_assert_str_eq(
            args, arena_printf(bench.arena,
                               " -idirafter%s/include/first-2.0 -idirafter%s/lib/machine/first-2.0/include"
                               " -idirafter%s/include/second",
                               bench.top, bench.top, bench.top));
        teardown(&bench);
}
END_TEST

START_TEST(a_prelude_may_be_a_header)
{
        struct bench bench;
        setup(&bench);
        put(&bench, "tree/a.c", "int a;\n");
        bench.options.prelude = "Python.h";
        const char *wanted = arena_printf(bench.arena, " -include %s/include/Python.h", bench.top);
        ck_assert_ptr_nonnull(strstr(arguments(&bench, "a.c"), wanted));
        bench.options.prelude = "nobody_has_this.h";
        ck_assert_ptr_nonnull(
            strstr(arguments(&bench, "a.c"), "cannot read the prelude 'nobody_has_this.h'"));
        teardown(&bench);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("derive");
        TCase *cases = tcase_create("derive");
        tcase_add_loop_test(cases, a_script_defines, 0, (int)(sizeof scripts / sizeof *scripts));
        tcase_add_test(cases, scripts_are_known_by_name);
        tcase_add_test(cases, macros_reach_the_units_below_the_script);
        tcase_add_test(cases, a_build_that_was_not_made_promises_nothing);
        tcase_add_test(cases, a_hidden_header_goes_in_front);
        tcase_add_test(cases, one_folder_by_two_names_is_one);
        tcase_add_test(cases, a_library_brings_its_folders);
        tcase_add_test(cases, a_prelude_may_be_a_header);
        suite_add_tcase(suite, cases);
        SRunner *runner = srunner_create(suite);
        srunner_run_all(runner, CK_NORMAL);
        int failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed != 0;
}
