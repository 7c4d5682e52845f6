/*
 * test_parcel.c: parcels that nobody's 'summarize' wrote, with a checksum that
 * fits. What leads out of the folder is refused before anything is written
 * there; no bytes whatever bring more than a sentence.
 */
#include "ship.h"

#include "base/hash.h"

#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char plan[] =
    "{\"plan\":1,\"version\":\"" PYMEMLINT_VERSION "\",\"variant\":\"v\",\"tree\":\".\",\"units\":[{\"path\":"
    "\"a.c\",\"name\":\"a.c.unit\",\"flags\":\"00000000000000000000000000000000\",\"from\":\"given\","
    "\"object\":\"\"}]}";

struct bench {
        struct arena *arena;
        const char *top, *sysroot;
};

static int take_away(const char *path, const struct stat *st, int kind, struct FTW *where)
{
        (void)st, (void)kind, (void)where;
        return remove(path), 0;
}

static struct bench open_bench(void)
{
        struct bench bench = {.arena = arena_new()};
        char *top = arena_printf(bench.arena, "/tmp/pymemlint-test-XXXXXX");
        ck_assert_ptr_nonnull(mkdtemp(top));
        bench.top = top;
        bench.sysroot = path_join(bench.arena, top, "root");
        ck_assert_int_eq(mkdir(bench.sysroot, 0700), 0);
        return bench;
}

static void close_bench(struct bench *bench)
{
        nftw(bench->top, take_away, 16, FTW_DEPTH | FTW_PHYS);
        arena_drop(bench->arena);
}

/* "word=text" records, ended by NULL, behind the plan. */
static struct text forge(struct bench *bench, const char *const *records)
{
        struct out body = {.arena = bench->arena}, out = body;
        char sum[HASH_HEX];
        out_format(&body, "plan %zu\n%s\nclang 1\nc\n", strlen(plan), plan);
        for (; *records; records++) {
                const char *equals = strchr(*records, '=');
                out_format(&body, "%.*s %zu\n%s\n", (int)(equals - *records), *records, strlen(equals + 1),
                           equals + 1);
        }
        hash_hex(out_string(&body), body.length, sum);
        out_format(&out, "# pymemlint " PYMEMLINT_VERSION " parcel sum=%s\n%s", sum, out_string(&body));
        return (struct text){(char *)out_string(&out), out.length};
}

static const char *unpack(struct bench *bench, struct text bytes)
{
        const char *error = NULL;
        struct ship_parcel *parcel = ship_unpack(bench->arena, &bytes, bench->sysroot, &error);
        ck_assert(!parcel == !!error);
        return error;
}

START_TEST(lays_out)
{
        struct bench bench = open_bench();
        const char *const good[] = {"tree=/src",
                                    "resource=/lib/clang",
                                    "root=<python>",
                                    "below=/inc",
                                    "unit=0",
                                    "source=/src/a.c",
                                    "directory=/src",
                                    "size=3",
                                    "api=1",
                                    "arg=-I/inc",
                                    "arg=-include",
                                    "arg=/inc/p.h",
                                    "arg=-DX=/inc",
                                    "link=/inc",
                                    "to=/real/inc",
                                    "file=/real/inc/p.h",
                                    "bytes=int p;",
                                    "file=/src/a.c",
                                    "bytes=int;",
                                    "folder=/only",
                                    NULL};
        struct text bytes = forge(&bench, good), text;
        const char *error = NULL;
        struct ship_parcel *parcel = ship_unpack(bench.arena, &bytes, bench.sysroot, &error);
        ck_assert_msg(parcel, "%s", error);
        ck_assert_int_eq(parcel->project->units.n, 1);
        const struct project_unit *unit = parcel->project->units.at[0];
        const char *wanted[] = {arena_printf(bench.arena, "-I%s/inc", bench.sysroot), "-include",
                                path_join(bench.arena, bench.sysroot, "inc/p.h"), "-DX=/inc"};
        ck_assert_int_eq(unit->args.n, 4);
        for (int i = 0; i < 4; i++)
                ck_assert_str_eq(unit->args.at[i], wanted[i]);
        ck_assert(unit->api);
        ck_assert(file_read(bench.arena, wanted[2], 0, &text)); /* over the link */
        ck_assert_str_eq(text.bytes, "int p;");
        ck_assert_int_eq(access(path_join(bench.arena, bench.sysroot, "only"), F_OK), 0);
        close_bench(&bench);
}
END_TEST

