/*
 * test_project.c: which units and which flags come out of a tree. Each case
 * writes a small tree below a temporary folder; the interpreter is a stand-in
 * script with headers of its own, so that nothing depends on the machine.
 */
#include "base/file.h"
#include "front/compdb.h"
#include "front/flags.h"
#include "front/glob.h"
#include "front/project.h"
#include "front/scan.h"
#include "put_file.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One temporary tree with what was found in it. */
struct bench {
        struct arena *arena;
        const char *top;  /* temporary folder */
        const char *tree; /* top/tree */
        struct project_options options;
        struct project *project;
        const char *error;
};

static void put(struct bench *bench, const char *name, const char *text)
{
        put_file(bench->arena, bench->top, name, text);
}

static void setup(struct bench *bench)
{
        char template[] = "/tmp/pymemlint-project-XXXXXX";
        *bench = (struct bench){.arena = arena_new()};
        ck_assert_ptr_nonnull(mkdtemp(template));
        bench->top = path_join(bench->arena, "/", template);
        bench->tree = path_join(bench->arena, bench->top, "tree");
        put(bench, "tree/pyproject.toml", "");
        put(bench, "include/Python.h", "#include \"pyconfig.h\"\n");
        put(bench, "include/pyconfig.h", "");
        put(bench, "arrays/numpy/arrayobject.h", "");
        put(bench, "python",
            arena_printf(bench->arena,
                         "#!/bin/sh\necho executable /py\necho version 3.11.2\necho folder %s/include\n"
                         "echo 'flags -O2 -DNDEBUG -D_FORTIFY_SOURCE=2 -Wall'\necho arrays %s/arrays\n",
                         bench->top, bench->top));
        bench->options.python = path_join(bench->arena, bench->top, "python");
        chmod(bench->options.python, 0755);
        VEC_PUSH(bench->arena, &bench->options.paths, bench->tree);
}

static void teardown(struct bench *bench)
{
        char *command = arena_printf(bench->arena, "chmod -R u+rwx %s; rm -rf %s", bench->top, bench->top);
        ck_assert_int_eq(system(command), 0);
        arena_drop(bench->arena);
}

static void find(struct bench *bench)
{
        bench->project = project_find(bench->arena, &bench->options, &bench->error);
}

/* "a.c b.c": the units that were found. */
static const char *units(struct bench *bench)
{
        struct out out = {.arena = bench->arena};
        ck_assert_msg(bench->project, "%s", bench->error);
        for (int i = 0; i < bench->project->units.n; i++)
                out_format(&out, "%s%s", i ? " " : "", bench->project->units.at[i]->path);
        return out_string(&out);
}

/* The arguments of the unit PATH in one string, with the temporary folder as "T". */
static const char *args(struct bench *bench, const char *path)
{
        struct out out = {.arena = bench->arena};
        size_t top = strlen(bench->top);
        ck_assert_msg(bench->project, "%s", bench->error);
        for (int i = 0; i < bench->project->units.n; i++) {
                const struct project_unit *unit = bench->project->units.at[i];
                for (int j = 0; j < unit->args.n && !strcmp(unit->path, path); j++) {
                        const char *arg = unit->args.at[j], *found = strstr(arg, bench->top);
                        out_format(&out, "%s%.*s%s%s", out.length ? " " : "",
                                   found ? (int)(found - arg) : 1000, arg, found ? "T" : "",
                                   found ? found + top : "");
                }
        }
        return out_string(&out);
}

static const char *why(struct bench *bench, const char *path)
{
        for (int i = 0; bench->project && i < bench->project->skips.n; i++)
                if (!strcmp(bench->project->skips.at[i].path, path))
                        return bench->project->skips.at[i].why;
        return "not skipped";
}

