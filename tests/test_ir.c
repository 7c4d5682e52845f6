/*
 * test_ir.c: places and their simplifications; that a unit which was written
 * and read is written alike again; that no bytes harm the reader.
 */
#include "base/arena.h"
#include "base/file.h"
#include "base/map.h"
#include "base/text.h"
#include "ir/ir.h"

#include <check.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

static struct arena *arena;
static struct names *names;
static struct unit *unit;
static struct func *func;

static void setup(void)
{
        arena = arena_new();
        names = names_new(arena);
        unit = unit_new(arena, names, "src/a.c");
        func = func_new(unit, name_of(names, "f"));
}

static void teardown(void)
{
        arena_drop(arena);
}

static int local(const char *name)
{
        return place_named(unit, func, PLACE_LOCAL, name_of(names, name));
}

static int number(int64_t value)
{
        return place_const(unit, func, value);
}

#define TEXT(place) place_text(arena, func, (place))
#define SOURCE(place) place_source(arena, func, (place), NULL, NULL)

START_TEST(equal_places_are_one)
{
        int p = local("p"), q = local("q");
        sym key = name_of(names, "src/a.c|buf.data");
        ck_assert_int_ne(p, q);
        ck_assert_int_eq(place_field(unit, func, place_deref(unit, func, p), key),
                         place_field(unit, func, place_deref(unit, func, p), key));
        ck_assert_int_ne(place_deref(unit, func, p), place_deref(unit, func, q));
        for (int i = 0; i < 5000; i++)
                place_elem(unit, func, p, number(i));
        ck_assert_int_eq(place_elem(unit, func, p, number(4711)), place_elem(unit, func, p, number(4711)));
}
END_TEST

START_TEST(places_simplify)
{
        int p = local("p"), n = local("n");
        int null = place_of(unit, func, (struct place){.kind = PLACE_NULL});
        ck_assert_int_eq(place_deref(unit, func, place_addr(unit, func, p)), p);
        ck_assert_int_eq(place_addr(unit, func, place_deref(unit, func, p)), p);
        ck_assert_int_eq(place_arith(unit, func, ARITH_ADD, p, number(0)), p);
        ck_assert_int_eq(place_arith(unit, func, ARITH_MUL, number(6), number(7)), number(42));
        ck_assert_str_eq(TEXT(place_arith(unit, func, ARITH_LT, number(0), n)), "(n > 0)");
        ck_assert_str_eq(TEXT(place_arith(unit, func, ARITH_EQ, null, p)), "(p == null)");
        int less = place_arith(unit, func, ARITH_LT, n, number(3));
        ck_assert_str_eq(TEXT(place_arith(unit, func, ARITH_EQ, less, number(0))), "(n >= 3)");
        ck_assert_int_eq(place_arith(unit, func, ARITH_NE, less, number(0)), less);
        int decayed = place_addr(unit, func, place_elem(unit, func, p, number(2)));
        ck_assert_str_eq(TEXT(place_arith(unit, func, ARITH_ADD, decayed, n)), "&p[(2 + n)]");
        ck_assert_str_eq(TEXT(place_arith(unit, func, ARITH_SUB, decayed, number(2))), "&p[0]");
}
END_TEST

START_TEST(undefined_arithmetic_is_kept)
{
        ck_assert_str_eq(TEXT(place_arith(unit, func, ARITH_DIV, number(1), number(0))), "(1 / 0)");
        ck_assert_str_eq(TEXT(place_arith(unit, func, ARITH_MOD, number(INT64_MIN), number(-1))),
                         "(-9223372036854775808 % -1)");
        ck_assert_str_eq(TEXT(place_arith(unit, func, ARITH_SHL, number(1), number(64))), "(1 << 64)");
        ck_assert_str_eq(TEXT(place_arith(unit, func, ARITH_ADD, number(INT64_MAX), number(1))),
                         "-9223372036854775808");
}
END_TEST

START_TEST(deep_places_are_unknown)
{
        int p = local("p");
        for (int i = 0; i < 300; i++)
                p = place_deref(unit, func, p);
        ck_assert_uint_lt(strlen(TEXT(p)), 150);
}
END_TEST

