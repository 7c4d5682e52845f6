/*
 * test_pch.c: which units may share a precompiled header. The interpreter's
 * headers are a few lines of our own, so that each case shows one reason.
 */
#include "base/file.h"
#include "front/pch.h"
#include "put_file.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct bench {
        struct arena *arena;
        const char *top;
        struct project_options options;
        struct project *project;
        struct clang_info clang;
        struct pchs pchs;
};

static void put(struct bench *bench, const char *name, const char *text)
{
        put_file(bench->arena, bench->top, name, text);
}

static const char *place(void *context, const char *key)
{
        struct bench *bench = context;
        return path_join(bench->arena, bench->top, key);
}

static void setup(struct bench *bench)
{
        char template[] = "/tmp/pymemlint-pch-XXXXXX";
        *bench = (struct bench){.arena = arena_new()};
        ck_assert_ptr_nonnull(mkdtemp(template));
        bench->top = path_join(bench->arena, "/", template);
        put(bench, "tree/pyproject.toml", "");
        put(bench, "include/Python.h",
            "#ifndef API\n#define API\n#include \"pyconfig.h\"\n#ifdef CLEAN\n#endif\n"
            "#if LIMITED > 3\n#define HIDDEN\n#endif\n#include <other.h>\n#endif\n");
        put(bench, "include/pyconfig.h", "#define HAVE_IT 1\n");
        put(bench, "include/other.h", "/* MENTIONED only here */\n");
        put(bench, "foreign/lib.h", "#define LIB 1\n");
        put(bench, "python",
            arena_printf(bench->arena, "#!/bin/sh\necho version 3.1\necho folder %s/include\n", bench->top));
        bench->options.python = path_join(bench->arena, bench->top, "python");
        chmod(bench->options.python, 0755);
        VEC_PUSH(bench->arena, &bench->options.paths, path_join(bench->arena, bench->top, "tree"));
        VEC_PUSH(bench->arena, &bench->options.args, arena_printf(bench->arena, "-I%s/foreign", bench->top));
}

static void find(struct bench *bench)
{
        const char *error;
        bench->project = project_find(bench->arena, &bench->options, &error);
        ck_assert_msg(bench->project, "%s", error);
        struct lookup *lookup = lookup_new(bench->arena, bench->project);
        bench->clang = clang_info_read(bench->arena, "version 1\n", 10);
        bench->pchs = (struct pchs){.arena = bench->arena,
                                    .project = bench->project,
                                    .lookup = lookup,
                                    .deps = deps_new(bench->arena, bench->project, lookup),
                                    .clang = &bench->clang,
                                    .place = place,
                                    .context = bench};
        map_init(&bench->pchs.closures, bench->arena);
        map_init(&bench->pchs.said, bench->arena);
}

/* The text of the header that PATH may use; "none". */
static const char *header(struct bench *bench, const char *path)
{
        for (int i = 0; i < bench->project->units.n; i++) {
                if (strcmp(bench->project->units.at[i]->path, path))
                        continue;
                struct pch *pch = pch_of(&bench->pchs, bench->project->units.at[i]);
                return pch ? pch->text : "none";
        }
        return "no such unit";
}

static void teardown(struct bench *bench)
{
        ck_assert_int_eq(system(arena_printf(bench->arena, "rm -rf %s", bench->top)), 0);
        arena_drop(bench->arena);
}

/* A source, and the header it may use. */
static const struct sharing {
        const char *source, *header;
} sharings[] = {
    {"#include <Python.h>\n", "#include <Python.h>\n"},
    {"/* c */ #include \"Python.h\"\n", "#include <Python.h>\n"},
    {"#define MINE 1\n#include <Python.h>\n", "#include <Python.h>\n"},
    {"#define CLEAN\n#include <Python.h>\n", "#define CLEAN\n#include <Python.h>\n#undef CLEAN\n"},
    {"#define LIMITED 0x3\n#define MINE\n#include <Python.h>\n",
     "#define LIMITED 0x3\n#include <Python.h>\n#undef LIMITED\n"},
    {"#define LIMITED 4\n#define CLEAN\n#include <Python.h>\n", /* in whatever order it says it */
     "#define CLEAN\n#define LIMITED 4\n#include <Python.h>\n#undef CLEAN\n#undef LIMITED\n"},
    {"#ifndef CLEAN\n#define CLEAN\n#endif\n#include <Python.h>\n",
     "#define CLEAN\n#include <Python.h>\n#undef CLEAN\n"},
    {"#ifdef CLEAN\n#define LIMITED 4\n#else\n#define MINE\n#endif\n#include <Python.h>\n",
     "#include <Python.h>\n"},
    {"#if defined(_WIN32)\n#include <windows.h>\n#endif\n#include <Python.h>\n", "#include <Python.h>\n"},
    {"#ifdef __cplusplus\nextern \"C\" {\n#endif\n#include <Python.h>\n", "#include <Python.h>\n"},
    {"#include \"own.h\"\n#include <Python.h>\n", "#define CLEAN 2\n#include <Python.h>\n#undef CLEAN\n"},
    {"#include \"over.h\"\nint x;\n", "#define CLEAN 2\n#include <Python.h>\n#undef CLEAN\n"},
    {"#include <lib.h>\n#if LIB\n#error no\n#endif\n#include <Python.h>\n",
     "#include <lib.h>\n#include <Python.h>\n"},
    {"#pragma once\n#include <Python.h>\n", "#include <Python.h>\n"},
    /* What the header says depends on more than can be told. */
    {"#if X > 1\n#define CLEAN\n#endif\n#include <Python.h>\n", "none"},
    {"#if X > 1\n#include <Python.h>\n#endif\n", "none"},
    {"#ifdef __OPTIMIZE__\n#define CLEAN\n#endif\n#include <Python.h>\n", "none"},
    {"#undef CLEAN\n#include <Python.h>\n", "none"},
    {"#define WORTH 3\n#define LIMITED WORTH\n#include <Python.h>\n", "none"},
    {"#pragma pack(1)\n#include <Python.h>\n", "none"},
    {"#include MACRO\n#include <Python.h>\n", "none"},
    {"#include <in_no_folder_of_any_machine.h>\n#include <Python.h>\n", "none"},
    /* The text before it would notice that it now comes first. */
    {"#ifdef HAVE_IT\nint a;\n#endif\n#include <Python.h>\n", "none"},
    {"int HAVE_IT;\n#include <Python.h>\n", "none"},
    {"#define HIDDEN 3\n#include <Python.h>\n", "none"},
    {"int a = LIB;\n#include <lib.h>\n#include <Python.h>\n", "none"},
    {"int a;\n", "none"},
};