START_TEST(words_are_the_shells)
{
        struct arena *arena = arena_new();
        struct words words =
            words_split(arena, " cc  -DA='x y' \"-DB=\\\"q\\\"\" -DC=\\\"z\\\" a\\ b.c '' \"open ");
        const char *expected[] = {"cc", "-DA=x y", "-DB=\"q\"", "-DC=\"z\"", "a b.c", "", "open "};
        ck_assert_int_eq(words.n, 7);
        for (int i = 0; i < words.n; i++)
                ck_assert_str_eq(words.at[i], expected[i]);
        arena_drop(arena);
}
END_TEST

START_TEST(flags_keep_what_has_meaning)
{
        struct arena *arena = arena_new();
        const char *command =
            "ccache gcc -pthread -O2 -g3 -fPIC -fopenmp -Werror -Wp,-DW=1,-MD,x.d -specs=a.b -I../inc "
            "-I /abs -isystem sys -include conf.h -DX=1 -D Y -UZ -D_FORTIFY_SOURCE=2 -std=c99 -MD -MF "
            "-DNOT.d -MT t -o build/CMakeFiles/_fast.dir/a.o -msse4.2 -mtune=native -c a.c";
        struct words words = words_split(arena, command);
        struct flags flags = flags_read(arena, words.at, words.n, "/w/build");
        const char *expected[] = {"-pthread", "-DW=1",           "-I/w/inc", "-I/abs", "-isystem/w/build/sys",
                                  "-include", "/w/build/conf.h", "-DX=1",    "-DY",    "-UZ",
                                  "-std=c99", "-msse4.2"};
        ck_assert_int_eq(flags.args.n, 12);
        for (int i = 0; i < flags.args.n; i++)
                ck_assert_str_eq(flags.args.at[i], expected[i]);
        ck_assert_str_eq(flags_object(arena, flags.output), "_fast");
        ck_assert_str_eq(flags_object(arena, "src/_x.cpython-311.so.p/y.c.o"), "_x.cpython-311.so");
        ck_assert_str_eq(flags_object(arena, "build/temp/y.o"), "");
        arena_drop(arena);
}
END_TEST

START_TEST(globs_match)
{
        ck_assert(glob_matches("vendor", "a/vendor/x.c"));
        ck_assert(glob_matches("*.gen.c", "a/x.gen.c"));
        ck_assert(glob_matches("a/*.c", "a/x.c"));
        ck_assert(!glob_matches("a/*.c", "a/b/x.c"));
        ck_assert(!glob_matches("a/*.c", "z/a/x.c"));
        ck_assert(glob_matches("a/**/x.c", "a/b/c/x.c"));
        ck_assert(glob_matches("a/**/x.c", "a/x.c"));
        ck_assert(glob_matches("a/b/", "a/b/x.c"));
        ck_assert(glob_matches("/a", "a/x.c"));
        ck_assert(!glob_matches("/x.c", "a/x.c"));
        ck_assert(!glob_matches("vend", "vendor/x.c"));
}
END_TEST

START_TEST(directives_are_read)
{
        struct arena *arena = arena_new();
        struct text text = {
            .bytes = "/* Generated by hand */ #include <no.h>\n"
                     " # /* c */ include /* d */ \"a\\\nb.h\"\n"
                     "char *s = \"/*\"; // \\\n#include <no2.h>\n"
                     "#define A(x) x \\\n  + 1 /* e */\n#include MACRO\n/*\n#include <no3.h>\n*/#undef A\n"
                     "x #include <no4.h>\n#include <last.h>"};
        text.length = strlen(text.bytes);
        struct directives *found = directives_scan(arena, &text);
        ck_assert(found->generated);
        ck_assert_int_eq(found->list.n, 6); /* the one behind the comment on line 1 is a directive */
        ck_assert_str_eq(found->list.at[0].name, "no.h");
        ck_assert_str_eq(found->list.at[1].name, "ab.h");
        ck_assert(found->list.at[1].quote);
        ck_assert_str_eq(found->list.at[2].name, "A");
        ck_assert_str_eq(found->list.at[2].rest, "(x) x   + 1");
        ck_assert_int_eq(found->list.at[3].kind, DIRECTIVE_ODD);
        ck_assert_int_eq(found->list.at[4].kind, DIRECTIVE_UNDEF);
        ck_assert_str_eq(found->list.at[5].name, "last.h");
        arena_drop(arena);
}
END_TEST

