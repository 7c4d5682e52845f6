/*
 * xml.c: the two XML formats, JUnit and Checkstyle. Comes in: a settled
 * report. Both group findings by file; JUnit also names the units without a
 * finding, and counts those that could not be analyzed as errors.
 */
#include "report/source.h"
#include "report/view.h"
#include "report/writers.h"

#include <string.h>

/* Text for an attribute or an element; what XML 1.0 cannot hold becomes U+FFFD. */
static void put_xml(struct out *out, const char *text)
{
        for (const char *end = text + strlen(text); text < end;) {
                uint32_t c = utf8_next(&text, end);
                const char *entity = c == '&'    ? "&amp;"
                                     : c == '<'  ? "&lt;"
                                     : c == '>'  ? "&gt;"
                                     : c == '"'  ? "&quot;"
                                     : c == '\n' ? "&#10;"
                                     : c == '\t' ? "&#9;"
                                                 : NULL;
                if (entity)
                        out_text(out, entity);
                else
                        utf8_put(out, c < 0x20 || c == 0xfffe || c == 0xffff ? REPLACEMENT : c);
        }
}

static void put_attribute(struct out *out, const char *name, const char *value)
{
        out_format(out, " %s=\"", name);
        put_xml(out, value);
        out_char(out, '"');
}

static void put_place_attributes(struct out *out, const struct where *at)
{
        out_format(out, " line=\"%u\" column=\"%u\"", at->line, at->col);
}

static void checkstyle_error(struct out *out, const struct finding *finding)
{
        static const char *const severities[] = {"info", "warning", "error"};
        out_text(out, "    <error");
        put_place_attributes(out, &finding->at);
        put_attribute(out, "severity", severities[finding->rule->level]);
        put_attribute(out, "message", finding->said);
        out_format(out, " source=\"pymemlint.%s.%s\"/>\n", finding->rule->code, finding->rule->name);
}

void checkstyle_write(const struct report *report, struct out *out)
{
        const char *file = NULL;
        out_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n");
        for (int i = 0; i < report->found->list.n; i++) {
                const struct finding *finding = report->found->list.at[i];
                if (!finding_shown(finding))
                        continue;
                if (!file || strcmp(file, finding->at.file)) {
                        out_text(out, file ? "  </file>\n  <file" : "  <file");
                        put_attribute(out, "name", finding->at.file);
                        out_text(out, ">\n");
                        file = finding->at.file;
                }
                checkstyle_error(out, finding);
        }
        out_text(out, file ? "  </file>\n</checkstyle>\n" : "</checkstyle>\n");
}

static void junit_failure(struct out *out, const struct finding *finding)
{
        out_text(out, "    <testcase");
        out_format(out, " name=\"%s %s line %u\"", finding->rule->code, finding->rule->name,
                   finding->at.line);
        put_attribute(out, "classname", finding->at.file);
        put_attribute(out, "file", finding->at.file);
        out_format(out, " line=\"%u\">\n      <failure", finding->at.line);
        put_attribute(out, "type", level_name(finding->rule->level));
        put_attribute(out, "message", finding->said);
        out_char(out, '>');
        put_xml(out, finding->at.file);
        out_format(out, ":%u:%u: ", finding->at.line, finding->at.col);
        put_xml(out, finding->said);
        out_text(out, "</failure>\n    </testcase>\n");
}

static bool has_finding(const struct report *report, sym file)
{
        for (int i = 0; i < report->found->list.n; i++)
                if (finding_shown(report->found->list.at[i]) &&
                    !strcmp(report->found->list.at[i]->at.file, file))
                        return true;
        return false;
}

/* A unit as a test case of its own; one with findings is told by those. */
static bool junit_unit(const struct report *report, const struct unit_note *unit, struct out *out)
{
        bool failed = unit->outcome == OUTCOME_FAILED, skipped = unit->outcome == OUTCOME_SKIPPED;
        if (!failed && has_finding(report, unit->path))
                return false;
        out_text(out, "    <testcase name=\"analysis\"");
        put_attribute(out, "classname", unit->path);
        if (failed || skipped) {
                out_text(out, failed ? ">\n      <error" : ">\n      <skipped");
                put_attribute(out, "message", unit->reason ? unit->reason : "not analyzed");
                out_text(out, "/>\n    </testcase>\n");
        } else {
                out_text(out, "/>\n");
        }
        return true;
}

void junit_write(const struct report *report, struct out *out)
{
        struct out cases = {.arena = report->arena};
        struct tally tally = report_tally(report);
        int tests = 0, failures = report_count(report, LEVEL_NOTE);
        for (int i = 0; i < report->found->list.n; i++)
                if (finding_shown(report->found->list.at[i]))
                        junit_failure(&cases, report->found->list.at[i]);
        for (int i = 0; i < report->units.n; i++)
                tests += junit_unit(report, &report->units.at[i], &cases);
        out_format(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"pymemlint\" "
            "tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\">\n",
            tests + failures, failures, tally.failed, tally.skipped);
        out_text(out, out_string(&cases));
        out_text(out, "  </testsuite>\n</testsuites>\n");
}
