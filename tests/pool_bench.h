/*
 * pool_bench.h: a tree of small sources, and a worker for it without libclang.
 * The worker is the test program itself, started with --worker by a script: it
 * does what the name of the source says, be it to crash, and else follows
 * includes the way a compiler does and writes down what it read.
 */
#ifndef TESTS_POOL_BENCH_H
#define TESTS_POOL_BENCH_H

#include "base/file.h"
#include "base/hash.h"
#include "front/job.h"
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
        bench->how.deadline = 3; /* of those that hang; the others must stay far below */
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

static inline int run_suite(Suite *suite)
{
        SRunner *runner = srunner_create(suite);
        srunner_run_all(runner, CK_NORMAL);
        int failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
