/* cmd_gilmap.c: `pymemlint gilmap`: sources shaded by the state of the GIL. */
#include "command.h"

static int gilmap(struct use_of_command *use)
{
        struct options *opt = &use->values->settings.opt;
        opt->paths = use->operands;
        if (!opt->paths.n)
                VEC_PUSH(use->arena, &opt->paths, ".");
        return (int)pipeline_gilmap(opt);
}

const struct command command_gilmap = {
    .name = "gilmap",
    .operands = "[PATH...] [-- CLANG ARGS]",
    .title = "shade sources by the state of the GIL, like a coverage report",
    .text =
        "Tells for every line of the functions that PATH holds whether the GIL is held (H), released (R), "
        "either (E), held as callers are taken to do (A), whether nothing gets there (-) or the state is "
        "not understood (?), and why where it changes: which call, which condition, which caller.\n"
        "\n"
        "Prints a table of the files, or the source where there is one file or --show names it. --html "
        "writes a page for every file, with findings and their paths in it.",
    .groups = IN(GROUP_READ) | IN(GROUP_MODEL) | IN(GROUP_SELECT) | IN(GROUP_MAP) | IN(GROUP_PAGES) |
              IN(GROUP_TABLE) | IN(GROUP_EXIT) | IN(GROUP_RUN) | IN(GROUP_CACHE) | IN(GROUP_CONFIG),
    .configured = true,
    .incomplete = true,
    .run = gilmap,
};
