/*
 * test_same.c: a unit file has the same bytes with a precompiled header as
 * without. Parses sources that define feature macros before the interpreter's
 * header, and use macros of it in every way, with the real worker. Each folder
 * in PYMEMLINT_TREES (parted by colons) is compared, too.
 */
#include "base/arena.h"
#include "base/file.h"
#include "front/pool.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct bench {
        struct arena *arena;
        struct project *project;
        const char *tree;
};

static const struct {
        const char *name, *text;
} sources[] = {
    {"plain.c",
     "#include <Python.h>\n"
     "PyObject *f(PyObject *o) {\n"
     "    if (PyTuple_Check(o)) { PyObject *i = PyTuple_GET_ITEM(o, 0); Py_INCREF(i); return i; }\n"
     "    char *p = PyMem_New(char, 12);\n    if (!p) return PyErr_NoMemory();\n"
     "    PyMem_Free(p);\n    Py_RETURN_NONE;\n}\n"},
    {"clean.c", "#define PY_SSIZE_T_CLEAN\n#include <Python.h>\n"
                "int g(PyObject *a, char **s, Py_ssize_t *n) {\n"
                "    int ok = PyArg_ParseTuple(a, \"s#\", s, n);\n    Py_CLEAR(a);\n    return ok;\n}\n"},
    {"clean2.c", "#define PY_SSIZE_T_CLEAN\n#include <Python.h>\n#include <structmember.h>\n"
                 "static PyMemberDef m[] = {{\"x\", T_INT, 0, READONLY}, {NULL}};\n"},
    {"clean3.c", "#ifndef PY_SSIZE_T_CLEAN\n#define PY_SSIZE_T_CLEAN\n#endif\n#include <Python.h>\n"
                 "void h(void) { Py_BEGIN_ALLOW_THREADS\n puts(\"x\");\n Py_END_ALLOW_THREADS }\n"},
    {"gnu.c", "#define _GNU_SOURCE\n#include <stdio.h>\n#include <Python.h>\n#include <string.h>\n"
              "char *k(char *a) { char *b; return asprintf(&b, \"%s\", a) < 0 ? NULL : strdupa(b); }\n"},
    {"own.c", "#include \"own.h\"\n"
              "PyObject *n(PyObject *o) { TAKE(o); return CHECK(o) ? o : Py_BuildValue(\"i\", MIN2); }\n"},
    {"late.c", "#include <Python.h>\n#undef Py_INCREF\n#define Py_INCREF(o) other(o)\n"
               "void other(PyObject *o);\n#include <stddef.h>\n#include <limits.h>\n"
               "void q(PyObject *o) { Py_INCREF(o); Py_XDECREF(o); int *e = &errno; *e = INT_MAX; }\n"},
    {"wrong.c", "#include <Python.h>\nint r(PyObject *o) { Strange x = PyLong_AsLong(o); return x.y; }\n"},
    {"slots.c", "#include <Python.h>\nstatic PyObject *one(PyObject *s, PyObject *a) { return a; }\n"
                "static PyMethodDef d[] = {{\"one\", one, METH_O, NULL}, {0}};\n"
                "static struct PyModuleDef mod = {PyModuleDef_HEAD_INIT, \"m\", 0, -1, d};\n"
                "PyMODINIT_FUNC PyInit_m(void) { return PyModule_Create(&mod); }\n"},
    {"own.h", "#ifndef OWN\n#define OWN\n#define PY_SSIZE_T_CLEAN\n#include <Python.h>\n"
              "#define CHECK(o) (PyList_Check(o) || PyDict_CheckExact(o))\n"
              "#define TAKE(o) do { Py_XINCREF(o); } while (0)\n#define MIN2 Py_MIN(1, 2)\n#endif\n"},
};

static struct project *find(struct arena *arena, const char *tree)
{
        const char *error;
        struct project_options options = {.python = getenv("PYTHON")};
        VEC_PUSH(arena, &options.paths, tree);
        struct project *project = project_find(arena, &options, &error);
        ck_assert_msg(project, "%s", error);
        return project;
}

