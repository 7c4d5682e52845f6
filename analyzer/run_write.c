/*
 * run_write.c: from a settled report to outputs, a summary and a status, or to
 * a baseline file. See run.h. The only part of a run that writes.
 */
#include "git.h"
#include "run.h"
#include "ship.h"
#include "suppress.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const char *run_incomplete(const struct run *run)
{
        const struct units *units = run->units;
        long long kept = 0, lost = 0;
        int unread = 0;
        for (int i = 0; i < run->project->skips.n; i++)
                unread += run->project->skips.at[i].failed;
        for (int i = 0; i < units->n; i++) {
                kept += units->at[i]->kept;
                lost += units->at[i]->lost;
        }
        if (units->failed + unread)
                return arena_printf(run->arena, "%d of %d unit%s could not be analyzed.",
                                    units->failed + unread, units->n + unread, plural(units->n + unread));
        if (kept * 100 < run->opt->min_coverage * (kept + lost))
                return arena_printf(run->arena,
                                    "%lld of %lld statements were read, less than the %d %% asked for.", kept,
                                    kept + lost, run->opt->min_coverage);
        return NULL;
}

static enum verdict verdict_of(const struct run *run, const struct report *report)
{
        if (report->incomplete)
                return VERDICT_INCOMPLETE;
        if (run->opt->exit_zero || run->opt->fail_on == FAIL_ON_NEVER)
                return VERDICT_CLEAN;
        return report_count(report, (enum level)run->opt->fail_on) ? VERDICT_FINDINGS : VERDICT_CLEAN;
}

const struct git_state *run_commit(struct run *run)
{
        if (!run->commit) {
                run->commit = NEW(run->arena, struct git_state);
                if (!git_state(run->arena, run->project->tree, run->commit))
                        run->commit->commit = NULL;
        }
        return run->commit->commit ? run->commit : NULL;
}

/* Which commit was analyzed, for logs that are kept apart from the tree. */
static void tell_commit(struct run *run, struct report *report)
{
        const struct git_state *state = run_commit(run);
        if (report->revision || !state)
                return;
        report->repository = state->url;
        report->revision = state->commit;
        report->branch = strcmp(state->branch, "HEAD") ? state->branch : NULL;
}

bool run_color(const struct options *opt, const struct output *output)
{
        return !output->file && color_wanted(opt->color, isatty(STDOUT_FILENO));
}

bool run_deliver(struct run *run, const struct output *output, const struct text *text)
{
        struct out out = {.bytes = text->bytes, .length = text->length};
        if (!output->file)
                return run_print(run, &out);
        if (file_deliver(output->file, text->bytes, text->length))
                return true;
        run->error = arena_printf(run->arena, "cannot write '%s': %s", output->file, strerror(errno));
        return false;
}

bool run_write_file(struct run *run, const char *path, struct out *out)
{
        if (ship_make_parents(run->arena, path) && file_write(path, out_string(out), out->length, 0))
                return true;
        run->error = arena_printf(run->arena, "cannot write '%s': %s", path, strerror(errno));
        return false;
}

/* Code scanning refuses a longer log, and the upload fails without a word about which tool was to blame. */
static void warn_of_length(struct run *run, const struct report *report)
{
        enum { TAKEN = 25000, KEPT = 5000 };
        int n = report_count(report, LEVEL_NOTE);
        if (n <= TAKEN)
                return;
        run->finished = NULL; /* a run that is not made again would not say so again */
        run->opt->say(LEVEL_WARNING,
                      arena_printf(run->arena,
                                   "the log has %d results: GitHub refuses more than %d and keeps %d; "
                                   "select rules, or begin with a baseline",
                                   n, TAKEN, KEPT));
}

/* One output, to its file or to the standard output. */
static bool write_output(struct run *run, struct report *report, const struct output *output)
{
        enum format format;
        struct out out = {.arena = run->arena};
        if (!format_find(output->format, &format)) {
                run->error = arena_printf(run->arena, "unknown output format '%s'", output->format);
                return false;
        }
        if (format == FORMAT_SARIF)
                tell_commit(run, report), warn_of_length(run, report);
        report->color = run_color(run->opt, output);
        report->hyperlinks = report->color && run->opt->hyperlinks;
        report_write(report, format, &out);
        out_string(&out);
        run_record(run, "output", &out);
        return run_deliver(run, output, &(struct text){.bytes = out.bytes, .length = out.length});
}

static void say_rest(struct run *run, struct report *report)
{
        struct out out = {.arena = run->arena};
        if (run->opt->statistics)
                report_statistics(report, &out);
        if (run->opt->timing)
                report_timing(report, &out);
        if (!run->opt->quiet)
                report_summary(report, &out);
        run_record(run, "rest", &out);
        fwrite(out_string(&out), 1, out.length, stderr);
}

