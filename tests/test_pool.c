/*
 * test_pool.c: jobs as they travel, and the workers that take them. The worker
 * is this very program, started with --worker by a script: it does what the
 * name of the source says, be it to crash.
 */
#include "base/file.h"
#include "front/job.h"
#include "base/hash.h"
#include "front/pool.h"
#include "front/scan.h"

#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* The bytes behind the length line, and the length it promises. */
static const char *body_of(struct out *out, size_t *length)
{
        char *end;
        *length = strtoul(out_string(out), &end, 10);
        ck_assert_int_eq(*end, '\n');
        return end + 1;
}

START_TEST(job_travels)
{
        struct arena *arena = arena_new();
        struct job job = {
            .tree = "/t", .path = "/t/a b.c", .directory = "/t", .flags = "given", .object = "", .key = "k"};
        VEC_PUSH(arena, &job.args, "-DA=1 2");
        VEC_PUSH(arena, &job.args, "-DB=\n\"");
        VEC_PUSH(arena, &job.roots, (struct root){"<system>", "/usr/in clude"});
        struct out out = {.arena = arena};
        job_write(&out, &job);
        size_t length;
        const char *bytes = body_of(&out, &length);
        ck_assert_uint_eq(length, out.length - (size_t)(bytes - out.bytes));
        struct job back;
        ck_assert(job_read(arena, bytes, length, &back));
        ck_assert_str_eq(back.path, "/t/a b.c");
        ck_assert_ptr_null(back.pch);
        ck_assert_int_eq(back.args.n, 2);
        ck_assert_str_eq(back.args.at[0], "-DA=1 2");
        ck_assert_str_eq(back.args.at[1], "-DB=\n\"");
        ck_assert_str_eq(back.roots.at[0].name, "<system>");
        ck_assert_str_eq(back.roots.at[0].dir, "/usr/in clude");
        for (size_t cut = 0; cut < length; cut++) /* a job that was cut may be a shorter job, never a crash */
                job_read(arena, bytes, cut, &back);
        ck_assert(!job_read(arena, bytes, length - 1, &back));
        ck_assert(!job_read(arena, "nonsense=1", 11, &back));
        arena_drop(arena);
}
END_TEST

/* One answer of the stand-in worker. */
static void answer(const char *bytes, size_t length)
{
        printf("%zu\n", length);
        fwrite(bytes, 1, length, stdout);
        fflush(stdout);
}

static void die(void)
{
        signal(SIGABRT, SIG_DFL);
        raise(SIGKILL);
}

static void eat(void)
{
        for (size_t size = (size_t)64 << 20;;) {
                char *block = malloc(size);
                if (!block)
                        die();
                memset(block, 1, size);
        }
}

/* What the worker does before it answers, told by the name of the source. */
static void misbehave(struct arena *arena, const char *path)
{
        const char *name = path_base(path);
        if (!strcmp(name, "crash.c"))
                die();
        if (!strcmp(name, "hang.c"))
                pause();
        for (volatile unsigned i = 0; !strcmp(name, "spin.c"); i++)
                ;
        if (!strcmp(name, "eat.c"))
                eat();
        if (!strcmp(name, "leave.c"))
                exit(3);
        const char *mark = arena_printf(arena, "%s.mark", path);
        if (!strcmp(name, "once.c") && access(mark, F_OK)) {
                fclose(fopen(mark, "w"));
                die();
        }
        if (!strcmp(name, "slow.c"))
                nanosleep(&(struct timespec){.tv_nsec = 300000000}, NULL);
        if (!strcmp(name, "babble.c"))
                printf("this is no length\n");
        if (!strcmp(name, "more.c"))
                printf("3\nfour");
}

/* The header that LINE of a file in FOLDER means, the way a compiler finds it, or NULL. */
static const char *found_header(struct arena *arena, const struct job *job, const char *folder,
                                const struct directive *line)
{
        static const char *const options[] = {"-iquote", "-I", "-isystem", "-idirafter"};
        const char *path = path_join(arena, folder, line->name);
        if (line->quote && access(path, F_OK) == 0)
                return path_clean(arena, "/", path);
        for (int o = line->quote ? 0 : 1; o < 4; o++) {
                for (int i = 0; i < job->args.n; i++) {
                        size_t n = strlen(options[o]);
                        if (strncmp(job->args.at[i], options[o], n) || job->args.at[i][n] != '/')
                                continue;
                        path = path_join(arena, job->args.at[i] + n, line->name);
                        if (access(path, F_OK) == 0)
                                return path_clean(arena, "/", path);
                }
        }
        return NULL;
}

/* What the stand-in makes of a file: a dep line for each header, a diag with its text or that there is none.
 */