START_TEST(folders_are_derived_per_unit)
{
        struct bench b;
        setup(&b);
        put(&b, "tree/src/a.c", "#include <Python.h>\n#include \"util.h\"\n");
        put(&b, "tree/src/lib/util.h", "#include \"deep/x.h\"\n");
        put(&b, "tree/other/util.h", "");
        put(&b, "tree/other/b.c", "#include \"util.h\"\n#include <lib/util.h>\n#include <stdio.h>\n");
        put(&b, "tree/other/stdio.h", "");
        put(&b, "tree/include/deep/x.h", "#include <numpy/arrayobject.h>\n");
        put(&b, "tree/PC/pyconfig.h", "");
        put(&b, "tree/PC/win.h", "");
        put(&b, "tree/c.c", "#include \"win.h\"\n#include \"pyconfig.h\"\n#include \"Python.h\"\n");
        find(&b);
        ck_assert_str_eq(units(&b), "c.c other/b.c src/a.c");
        ck_assert_str_eq(args(&b, "src/a.c"),
                         "-std=gnu17 -DNDEBUG -iquoteT/tree/src/lib -iquoteT/tree/include "
                         "-IT/include -IT/arrays");
        ck_assert_str_eq(args(&b, "other/b.c"),
                         "-std=gnu17 -DNDEBUG -iquoteT/tree/include -IT/include -IT/arrays "
                         "-idirafterT/tree/src");
        /* The tree's configuration of the interpreter must not come before the interpreter's. */
        ck_assert_str_eq(args(&b, "c.c"), "-std=gnu17 -DNDEBUG -idirafterT/tree/PC -IT/include");
        ck_assert(b.project->units.at[0]->api && b.project->units.at[2]->api);
        ck_assert(!b.project->units.at[1]->api);
        ck_assert_int_eq(b.project->plain, 1);
        ck_assert_str_eq(b.project->python_version, "3.11.2");
        teardown(&b);
}
END_TEST

START_TEST(pieces_are_no_units)
{
        struct bench b;
        setup(&b);
        put(&b, "tree/main.c", "#include \"piece.c\"\n#include \"part.h\"\n");
        put(&b, "tree/part.h", "#include \"sub/piece2.c\"\n");
        put(&b, "tree/piece.c", "#include \"piece.c\"\n");
        put(&b, "tree/sub/piece2.c", "");
        put(&b, "tree/sub/piece.c", ""); /* same name, another file */
        put(&b, "tree/sub/self.c", "#include \"self.c\"\n");
        put(&b, "tree/ring1.c", "#include \"ring2.c\"\n");
        put(&b, "tree/ring2.c", "#include \"ring1.c\"\n");
        find(&b);
        ck_assert_str_eq(units(&b), "main.c ring1.c sub/piece.c sub/self.c");
        ck_assert_str_eq(why(&b, "piece.c"), "a part of 'main.c', which includes it");
        b.options.paths.at[0] = path_join(b.arena, b.tree, "sub/piece2.c");
        find(&b);
        ck_assert_str_eq(units(&b), "main.c");
        teardown(&b);
}
END_TEST

