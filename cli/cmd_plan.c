/* cmd_plan.c: `pymemlint plan`: which memory could be obtained elsewhere, and the change. */
#include "command.h"

static int plan(struct use_of_command *use)
{
        static const struct rule *const none[] = {NULL};
        struct options *opt = &use->values->settings.opt;
        opt->rules = none;
        opt->paths = use->operands;
        if (!opt->paths.n)
                VEC_PUSH(use->arena, &opt->paths, ".");
        for (int i = 0; i < opt->table.consumers.n; i++)
                VEC_PUSH(use->arena, &opt->paths, opt->table.consumers.at[i]);
        return (int)pipeline_plan(opt);
}

const struct command command_plan = {
    .name = "plan",
    .operands = "[PATH...] [-- CLANG ARGS]",
    .title = "tell which memory can move to another allocator, and move it",
    .text =
        "Puts allocations, reallocations and releases between which a block can travel into groups, and "
        "tells for each whether it can move to the allocator that --to names, and why not. 'auto' "
        "recommends PyMem where every site holds the GIL and PyMem_Raw where one does not; a zeroed "
        "allocation stays one.\n"
        "\n"
        "--diff prints the change of every group that can move, --fix makes it: whole groups, never a part "
        "of one.",
    .groups = IN(GROUP_READ) | IN(GROUP_MODEL) | IN(GROUP_PLAN) | IN(GROUP_TABLE) | IN(GROUP_CHANGE) |
              IN(GROUP_EXIT) | IN(GROUP_RUN) | IN(GROUP_CACHE) | IN(GROUP_CONFIG),
    .configured = true,
    .fails = "with --fix or --diff: a group that can move was left alone; a warning says why",
    .incomplete = true,
    .run = plan,
};
