/* cmd_cache.c: `pymemlint cache`: what is kept between runs. */
#include "command.h"

#include <string.h>

static int cache(struct use_of_command *use)
{
        return (int)pipeline_cache(&use->settings->opt, !strcmp(use->operands.at[0], "clean"));
}

const struct command command_cache = {
    .name = "cache",
    .operands = "info|clean",
    .title = "tell what the cache holds, or empty it",
    .text = "The cache keeps the unit file of every source that was read, so that a second run reads only "
            "what changed, and the report of every check, which is given again when nothing did. It can "
            "be removed at any time.",
    .groups = IN(GROUP_CACHE) | IN(GROUP_CONFIG),
    .configured = true,
    .verbs = "info|clean",
    .run = cache,
};