START_TEST(repository_is_the_root)
{
        struct bench b;
        setup(&b);
        put(&b, "tree/src/a.c", "");
        find(&b);
        ck_assert_str_eq(b.project->tree, b.tree);
        put(&b, ".git", "gitdir: elsewhere\n"); /* around several projects, of which one has a database */
        put(&b, "tree/compile_commands.json",
            "[{\"directory\": \"src\", \"file\": \"a.c\", \"command\": \"cc -DA -c a.c\", \"object\": "
            "\"_a.so\"}]");
        find(&b);
        ck_assert_str_eq(units(&b), "tree/src/a.c");
        ck_assert_str_eq(args(&b, "tree/src/a.c"), "-DA");
        ck_assert_str_eq(b.project->units.at[0]->object, "_a.so");
        teardown(&b);
}
END_TEST

START_TEST(database_is_taken_as_it_is)
{
        struct bench b;
        setup(&b);
        put(&b, "tree/src/a.c", "#include <Python.h>\n");
        put(&b, "tree/src/b.c", "");
        put(&b, "tree/src/c.cpp", "");
        put(&b, "tree/src/frag.c", "");
        put(&b, "tree/src/user.c", "#include \"frag.c\"\n");
        put(&b, "tree/build/cp311/compile_commands.json",
            "[{\"directory\": \".\", \"file\": \"../../src/a.c\", \"output\": \"_x.so.p/a.o\","
            "  \"arguments\": [\"ccache\", \"cc\", \"-DA\", \"-Iinc\", \"-c\", \"../../src/a.c\"]},"
            " {\"directory\": \".\", \"file\": \"../../src/a.c\", \"command\": \"cc -O3 -DA -Iinc -c "
            "../../src/a.c\"},"
            " {\"directory\": \".\", \"file\": \"../../src/a.c\", \"command\": \"cc -DB='1 2' -c "
            "../../src/a.c\"},"
            " {\"directory\": \"/\", \"file\": \"/no/where.c\", \"command\": \"cc\"},"
            " {\"directory\": \".\", \"file\": \"../../src/frag.c\", \"command\": \"cc\"},"
            " {\"directory\": \".\", \"file\": \"gone.c\", \"command\": \"cc\"}]");
        find(&b);
        ck_assert_str_eq(units(&b), "src/a.c src/a.c src/b.c src/frag.c src/user.c");
        ck_assert_str_eq(args(&b, "src/a.c"), "-DA -IT/tree/build/cp311/inc -DB=1 2");
        ck_assert_str_eq(b.project->units.at[0]->object, "_x.so");
        ck_assert_str_eq(b.project->units.at[0]->flags, "recorded");
        ck_assert_str_eq(b.project->units.at[2]->flags, "derived");
        ck_assert_int_eq(b.project->recorded, 3);
        ck_assert_int_eq(b.project->derived, 2);
        ck_assert_str_eq(why(&b, "src/c.cpp"), "C++ is not analysed yet");
        ck_assert_str_eq(why(&b, "build/cp311/gone.c"),
                         "named by the compilation database, but there is no such file");
        b.options.recorded_only = true;
        find(&b);
        ck_assert_str_eq(units(&b), "src/a.c src/a.c src/frag.c");
        ck_assert_str_eq(why(&b, "src/b.c"), "no command was recorded for it");
        teardown(&b);
}
END_TEST

START_TEST(given_flags_stand_for_a_command)
{
        struct bench b;
        setup(&b);
        put(&b, "tree/a.c", "#include \"x.h\"\n");
        put(&b, "tree/inc/x.h", "");
        put(&b, "tree/compile_commands.json", "not read");
        VEC_PUSH(b.arena, &b.options.args, "-DG");
        VEC_PUSH(b.arena, &b.options.args, "-O2");
        VEC_PUSH(b.arena, &b.options.args, arena_printf(b.arena, "-I%s/inc", b.tree));
        find(&b);
        ck_assert_str_eq(args(&b, "a.c"), "-std=gnu17 -DNDEBUG -DG -IT/tree/inc -IT/include");
        ck_assert_str_eq(b.project->units.at[0]->flags, "given");
        teardown(&b);
}
END_TEST