/* The patch, or the changed sources, before the report: what was mended is not reported. */
static bool mend(struct run *run, struct report *report)
{
        const struct options *opt = run->opt;
        struct fix_result result = {0};
        struct out diff = {.arena = run->arena};
        if (!opt->fix && !opt->diff && !opt->add_suppressions)
                return true;
        if (opt->add_suppressions)
                suppress_all(report);
        report_fix(report, opt->unsafe_fixes, opt->diff ? &diff : NULL, &result);
        for (int i = 0; i < result.refused.n; i++)
                opt->say(LEVEL_WARNING, result.refused.at[i]);
        if (opt->diff)
                return run_print(run, &diff);
        if (!opt->quiet)
                opt->say(LEVEL_NOTE, arena_printf(run->arena, "mended %d finding%s by %d edit%s in %d file%s",
                                                  result.fixed, plural(result.fixed), result.edits,
                                                  plural(result.edits), result.files, plural(result.files)));
        return true;
}

/* One that cannot be written takes no other one with it. */
static bool write_outputs(struct run *run, struct report *report)
{
        const char *error = NULL;
        for (int i = 0; i < run->opt->outputs.n; i++) {
                const struct output *output = &run->opt->outputs.at[i];
                /* With --diff the patch is what the standard output is for. */
                if ((output->file || !run->opt->diff) && !write_output(run, report, output) && !error)
                        error = run->error;
        }
        run->error = error;
        return !error;
}

static void take_times(struct run *run, struct report *report)
{
        if (!run->opt->timing)
                return;
        report->parse_seconds = run->parsed - run->started;
        report->link_seconds = run->linked - run->parsed;
        report->total_seconds = run_clock() - run->started;
}

enum verdict run_write(struct run *run, struct report *report)
{
        take_times(run, report);
        report->incomplete = run_incomplete(run);
        enum verdict verdict = verdict_of(run, report); /* of what was found, mended or not */
        if (mend(run, report)) {
                if ((run->opt->fix || run->opt->add_suppressions) && !run->opt->diff)
                        verdict = verdict_of(run, report);
                report->exit_status = verdict;
                if (write_outputs(run, report)) {
                        say_rest(run, report);
                        run_finish(run, verdict);
                        return verdict;
                }
        }
        return VERDICT_USAGE;
}

/* Writes the baseline file; the status of a baseline command never tells of findings. */
static enum verdict write_baseline(struct run *run, struct report *report, struct baseline *baseline,
                                   const char *said)
{
        struct out out = {.arena = run->arena};
        const char *file = run->opt->baseline;
        baseline_write(baseline, &out);
        if (!file_deliver(file, out_string(&out), out.length)) {
                run->error = arena_printf(run->arena, "cannot write '%s': %s", file, strerror(errno));
                return VERDICT_USAGE;
        }
        if (!run->opt->quiet)
                run->opt->say(LEVEL_NOTE,
                              arena_printf(run->arena, "%s: %d entr%s, %s", file, baseline->entries.n,
                                           baseline->entries.n == 1 ? "y" : "ies", said));
        report->incomplete = run_incomplete(run);
        if (report->incomplete)
                run->opt->say(LEVEL_WARNING, report->incomplete);
        return report->incomplete ? VERDICT_INCOMPLETE : VERDICT_CLEAN;
}

enum verdict run_baseline_create(struct run *run, struct report *report)
{
        return write_baseline(run, report, baseline_create(report), "all of them new");
}

enum verdict run_baseline_prune(struct run *run, struct report *report)
{
        int pruned = baseline_prune(run->baseline, report);
        return write_baseline(run, report, run->baseline, arena_printf(run->arena, "%d removed", pruned));
}

/* What is not accepted counts as silenced here, so that it does not go in. */
enum verdict run_baseline_update(struct run *run, struct report *report)
{
        int left = 0;
        for (int i = 0; i < report->found->list.n; i++) {
                struct finding *finding = report->found->list.at[i];
                const char *said = arena_printf(run->arena, "%s:%u: %s [%s]", finding->at.file,
                                                finding->at.line, finding->said, finding->rule->code);
                if (finding->suppressed || finding->known || (run->opt->accept && run->opt->accept(said)))
                        continue;
                finding->suppressed = true;
                left++;
        }
        int added = baseline_update(run->baseline, report);
        return write_baseline(run, report, run->baseline,
                              arena_printf(run->arena, "%d added, %d left out", added, left));
}
