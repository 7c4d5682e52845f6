/* test_cache.c: unit files of earlier runs, and that they make no difference. */
#include "pool_bench.h"

/* All units as one text. */
static const char *all_bytes(struct bench *bench)
{
        struct out out = {.arena = bench->arena};
        ck_assert_msg(bench->units, "%s", bench->error);
        for (int i = 0; i < bench->units->n; i++) {
                struct text text;
                unit_write(bench->arena, bench->units->at[i], &text);
                out_bytes(&out, text.bytes, text.length);
        }
        return out_string(&out);
}

static void put(struct bench *bench, const char *name, const char *text)
{
        const char *path = path_join(bench->arena, bench->top, name);
        mkdir(path_dir(bench->arena, path), 0777);
        ck_assert(file_write(path, text, strlen(text), 0644));
}

static void setup_cache(struct bench *bench)
{
        const char *none[] = {NULL};
        setup(bench, none);
        bench->how.no_cache = false;
        bench->how.cache_dir = path_join(bench->arena, bench->top, ".cache");
        put(bench, "pyproject.toml", "");
        put(bench, "python", "#!/bin/sh\necho version 3.0.0\necho folder /none\n"); /* a fast one */
        bench->where.python = path_join(bench->arena, bench->top, "python");
        chmod(bench->where.python, 0755);
}

START_TEST(nothing_changed_comes_from_the_cache)
{
        struct bench b;
        setup_cache(&b);
        put(&b, "a.c", "#include \"a.h\"\n");
        put(&b, "b.c", "#include \"b.h\"\n");
        put(&b, "inc/b.h", "b");
        put(&b, "a.h", "a");
        VEC_PUSH(b.arena, &b.where.args, arena_printf(b.arena, "-I%s/inc", b.top));
        obtain(&b);
        const char *first = all_bytes(&b);
        ck_assert_int_eq(b.units->cached, 0);
        obtain(&b);
        ck_assert_int_eq(b.units->cached, 2);
        ck_assert_str_eq(all_bytes(&b), first);
        put(&b, "inc/b.h", "c"); /* as long as before, and perhaps in the same second */
        obtain(&b);
        ck_assert_int_eq(b.units->cached, 1);
        put(&b, "b.h", "nearer"); /* found first now, though nothing that was read has changed */
        obtain(&b);
        ck_assert_int_eq(b.units->cached, 1);
        ck_assert_ptr_nonnull(strstr(all_bytes(&b), "nearer"));
        const char *report;
        ck_assert(cache_info(b.arena, b.how.cache_dir, &report));
        ck_assert_ptr_nonnull(strstr(report, "holds 2 unit files"));
        b.how.cache_size = 1;
        put(&b, "a.c", "\n");
        obtain(&b);
        ck_assert(cache_info(b.arena, b.how.cache_dir, &report));
        ck_assert_ptr_nonnull(strstr(report, "holds 0 unit files"));
        ck_assert(cache_clean(b.arena, b.how.cache_dir, &report));
        teardown(&b);
}
END_TEST

/* Pseudo-random numbers, the same everywhere. */
static unsigned roll(unsigned *state, unsigned n)
{
        *state = *state * 1664525u + 1013904223u;
        return (*state >> 16) % n;
}

/* Changes, adds or removes one file of a small tree. */
static void edit(struct bench *bench, unsigned *state)
{
        static const char *const folders[] = {"", "src/", "inc/", "inc/deep/", "other/"};
        static const char *const headers[] = {"x.h", "y.h", "z.h", "deep/x.h"};
        const char *folder = folders[roll(state, 5)];
        bool source = roll(state, 3) == 0;
        const char *name = source ? arena_printf(bench->arena, "%s%c.c", folder, 'a' + roll(state, 3))
                                  : arena_printf(bench->arena, "%s%s", folder, headers[roll(state, 3)]);
        if (roll(state, 4) == 0) {
                unlink(path_join(bench->arena, bench->top, name));
                return;
        }
        struct out text = {.arena = bench->arena};
        for (unsigned i = roll(state, 3); i > 0; i--) {
                const char *header = headers[roll(state, 4)];
                out_format(&text, roll(state, 3) ? "#include \"%s\"\n" : "#include <%s>\n", header);
        }
        out_format(&text, "/* %u */\n", roll(state, 9));
        put(bench, name, out_string(&text));
}

