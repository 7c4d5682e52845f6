/*
 * pipeline.c: the way, on one screen: every stage from source tree to report
 * in order, each a call with an argument and a result. What the stages need of
 * the options, and what a report needs of the stages, is in run.c and its kin.
 */
#include "pipeline.h"

#include "earlier.h"
#include "flow/flow.h"
#include "front/pool.h"
#include "front/project.h"
#include "link/program.h"
#include "report/report.h"
#include "run.h"
#include "watch.h"

#include <stdio.h>

/* Which files, with which flags. */
static bool find(struct run *run)
{
        struct project_options where = run_project_options(run);
        run->project = project_find(run->arena, &where, &run->error);
        return run->project != NULL;
}

/* The compile half: cached, or parsed. */
static bool compile(struct run *run)
{
        struct pool_options how = run_pool_options(run);
        if (!run->project && !find(run))
                return false;
        run->units = run->nedited ? run_edited_units(run)
                                  : units_obtain(run->arena, run->names, run->project, &how, &run->error);
        return run->units != NULL;
}

/* From options to a settled report, which goes to WRITE; its verdict is the run's. */
static enum verdict way(struct run *run, bool (*obtain)(struct run *),
                        enum verdict (*write)(struct run *, struct report *))
{
        if (!(run->models = run_models(run))) /* what libraries do */
                return VERDICT_USAGE;
        if (!obtain(run)) /* the units, parsed here or elsewhere */
                return VERDICT_USAGE;
        run->parsed = run_clock();
        run->program = program_link(run->arena, run->names, run->units->at, run->units->n, run->models);
        run->program->threads = run_threads(run);
        run->models = run->program->models;                     /* with what the tree itself declares */
        contracts_infer(run->program);                          /* what a call means to its caller */
        gil_spread(run->program);                               /* who runs without the lock, and how come */
        struct report *report = run_report(run);                /* sources, comments, notes */
        rules_run(run->program, run_rules(run), report->found); /* every rule at every site */
        run->linked = run_clock();
        run_settle(run, report);   /* suppressions, known ones, order */
        return write(run, report); /* every output */
}

/* The same way through the tree as it was: what is found there is known. */
static bool walk_earlier(struct run *run)
{
        struct earlier_tree tree;
        bool good = earlier_tree(run, &tree);
        if (good) {
                struct run before = run_begin(&tree.opt);
                if (way(&before, compile, earlier_collect) == VERDICT_USAGE)
                        run->opt->say(LEVEL_WARNING,
                                      arena_printf(run->arena,
                                                   "the tree of '%s' cannot be analyzed, all is new: %s",
                                                   run->opt->since, before.error));
                earlier_take(run, &before);
                before.error = NULL;
                run_end(&before, VERDICT_CLEAN);
        }
        earlier_drop(&tree);
        return good;
}

/* Files of known findings are read first: a wrong name is told at once. */
static bool learn(struct run *run)
{
        const struct options *opt = run->opt;
        return run_baseline(run) && (!opt->compare || earlier_log(run)) && (!opt->since || walk_earlier(run));
}

static enum verdict whole(const struct options *opt, enum verdict (*write)(struct run *, struct report *))
{
        struct run run = run_begin(opt);
        return run_end(&run, learn(&run) ? way(&run, compile, write) : VERDICT_USAGE);
}

enum verdict pipeline_check(const struct options *opt)
{
        struct run run = run_begin(opt);
        enum verdict verdict = VERDICT_USAGE;
        if (learn(&run) && find(&run) && !run_again(&run, &verdict)) /* or nothing has changed */
                verdict = way(&run, compile, run_write);
        return run_end(&run, verdict);
}

enum verdict pipeline_baseline(const struct options *opt, enum baseline_change change)
{
        if (change == BASELINE_CREATE)
                return whole(opt, run_baseline_create);
        return whole(opt, change == BASELINE_PRUNE ? run_baseline_prune : run_baseline_update);
}

enum verdict pipeline_explain_at(const struct options *opt)
{
        return whole(opt, run_explain);
}

enum verdict pipeline_census(const struct options *opt)
{
        return whole(opt, run_census);
}

enum verdict pipeline_plan(const struct options *opt)
{
        return whole(opt, run_plan);
}

enum verdict pipeline_gilmap(const struct options *opt)
{
        return whole(opt, run_gilmap);
}

enum verdict pipeline_link(const struct options *opt)
{
        struct run run = run_begin(opt);
        bool good = run_baseline(&run) && (!opt->compare || earlier_log(&run));
        return run_end(&run, good ? way(&run, run_gather, run_write) : VERDICT_USAGE);
}

/* An editor's run keeps what others write. */
static enum verdict keep(struct run *run, struct report *report)
{
        for (int i = 0; i < report->found->list.n; i++) {
                struct finding *finding = report->found->list.at[i];
                if (!finding->suppressed && !finding->known)
                        VEC_PUSH(run->arena, &run->shown, finding);
        }
        return VERDICT_CLEAN;
}

bool watch_way(struct run *run)
{
        return way(run, compile, keep) == VERDICT_CLEAN;
}

/* The compile half alone. */
enum verdict pipeline_dump(const struct options *opt)
{
        struct run run = run_begin(opt);
        return run_end(&run, compile(&run) ? run_dump(&run) : VERDICT_USAGE);
}

/* A part of the compile half. */
enum verdict pipeline_summarize(const struct options *opt)
{
        struct run run = run_begin(opt);
        if (run_has_parcels(opt))
                return run_end(&run, run_parcels(&run));
        const struct project *whole = find(&run) ? run.project : NULL;
        bool good = whole && run_shard(&run);
        if (good && opt->ship.self_contained)
                return run_end(&run, run_pack(&run, whole));
        good = good && compile(&run);
        return run_end(&run, good ? run_summarize(&run, whole) : VERDICT_USAGE);
}

enum verdict pipeline_emit(const struct options *opt)
{
        struct run run = run_begin(opt);
        return run_end(&run, find(&run) ? run_emit(&run) : VERDICT_USAGE);
}

enum verdict pipeline_flags(const struct options *opt)
{
        struct run run = run_begin(opt);
        return run_end(&run, find(&run) ? run_flags(&run) : VERDICT_USAGE);
}

enum verdict pipeline_batch(const struct options *opt)
{
        struct run run = run_begin(opt);
        return run_end(&run, run_batch(&run));
}

enum verdict pipeline_report(const struct options *opt, const char *log, const char *tree, const char *dir)
{
        struct run run = run_begin(opt);
        bool done = report_html(run.arena, log, tree, dir, &run.error);
        if (done)
                opt->say(LEVEL_NOTE, arena_printf(run.arena, "the pages begin with '%s'",
                                                  path_join(run.arena, dir, "index.html")));
        return run_end(&run, done ? VERDICT_CLEAN : VERDICT_USAGE);
}

enum verdict pipeline_cache(const struct options *opt, bool clean)
{
        struct arena *arena = arena_new();
        const char *report = "";
        bool done = (clean ? cache_clean : cache_info)(arena, opt->cache_dir, &report);
        if (done)
                printf("%s\n", report);
        else
                opt->say(LEVEL_ERROR, report);
        arena_drop(arena);
        return done ? VERDICT_CLEAN : VERDICT_USAGE;
}
