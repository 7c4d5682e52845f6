/* cmd_config.c: `pymemlint config show`: what holds, and who said so. */
#include "command.h"
#include "message.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int show(struct use_of_command *use)
{
        if (use->operands.n > 1 && access(use->operands.at[1], F_OK))
                return complain("cannot find '%s': %s", use->operands.at[1], strerror(errno));
        for (const struct option_row *row = option_rows; row->name; row++) {
                if (!(IN(row->group) & command_find("check")->groups))
                        continue;
                const char *text = values_text(use->values, row);
                struct option_origin origin = use->values->origins[row - option_rows];
                printf("%s = %s", row->name, *text ? text : "(none)");
                if (use->settings->origins)
                        printf("  # %s", origin.where ? origin.where : "default");
                putchar('\n');
        }
        for (int i = 0; i < use->settings->per_file.n; i++)
                printf("per-file-ignores: %s\n", use->settings->per_file.at[i]);
        for (int i = 0; i < use->settings->opt.functions.n; i++)
                printf("functions: %s", use->settings->opt.functions.at[i]);
        return VERDICT_CLEAN;
}

const struct command command_config = {
    .name = "config",
    .operands = "show [PATH]",
    .title = "show the settings that hold here",
    .text = "Prints every setting as the configuration file, the environment and this command line make it.\n"
            "\n"
            "The file is the nearest pymemlint.toml, or pyproject.toml with a [tool.pymemlint] table, from "
            "PATH or here upwards to the root of the repository. The environment sets an option as in "
            "PYMEMLINT_SELECT; the command line wins over the environment, the environment over the file.",
    .groups = IN(GROUP_ORIGINS) | IN(GROUP_READ) | IN(GROUP_MODEL) | IN(GROUP_SELECT) | IN(GROUP_REPORT) |
              IN(GROUP_KNOWN) | IN(GROUP_COMPARE) | IN(GROUP_CHANGE) | IN(GROUP_MEND) | IN(GROUP_CENSUS) |
              IN(GROUP_PLAN) | IN(GROUP_MAP) | IN(GROUP_TABLE) | IN(GROUP_FAIL) | IN(GROUP_EXIT) |
              IN(GROUP_RUN) | IN(GROUP_CACHE) | IN(GROUP_CONFIG),
    .configured = true,
    .verbs = "show",
    .run = show,
};
