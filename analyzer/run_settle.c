/*
 * run_settle.c: which of the findings count: per-file ignores, comments,
 * baseline, earlier runs. See run.h.
 */
#include "run.h"

#include "base/map.h"
#include "front/glob.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool read_baseline(struct run *run)
{
        if (!run->opt->baseline)
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

static void drop_ignored(struct run *run, struct report *report)
{
        const struct options *opt = run->opt;
        bool *used = NEW_ARRAY(run->arena, bool, opt->per_file_ignores.n + 1);
        int kept = 0;
        for (int i = 0; i < report->found->list.n; i++) {
                struct finding *finding = report->found->list.at[i];
                bool drop = false;
                for (int j = 0; j < opt->per_file_ignores.n; j++)
                        if (ignored(&opt->per_file_ignores.at[j], finding))
                                drop = used[j] = true;
                if (!drop)
                        report->found->list.at[kept++] = finding;
        }
        report->found->list.n = kept;
        tell_needless(run, report, used);
}

/* --only: what is found elsewhere does not count, though everything was analyzed. */
static void keep_only(struct run *run, struct report *report)
{
        struct map wanted;
        char here[4096];
        int kept = 0;
        if (!run->opt->only.n || !getcwd(here, sizeof here))
                return;
        map_init(&wanted, run->arena);
        for (int i = 0; i < run->opt->only.n; i++) {
                const char *file =
                    path_below(run->project->tree, path_clean(run->arena, here, run->opt->only.at[i]));
                if (file)
                        *map_at(&wanted, MAP_KEY(name_of(run->names, file))) = report;
        }
        for (int i = 0; i < report->found->list.n; i++)
                if (map_get(&wanted, MAP_KEY(name_of(run->names, report->found->list.at[i]->at.file))))
                        report->found->list.at[kept++] = report->found->list.at[i];
        report->found->list.n = kept;
}

bool run_settle(struct run *run, struct report *report)
{
        if (!read_baseline(run))
                return false;
        drop_ignored(run, report);
        findings_settle(report, run->baseline);
        keep_only(run, report);
        return true;
}
