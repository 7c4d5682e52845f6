/* cmd_link.c: `pymemlint link`: the second half of a check, from unit files. */
#include "command.h"
#include "message.h"

static int join(struct use_of_command *use)
{
        struct options *opt = &use->values->settings.opt;
        opt->paths = use->operands;
        if (!opt->paths.n)
                return complain("nothing to link: name the folder that 'pymemlint summarize -o' wrote");
        if (!folder_is_there("tree", opt->ship.tree))
                return VERDICT_USAGE;
        return (int)pipeline_link(opt);
}

const struct command command_link = {
    .name = "link",
    .operands = "DIR|FILE|@LIST...",
    .title = "find what is wrong in a program from its unit files",
    .text =
        "Joins the unit files that 'summarize' made, in DIR, named by FILE, or listed in LIST one a line, "
        "and reports what 'check' would report. No source is parsed; sources are opened to be shown.\n"
        "\n"
        "The plan in DIR says which units there must be: one that is missing, damaged or made with other "
        "flags is named, and the status is 3. Unit files of different versions, Pythons or compilers are "
        "refused.",
    .groups = IN(GROUP_SOURCES) | IN(GROUP_MODEL) | IN(GROUP_SELECT) | IN(GROUP_REPORT) | IN(GROUP_KNOWN) |
              IN(GROUP_FAIL) | IN(GROUP_EXIT) | IN(GROUP_RUN) | IN(GROUP_CACHE) | IN(GROUP_CONFIG),
    .configured = true,
    .here = true,
    .passes = "no finding at or above --fail-on",
    .fails = "findings at or above --fail-on",
    .incomplete = true,
    .run = join,
};