START_TEST(places_read_like_c)
{
        int self = local("self'2"), i = local("i");
        int field = place_field(unit, func, place_deref(unit, func, self), name_of(names, "a.h|buf.data"));
        ck_assert_str_eq(SOURCE(field), "self->data");
        ck_assert_str_eq(SOURCE(place_deref(unit, func, place_arith(unit, func, ARITH_ADD, field, i))),
                         "self->data[i]");
        int product = place_arith(unit, func, ARITH_MUL, i, number(8));
        ck_assert_str_eq(SOURCE(product), "i * 8");
        ck_assert_str_eq(SOURCE(place_arith(unit, func, ARITH_ADD, product, number(1))), "(i * 8) + 1");
        ck_assert_str_eq(SOURCE(place_addr(unit, func, place_elem(unit, func, i, number(0)))), "i");
        int temp = place_temp(unit, func, 3);
        struct event call = {.kind = EVENT_CALL, .callee = name_of(names, "fetch"), .nargs = 2};
        const struct event **made = NEW_ARRAY(arena, const struct event *, func->places.n + 1);
        ck_assert_str_eq(SOURCE(temp), "the result");
        ck_assert_str_eq(place_source(arena, func, temp, made, NULL), "the result");
        made[temp] = &call;
        ck_assert_str_eq(place_source(arena, func, temp, made, NULL), "fetch(...)");
        call.nargs = 0;
        ck_assert_str_eq(place_source(arena, func, temp, made, NULL), "fetch()");
        ck_assert_str_eq(SOURCE(place_named(unit, func, PLACE_GLOBAL, name_of(names, "f.cache"))), "cache");
        struct map spelled;
        map_init(&spelled, arena);
        *map_at(&spelled, MAP_KEY(name_of(names, "nothing_object"))) = (void *)name_of(names, "NOTHING");
        int nothing =
            place_addr(unit, func, place_named(unit, func, PLACE_GLOBAL, name_of(names, "nothing_object")));
        int asked = place_arith(unit, func, ARITH_EQ, i, nothing);
        ck_assert_str_eq(SOURCE(asked), "i == &nothing_object");
        ck_assert_str_eq(place_source(arena, func, asked, NULL, &spelled), "i == NOTHING");
}
END_TEST

/* One of everything that the grammar has. */
static const char everything[] =
    "unit 1 \"src/a b.c\" key=9f3c flags=recorded status=partial kept=12 lost=2 object=\"m.so\"\n"
    "file 1 src/buf.h\n"
    "dep src/buf.h 00112233445566778899aabbccddeeff\n"
    "dep <python>/Python.h 00112233445566778899aabbccddeeff\n"
    "diag @3:4 \"unknown type name \\\"x\\\"\\n\"\n"
    "diag \"the parser crashed\"\n"
    "allow @14:1 14-14 ignore \"family-mismatch\" \"freed by libfoo\"\n"
    "allow @f1:2:1 2-0 ignore-begin \"a,b\" \"\"\n"
    "guard 10-20 active \"defined(A) && \\\"x\\\"\"\n"
    "guard f1:1-2 skipped \"else\"\n"
    "macro MAKE @5:9 function alloc@5:17 n@6:3\n"
    "macro EMPTY @f1:7:9 object\n"
    "use Py_INCREF @8:5 @f1:9:5\n"
    "use Py_DECREF @8:1\n"
    "decl func abort <system>/stdlib.h \"void (void)\" noreturn attr \"cold\"\n"
    "decl var _Py_NoneStruct <python>/object.h \"PyObject\"\n"
    "data methods static \"PyMethodDef[2]\" @30:20-33:2\n"
    " $methods[0].[PyMethodDef.ml_name] = \"load\\n\\\"\" @31:6-31:12\n"
    " $methods[0].[PyMethodDef.ml_meth] = @load @31:14\n"
    " $methods[1] := $other\n"
    "func load static \"PyObject *\" @f1:6:1-40:2 variadic setjmp lost=2 attr \"malloc(f,1)\" macro DEFINE\n"
    " param self \"PyObject *\"\n"
    " local null'1 \"char[4]\" array cleanup\n"
    " local p'2 \"struct s *\"\n"
    " L0\n"
    "  %0 = call PyMem_New(sizeof(char (*)(int))=8, null'1[0]) via PyMem_Malloc in MAKE @7:21-7:30 args - "
    "@7:3\n"
    "  call *self->[src/a.c|s.free](&p'2, \"x\") @f0:3:4\n"
    "  call abort() noreturn cleanup\n"
    "  p'2 = (*p'2)[(self - -1)] @8:1-8:2\n"
    "  *p'2 := $load.state.[a b].[\"]\"]\n"
    "  use ((? == null) & (%0 << 3)) @9:1\n"
    "  scope null'1 @9:2\n"
    "  lost @10:1-11:2\n"
    "  if (self > 0) L1 L2 @12:3\n"
    " L1\n"
    "  switch %0 1:L2 -5..5:L3 else:L2 @13:1\n"
    " L2\n"
    "  any L1 L3\n"
    " L3\n"
    "  return @load @14:1\n"
    " L4\n"
    "  return @15:1\n"
    " L5\n"
    "  goto L0 @f0:1:1\n"
    " L6\n"
    "  stop\n"
    "func empty extern \"void\"\n"
    " L0\n"
    "  return\n"
    "end\n";