START_TEST(random_edits_make_no_difference)
{
        struct bench b;
        setup_cache(&b);
        unsigned state = 2014 + (unsigned)_i;
        int cached = 0;
        put(&b, "a.c", "#include \"x.h\"\n");
        put(&b, "inc/x.h", "");
        for (int round = 0; round < 40; round++) {
                for (unsigned n = roll(&state, 3); n > 0; n--)
                        edit(&b, &state);
                put(&b, "a.c", "#include \"x.h\"\n"); /* never empty */
                b.how.no_cache = false;
                obtain(&b);
                const char *with = all_bytes(&b);
                cached += b.units->cached;
                b.how.no_cache = true;
                obtain(&b);
                ck_assert_msg(!strcmp(with, all_bytes(&b)), "round %d", round);
        }
        ck_assert_int_gt(cached, 40);
        teardown(&b);
}
END_TEST

START_TEST(a_bad_cache_does_no_harm)
{
        struct bench b;
        setup_cache(&b);
        put(&b, "a.c", "\n");
        obtain(&b);
        const char *first = all_bytes(&b);
        const char *flip = arena_printf(b.arena,
                                        "for f in $(find %s -type f -path '*s/*/*'); do "
                                        "printf X | dd of=$f bs=1 seek=90 conv=notrunc 2>/dev/null; done",
                                        b.how.cache_dir);
        ck_assert_int_eq(system(flip), 0);
        obtain(&b);
        ck_assert_int_eq(b.units->cached, 0);
        ck_assert_str_eq(all_bytes(&b), first);
        ck_assert_int_eq(b.units->notes.n, 1);
        ck_assert_ptr_nonnull(strstr(b.units->notes.at[0], "damaged"));
        obtain(&b); /* and has been repaired */
        ck_assert_int_eq(b.units->cached, 1);
        ck_assert_int_eq(b.units->notes.n, 0);
        b.how.cache_dir = "/proc/none";
        obtain(&b);
        ck_assert_str_eq(all_bytes(&b), first);
        ck_assert_int_eq(b.units->notes.n, 1);
        b.how.cache_dir = path_join(b.arena, b.top, "a.c");
        obtain(&b);
        ck_assert_str_eq(all_bytes(&b), first);
        ck_assert_int_eq(b.units->notes.n, 1);
        teardown(&b);
}
END_TEST

START_TEST(stubs_are_found_last)
{
        struct bench b;
        setup_cache(&b);
        put(&b, "a.c", "#include <gone/config.h>\n#include \"x.h\"\n");
        put(&b, "x.h", "/* own */");
        VEC_PUSH(b.arena, &b.where.stubs, "gone/config.h");
        VEC_PUSH(b.arena, &b.where.stubs, "x.h");
        obtain(&b);
        ck_assert_ptr_nonnull(strstr(all_bytes(&b), "own"));
        ck_assert_int_eq(b.units->whole, 1);
        teardown(&b);
}
END_TEST

int main(int argc, char **argv)
{
        if (argc == 2 && !strcmp(argv[1], "--worker"))
                return be_worker();
        Suite *suite = suite_create("cache");
        TCase *cases = tcase_create("cache");
        tcase_set_timeout(cases, 120);
        tcase_add_test(cases, nothing_changed_comes_from_the_cache);
        tcase_add_loop_test(cases, random_edits_make_no_difference, 0, 4);
        tcase_add_test(cases, a_bad_cache_does_no_harm);
        tcase_add_test(cases, stubs_are_found_last);
        suite_add_tcase(suite, cases);
        return run_suite(suite);
}