static struct units *obtain(struct arena *arena, const struct project *project, bool no_pch)
{
        const char *error;
        struct pool_options options = {.no_cache = true, .no_pch = no_pch};
        struct units *units = units_obtain(arena, names_new(arena), project, &options, &error);
        ck_assert_msg(units, "%s", error);
        return units;
}

static void say_difference(const struct text *with, const struct text *without)
{
        size_t at = 0, line = 0;
        while (at < with->length && at < without->length && with->bytes[at] == without->bytes[at])
                line = with->bytes[at] == '\n' ? ++at : (at++, line);
        fprintf(stderr, "  with:    %.*s\n  without: %.*s\n", (int)strcspn(with->bytes + line, "\n"),
                with->bytes + line, (int)strcspn(without->bytes + line, "\n"), without->bytes + line);
}

/* How many units were parsed with a precompiled header; *DIFFERENT: how many came out otherwise. */
static int compare(struct arena *arena, const char *tree, int *different)
{
        struct project *project = find(arena, tree);
        struct units *with = obtain(arena, project, false), *without = obtain(arena, project, true);
        int used = 0;
        for (int i = 0; i < with->n; i++) {
                struct text one, other;
                unit_write(arena, with->at[i], &one);
                unit_write(arena, without->at[i], &other);
                used += with->costs[i].pch;
                ck_assert(!without->costs[i].pch);
                if (one.length == other.length && !memcmp(one.bytes, other.bytes, one.length))
                        continue;
                fprintf(stderr, "%s: %s\n", tree, with->at[i]->path);
                say_difference(&one, &other);
                ++*different;
        }
        return used;
}

START_TEST(headers_change_no_byte)
{
        struct arena *arena = arena_new();
        char tree[] = "/tmp/pymemlint-same-XXXXXX";
        int different = 0, n = (int)(sizeof sources / sizeof *sources);
        ck_assert_ptr_nonnull(mkdtemp(tree));
        for (int i = 0; i < n; i++) {
                const char *path = path_join(arena, tree, sources[i].name);
                ck_assert(file_write(path, sources[i].text, strlen(sources[i].text), 0));
        }
        /* each way of standing before the header must have enough users to be worth one */
        for (int i = 0; i < 6; i++)
                for (int copy = 0; copy < 3; copy++)
                        ck_assert(file_write(arena_printf(arena, "%s/copy%d%s", tree, copy, sources[i].name),
                                             sources[i].text, strlen(sources[i].text), 0));
        int used = compare(arena, tree, &different);
        ck_assert_int_eq(different, 0);
        ck_assert_int_ge(used, 20);
        arena_drop(arena);
        ck_assert_int_eq(system(arena_printf(arena = arena_new(), "rm -r %s", tree)), 0);
        arena_drop(arena);
}
END_TEST

START_TEST(nor_in_real_trees)
{
        const char *trees = getenv("PYMEMLINT_TREES");
        struct arena *arena = arena_new();
        char *rest = arena_printf(arena, "%s", trees ? trees : ""), *tree;
        int different = 0;
        while ((tree = strsep(&rest, ":"))) {
                if (!*tree)
                        continue;
                struct arena *own = arena_new();
                int used = compare(own, tree, &different);
                printf("%s: %d units with a precompiled header\n", tree, used);
                arena_drop(own);
        }
        ck_assert_int_eq(different, 0);
        arena_drop(arena);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("same");
        TCase *cases = tcase_create("same");
        tcase_set_timeout(cases, 600);
        tcase_add_test(cases, headers_change_no_byte);
        if (getenv("PYMEMLINT_TREES")) /* folders, with ':' between */
                tcase_add_test(cases, nor_in_real_trees);
        suite_add_tcase(suite, cases);
        SRunner *runner = srunner_create(suite);
        srunner_run_all(runner, CK_NORMAL);
        int failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
