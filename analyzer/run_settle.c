/*
 * run_settle.c: which of the findings count: per-file ignores, comments,
 * baseline, earlier runs. See run.h.
 */
#include "run.h"

#include "front/glob.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

bool run_baseline(struct run *run)
{
        if (!run->opt->baseline || run->opt->baseline_is_made)
                return true;
        run->baseline = baseline_read(run->arena, run->opt->baseline, &run->error);
        if (run->baseline)
                run->baseline->strict = run->opt->strict_baseline;
        return run->baseline != NULL;
}

static bool ignored(const struct ignore_rule *ignore, const struct finding *finding)
{
        return ignore->rule == finding->rule && glob_matches(ignore->glob, finding->at.file);
}

/* Needless entries are told, as needless comments are. */
static void tell_needless(struct run *run, struct report *report, const bool *used)
{
        for (int i = 0; i < run->opt->per_file_ignores.n; i++) {
                const struct ignore_rule *ignore = &run->opt->per_file_ignores.at[i];
                bool any = false; /* an entry of several rules is needed when one of them is */
                for (int j = 0; j < run->opt->per_file_ignores.n; j++)
                        any |= used[j] && run->opt->per_file_ignores.at[j].origin == ignore->origin;
                if (any || (i && run->opt->per_file_ignores.at[i - 1].origin == ignore->origin))
                        continue;
                const char *said =
                    arena_printf(run->arena, "%s: nothing is found that '%s' would have to ignore.",
                                 ignore->origin, ignore->glob);
                VEC_PUSH(run->arena, &report->notices, (struct notice){.level = LEVEL_NOTE, .said = said});
        }
}

/* Rules about comments and the baseline find whatever is asked for; --ignore turns them off all the same. */
static bool is_off(const struct options *opt, const struct rule *rule)
{
        for (int i = 0; opt->rules[i]; i++)
                if (opt->rules[i] == rule)
                        return false;
        return !rule->check;
}

static void drop_ignored(const struct options *opt, struct report *report, bool *used)
{
        int kept = 0;
        for (int i = 0; i < report->found->list.n; i++) {
                struct finding *finding = report->found->list.at[i];
                bool drop = is_off(opt, finding->rule);
                for (int j = 0; j < opt->per_file_ignores.n; j++)
                        if (ignored(&opt->per_file_ignores.at[j], finding))
                                drop = used[j] = true;
                if (!drop)
                        report->found->list.at[kept++] = finding;
        }
        report->found->list.n = kept;
}

/* True when the file of a finding is one that alone counts, or lies in such a folder. */
static bool counts(const struct words *only, const char *path)
{
        for (int i = 0; i < only->n; i++)
                if (path_below(only->at[i], path))
                        return true;
        return false;
}

/* What is found elsewhere does not count, though everything was analyzed. */
static void keep_only(struct run *run, struct report *report)
{
        struct words only = {0};
        char here[PATH_MAX], real[PATH_MAX];
        int kept = 0;
        if (!run->opt->only.n || !getcwd(here, sizeof here))
                return;
        for (int i = 0; i < run->opt->only.n; i++) {
                const char *path = path_clean(run->arena, here, run->opt->only.at[i]);
                VEC_PUSH(run->arena, &only,
                         realpath(path, real) ? arena_printf(run->arena, "%s", real) : path);
        }
        for (int i = 0; i < report->found->list.n; i++) {
                struct finding *finding = report->found->list.at[i];
                if (counts(&only, path_join(run->arena, run->project->tree, finding->at.file)))
                        report->found->list.at[kept++] = finding;
        }
        report->found->list.n = kept;
}

void run_settle(struct run *run, struct report *report)
{
        bool *used = NEW_ARRAY(run->arena, bool, run->opt->per_file_ignores.n + 1);
        drop_ignored(run->opt, report, used);
        findings_settle(report, run->baseline);
        drop_ignored(run->opt, report, used); /* what settling found */
        tell_needless(run, report, used);
        keep_only(run, report);
}