/* One record that is bad, behind a unit; and what the sentence says. */
static const struct {
        const char *records[4], *said;
} bad[] = {
    {{"file=/../out", "bytes=x"}, "leads out"},
    {{"file=/a/../../out", "bytes=x"}, "leads out"},
    {{"file=out", "bytes=x"}, "leads out"},
    {{"link=/../out", "to=/x"}, "leads out"},
    {{"link=/x", "to=/../../out"}, "leads out"},
    {{"link=/x", "to=../out"}, "leads out"},
    {{"folder=/../out"}, "leads out"},
    {{"source=/../out"}, "leads out"},
    {{"tree=/.."}, "leads out"},
    {{"resource=.."}, "leads out"},
    {{"root=<a>", "below=/../.."}, "leads out"},
    {{"arg=-I/../out"}, "argument '-I"},
    {{"arg=-include", "arg=/../out"}, "leads out"},
    {{"arg=-fplugin=/x.so"}, "argument '-fplugin"},
    {{"arg=-Xclang"}, "argument '-Xclang'"},
    {{"arg=@/etc/passwd"}, "argument '@"},
    {{"arg=-o"}, "argument '-o'"},
    {{"unit=1"}, "does not know"},
    {{"unit=-1"}, "does not know"},
    {{"done=7", "bytes=x"}, "does not know"},
    {{"plan={}"}, "no plan"},
};

START_TEST(keeps_inside)
{
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
                struct bench bench = open_bench();
                const char *records[6] = {"unit=0"};
                memcpy(records + 1, bad[i].records, sizeof bad[i].records);
                const char *error = unpack(&bench, forge(&bench, records));
                ck_assert_msg(error && strstr(error, bad[i].said), "%d: %s", (int)i, error ? error : "taken");
                ck_assert_int_ne(access(path_join(bench.arena, bench.top, "out"), F_OK), 0);
                close_bench(&bench);
        }
        struct bench bench = open_bench();
        const char *const early[] = {"arg=-DX", NULL};
        ck_assert_ptr_nonnull(unpack(&bench, forge(&bench, early)));
        close_bench(&bench);
}
END_TEST

/* Any byte changed: the checksum tells. With a checksum that fits: a sentence or a parcel, and no crash. */
START_TEST(takes_any_bytes)
{
        struct bench bench = open_bench();
        const char *const some[] = {"unit=0", "source=/a.c", "arg=-DX", "file=/a.c", "bytes=int;", NULL};
        struct text good = forge(&bench, some);
        size_t head = strcspn(good.bytes, "\n") + 1;
        ck_assert_ptr_null(unpack(&bench, good));
        for (size_t i = 0; i < good.length; i++) {
                struct text one = {arena_strndup(bench.arena, good.bytes, good.length), good.length};
                one.bytes[i] ^= (char)(1 << i % 8);
                ck_assert_ptr_nonnull(unpack(&bench, one));
                if (i < head)
                        continue;
                char sum[HASH_HEX];
                hash_hex(one.bytes + head, one.length - head, sum);
                memcpy(one.bytes + head - HASH_HEX, sum, HASH_HEX - 1);
                unpack(&bench, one);
                one.length = i;
                ck_assert_ptr_nonnull(unpack(&bench, one));
        }
        ck_assert_int_ne(access(path_join(bench.arena, bench.top, "out"), F_OK), 0);
        close_bench(&bench);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("parcel");
        TCase *tests = tcase_create("bytes");
        tcase_add_test(tests, lays_out);
        tcase_add_test(tests, keeps_inside);
        tcase_add_test(tests, takes_any_bytes);
        suite_add_tcase(suite, tests);
        SRunner *runner = srunner_create(suite);
        srunner_run_all(runner, CK_NORMAL);
        int failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed != 0;
}
