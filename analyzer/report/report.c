/*
 * report.c: the door of this room: an empty report, and the writer for each
 * format. What a format looks like is in the file named after it.
 */
#include "report/report.h"

#include "report/source.h"
#include "report/text.h"
#include "report/view.h"
#include "report/writers.h"

#include <string.h>

/* Calls ONE for each finding that is shown. */
static void write_each(const struct report *report, struct out *out,
                       void (*one)(const struct report *, const struct finding *, struct out *))
{
        for (int i = 0; i < report->found->list.n; i++)
                if (finding_shown(report->found->list.at[i]))
                        one(report, report->found->list.at[i], out);
}

static void write_full(const struct report *report, struct out *out)
{
        write_each(report, out, full_write);
}

static void write_concise(const struct report *report, struct out *out)
{
        write_each(report, out, concise_write);
}

static const struct {
        const char *name;
        void (*write)(const struct report *report, struct out *out);
} formats[FORMATS] = {
    [FORMAT_FULL] = {"full", write_full},
    [FORMAT_CONCISE] = {"concise", write_concise},
    [FORMAT_JSON] = {"json", json_write},
    [FORMAT_JSONL] = {"jsonl", jsonl_write},
    [FORMAT_SARIF] = {"sarif", sarif_write},
    [FORMAT_GITHUB] = {"github", github_write},
    [FORMAT_GITLAB] = {"gitlab", gitlab_write},
    [FORMAT_JUNIT] = {"junit", junit_write},
    [FORMAT_CHECKSTYLE] = {"checkstyle", checkstyle_write},
    [FORMAT_RDJSON] = {"rdjson", rdjson_write},
};

static const struct rule *const no_rules[] = {NULL};

struct report *report_new(struct arena *arena, struct names *names, const char *version, const char *tree)
{
        struct report *report = NEW(arena, struct report);
        report->arena = arena;
        report->names = names;
        report->version = version;
        report->tree = tree;
        report->rules = no_rules;
        report->sources = sources_new(arena);
        report->found = NEW(arena, struct findings);
        report->found->arena = arena;
        return report;
}

bool format_find(const char *word, enum format *format)
{
        for (int i = 0; i < FORMATS; i++)
                if (!strcmp(formats[i].name, word)) {
                        *format = (enum format)i;
                        return true;
                }
        return false;
}

const char *format_name(enum format format)
{
        return formats[format].name;
}

void report_write(const struct report *report, enum format format, struct out *out)
{
        formats[format].write(report, out);
}