START_TEST(libraries_keep_folders_of_their_own)
{
        struct bench b;
        setup(&b);
        put(&b, "tree/a.c",
            "#include <zz-lib.h>\n#include <config.h>\n#include \"twice.h\"\n#include <sub/x.h>\n");
        put(&b, "sys/zzlib/zz-lib.h", "");
        put(&b, "sys/zzlib/config.h", "");
        put(&b, "sys/one/twice.h", "");
        put(&b, "sys/two/twice.h", "");
        put(&b, "sys/two/sub/x.h", "");
        VEC_PUSH(b.arena, &b.options.args, arena_printf(b.arena, "-I%s/sys", b.top));
        find(&b);
        ck_assert_str_eq(args(&b, "a.c"), "-std=gnu17 -DNDEBUG -IT/sys -IT/include -idirafterT/sys/zzlib "
                                          "-idirafterT/sys/two");
        ck_assert_ptr_nonnull(strstr(b.project->notes.at[0], "/sys/zzlib'"));
        teardown(&b);
}
END_TEST

START_TEST(the_environment_is_part_of_the_flags)
{
        struct bench b;
        setup(&b);
        put(&b, "tree/a.c", "#include <env.h>\n");
        put(&b, "tree/far/env.h", "");
        put(&b, "cpath/env.h", "");
        setenv("CPATH", arena_printf(b.arena, ":%s/cpath", b.top), 1);
        find(&b);
        unsetenv("CPATH");
        ck_assert_str_eq(args(&b, "a.c"), "-std=gnu17 -DNDEBUG -IT/include -IT/cpath");
        teardown(&b);
}
END_TEST

START_TEST(own_headers_of_the_interpreter_are_a_root)
{
        struct bench b;
        setup(&b);
        put(&b, "tree/Include/Python.h", "#include \"pyconfig.h\"\n#include \"internal.h\"\n");
        put(&b, "tree/Include/internal.h", "#include \"far.h\"\n");
        put(&b, "tree/far/far.h", "");
        put(&b, "tree/Modules/m.c", "#include \"Python.h\"\n");
        find(&b);
        ck_assert_str_eq(args(&b, "Modules/m.c"), "-std=gnu17 -DNDEBUG -iquoteT/tree/Include -IT/include");
        bool found = false;
        for (int i = 0; i < b.project->roots.n; i++) {
                const struct root *root = &b.project->roots.at[i];
                found |= !strcmp(root->name, "<python>") &&
                         !strcmp(root->dir, path_join(b.arena, b.tree, "Include"));
                if (i)
                        ck_assert_uint_ge(strlen(root[-1].dir), strlen(root->dir));
        }
        ck_assert(found);
        teardown(&b);
}
END_TEST

START_TEST(links_do_not_lead_out)
{
        struct bench b;
        setup(&b);
        put(&b, "tree/src/a.c", "");
        put(&b, "outside/o.c", "");
        const char *tree = b.tree;
        ck_assert_int_eq(symlink("../../outside/o.c", path_join(b.arena, tree, "src/o.c")), 0);
        ck_assert_int_eq(symlink("../../outside", path_join(b.arena, tree, "src/dir")), 0);
        ck_assert_int_eq(symlink("a.c", path_join(b.arena, tree, "src/again.c")), 0);
        ck_assert_int_eq(symlink("..", path_join(b.arena, tree, "src/loop")), 0);
        VEC_PUSH(b.arena, &b.options.paths, path_join(b.arena, tree, "src/../src/a.c"));
        VEC_PUSH(b.arena, &b.options.paths, path_join(b.arena, tree, "src/again.c"));
        find(&b);
        ck_assert_str_eq(units(&b), "src/a.c");
        ck_assert_str_eq(why(&b, "src/o.c"), "a symbolic link out of the tree");
        teardown(&b);
}
END_TEST

