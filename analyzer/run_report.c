/*
 * run_report.c: from what the stages made to what a report needs to know. See
 * run.h. Looks into units; judges nothing.
 */
#include "run.h"

#include "base/map.h"
#include "link/program.h"
#include "report/source.h"

#include <string.h>

static void add_files(struct run *run, struct report *report, const struct unit *unit, struct map *seen)
{
        for (int i = 0; i < unit->deps.n; i++) {
                const struct dep *dep = &unit->deps.at[i];
                void **slot = map_at(seen, MAP_KEY(dep->path));
                if (*dep->path == '<' || *slot)
                        continue;
                *slot = report;
                VEC_PUSH(run->arena, &report->files, (struct report_file){dep->path, dep->hash});
        }
}

/* A header's comments come with every unit that reads it; they count once. */
static void add_mutes(struct run *run, struct report *report, const struct unit *unit, struct map *seen)
{
        for (int i = 0; i < unit->allows.n; i++) {
                const struct allow *allow = &unit->allows.at[i];
                sym file = unit->files.at[allow->at.file];
                sym place = name_printf(run->names, "%s:%u:%u", file, allow->at.line, allow->at.col);
                void **slot = map_at(seen, MAP_KEY(place));
                if (*slot)
                        continue;
                *slot = report;
                struct mute mute = {
                    .at = {.file = file, .line = allow->at.line, .col = allow->at.col},
                    .first = allow->first,
                    .last = allow->last,
                    .rules = allow->rules,
                    .reason = allow->reason,
                    .form = allow->form,
                };
                VEC_PUSH(run->arena, &report->mutes, mute);
        }
}

/* "'zlib.h' file not found" names a header that was wanted. */
static void count_missing(struct run *run, struct report *report, const struct unit *unit)
{
        static const char tail[] = "' file not found";
        for (int i = 0; i < unit->diags.n; i++) {
                const char *said = unit->diags.at[i].text, *end = strstr(said, tail);
                const char *start = end ? memchr(said, '\'', (size_t)(end - said)) : NULL;
                if (!start)
                        continue;
                sym name = name_of_bytes(run->names, start + 1, (size_t)(end - start - 1));
                int at = 0;
                while (at < report->missing.n && report->missing.at[at].name != name)
                        at++;
                if (at == report->missing.n)
                        VEC_PUSH(run->arena, &report->missing, (struct missing){name, 0});
                report->missing.at[at].units++;
        }
}

static void order_missing(struct report *report)
{
        struct missing *at = report->missing.at;
        for (int i = 1; i < report->missing.n; i++)
                for (int j = i; j > 0 && at[j].units > at[j - 1].units; j--) {
                        struct missing swap = at[j];
                        at[j] = at[j - 1];
                        at[j - 1] = swap;
                }
}

static void add_unit(struct run *run, struct report *report, const struct unit *unit, double seconds)
{
        static const enum outcome outcomes[] = {
            [UNIT_WHOLE] = OUTCOME_WHOLE,
            [UNIT_PARTIAL] = OUTCOME_PARTIAL,
            [UNIT_FAILED] = OUTCOME_FAILED,
        };
        const char *why = unit->diags.n ? unit->diags.at[0].text : "statements could not be read";
        struct unit_note note = {
            .path = unit->path,
            .outcome = outcomes[unit->status],
            .flags = unit->flags,
            .reason = unit->status == UNIT_WHOLE ? NULL : why,
            .kept = unit->kept,
            .lost = unit->lost,
            .seconds = seconds,
        };
        VEC_PUSH(run->arena, &report->units, note);
}

static void add_notice(struct run *run, struct report *report, enum level level, const char *said)
{
        VEC_PUSH(run->arena, &report->notices, (struct notice){.level = level, .said = said});
}

static void add_project(struct run *run, struct report *report, const struct project *project)
{
        for (int i = 0; i < project->skips.n; i++) {
                const struct project_skip *skip = &project->skips.at[i];
                struct unit_note note = {
                    .path = name_of(run->names, skip->path),
                    .outcome = skip->failed ? OUTCOME_FAILED : OUTCOME_SKIPPED,
                    .reason = skip->why,
                };
                VEC_PUSH(run->arena, &report->units, note);
        }
        for (int i = 0; i < project->notes.n; i++)
                add_notice(run, report, LEVEL_NOTE, project->notes.at[i]);
        if (project->python && project->python_version)
                report->python =
                    arena_printf(run->arena, "%s (%s)", project->python, project->python_version);
        else
                report->python = project->python;
}

/* Excerpts, patches and hashes are of what was analyzed, not of what the disk has. */
static void put_edited(struct run *run, struct report *report)
{
        for (int i = 0; i < run->nedited; i++) {
                const struct edited *edited = &run->edited[i];
                const char *below = path_below(run->project->tree, edited->path);
                if (below)
                        source_put(report, below, edited->text, edited->length);
        }
}

/* What is wrong with the cache may have been met twice. */
static bool tells(const struct units *units, const char *said)
{
        for (int i = 0; i < units->notes.n; i++)
                if (!strcmp(units->notes.at[i], said))
                        return true;
        return false;
}

struct report *run_report(struct run *run)
{
        const struct project *project = run->project;
        const struct units *units = run->units;
        struct report *report = report_new(run->arena, run->names, PYMEMLINT_VERSION, project->tree);
        struct map files, mutes;
        map_init(&files, run->arena);
        map_init(&mutes, run->arena);
        report->rules = run->opt->rules;
        report->pages = run->opt->pages_url;
        report->automation_id = run->opt->automation_id;
        report->show_suppressed = run->opt->show_suppressed;
        report->require_reason = run->opt->require_reason;
        report->confidence = (enum confidence)run->opt->confidence;
        for (int i = 0; i < units->n; i++) {
                const struct unit *unit = units->at[i];
                add_files(run, report, unit, &files);
                add_mutes(run, report, unit, &mutes);
                count_missing(run, report, unit);
                add_unit(run, report, unit, units->costs[i].cached ? 0 : units->costs[i].seconds);
        }
        order_missing(report);
        add_project(run, report, project);
        put_edited(run, report);
        for (int i = 0; i < units->notes.n; i++)
                add_notice(run, report, LEVEL_WARNING, units->notes.at[i]);
        if (run->damage && !tells(units, run->damage))
                add_notice(run, report, LEVEL_WARNING, run->damage);
        for (int i = 0; i < run->program->notes.n; i++)
                add_notice(run, report, LEVEL_NOTE, run->program->notes.at[i]);
        return report;
}
