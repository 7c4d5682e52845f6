/*
 * pipeline.c: the way, on one screen: every stage from source tree to report
 * in order, each a call with an argument and a result. What the stages need of
 * the options, and what a report needs of the stages, is in run.c and its kin.
 */
#include "pipeline.h"

#include "flow/flow.h"
#include "front/pool.h"
#include "front/project.h"
#include "link/program.h"
#include "report/report.h"
#include "run.h"

#include <stdio.h>

/* From options to a settled report, which goes to WRITE; its status is the run's. */
static enum verdict way(const struct options *opt, enum verdict (*write)(struct run *, struct report *))
{
        struct run run = run_begin(opt);
        struct project_options where = run_project_options(&run);
        struct pool_options how = run_pool_options(&run);
        if (!(run.models = run_models(&run))) /* what libraries do */
                return run_refuse(&run);
        if (!(run.project = project_find(run.arena, &where, &run.error))) /* which files, which flags */
                return run_refuse(&run);
        if (!(run.units =
                  units_obtain(run.arena, run.names, run.project, &how, &run.error))) /* cached, or parsed */
                return run_refuse(&run);
        run.parsed = run_clock();
        run.program =
            program_link(run.arena, run.names, run.units->at, run.units->n, run.models); /* who calls whom */
        contracts_infer(run.program);                           /* what a call means to its caller */
        gil_spread(run.program);                                /* who runs without the lock, and how come */
        struct report *report = run_report(&run);               /* sources, comments, notes */
        rules_run(run.program, run_rules(&run), report->found); /* every rule at every site */
        run.linked = run_clock();
        if (!run_settle(&run, report)) /* suppressions, known ones, order */
                return run_refuse(&run);
        return run_end(&run, write(&run, report)); /* every output, and the status */
}

enum verdict pipeline_check(const struct options *opt)
{
        return way(opt, run_write);
}

enum verdict pipeline_baseline(const struct options *opt, enum baseline_change change)
{
        if (change == BASELINE_CREATE)
                return way(opt, run_baseline_create);
        return way(opt, change == BASELINE_PRUNE ? run_baseline_prune : run_baseline_update);
}

enum verdict pipeline_explain_at(const struct options *opt)
{
        return way(opt, run_explain);
}

/* The compile half alone. */
enum verdict pipeline_dump(const struct options *opt)
{
        struct run run = run_begin(opt);
        struct project_options where = run_project_options(&run);
        struct pool_options how = run_pool_options(&run);
        if (!(run.project = project_find(run.arena, &where, &run.error)))
                return run_refuse(&run);
        if (!(run.units = units_obtain(run.arena, run.names, run.project, &how, &run.error)))
                return run_refuse(&run);
        return run_end(&run, run_dump(&run));
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
