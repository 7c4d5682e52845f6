/* cmd_baseline.c: `pymemlint baseline`: findings that are known and accepted. */
#include "command.h"
#include "message.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool accept_all(const char *finding)
{
        (void)finding;
        return true;
}

static bool ask(const char *finding)
{
        fprintf(stderr, "%s\nTake it into the baseline? [y/N] ", finding);
        int answer = getchar(), c = answer;
        while (c != '\n' && c != EOF)
                c = getchar();
        return answer == 'y' || answer == 'Y';
}

static enum baseline_change change_of(const char *verb)
{
        if (!strcmp(verb, "create"))
                return BASELINE_CREATE;
        return strcmp(verb, "prune") ? BASELINE_UPDATE : BASELINE_PRUNE;
}

static int baseline(struct use_of_command *use)
{
        struct options *opt = &use->values->settings.opt;
        for (int i = 1; i < use->operands.n; i++)
                VEC_PUSH(use->arena, &opt->paths, use->operands.at[i]);
        if (!opt->baseline)
                opt->baseline = "pymemlint-baseline.json";
        if (!opt->paths.n)
                return complain(
                    "nothing to check: name a file or a folder, as in 'pymemlint baseline create .'");
        opt->baseline_is_made = !strcmp(use->operands.at[0], "create");
        if (use->settings->accept_new)
                opt->accept = accept_all;
        else if (isatty(STDIN_FILENO))
                opt->accept = ask;
        return (int)pipeline_baseline(opt, change_of(use->operands.at[0]));
}

const struct command command_baseline = {
    .name = "baseline",
    .operands = "create|prune|update PATH... [-- CLANG ARGS]",
    .title = "keep a list of known findings, so that only new ones count",
    .text =
        "'create' writes all findings of PATH to the baseline file, 'prune' removes entries that no longer "
        "match and never adds one, 'update' brings moved entries up to date and, with --accept-new, adds "
        "new findings. The file is --baseline, pymemlint-baseline.json by default; 'check --baseline FILE' "
        "leaves its findings out.",
    .groups = IN(GROUP_BASELINE) | IN(GROUP_READ) | IN(GROUP_MODEL) | IN(GROUP_SELECT) | IN(GROUP_KNOWN) |
              IN(GROUP_RUN) | IN(GROUP_CACHE) | IN(GROUP_CONFIG),
    .configured = true,
    .verbs = "create|prune|update",
    .incomplete = true,
    .run = baseline,
};
