/*
 * main.c: the worker process. In: jobs on standard input as job.h says, or one
 * source on the command line. Out: unit files on standard output. It lives in
 * a thread with a stack of its own, because deep nesting costs libclang and us
 * stack, and a crash costs only this process.
 */
#include "lower.h"
#include "parse.h"

#include "base/arena.h"
#include "base/file.h"

#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

enum { STACK = 512 << 20, LONGEST_JOB = 64 << 20 };

struct worker {
        struct arena *arena; /* as long as the process */
        struct parser *parser;
        int argc;
        char **argv;
        int status;
};

/* --- one job -------------------------------------------------------------------------------- */

static struct unit *unit_start(struct arena *arena, const struct job *job)
{
        bool in_tree;
        struct names *names = names_new(arena);
        struct unit *unit = unit_new(arena, names, source_path(arena, job, job->path, &in_tree));
        unit->key = name_of(names, *job->key ? job->key : "-");
        unit->flags = name_of(names, job->flags);
        unit->object = name_of(names, job->object);
        return unit;
}

/* An answer in pieces, in order. */
struct answer {
        VEC(struct text) pieces;
};

static void put(struct arena *arena, struct answer *answer, const char *text)
{
        VEC_PUSH(arena, &answer->pieces, (struct text){(char *)text, strlen(text)});
}

static void lower(struct arena *arena, struct unit *unit, const struct job *job, const struct parsed *parsed,
                  struct answer *answer)
{
        struct lower l = {.arena = arena, .scratch = arena_new(), .head = unit, .job = job, .tu = parsed->tu};
        struct unit *work = l.unit = unit_new(l.arena, unit->names, unit->path);
        work->arena = l.scratch;
        l.sources = (struct sources){
            .arena = arena, .unit = unit, .job = job, .tu = parsed->tu, .headers = parsed->headers};
        l.macros = (struct macros){.sources = &l.sources, .arena = arena, .scratch = l.scratch};
        struct map *maps[] = {&l.macros.by_place, &l.sources.by_file, &l.macros.by_cursor, &l.macros.by_name,
                              &l.macros.by_spot,  &l.entities,        &l.fields,           &l.records,
                              &l.types,           &l.plans,           &l.called,           &l.defined,
                              &l.macros.reached};
        for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
                map_init(maps[i], arena);
        l.peeled = NEW_ARRAY(arena, struct peeled, PEELED);
        l.sources.files = NEW_ARRAY(arena, struct recent, RECENT);
        l.sources.spelled = NEW_ARRAY(arena, struct recent, RECENT);
        lower_unit(&l);
        struct out head = {.arena = arena};
        unit_write_head(&head, unit);
        VEC_PUSH(arena, &answer->pieces, (struct text){head.bytes, head.length});
        for (int i = 0; i < l.datas.n; i++)
                VEC_PUSH(arena, &answer->pieces, l.datas.at[i]);
        for (int i = 0; i < l.funcs.n; i++)
                VEC_PUSH(arena, &answer->pieces, l.funcs.at[i]);
        put(arena, answer, "end\n");
        arena_drop(l.scratch);
}

/* The answer to a job: a unit file, even when there is nothing in it but the reason. */
static void answer_unit(struct arena *arena, const struct worker *worker, const struct job *job,
                        struct answer *answer)
{
        const char *error = "the compiler's working folder does not exist";
        struct unit *unit = unit_start(arena, job);
        struct parsed parsed = {NULL, NULL};
        if (chdir(job->directory) == 0)
                parsed = parser_parse(arena, worker->parser, job, &error);
        if (parsed.tu) {
                lower(arena, unit, job, &parsed, answer);
                clang_disposeTranslationUnit(parsed.tu);
                return;
        }
        struct text text;
        unit->status = UNIT_FAILED;
        VEC_PUSH(arena, &unit->diags, (struct diag){.text = name_of(unit->names, error)});
        unit_write(arena, unit, &text);
        VEC_PUSH(arena, &answer->pieces, text);
}

static struct answer answer_job(struct arena *arena, const struct worker *worker, const struct job *job)
{
        struct answer answer = {0};
        if (job->info)
                put(arena, &answer, parser_info(arena, worker->parser));
        else if (job->make_pch)
                put(arena, &answer, parser_make_pch(arena, worker->parser, job) ? "ok\n" : "no\n");
        else
                answer_unit(arena, worker, job, &answer);
        return answer;
}

