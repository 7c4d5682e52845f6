/* cmd_emit.c: `pymemlint emit`: a check as a graph of commands for a build engine. */
#include "command.h"
#include "message.h"
#include "shard.h"

static int emit(struct use_of_command *use)
{
        struct options *opt = &use->values->settings.opt;
        opt->ship.engine = use->operands.at[0]; /* one of the verbs */
        opt->ship.into = use->settings->into;
        if (!opt->ship.into)
                return complain("say where the graph goes, as in 'pymemlint emit ninja -o graph .'");
        opt->ship.summarize =
            said_again(use, IN(GROUP_READ) | IN(GROUP_RUN) | IN(GROUP_CACHE) | IN(GROUP_CONFIG));
        opt->ship.link = said_again(use, IN(GROUP_MODEL) | IN(GROUP_SELECT) | IN(GROUP_CONFIG));
        for (int i = 1; i < use->operands.n; i++)
                VEC_PUSH(use->arena, &opt->paths, use->operands.at[i]);
        if (!opt->paths.n)
                VEC_PUSH(use->arena, &opt->paths, ".");
        if (!opt->jobs) /* the engine keeps the processors busy */
                VEC_PUSH(use->arena, &opt->ship.summarize, "--jobs=1");
        return (int)pipeline_emit(opt);
}

const struct command command_emit = {
    .name = "emit",
    .operands = "ninja|make|list [PATH...] [-- CLANG ARGS]",
    .title = "write the commands of a check in parts for ninja, make or any other engine",
    .text = "Writes into the folder DIR of -o how the sources are read in --shards parts and linked: "
            "'build.ninja', a 'Makefile', or 'commands' with one part a line and 'link' for the end. The "
            "report is written to DIR/report.sarif. After a change of a source or header ninja and make "
            "read its part again, and the cache the changed source alone.\n"
            "\n"
            "Write it again when sources were added or removed; the link names them until then. PYMEMLINT "
            "in the environment of a command names the program where it lies elsewhere.",
    .groups = IN(GROUP_READ) | IN(GROUP_INTO) | IN(GROUP_SHARDS) | IN(GROUP_MODEL) | IN(GROUP_SELECT) |
              IN(GROUP_RUN) | IN(GROUP_CACHE) | IN(GROUP_CONFIG),
    .configured = true,
    .here = true,
    .verbs = "ninja|make|list",
    .run = emit,
};
