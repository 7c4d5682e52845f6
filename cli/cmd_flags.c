/* cmd_flags.c: `pymemlint flags`: how each source is read. */
#include "command.h"
#include "message.h"

static int flags(struct use_of_command *use)
{
        struct options *opt = &use->values->settings.opt;
        opt->paths = use->operands;
        if (!opt->paths.n)
                return complain("name a file or a folder, as in 'pymemlint flags .'");
        return (int)pipeline_flags(opt);
}

const struct command command_flags = {
    .name = "flags",
    .operands = "PATH... [-- CLANG ARGS]",
    .title = "print the flags that each source is read with",
    .text =
        "Prints a compile_commands.json with one entry for each source that 'check' would read, whether its "
        "flags were recorded, derived or given; 'origin' tells which. Nothing is parsed.",
    .groups = IN(GROUP_READ) | IN(GROUP_RUN) | IN(GROUP_CACHE) | IN(GROUP_CONFIG),
    .configured = true,
    .run = flags,
};
