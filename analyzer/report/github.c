/*
 * github.c: workflow commands, which a runner turns into annotations. Comes
 * in: a settled report. Goes out: one line per finding.
 */
#include "report/view.h"
#include "report/writers.h"

#include <string.h>

/* Percent signs and what could steer a terminal; in properties colons and commas too. */
static void put_escaped(struct out *out, const char *text, bool property)
{
        for (; *text; text++) {
                bool steers = (unsigned char)*text < ' ' || *text == 127;
                if (steers || *text == '%' || (property && strchr(":,", *text)))
                        out_format(out, "%%%02X", (unsigned char)*text);
                else
                        out_char(out, *text);
        }
}

static void put_command(struct out *out, const struct finding *finding)
{
        static const char *const words[] = {"notice", "warning", "error"};
        const struct where *at = &finding->at;
        out_format(out, "::%s file=", words[finding->rule->level]);
        put_escaped(out, at->file, true);
        out_format(out, ",line=%u,col=%u", at->line, at->col);
        if (at->end_line == at->line) /* columns of an end on another line are refused */
                out_format(out, ",endLine=%u,endColumn=%u", at->end_line, at->end_col);
        out_format(out, ",title=%s ", finding->rule->code);
        put_escaped(out, finding->rule->name, true);
        out_text(out, "::");
        put_escaped(out, finding->said, false);
        out_char(out, '\n');
}

void github_write(const struct report *report, struct out *out)
{
        for (int i = 0; i < report->found->list.n; i++)
                if (finding_shown(report->found->list.at[i]))
                        put_command(out, report->found->list.at[i]);
}
