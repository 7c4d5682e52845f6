/* cmd_report.c: `pymemlint report`: pages from a SARIF log. */
#include "command.h"
#include "message.h"

static int report(struct use_of_command *use)
{
        const struct options *opt = &use->settings->opt;
        if (use->operands.n != 1 || !opt->table.html)
                return complain("name a log and a folder, as in 'pymemlint report --html pages log.sarif'");
        if (!folder_is_there("tree", opt->ship.tree))
                return VERDICT_USAGE;
        return (int)pipeline_report(opt, use->operands.at[0], opt->ship.tree ? opt->ship.tree : ".",
                                    opt->table.html);
}

const struct command command_report = {
    .name = "report",
    .operands = "LOG",
    .title = "draw the findings of a SARIF log into pages",
    .text = "Reads LOG, a SARIF 2.1.0 log of this or another tool, and writes static pages: a list of the "
            "findings, and for each of them a page with its path drawn into the source. Sources are sought "
            "below the current folder, or below --tree.",
    .groups = IN(GROUP_PAGES) | IN(GROUP_SOURCES),
    .run = report,
};
