/* suppress.c: see suppress.h. Findings come in the order of their places, as settled. */
#include "suppress.h"

#include "report/source.h"
#include "report/view.h"

#include <string.h>

#define REASON "not looked at yet"

static bool same_line(const struct finding *a, const struct finding *b)
{
        return a->at.file == b->at.file && a->at.line == b->at.line;
}

/* The names of the rules that speak of the line of finding I, each once; the others count as silenced. */
static const char *names_at(struct report *report, int i)
{
        struct findings *found = report->found;
        struct out names = {.arena = report->arena};
        const struct finding *first = found->list.at[i];
        out_text(&names, first->rule->name);
        for (int j = i + 1; j < found->list.n; j++) {
                struct finding *other = found->list.at[j];
                if (!finding_shown(other) || !same_line(first, other))
                        continue;
                if (!strstr(out_string(&names), other->rule->name))
                        out_format(&names, ", %s", other->rule->name);
                other->suppressed = true;
                other->reason = REASON;
        }
        return out_string(&names);
}

/* Inside the body of a macro the comment's line has to be continued as its neighbours are. */
static bool is_continued(const struct source *source, uint32_t line)
{
        struct line before = line > 1 ? source_line(source, line - 1) : (struct line){"", 0};
        return before.length && before.bytes[before.length - 1] == '\\';
}

static void put_comment(struct report *report, struct finding *finding, const char *names)
{
        const struct source *source = source_of(report, finding->at.file);
        struct line line = source_line(source, finding->at.line);
        size_t indent = 0;
        while (indent < line.length && (line.bytes[indent] == ' ' || line.bytes[indent] == '\t'))
                indent++;
        const char *text =
            arena_printf(report->arena, "%.*s/* pymemlint: ignore-next-line[%s] " REASON " */%s\n",
                         (int)indent, line.bytes, names, is_continued(source, finding->at.line) ? " \\" : "");
        struct where at = {.file = finding->at.file, .line = finding->at.line, .col = 1};
        finding->fixes.n = 0;
        finding_fix(report->found, finding, true, at, text, "Suppress '%s' here", names);
}

void suppress_all(struct report *report)
{
        for (int i = 0; i < report->found->list.n; i++) {
                struct finding *finding = report->found->list.at[i];
                if (finding_shown(finding))
                        put_comment(report, finding, names_at(report, i));
        }
}
