/*
 * cmd_completion.c: `pymemlint completion`: scripts for shells, from the
 * option table.
 */
#include "command.h"

#include <stdio.h>
#include <string.h>

/* The words that may follow an option, space-separated; "" when it takes a file or anything. */
static const char *words_of(struct arena *arena, const struct option_row *row)
{
        if (row->kind != OPTION_CHOICE && row->kind != OPTION_WORD)
                return "";
        char *words = arena_strndup(arena, row->meta, strlen(row->meta));
        for (char *c = words; *c; c++)
                if (*c == '|')
                        *c = ' ';
        return words;
}

static bool default_on(const struct option_row *row)
{
        return row->kind == OPTION_FLAG && !strcmp(row->initial, "yes");
}

static void put_names(const char *separator)
{
        for (int i = 0; commands_all[i]; i++)
                printf("%s%s", i ? separator : "", commands_all[i]->name);
}

static void bash_options(const struct command *command)
{
        printf("        %s) words=\"--help", command->name);
        for (const struct option_row *row = option_rows; row->name; row++)
                if (command_takes(command, row))
                        printf(" --%s%s", default_on(row) ? "no-" : "", row->name);
        if (command->verbs) {
                putchar(' ');
                for (const char *c = command->verbs; *c; c++)
                        putchar(*c == '|' ? ' ' : *c);
        }
        printf("\" ;;\n");
}

static void put_bash(struct arena *arena)
{
        printf("_pymemlint()\n{\n    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} "
               "words=\n"
               "    case $before in\n");
        for (const struct option_row *row = option_rows; row->name; row++)
                if (*words_of(arena, row))
                        printf("        --%s) COMPREPLY=($(compgen -W \"%s\" -- \"$word\")); return ;;\n",
                               row->name, words_of(arena, row));
        printf(
            "        --select|--ignore|--extend-select|explain)\n"
            "            COMPREPLY=($(compgen -W \"$(pymemlint rules 2>/dev/null | awk '{print $1, $2}')\" "
            "-- \"$word\")); return ;;\n    esac\n"
            "    case ${COMP_WORDS[1]} in\n");
        for (int i = 0; commands_all[i]; i++)
                bash_options(commands_all[i]);
        printf("    esac\n    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        words=\"--help --version ");
        put_names(" ");
        printf("\"\n    fi\n    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
               "    if [ \"${word#-}\" = \"$word\" ]; then COMPREPLY+=($(compgen -f -- \"$word\")); fi\n}\n"
               "complete -o filenames -F _pymemlint pymemlint\n");
}

/* Single quotes and brackets end a description of zsh's _arguments. */
static void put_plain(const char *text)
{
        for (; *text; text++)
                putchar(strchr("'[]:`$\\\"", *text) ? ' ' : *text);
}

static void zsh_options(struct arena *arena, const struct command *command)
{
        printf("        %s) _arguments -s '--help[print help]'", command->name);
        for (const struct option_row *row = option_rows; row->name; row++) {
                if (!command_takes(command, row))
                        continue;
                bool path =
                    row->kind == OPTION_PATH || row->kind == OPTION_PATHS || row->kind == OPTION_OUTPUT;
                printf(" \\\n            '--%s%s%s[", default_on(row) ? "no-" : "", row->name,
                       row->kind == OPTION_FLAG ? "" : "=");
                put_plain(row->help);
                putchar(']');
                if (row->kind != OPTION_FLAG)
                        printf(": :%s", path ? "_files" : "");
                if (*words_of(arena, row))
                        printf("(%s)", words_of(arena, row));
                putchar('\'');
        }
        printf(" \\\n            '*: :_files' ;;\n");
}

static void put_zsh(struct arena *arena)
{
        printf(
            "#compdef pymemlint\n_pymemlint() {\n    if (( CURRENT == 2 )); then\n        local -a commands\n"
            "        commands=(");
        for (int i = 0; commands_all[i]; i++) {
                printf(" '%s:", commands_all[i]->name);
                put_plain(commands_all[i]->title);
                putchar('\'');
        }
        printf(")\n        _describe command commands\n        return\n    fi\n"
               "    local command=$words[2]\n    shift words\n    (( CURRENT-- ))\n    case $command in\n");
        for (int i = 0; commands_all[i]; i++)
                zsh_options(arena, commands_all[i]);
        printf("    esac\n}\n_pymemlint \"$@\"\n");
}

static void put_fish(struct arena *arena)
{
        for (int i = 0; commands_all[i]; i++) {
                const struct command *command = commands_all[i];
                printf("complete -c pymemlint -n __fish_use_subcommand -a %s -d '", command->name);
                put_plain(command->title);
                printf("'\n");
                for (const struct option_row *row = option_rows; row->name; row++) {
                        if (!command_takes(command, row))
                                continue;
                        printf("complete -c pymemlint -n '__fish_seen_subcommand_from %s' -l %s%s",
                               command->name, default_on(row) ? "no-" : "", row->name);
                        if (row->letter)
                                printf(" -s %c", row->letter);
                        if (row->kind != OPTION_FLAG)
                                printf(" -r");
                        if (*words_of(arena, row))
                                printf(" -f -a '%s'", words_of(arena, row));
                        printf(" -d '");
                        put_plain(row->help);
                        printf("'\n");
                }
        }
}

static int completion(struct use_of_command *use)
{
        const char *shell = use->operands.at[0];
        if (!strcmp(shell, "bash"))
                put_bash(use->arena);
        else if (!strcmp(shell, "zsh"))
                put_zsh(use->arena);
        else
                put_fish(use->arena);
        return VERDICT_CLEAN;
}

const struct command command_completion = {
    .name = "completion",
    .operands = "bash|zsh|fish",
    .title = "print the completions for a shell",
    .text = "Prints a script that completes commands, options and rules in the given shell.",
    .verbs = "bash|zsh|fish",
    .run = completion,
};