static void include_all(struct unit *unit, const struct job *job, const char *path, int depth)
{
        struct text text;
        if (!file_read(unit->arena, path, 0, &text) || depth > 5)
                return;
        struct directives *found = directives_scan(unit->arena, &text);
        const char *folder = path_dir(unit->arena, path);
        if (depth && path_below(job->tree, path)) {
                char hash[HASH_HEX];
                hash_hex(text.bytes, text.length, hash);
                struct dep dep = {name_of(unit->names, path_below(job->tree, path)),
                                  name_of(unit->names, hash)};
                for (int i = 0; i < unit->deps.n; i++)
                        if (unit->deps.at[i].path == dep.path)
                                return;
                VEC_PUSH(unit->arena, &unit->deps, dep);
        }
        VEC_PUSH(unit->arena, &unit->diags,
                 (struct diag){.at = {0, 1, 1}, .text = name_of(unit->names, text.bytes)});
        for (int i = 0; i < found->list.n; i++) {
                const char *header = NULL;
                if (found->list.at[i].kind == DIRECTIVE_INCLUDE)
                        header = found_header(unit->arena, job, folder, &found->list.at[i]);
                if (header)
                        include_all(unit, job, header, depth + 1);
        }
}

static void answer_job(const char *bytes, size_t length)
{
        struct arena *arena = arena_new();
        struct job job;
        if (!job_read(arena, bytes, length, &job))
                exit(4);
        if (job.info) {
                answer("version stand-in\n", 17);
                return;
        }
        misbehave(arena, job.path);
        struct names *names = names_new(arena);
        struct unit *unit = unit_new(arena, names, path_below(job.tree, job.path));
        unit->key = name_of(names, job.key);
        unit->flags = name_of(names, job.flags);
        unit->object = name_of(names, job.object);
        include_all(unit, &job, job.path, 0);
        struct text out;
        unit_write(arena, unit, &out);
        if (!strcmp(path_base(job.path), "wrong.c"))
                out.length /= 2;
        answer(out.bytes, out.length);
        arena_drop(arena);
}

static int be_worker(void)
{
        size_t length;
        while (scanf("%zu", &length) == 1 && getchar() == '\n') {
                char *bytes = malloc(length);
                if (fread(bytes, 1, length, stdin) != length)
                        return 5;
                answer_job(bytes, length);
                free(bytes);
        }
        return 0;
}

/* A tree of empty sources and what came of it. */
struct bench {
        struct arena *arena;
        const char *top;
        struct project_options where;
        struct pool_options how;
        struct project *project;
        struct units *units;
        const char *error;
        int calls, last;
};

static void setup(struct bench *bench, const char *const *sources)
{
        char template[] = "/tmp/pymemlint-pool-XXXXXX", self[4096];
        *bench = (struct bench){.arena = arena_new()};
        ck_assert_ptr_nonnull(mkdtemp(template));
        bench->top = path_join(bench->arena, "/", template);
        ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
        const char *script = arena_printf(bench->arena, "#!/bin/sh\nexec '%.*s' --worker\n", (int)n, self);
        const char *worker = path_join(bench->arena, bench->top, "worker");
        ck_assert(file_write(worker, script, strlen(script), 0755));
        setenv("PYMEMLINT_FRONT", worker, 1);
        for (; *sources; sources++)
                ck_assert(file_write(path_join(bench->arena, bench->top, *sources), "\n", 1, 0644));
        VEC_PUSH(bench->arena, &bench->where.paths, bench->top);
        bench->how.deadline = 1;
        bench->how.no_cache = true;
}

static void count(void *context, int done, int total, const char *path)
{
        struct bench *bench = context;
        ck_assert_int_eq(done, ++bench->calls);
        ck_assert_int_eq(total, bench->project->units.n);
        ck_assert_ptr_nonnull(path);
}

static void obtain(struct bench *bench)
{
        bench->calls = 0;
        bench->how.progress = count;
        bench->how.context = bench;
        bench->project = project_find(bench->arena, &bench->where, &bench->error);
        ck_assert_msg(bench->project, "%s", bench->error);
        bench->units =
            units_obtain(bench->arena, names_new(bench->arena), bench->project, &bench->how, &bench->error);
}

static void teardown(struct bench *bench)
{
        ck_assert_int_eq(system(arena_printf(bench->arena, "rm -rf %s", bench->top)), 0);
        arena_drop(bench->arena);
}

/* "whole", or the sentence of a unit that failed. */
static const char *fate(struct bench *bench, const char *path)
{
        for (int i = 0; i < bench->units->n; i++) {
                const struct unit *unit = bench->units->at[i];
                if (!strcmp(unit->path, path))
                        return unit->status == UNIT_FAILED ? unit->diags.at[0].text : "whole";
        }
        return "not there";
}

#define EXPECT_FATE(bench, path, part)                                                                       \
        ck_assert_msg(strstr(fate((bench), (path)), (part)), "%s: %s", (path), fate((bench), (path)))

