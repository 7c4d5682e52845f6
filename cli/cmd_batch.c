/* cmd_batch.c: `pymemlint batch`: many programs as commands for an engine. */
#include "command.h"
#include "message.h"
#include "shard.h"

static int batch(struct use_of_command *use)
{
        struct options *opt = &use->values->settings.opt;
        opt->paths = use->operands;
        opt->ship.into = use->settings->into ? use->settings->into : ".";
        if (opt->paths.n != 1)
                return complain("name one file that lists a tree on each line");
        if (!shard_settle(use))
                return VERDICT_USAGE;
        opt->ship.summarize = said_again(use, IN(GROUP_MODEL) | IN(GROUP_SELECT));
        opt->ship.link = said_again(use, IN(GROUP_RUN) | IN(GROUP_CACHE) | IN(GROUP_CONFIG));
        return (int)pipeline_batch(opt);
}

const struct command command_batch = {
    .name = "batch",
    .operands = "LIST",
    .title = "print the commands that check many trees, in parts",
    .text = "Reads a list of trees, each a program of its own, one a line, and prints a shell command for "
            "each of them, or --shards lines of about equal cost. Reports go to the folder of -o: "
            "NAME.sarif, NAME.txt, and NAME.log for what the run said. Nothing is run: hand the lines to an "
            "engine, as in 'pymemlint batch LIST -o reports | parallel'. In a job array, or with --shard, "
            "the line of this part alone is printed.",
    .groups = IN(GROUP_INTO) | IN(GROUP_SHARDS) | IN(GROUP_SHARD) | IN(GROUP_MODEL) | IN(GROUP_SELECT) |
              IN(GROUP_RUN) | IN(GROUP_CACHE) | IN(GROUP_CONFIG),
    .configured = true,
    .here = true,
    .run = batch,
};
