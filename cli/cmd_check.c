/* cmd_check.c: `pymemlint check`, the main job. */
#include "command.h"
#include "message.h"

#include <string.h>

static int check(struct use_of_command *use)
{
        struct options *opt = &use->values->settings.opt;
        opt->paths = use->operands;
        if (!opt->paths.n)
                return complain("nothing to check: name a file or a folder, as in 'pymemlint check .'");
        if (use->settings->within) {
                for (int i = 0; i < use->operands.n; i++)
                        VEC_PUSH(use->arena, &opt->only, use->operands.at[i]);
                opt->paths = (struct words){0};
                VEC_PUSH(use->arena, &opt->paths, use->settings->within);
        }
        return (int)pipeline_check(opt);
}

const struct command command_check = {
    .name = "check",
    .operands = "PATH... [-- CLANG ARGS]",
    .title = "find what is wrong in files and folders of C",
    .text = "Reads the C files that PATH names or holds as one program, follows memory and the GIL "
            "through it, and reports what is wrong.\n"
            "\n"
            "Flags come from compile_commands.json, else they are derived from the interpreter and the "
            "includes of each file, else they stand behind '--'. The summary on the standard error tells "
            "which. The report goes to the standard output.",
    .groups = IN(GROUP_READ) | IN(GROUP_MODEL) | IN(GROUP_SELECT) | IN(GROUP_REPORT) | IN(GROUP_KNOWN) |
              IN(GROUP_COMPARE) | IN(GROUP_CHANGE) | IN(GROUP_MEND) | IN(GROUP_EXIT) | IN(GROUP_RUN) |
              IN(GROUP_CONFIG),
    .configured = true,
    .run = check,
};
