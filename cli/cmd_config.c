/* cmd_config.c: `pymemlint config show`: what holds, and who said so. */
#include "command.h"
#include "message.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void put(struct use_of_command *use, const char *name, const char *value, const char *origin)
{
        printf("%s = %s", name, value);
        if (use->settings->origins)
                printf("  # %s", origin);
        putchar('\n');
}

/* The part of TEXT up to STOP, which TEXT is moved behind; all that is left when there is none. */
static const char *part(struct use_of_command *use, const char **text, const char *stop)
{
        size_t length = strcspn(*text, stop);
        const char *from = *text;
        *text += length + (from[length] != 0);
        return arena_strndup(use->arena, from, length);
}

/* "GLOB\tWORD\tORIGIN" and "ORIGIN\tNAME ATTRIBUTES\n", as config.c keeps them. */
static void put_tables(struct use_of_command *use)
{
        for (int i = 0; i < use->settings->per_file.n; i++) {
                const char *text = use->settings->per_file.at[i], *glob = part(use, &text, "\t");
                const char *word = part(use, &text, "\t");
                put(use, arena_printf(use->arena, "per-file-ignores.\"%s\"", glob), word, text);
        }
        for (int i = 0; i < use->settings->opt.functions.n; i++) {
                const char *text = use->settings->opt.functions.at[i], *origin = part(use, &text, "\t");
                const char *name = part(use, &text, " ");
                put(use, arena_printf(use->arena, "functions.%s", name), part(use, &text, "\n"), origin);
        }
}

static int show(struct use_of_command *use)
{
        if (use->operands.n > 1 && access(use->operands.at[1], F_OK))
                return complain("cannot find '%s': %s", use->operands.at[1], strerror(errno));
        for (const struct option_row *row = option_rows; row->name; row++) {
                if (!command_takes(use->command, row) || row->group == GROUP_ORIGINS)
                        continue;
                const char *text = values_text(use->values, row);
                struct option_origin origin = use->values->origins[row - option_rows];
                put(use, row->name, *text ? text : "(none)", origin.where ? origin.where : "default");
        }
        put_tables(use);
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
              IN(GROUP_PLAN) | IN(GROUP_MAP) | IN(GROUP_PAGES) | IN(GROUP_TABLE) | IN(GROUP_FAIL) |
              IN(GROUP_EXIT) | IN(GROUP_RUN) | IN(GROUP_CACHE) | IN(GROUP_CONFIG),
    .configured = true,
    .verbs = "show",
    .run = show,
};