/* Writes the pieces; WITH_LENGTH: behind a line that says how many bytes they are. */
static bool send_answer(const struct answer *answer, bool with_length)
{
        size_t length = 0;
        for (int i = 0; i < answer->pieces.n; i++)
                length += answer->pieces.at[i].length;
        if (with_length)
                printf("%zu\n", length);
        for (int i = 0; i < answer->pieces.n; i++)
                fwrite(answer->pieces.at[i].bytes, 1, answer->pieces.at[i].length, stdout);
        return fflush(stdout) == 0;
}

/* --- jobs through the pipe ---------------------------------------------------------------------- */

static bool read_job(struct arena *arena, struct job *job)
{
        unsigned long length;
        char line[32], *end;
        if (!fgets(line, sizeof line, stdin))
                return false;
        length = strtoul(line, &end, 10);
        if (*end != '\n' || length > LONGEST_JOB)
                return false;
        char *bytes = arena_alloc(arena, length + 1);
        return fread(bytes, 1, length, stdin) == length && job_read(arena, bytes, length, job);
}

static void serve(struct worker *worker)
{
        struct job job;
        struct arena *arena = arena_new();
        for (bool heard = true; heard && read_job(arena, &job); arena_reset(arena)) {
                struct answer answer = answer_job(arena, worker, &job);
                heard = send_answer(&answer, true);
        }
        arena_drop(arena);
}

/* --- one source by hand --------------------------------------------------------------------------- */

static const char usage[] =
    "usage: pymemlint-front                      serve jobs on standard input\n"
    "       pymemlint-front --one SOURCE [--tree DIR] [--root NAME=DIR]... [-- CLANG ARGS]\n";

static bool read_arguments(struct arena *arena, int argc, char **argv, struct job *job)
{
        char here[PATH_MAX];
        *job = (struct job){.flags = "given", .object = "", .key = "-"};
        job->directory = job->tree = getcwd(here, sizeof here) ? path_clean(arena, "/", here) : "/";
        int i = 1;
        for (; i < argc && strcmp(argv[i], "--") != 0; i++) {
                if (i + 1 == argc)
                        return false;
                const char *value = argv[++i], *equals = strchr(value, '=');
                if (strcmp(argv[i - 1], "--one") == 0)
                        job->path = path_clean(arena, job->directory, value);
                else if (strcmp(argv[i - 1], "--tree") == 0)
                        job->tree = path_clean(arena, job->directory, value);
                else if (strcmp(argv[i - 1], "--root") == 0 && equals)
                        VEC_PUSH(
                            arena, &job->roots,
                            (struct root){arena_strndup(arena, value, (size_t)(equals - value)), equals + 1});
                else
                        return false;
        }
        for (i++; i < argc; i++)
                VEC_PUSH(arena, &job->args, argv[i]);
        return job->path != NULL;
}

static int run_one(struct worker *worker)
{
        struct job job;
        if (!read_arguments(worker->arena, worker->argc, worker->argv, &job)) {
                fputs(usage, stderr);
                return 2;
        }
        struct answer answer = answer_job(worker->arena, worker, &job);
        return !send_answer(&answer, false);
}

static void *work(void *data)
{
        struct worker *worker = data;
        worker->arena = arena_new();
        worker->parser = parser_new(worker->arena);
        if (worker->argc > 1)
                worker->status = run_one(worker);
        else
                serve(worker);
        clang_disposeIndex(worker->parser->index);
        arena_drop(worker->arena);
        return NULL;
}

int main(int argc, char **argv)
{
        struct worker worker = {.argc = argc, .argv = argv};
        struct rlimit no_core = {0, 0};
        pthread_attr_t attributes;
        pthread_t thread;
        setenv("LIBCLANG_NOTHREADS", "1", 1); /* else it parses in a thread of 8 MB */
        setenv("SOURCE_DATE_EPOCH", "0", 1);  /* or __DATE__ and __TIME__ would be of this minute */
        setrlimit(RLIMIT_CORE, &no_core);
        pthread_attr_init(&attributes);
        pthread_attr_setstacksize(&attributes, STACK);
        if (pthread_create(&thread, &attributes, work, &worker) != 0) {
                fputs("pymemlint-front: no memory for a stack\n", stderr);
                return 1;
        }
        pthread_join(thread, NULL);
        return worker.status;
}