static struct text again(const char *bytes, size_t length)
{
        const char *error = NULL;
        struct text out = {0};
        struct unit *read = unit_read(arena, names, bytes, length, &error);
        ck_assert_msg(read != NULL, "%s", error);
        unit_write(arena, read, &out);
        return out;
}

START_TEST(write_read_write)
{
        struct text out = again(everything, sizeof everything - 1);
        ck_assert_str_eq(out.bytes, everything);
        ck_assert_uint_eq(out.length, sizeof everything - 1);
}
END_TEST

START_TEST(comments_and_gaps_are_skipped)
{
        static const char text[] =
            "# a test\nunit 1 a.c\n\nfunc f extern \"int\"\n  # block\n L0\n  return 1\nend\n";
        struct text out = again(text, sizeof text - 1);
        ck_assert_str_eq(out.bytes, "unit 1 a.c key=- flags=given status=whole kept=0 lost=0 object=\"\"\n"
                                    "func f extern \"int\"\n L0\n  return 1\nend\n");
}
END_TEST

/* Every unit under testdata, hand-written or golden, survives, comments aside. */
static int reread_all(const char *pattern)
{
        const char *source = getenv("SOURCE");
        glob_t found;
        if (!source || glob(arena_printf(arena, "%s/%s", source, pattern), 0, NULL, &found) != 0)
                return 0;
        int n = (int)found.gl_pathc;
        for (int i = 0; i < n; i++) {
                struct text file;
                ck_assert_msg(file_read(arena, found.gl_pathv[i], 0, &file), "%s", found.gl_pathv[i]);
                struct text once = again(file.bytes, file.length), twice = again(once.bytes, once.length);
                ck_assert_str_eq(once.bytes, twice.bytes);
        }
        globfree(&found);
        return n;
}

START_TEST(units_of_testdata_survive)
{
        ck_assert_int_ge(reread_all("testdata/flow/*.unit"), 3);
        ck_assert_int_ge(reread_all("testdata/ir/*.unit"), 13);
}
END_TEST

#define HEAD "unit 1 a.c\n"
#define BODY HEAD "func f extern \"int\"\n"
static const struct {
        const char *text, *error;
} malformed[] = {
    {"", "line 0: a unit file is empty"},
    {"unit 2 a.c\nend\n", "line 1: not the unit format of this version"},
    {"unit 1 a.c colour=red\nend\n", "line 1: unexpected text at the end of the line"},
    {HEAD, "line 1: the unit file stops before its 'end'"},
    {HEAD "end", "line 2: the line does not end"},
    {HEAD "end\nend\n", "line 3: text behind 'end'"},
    {HEAD "bogus\nend\n", "line 2: unknown kind of line"},
    {HEAD " x = 1\nend\n", "line 2: indented line without a function or variable"},
    {HEAD "file 7 b.h\nend\n", "line 2: files are numbered from 1"},
    {HEAD "diag @f3:1:1 \"x\"\nend\n", "line 2: number out of range"},
    {HEAD "diag @0:1 \"x\"\nend\n", "line 2: number out of range"},
    {HEAD "diag \"x\ty\"\nend\n", "line 2: bad character in quotes"},
    {HEAD "diag \"\\x00\"\nend\n", "line 2: bad character in quotes"},
    {HEAD "func f public \"int\"\nend\n", "line 2: 'static' or 'extern' expected"},
    {BODY "end\n", "line 3: the last block of the function before has no end"},
    {BODY " L0\nend\n", "line 4: the last block of the function before has no end"},
    {BODY " L1\n  stop\nend\n", "line 3: block L0 expected"},
    {BODY " L0\n L1\n  stop\nend\n", "line 4: the block before has no end"},
    {BODY "  stop\nend\n", "line 3: no block is open"},
    {BODY " L0\n  goto L1\nend\n", "line 4: no such block"},
    {BODY " L0\n  goto\nend\n", "line 4: block expected"},
    {BODY " L0\n  if 1 L0\nend\n", "line 4: block expected"},
    {BODY " L0\n  switch 1 1:L0\nend\n", "line 4: ' ' expected"},
    {BODY " L0\n  switch 1 5..1:L0 else:L0\nend\n", "line 4: number out of range"},
    {BODY " L0\n  use x\nend\n", "line 4: no such variable 'x'"},
    {BODY " L0\n  use 99999999999999999999\nend\n", "line 4: number expected"},
    {BODY " L0\n  use (1 $ 2)\nend\n", "line 4: operator expected"},
    {BODY " L0\n  use \"abc\nend\n", "line 4: the string does not end"},
    {BODY " L0\n  use \"abc\\\nend\n", "line 4: the string does not end"},
    {BODY " L0\n  call f(1\nend\n", "line 4: ', ' expected"},
    {BODY " L0\n  call f(1) args @1:1 @2:2\nend\n", "line 4: unexpected text at the end of the line"},
    {BODY " L0\n  call f(1, 2) args @1:1\nend\n", "line 4: ' -' expected"},
    {BODY " param x \"int\"\n local x \"int\"\nend\n", "line 4: the variable is declared twice"},
    {BODY " local x \"int\"\n param y \"int\"\nend\n", "line 4: parameters come before locals"},
    {BODY " L0\n  return 1 @\nend\n", "line 4: number expected"},
};

