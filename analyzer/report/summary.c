/*
 * summary.c: the closing words of a run, its statistics and its times, for
 * standard error. Comes in: a settled report. They name what was not looked at,
 * so that a clean result over half a tree does not look like a clean tree.
 */
#include "report/text.h"
#include "report/view.h"

#include <stdlib.h>
#include <string.h>

#define MOST_NAMED 10

/* "partial: x.c: 'y.h' file not found (3 of 40 statements lost)" for each, as far as they fit a summary. */
static void put_outcomes(const struct report *report, enum outcome outcome, const char *word, struct out *out)
{
        int named = 0, count = 0;
        for (int i = 0; i < report->units.n; i++) {
                const struct unit_note *unit = &report->units.at[i];
                if (unit->outcome != outcome)
                        continue;
                count++;
                if (named++ >= MOST_NAMED)
                        continue;
                out_format(out, "  %s: ", word);
                put_clean(out, unit->path);
                if (unit->reason) {
                        out_text(out, ": ");
                        put_clean(out, unit->reason);
                }
                if (unit->lost)
                        out_format(out, " (%d of %d statements lost)", unit->lost, unit->kept + unit->lost);
                out_char(out, '\n');
        }
        if (count > MOST_NAMED)
                out_format(out, "  %s: %d more\n", word, count - MOST_NAMED);
}

static void put_missing(const struct report *report, struct out *out)
{
        for (int i = 0; i < report->missing.n && i < 5; i++) {
                out_text(out, i ? ", " : "  headers not found: ");
                put_clean(out, report->missing.at[i].name);
                out_format(out, " (%d)", report->missing.at[i].units);
        }
        if (report->missing.n > 5)
                out_format(out, " and %d more", report->missing.n - 5);
        if (report->missing.n)
                out_char(out, '\n');
}

static void put_origins(const struct report *report, const struct tally *tally, struct out *out)
{
        const char *comma = "";
        if (tally->total)
                out_text(out, "  flags: ");
        const struct {
                int n;
                const char *word;
        } origins[] = {{tally->recorded, "recorded"}, {tally->derived, "derived"}, {tally->given, "given"}};
        for (int i = 0; i < 3; i++)
                if (origins[i].n) {
                        out_format(out, "%s%d %s", comma, origins[i].n, origins[i].word);
                        comma = ", ";
                }
        if (tally->skipped)
                out_format(out, "%s%d skipped", comma, tally->skipped);
        if (report->python) {
                out_text(out, "; headers of ");
                put_clean(out, report->python);
        }
        if (tally->total)
                out_char(out, '\n');
}

/* How many findings are silenced, and how. */
static void put_silenced(const struct report *report, struct out *out)
{
        int suppressed = 0, known = 0;
        for (int i = 0; i < report->found->list.n; i++) {
                suppressed += report->found->list.at[i]->suppressed;
                known += !report->found->list.at[i]->suppressed && report->found->list.at[i]->known;
        }
        if (suppressed)
                out_format(out, ", %d suppressed", suppressed);
        if (known)
                out_format(out, ", %d known", known);
}

void report_summary(const struct report *report, struct out *out)
{
        struct tally tally = report_tally(report);
        int shown = report_count(report, LEVEL_NOTE), unseen = tally.failed + tally.skipped;
        for (int i = 0; i < report->notices.n; i++) {
                out_format(out, "pymemlint: %s: ", level_name(report->notices.at[i].level));
                put_clean(out, report->notices.at[i].said);
                out_char(out, '\n');
        }
        put_outcomes(report, OUTCOME_FAILED, "failed", out);
        put_outcomes(report, OUTCOME_PARTIAL, "partial", out);
        put_outcomes(report, OUTCOME_SKIPPED, "skipped", out);
        put_missing(report, out);
        put_origins(report, &tally, out);
        if (tally.lost)
                out_format(out, "  statements kept: %.1f %%\n",
                           100.0 * (double)tally.kept / (double)(tally.kept + tally.lost));
        if (report->incomplete) {
                ink(report, out, INK_ERROR);
                out_text(out, "incomplete:");
                ink(report, out, INK_PLAIN);
                out_char(out, ' ');
                put_clean(out, report->incomplete);
                out_char(out, '\n');
        }
        out_format(out, "%d file%s, %d finding%s", tally.total, plural(tally.total), shown, plural(shown));
        put_silenced(report, out);
        out_format(out, ", %d not analyzed\n", unseen);
}

struct count {
        const char *name;
        int n;
};

static int more_first(const void *a, const void *b)
{
        const struct count *x = a, *y = b;
        return x->n != y->n ? y->n - x->n : strcmp(x->name, y->name);
}

/* One column of the statistics: counts by rule, or by file. */
static void put_counts(const struct report *report, bool by_file, struct out *out)
{
        struct {
                VEC(struct count) all;
        } counts = {0};
        for (int i = 0; i < report->found->list.n; i++) {
                const struct finding *finding = report->found->list.at[i];
                const char *name = by_file ? finding->at.file : finding->rule->name;
                int at = 0;
                while (at < counts.all.n && strcmp(counts.all.at[at].name, name))
                        at++;
                if (!finding_shown(finding))
                        continue;
                if (at == counts.all.n)
                        VEC_PUSH(report->arena, &counts.all, (struct count){name, 0});
                counts.all.at[at].n++;
        }
        if (counts.all.n)
                qsort(counts.all.at, (size_t)counts.all.n, sizeof *counts.all.at, more_first);
        for (int i = 0; i < counts.all.n; i++) {
                out_format(out, "%7d  ", counts.all.at[i].n);
                put_clean(out, counts.all.at[i].name);
                out_char(out, '\n');
        }
}

void report_statistics(const struct report *report, struct out *out)
{
        put_counts(report, false, out);
        out_char(out, '\n');
        put_counts(report, true, out);
}

static int slower_first(const void *a, const void *b)
{
        const struct unit_note *x = *(struct unit_note *const *)a, *y = *(struct unit_note *const *)b;
        return x->seconds != y->seconds ? (x->seconds < y->seconds ? 1 : -1) : strcmp(x->path, y->path);
}

void report_timing(const struct report *report, struct out *out)
{
        const struct unit_note **slow =
            NEW_ARRAY(report->arena, const struct unit_note *, report->units.n + 1);
        for (int i = 0; i < report->units.n; i++)
                slow[i] = &report->units.at[i];
        qsort(slow, (size_t)report->units.n, sizeof *slow, slower_first);
        out_format(out, "%9.3f s  sources to units\n%9.3f s  linking and rules\n%9.3f s  in all\n",
                   report->parse_seconds, report->link_seconds, report->total_seconds);
        for (int i = 0; i < report->units.n && i < MOST_NAMED && slow[i]->seconds > 0; i++) {
                out_format(out, "%9.3f s  ", slow[i]->seconds);
                put_clean(out, slow[i]->path);
                out_char(out, '\n');
        }
}
