/*
 * rdjson.c: reviewdog's JSON, whose suggestions become review comments that
 * can be applied. Comes in: a settled report. Columns count UTF-8 bytes, which
 * is what that format asks for.
 */
#include "report/json_write.h"
#include "report/source.h"
#include "report/view.h"
#include "report/writers.h"

#include <string.h>

static void put_position(struct json *json, const char *key, uint32_t line, uint32_t col)
{
        json_open(json, key, '{');
        json_number(json, "line", line);
        json_number(json, "column", col);
        json_close(json);
}

static void put_range(struct json *json, struct where at)
{
        json_open(json, "range", '{');
        put_position(json, "start", at.line, at.col);
        if (at.end_line)
                put_position(json, "end", at.end_line, at.end_col);
        json_close(json);
}

static void put_location(struct json *json, const struct report *report, struct where at)
{
        json_open(json, "location", '{');
        json_text(json, "path", at.file);
        put_range(json, source_clip(source_of(report, at.file), at));
        json_close(json);
}

/* The edits of the first fix that stay in the finding's own file: others cannot be suggested there. */
static void put_suggestions(struct json *json, const struct finding *finding)
{
        if (!finding->fixes.n)
                return;
        const struct fix *fix = &finding->fixes.at[0];
        json_open(json, "suggestions", '[');
        for (int i = 0; i < fix->edits.n; i++) {
                if (strcmp(fix->edits.at[i].at.file, finding->at.file))
                        continue;
                json_open(json, NULL, '{');
                put_range(json, fix->edits.at[i].at);
                json_text(json, "text", fix->edits.at[i].text);
                json_close(json);
        }
        json_close(json);
}

static void put_diagnostic(struct json *json, const struct report *report, const struct finding *finding)
{
        static const char *const severities[] = {"INFO", "WARNING", "ERROR"};
        json_open(json, NULL, '{');
        json_text(json, "message", finding->said);
        put_location(json, report, finding->at);
        json_text(json, "severity", severities[finding->rule->level]);
        json_open(json, "code", '{');
        json_text(json, "value", finding->rule->code);
        json_text(json, "url", rule_link(report, finding->rule));
        json_close(json);
        put_suggestions(json, finding);
        json_open(json, "related_locations", '[');
        for (int i = 0; i < finding->related.n; i++) {
                json_open(json, NULL, '{');
                json_text(json, "message", finding->related.at[i].said);
                put_location(json, report, finding->related.at[i].at);
                json_close(json);
        }
        json_close(json);
        json_close(json);
}

void rdjson_write(const struct report *report, struct out *out)
{
        struct json json = {.out = out};
        json_open(&json, NULL, '{');
        json_open(&json, "source", '{');
        json_text(&json, "name", "pymemlint");
        json_text(&json, "url", report->pages);
        json_close(&json);
        json_open(&json, "diagnostics", '[');
        for (int i = 0; i < report->found->list.n; i++)
                if (finding_shown(report->found->list.at[i]))
                        put_diagnostic(&json, report, report->found->list.at[i]);
        json_close(&json);
        json_close(&json);
}