START_TEST(one_reason_each)
{
        struct bench b;
        setup(&b);
        put(&b, "tree/own.h", "#ifndef _OWN\n#define _OWN\n#define CLEAN 2\nint own;\n#endif\n");
        put(&b, "tree/over.h",
            "#ifndef OVER\n#define OVER\n#include \"own.h\"\n#include <Python.h>\n#endif\n");
        put(&b, "tree/a.c", sharings[_i].source);
        find(&b);
        ck_assert_msg(!strcmp(header(&b, "a.c"), sharings[_i].header), "%s gives\n%s", sharings[_i].source,
                      header(&b, "a.c"));
        teardown(&b);
}
END_TEST

START_TEST(keys_tell_headers_apart)
{
        struct bench b;
        setup(&b);
        put(&b, "tree/a.c", "#include <Python.h>\n");
        put(&b, "tree/b.c", "#include <Python.h>\n");
        put(&b, "tree/sub/c.c", "#include <Python.h>\n#include \"near.h\"\n");
        put(&b, "tree/sub/inc/near.h", "");
        find(&b);
        struct pch *first = pch_of(&b.pchs, b.project->units.at[0]);
        ck_assert(!pch_wanted(&b.pchs, first)); /* one user has to read it anyway */
        ck_assert_ptr_eq(pch_of(&b.pchs, b.project->units.at[1]), first);
        ck_assert_ptr_eq(pch_of(&b.pchs, b.project->units.at[2]), first); /* its own folder does not matter */
        ck_assert(pch_wanted(&b.pchs, first));
        ck_assert_str_eq(first->job.path, first->source);
        ck_assert_int_eq(access(first->source, R_OK), 0);
        const char *key = first->key;
        VEC_PUSH(b.arena, &b.options.args, "-DCLEAN");
        find(&b);
        ck_assert_str_ne(pch_of(&b.pchs, b.project->units.at[0])->key, key);
        b.options.args.n--;
        put(&b, "include/other.h", "/* changed */\n");
        find(&b);
        ck_assert_str_ne(pch_of(&b.pchs, b.project->units.at[0])->key, key);
        put(&b, "include/other.h", "/* MENTIONED only here */\n");
        find(&b);
        ck_assert_str_eq(pch_of(&b.pchs, b.project->units.at[0])->key, key);
        VEC_PUSH(b.arena, &b.options.args, arena_printf(b.arena, "-I%s/elsewhere", b.top));
        put(&b, "elsewhere/mine.h", ""); /* a folder that holds nothing the header asks for */
        find(&b);
        ck_assert_str_eq(pch_of(&b.pchs, b.project->units.at[0])->key, key);
        put(&b, "foreign/other.h", ""); /* now found ahead of the interpreter's */
        find(&b);
        ck_assert_str_ne(pch_of(&b.pchs, b.project->units.at[0])->key, key);
        teardown(&b);
}
END_TEST

/* The key that a.c gets with two more arguments. */
static const char *key_with(struct bench *b, const char *one, const char *other)
{
        VEC_PUSH(b->arena, &b->options.args, one);
        VEC_PUSH(b->arena, &b->options.args, other);
        find(b);
        b->options.args.n -= 2;
        return pch_of(&b->pchs, b->project->units.at[0])->key;
}

START_TEST(keys_hear_definitions)
{
        struct bench b;
        setup(&b);
        put(&b, "tree/a.c", "#include <Python.h>\n");
        const char *plain = key_with(&b, "-DMINE", "-UYOURS");
        ck_assert_str_eq(key_with(&b, "-DOTHER=2", "-DMINE=3"), plain); /* no header asks for them */
        ck_assert_str_ne(key_with(&b, "-DHAVE_IT", "-DMINE"), plain);
        ck_assert_str_ne(key_with(&b, "-UCLEAN", "-DMINE"), plain);
        const char *three = key_with(&b, "-DWORTH=3", "-DLIMITED=WORTH"); /* heard through the other one */
        ck_assert_str_ne(key_with(&b, "-DWORTH=4", "-DLIMITED=WORTH"), three);
        put(&b, "tree/a.c", "#define LIMITED MINE\n#include <Python.h>\n"); /* ... or through the source */
        const char *one = key_with(&b, "-DMINE=1", "-DNOBODY");
        ck_assert_str_ne(key_with(&b, "-DMINE=2", "-DNOBODY"), one);
        teardown(&b);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("pch");
        TCase *cases = tcase_create("pch");
        tcase_add_loop_test(cases, one_reason_each, 0, sizeof sharings / sizeof *sharings);
        tcase_add_test(cases, keys_tell_headers_apart);
        tcase_add_test(cases, keys_hear_definitions);
        suite_add_tcase(suite, cases);
        SRunner *runner = srunner_create(suite);
        srunner_run_all(runner, CK_NORMAL);
        int failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