START_TEST(malformed_is_refused)
{
        const char *error = NULL;
        ck_assert_ptr_null(unit_read(arena, names, malformed[_i].text, strlen(malformed[_i].text), &error));
        ck_assert_str_eq(error, malformed[_i].error);
}
END_TEST

START_TEST(nesting_is_capped)
{
        static const char *const openers[] = {"*", "&", "(", "$a[", "(1 + "};
        for (size_t k = 0; k < sizeof openers / sizeof *openers; k++) {
                struct out out = {.arena = arena};
                const char *error = NULL;
                out_text(&out, BODY " L0\n  use ");
                for (int i = 0; i < 200000; i++)
                        out_text(&out, openers[k]);
                out_text(&out, "\n  stop\nend\n");
                ck_assert_ptr_null(unit_read(arena, names, out.bytes, out.length, &error));
                ck_assert_str_eq(error, "line 4: the place is nested too deeply");
        }
}
END_TEST

START_TEST(long_postfixes_do_not_recurse)
{
        struct out out = {.arena = arena};
        out_text(&out, BODY " L0\n  use $a");
        for (int i = 0; i < 200000; i++)
                out_text(&out, "->[k]");
        out_text(&out, "\n  stop\nend\n");
        ck_assert_uint_gt(again(out.bytes, out.length).length, 0);
}
END_TEST

/* Any damage to a good unit is read, or refused with a line; what is read can be written. */
START_TEST(damage_never_harms)
{
        uint64_t seed = 88172645463325252u + (uint64_t)_i;
        char bytes[sizeof everything];
        for (int round = 0; round < 400; round++) {
                struct arena *scratch = arena_new();
                const char *error = NULL;
                struct text out;
                memcpy(bytes, everything, sizeof bytes);
                for (int hit = 0; hit < 3; hit++) {
                        seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
                        size_t from = seed % (sizeof bytes - 1), to = (seed >> 24) % (sizeof bytes - 1);
                        bytes[from] = seed & 1 << 20 ? bytes[to] : (char)(seed >> 40);
                }
                struct unit *read = unit_read(scratch, names_new(scratch), bytes, sizeof bytes - 1, &error);
                if (read)
                        unit_write(scratch, read, &out);
                else
                        ck_assert_ptr_eq(strstr(error, "line "), error);
                arena_drop(scratch);
        }
}
END_TEST

static Suite *suite(void)
{
        Suite *all = suite_create("ir");
        TCase *tests = tcase_create("ir");
        tcase_add_checked_fixture(tests, setup, teardown);
        tcase_set_timeout(tests, 60);
        tcase_add_test(tests, equal_places_are_one);
        tcase_add_test(tests, places_simplify);
        tcase_add_test(tests, undefined_arithmetic_is_kept);
        tcase_add_test(tests, deep_places_are_unknown);
        tcase_add_test(tests, places_read_like_c);
        tcase_add_test(tests, write_read_write);
        tcase_add_test(tests, comments_and_gaps_are_skipped);
        tcase_add_test(tests, units_of_testdata_survive);
        tcase_add_loop_test(tests, malformed_is_refused, 0, sizeof malformed / sizeof *malformed);
        tcase_add_test(tests, nesting_is_capped);
        tcase_add_test(tests, long_postfixes_do_not_recurse);
        tcase_add_loop_test(tests, damage_never_harms, 0, 8);
        suite_add_tcase(all, tests);
        return all;
}

int main(void)
{
        SRunner *runner = srunner_create(suite());
        srunner_run_all(runner, CK_NORMAL);
        int failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed != 0;
}
