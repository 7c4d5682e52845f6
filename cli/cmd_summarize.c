/* cmd_summarize.c: `pymemlint summarize`: the first half of a check, for one part of the sources. */
#include "command.h"
#include "message.h"
#include "shard.h"

static int summarize(struct use_of_command *use)
{
        struct options *opt = &use->values->settings.opt;
        opt->paths = use->operands;
        opt->ship.into = use->settings->into;
        if (!opt->ship.into)
                return complain("say where the unit files go, as in 'pymemlint summarize -o units .'");
        if (!opt->paths.n)
                VEC_PUSH(use->arena, &opt->paths, ".");
        if (opt->ship.units && use->settings->shard)
                return complain("--units and --shard cannot both say what is read");
        if (opt->ship.self_contained && (opt->ship.units || opt->ship.stamp))
                return complain("--self-contained goes with --shard, not with --units and --stamp");
        if (!opt->ship.units && !shard_settle(use))
                return VERDICT_USAGE;
        if (!opt->ship.shard)
                opt->ship.shards = 0;
        return (int)pipeline_summarize(opt);
}

const struct command command_summarize = {
    .name = "summarize",
    .operands = "[PATH...] [-- CLANG ARGS]",
    .title = "read sources, or a part of them, into unit files for 'link'",
    .text =
        "Reads the C files that PATH names or holds as 'check' does, and writes what it saw into the folder "
        "DIR of -o: a unit file for each source, also for one that could not be read, and the plan of all of "
        "them, 'project.json'. 'pymemlint link DIR' does the rest.\n"
        "\n"
        "With --shard K/N the K-th of N parts of about equal cost is read; the parts may be read in any "
        "order, on any machines that see the same sources, and again. Without it the part is that of the job "
        "array: SLURM_ARRAY_TASK_ID of SLURM_ARRAY_TASK_COUNT, AWS_BATCH_JOB_ARRAY_INDEX of "
        "AWS_BATCH_JOB_ARRAY_SIZE, JOB_COMPLETION_INDEX of --shards. With --shards N the indexes run from 0 "
        "to N - 1, so that a single one of them can be run again.\n"
        "\n"
        "With --self-contained nothing is parsed: the part goes, with every header that it may read, into "
        "one file K-of-N.parcel in DIR. 'pymemlint summarize -o DIR FILE.parcel' makes the same unit files "
        "of it on a machine that has neither the sources nor a header.\n"
        "\n"
        "The status tells whether all files were written; 'link' tells which sources could not be read.",
    .groups = IN(GROUP_READ) | IN(GROUP_INTO) | IN(GROUP_SHARDS) | IN(GROUP_SHARD) | IN(GROUP_ENGINE) |
              IN(GROUP_RUN) | IN(GROUP_CACHE) | IN(GROUP_CONFIG),
    .configured = true,
    .run = summarize,
};