START_TEST(excluded_and_generated_are_left_out)
{
        struct bench b;
        setup(&b);
        put(&b, "tree/a.c", "");
        put(&b, "tree/gen.c", "/* Generated by Something 3 */\n");
        put(&b, "tree/third/b.c", "");
        VEC_PUSH(b.arena, &b.options.excludes, "third");
        find(&b);
        ck_assert_str_eq(units(&b), "a.c gen.c");
        ck_assert_int_eq(b.project->generated, 1);
        ck_assert_str_eq(why(&b, "third/b.c"), "excluded by 'third'");
        b.options.skip_generated = true;
        find(&b);
        ck_assert_str_eq(units(&b), "a.c");
        teardown(&b);
}
END_TEST

static void expect_error(struct bench *bench, const char *part)
{
        find(bench);
        ck_assert_ptr_null(bench->project);
        ck_assert_msg(strstr(bench->error, part), "'%s' lacks '%s'", bench->error, part);
        ck_assert_ptr_null(strchr(bench->error, '\n'));
}

START_TEST(bad_input_is_said_in_a_sentence)
{
        struct bench b;
        setup(&b);
        expect_error(&b, "there is no C source in");
        put(&b, "tree/x.cc", "");
        expect_error(&b, "C++ is not analysed yet");
        put(&b, "tree/a.c", "#include <Python.h>\n");
        put(&b, "tree/compile_commands.json", "[{\"directory\": \".\",\n  \"file\" \"a.c\"}]");
        expect_error(&b, "compile_commands.json:2:");
        put(&b, "tree/compile_commands.json", "[{\"directory\": \".\"}]");
        expect_error(&b, "entry 1 has no \"file\"");
        put(&b, "tree/compile_commands.json", "{}");
        expect_error(&b, "not an array");
        b.options.database = path_join(b.arena, b.tree, "none");
        expect_error(&b, "No such file");
        b.options.database = NULL;
        put(&b, "tree/compile_commands.json", "[]");
        unlink(path_join(b.arena, b.top, "include/Python.h"));
        find(&b);
        if (b.error) /* unless this machine has one for everybody */
                ck_assert_ptr_nonnull(strstr(b.error, "has no headers"));
        b.options.python = "/bin/false";
        expect_error(&b, "does not behave like a Python 3 interpreter");
        b.options.python = "/none/python";
        expect_error(&b, "cannot run the interpreter '/none/python'");
        b.options.paths.at[0] = path_join(b.arena, b.tree, "none.c");
        expect_error(&b, "No such file");
        const char *fifo = path_join(b.arena, b.top, "fifo.c");
        ck_assert_int_eq(mkfifo(fifo, 0666), 0);
        b.options.paths.at[0] = fifo;
        expect_error(&b, "neither a file nor a folder");
        teardown(&b);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("project");
        TCase *cases = tcase_create("project");
        tcase_add_test(cases, words_are_the_shells);
        tcase_add_test(cases, flags_keep_what_has_meaning);
        tcase_add_test(cases, globs_match);
        tcase_add_test(cases, directives_are_read);
        tcase_add_test(cases, folders_are_derived_per_unit);
        tcase_add_test(cases, pieces_are_no_units);
        tcase_add_test(cases, repository_is_the_root);
        tcase_add_test(cases, database_is_taken_as_it_is);
        tcase_add_test(cases, given_flags_stand_for_a_command);
        tcase_add_test(cases, libraries_keep_folders_of_their_own);
        tcase_add_test(cases, the_environment_is_part_of_the_flags);
        tcase_add_test(cases, own_headers_of_the_interpreter_are_a_root);
        tcase_add_test(cases, links_do_not_lead_out);
        tcase_add_test(cases, excluded_and_generated_are_left_out);
        tcase_add_test(cases, bad_input_is_said_in_a_sentence);
        suite_add_tcase(suite, cases);
        SRunner *runner = srunner_create(suite);
        srunner_run_all(runner, CK_NORMAL);
        int failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
