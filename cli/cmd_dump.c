/* cmd_dump.c: `pymemlint dump`: what the analysis sees of a source. */
#include "command.h"
#include "message.h"

static int dump(struct use_of_command *use)
{
        struct options *opt = &use->values->settings.opt;
        opt->paths = use->operands;
        if (!opt->paths.n)
                return complain("nothing to dump: name a file");
        return (int)pipeline_dump(opt);
}

const struct command command_dump = {
    .name = "dump",
    .operands = "FILE... [-- CLANG ARGS]",
    .title = "print the unit file of a source, the analysis's own view of it",
    .text = "Prints what reading FILE gives: functions as graphs of events, data, macros, comments. This is "
            "the text that the cache holds and that all rules work from.",
    .groups = IN(GROUP_READ) | IN(GROUP_RUN) | IN(GROUP_CACHE) | IN(GROUP_CONFIG),
    .configured = true,
    .incomplete = true,
    .run = dump,
};
