/* cmd_census.c: `pymemlint census`: who allocates with what, and in which lock state. */
#include "command.h"

static int census(struct use_of_command *use)
{
        static const struct rule *const none[] = {NULL};
        struct options *opt = &use->values->settings.opt;
        opt->rules = none;
        opt->paths = use->operands;
        if (!opt->paths.n)
                VEC_PUSH(use->arena, &opt->paths, ".");
        return (int)pipeline_census(opt);
}

const struct command command_census = {
    .name = "census",
    .operands = "[PATH...] [-- CLANG ARGS]",
    .title = "count allocations and releases by family and by the state of the GIL",
    .text = "Lists every allocation, reallocation, zeroed allocation and release of the C files that PATH "
            "names or holds: as written and as it expands, by family, with the states of the GIL in which "
            "it is reached and the way there.\n"
            "\n"
            "--fail-if holds a line in continuous integration: 'libc.alloc > 0 under src/' makes the status "
            "1 when a libc allocation is found below src/. Names are FAMILY, FAMILY.ROLE (alloc, calloc, "
            "realloc, free), FAMILY.STATE (held, released, either, assumed, unknown, unreachable) or both; "
            "FAMILY may be 'any'; comparisons are joined by 'and' and 'or'.",
    .groups = IN(GROUP_READ) | IN(GROUP_MODEL) | IN(GROUP_CENSUS) | IN(GROUP_TABLE) | IN(GROUP_EXIT) |
              IN(GROUP_RUN) | IN(GROUP_CACHE) | IN(GROUP_CONFIG),
    .configured = true,
    .passes = "no --fail-if holds",
    .fails = "a --fail-if holds",
    .incomplete = true,
    .run = census,
};
