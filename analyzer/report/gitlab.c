/*
 * gitlab.c: a code quality report for merge requests. Comes in: a settled
 * report. Goes out: a JSON array, empty when there is nothing.
 */
#include "report/json_write.h"
#include "report/view.h"
#include "report/writers.h"

static void put_finding(struct json *json, const struct finding *finding)
{
        static const char *const severities[] = {"info", "minor", "major"};
        json_open(json, NULL, '{');
        json_text(json, "description", finding->said);
        json_text(json, "check_name", finding->rule->name);
        json_text(json, "fingerprint", finding->hash);
        json_text(json, "severity", severities[finding->rule->level]);
        json_open(json, "location", '{');
        json_text(json, "path", finding->at.file);
        json_open(json, "lines", '{');
        json_number(json, "begin", finding->at.line);
        if (finding->at.end_line)
                json_number(json, "end", finding->at.end_line);
        json_close(json);
        json_close(json);
        json_close(json);
}

void gitlab_write(const struct report *report, struct out *out)
{
        struct json json = {.out = out};
        json_open(&json, NULL, '[');
        for (int i = 0; i < report->found->list.n; i++)
                if (finding_shown(report->found->list.at[i]))
                        put_finding(&json, report->found->list.at[i]);
        json_close(&json);
}
