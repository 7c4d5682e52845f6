/*
 * json.c: the tool's own JSON: one document, or one finding a line. Comes in: a
 * settled report. Lines and columns count from 1, columns in bytes, ends are
 * exclusive. Members may be added, never renamed, while "format" stays 1.
 */
#include "report/json_write.h"
#include "report/view.h"
#include "report/writers.h"

#define JSON_FORMAT 1

static void put_where(struct json *json, const struct where *at)
{
        json_text(json, "file", at->file);
        json_number(json, "line", at->line);
        json_number(json, "column", at->col);
        if (at->end_line) {
                json_number(json, "end_line", at->end_line);
                json_number(json, "end_column", at->end_col);
        }
}

static void put_step(struct json *json, const struct step *step)
{
        json_open(json, NULL, '{');
        json_text(json, "kind", step_kind_name(step->kind));
        put_where(json, &step->at);
        json_text(json, "function", step->func);
        json_text(json, "message", step->said);
        json_text(json, "state", step->state);
        json_close(json);
}

static void put_fix(struct json *json, const struct fix *fix)
{
        json_open(json, NULL, '{');
        json_text(json, "message", fix->said);
        json_bool(json, "safe", fix->safe);
        json_open(json, "edits", '[');
        for (int i = 0; i < fix->edits.n; i++) {
                json_open(json, NULL, '{');
                put_where(json, &fix->edits.at[i].at);
                json_text(json, "text", fix->edits.at[i].text);
                json_close(json);
        }
        json_close(json);
        json_close(json);
}

static void put_standing(struct json *json, const struct report *report, const struct finding *finding)
{
        json_text(json, "hash", finding->hash);
        if (report->show_suppressed)
                json_bool(json, "suppressed", finding->suppressed);
        if (report->show_known)
                json_bool(json, "known", finding->known);
        if (finding->suppressed || finding->known)
                json_text(json, "reason", finding->reason);
}

static void put_finding(struct json *json, const struct report *report, const struct finding *finding)
{
        struct path path = path_of(report->arena, finding);
        json_open(json, NULL, '{');
        json_text(json, "rule", finding->rule->code);
        json_text(json, "name", finding->rule->name);
        json_text(json, "category", category_name(finding->rule->category));
        json_text(json, "level", level_name(finding->rule->level));
        json_text(json, "confidence", confidence_name(finding->confidence));
        put_where(json, &finding->at);
        json_text(json, "function", finding->func);
        json_text(json, "message", finding->said);
        json_open(json, "path", '[');
        for (int i = 0; i < path.n; i++)
                put_step(json, path.at[i]);
        json_close(json);
        json_open(json, "related", '[');
        for (int i = 0; i < finding->related.n; i++)
                put_step(json, &finding->related.at[i]);
        json_close(json);
        json_open(json, "fixes", '[');
        for (int i = 0; i < finding->fixes.n; i++)
                put_fix(json, &finding->fixes.at[i]);
        json_close(json);
        put_standing(json, report, finding);
        json_close(json);
}

static void put_units(struct json *json, const struct report *report)
{
        static const char *const outcomes[] = {"whole", "partial", "failed", "skipped"};
        json_open(json, "units", '[');
        for (int i = 0; i < report->units.n; i++) {
                const struct unit_note *unit = &report->units.at[i];
                json_open(json, NULL, '{');
                json_text(json, "file", unit->path);
                json_text(json, "outcome", outcomes[unit->outcome]);
                json_text(json, "flags", unit->flags);
                json_text(json, "reason", unit->reason);
                json_number(json, "statements_kept", unit->kept);
                json_number(json, "statements_lost", unit->lost);
                json_close(json);
        }
        json_close(json);
}

static void put_run(struct json *json, const struct report *report)
{
        struct tally tally = report_tally(report);
        json_open(json, "run", '{');
        json_bool(json, "complete", !report->incomplete);
        json_text(json, "incomplete", report->incomplete);
        json_number(json, "exit_status", report->exit_status);
        json_text(json, "python", report->python);
        json_number(json, "findings", report_count(report, LEVEL_NOTE));
        json_number(json, "units_whole", tally.whole);
        json_number(json, "units_partial", tally.partial);
        json_number(json, "units_failed", tally.failed);
        json_number(json, "units_skipped", tally.skipped);
        json_number(json, "statements_kept", tally.kept);
        json_number(json, "statements_lost", tally.lost);
        json_close(json);
}

void json_write(const struct report *report, struct out *out)
{
        struct json json = {.out = out};
        json_open(&json, NULL, '{');
        json_number(&json, "format", JSON_FORMAT);
        json_text(&json, "tool", "pymemlint");
        json_text(&json, "version", report->version);
        put_run(&json, report);
        json_open(&json, "findings", '[');
        for (int i = 0; i < report->found->list.n; i++)
                if (finding_listed(report, report->found->list.at[i]))
                        put_finding(&json, report, report->found->list.at[i]);
        json_close(&json);
        put_units(&json, report);
        json_close(&json);
}

void jsonl_write(const struct report *report, struct out *out)
{
        for (int i = 0; i < report->found->list.n; i++) {
                struct json json = {.out = out, .compact = true};
                if (finding_listed(report, report->found->list.at[i]))
                        put_finding(&json, report, report->found->list.at[i]);
        }
}