START_TEST(a_bad_unit_costs_itself)
{
        const char *sources[] = {"a.c",    "babble.c", "crash.c", "hang.c", "leave.c", "more.c",
                                 "once.c", "spin.c",   "wrong.c", "z.c",    NULL};
        struct bench b;
        setup(&b, sources);
        b.how.workers = 2;
        time_t began = time(NULL);
        obtain(&b);
        ck_assert_msg(b.units, "%s", b.error);
        ck_assert_int_le(time(NULL) - began, 30);
        ck_assert_int_eq(b.units->n, 10);
        ck_assert_int_eq(b.calls, 10);
        EXPECT_FATE(&b, "a.c", "whole");
        EXPECT_FATE(&b, "z.c", "whole");
        EXPECT_FATE(&b, "once.c", "whole"); /* the second try, alone, came through */
        EXPECT_FATE(&b, "crash.c", "crashed (Killed)");
        EXPECT_FATE(&b, "leave.c", "ended (status 3)");
        EXPECT_FATE(&b, "hang.c", "for a file that gives nothing");
        EXPECT_FATE(&b, "spin.c", "did not come to an end within");
        EXPECT_FATE(&b, "wrong.c", "makes no sense");
        ck_assert_str_ne(fate(&b, "babble.c"), "whole");
        ck_assert_str_ne(fate(&b, "more.c"), "whole");
        ck_assert_int_eq(b.units->failed, 7);
        for (int i = 1; i < b.units->n; i++)
                ck_assert_int_lt(strcmp(b.units->at[i - 1]->path, b.units->at[i]->path), 0);
        teardown(&b);
}
END_TEST

#ifndef __SANITIZE_ADDRESS__
START_TEST(memory_is_bounded)
{
        const char *sources[] = {"eat.c", "good.c", NULL};
        struct bench b;
        setup(&b, sources);
        b.how.deadline = 30;
        obtain(&b);
        ck_assert_msg(b.units, "%s", b.error);
        EXPECT_FATE(&b, "eat.c", "memory");
        EXPECT_FATE(&b, "good.c", "whole");
        teardown(&b);
}
END_TEST
#endif

START_TEST(workers_run_side_by_side)
{
        const char *sources[] = {NULL};
        struct bench b;
        setup(&b, sources);
        for (int i = 0; i < 4; i++) {
                char *dir = arena_printf(b.arena, "%s/d%d", b.top, i);
                mkdir(dir, 0777);
                ck_assert(file_write(path_join(b.arena, dir, "slow.c"), "", 0, 0644));
        }
        b.how.workers = 4;
        obtain(&b);
        double sum = 0;
        for (int i = 0; i < 4; i++)
                sum += b.units->costs[i].seconds;
        ck_assert_int_eq(b.units->whole, 4);
        ck_assert(sum > 1.1); /* each took its time */
        teardown(&b);
}
END_TEST

START_TEST(a_worker_that_cannot_run_is_an_error)
{
        const char *sources[] = {"a.c", NULL};
        struct bench b;
        setup(&b, sources);
        const char *worker = path_join(b.arena, b.top, "worker");
        const char *script = "#!/bin/sh\necho 'libclang-19.so.1: cannot open' >&2\nexit 127\n";
        ck_assert(file_write(worker, script, strlen(script), 0755));
        obtain(&b);
        ck_assert_ptr_null(b.units);
        ck_assert_ptr_nonnull(strstr(b.error, "libclang-19.so.1: cannot open"));
        setenv("PYMEMLINT_FRONT", "/none/worker", 1);
        obtain(&b);
        ck_assert_ptr_null(b.units);
        ck_assert_ptr_nonnull(strstr(b.error, "/none/worker"));
        teardown(&b);
}
END_TEST

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
                ck_assert_str_eq(with, all_bytes(&b));
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
        Suite *suite = suite_create("pool");
        TCase *jobs = tcase_create("jobs");
        tcase_set_timeout(jobs, 120);
        tcase_add_test(jobs, job_travels);
        tcase_add_test(jobs, a_bad_unit_costs_itself);
#ifndef __SANITIZE_ADDRESS__
        tcase_add_test(jobs, memory_is_bounded);
#endif
        tcase_add_test(jobs, workers_run_side_by_side);
        tcase_add_test(jobs, a_worker_that_cannot_run_is_an_error);
        tcase_add_test(jobs, nothing_changed_comes_from_the_cache);
        tcase_add_loop_test(jobs, random_edits_make_no_difference, 0, 4);
        tcase_add_test(jobs, a_bad_cache_does_no_harm);
        tcase_add_test(jobs, stubs_are_found_last);
        suite_add_tcase(suite, jobs);
        SRunner *runner = srunner_create(suite);
        srunner_run_all(runner, CK_NORMAL);
        int failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
