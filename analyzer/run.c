/*
 * run.c: from options to what the stages take; see run.h. In: settled options.
 * Out: the stages' own options, models, the beginning and the end of a run. It
 * calls no stage.
 */
#include "run.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

double run_clock(void)
{
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

struct run run_begin(const struct options *opt)
{
        struct arena *arena = arena_new();
        struct run run = {.opt = opt, .arena = arena, .names = names_new(arena), .started = run_clock()};
        run.edited = opt->edited;
        run.nedited = opt->edited != NULL;
        return run;
}

enum verdict run_end(struct run *run, enum verdict verdict)
{
        if (verdict == VERDICT_USAGE && run->error)
                run->opt->say(LEVEL_ERROR, run->error);
        arena_drop(run->arena);
        return verdict;
}

struct project_options run_project_options(const struct run *run)
{
        const struct options *opt = run->opt;
        struct project_options where = {
            .prelude = opt->prelude,
            .database = opt->build_dir,
            .python = opt->python,
            .recorded_only = !opt->allow_derived,
            .skip_generated = opt->generated == GENERATED_SKIP,
        };
        for (int i = 0; i < opt->paths.n; i++)
                VEC_PUSH(run->arena, &where.paths, opt->paths.at[i]);
        for (int i = 0; i < opt->clang_args.n; i++)
                VEC_PUSH(run->arena, &where.args, opt->clang_args.at[i]);
        for (int i = 0; i < opt->exclude.n; i++)
                VEC_PUSH(run->arena, &where.excludes, opt->exclude.at[i]);
        for (int i = 0; i < opt->stub_header.n; i++)
                VEC_PUSH(run->arena, &where.stubs, opt->stub_header.at[i]);
        return where;
}

struct pool_options run_pool_options(const struct run *run)
{
        const struct options *opt = run->opt;
        return (struct pool_options){
            .workers = opt->jobs,
            .deadline = opt->deadline,
            .no_cache = !opt->cache,
            .cache_dir = opt->cache_dir,
            .progress = opt->progress,
            .context = opt->progress_context,
        };
}

int run_threads(const struct run *run)
{
        return run->opt->jobs > 0 ? run->opt->jobs : pool_cores();
}

const struct models *run_models(struct run *run)
{
        const struct options *opt = run->opt;
        struct models *models = models_new(run->arena, run->names, opt->python_min, opt->python_max, 0);
        for (int i = 0; i < opt->model.n; i++) {
                struct text text;
                if (!file_read(run->arena, opt->model.at[i], 0, &text)) {
                        run->error = arena_printf(run->arena, "cannot read the model file '%s': %s",
                                                  opt->model.at[i], strerror(errno));
                        return NULL;
                }
                if (!models_read(models, opt->model.at[i], text.bytes, text.length, &run->error))
                        return NULL;
        }
        for (int i = 0; i < opt->functions.n; i++) {
                /* "ORIGIN\tLINE": a model line that a configuration file made. */
                const char *tab = strchr(opt->functions.at[i], '\t');
                const char *origin =
                    arena_strndup(run->arena, opt->functions.at[i], (size_t)(tab - opt->functions.at[i]));
                if (!models_read(models, origin, tab + 1, strlen(tab + 1), &run->error))
                        return NULL;
        }
        return models;
}

const struct rule *const *run_rules(const struct run *run)
{
        VEC(const struct rule *) rules = {0};
        for (int i = 0; run->opt->rules[i]; i++)
                if (run->opt->rules[i]->check)
                        VEC_PUSH(run->arena, &rules, run->opt->rules[i]);
        VEC_PUSH(run->arena, &rules, NULL);
        return rules.at;
}

bool run_print(struct run *run, struct out *out)
{
        if (fwrite(out_string(out), 1, out->length, stdout) == out->length && !fflush(stdout))
                return true;
        run->error = arena_printf(run->arena, "cannot write to the standard output: %s", strerror(errno));
        return false;
}
