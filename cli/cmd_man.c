/*
 * cmd_man.c: `pymemlint man`: the manual page as roff, from the same tables as
 * --help. The build runs it; nothing of it is kept in the tree.
 */
#include "command.h"
#include "help.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 60 }; /* escapes make lines longer */

/* One character; what roff would take for its own is made harmless. */
static void put_char(char c)
{
        static const char special[] = "\\-'", *const escaped[] = {"\\e", "\\-", "\\(aq"};
        const char *at = strchr(special, c);
        if (at && c)
                printf("%s", escaped[at - special]);
        else
                putchar(c);
}

/* TEXT in lines of moderate length; an empty line begins a paragraph. */
static void put(const char *text)
{
        int column = 0;
        while (*text) {
                int length = (int)strcspn(text, " \n");
                if (column && column + length >= WIDTH) {
                        putchar('\n');
                        column = 0;
                } else if (column) {
                        putchar(' ');
                }
                if (!column && *text == '.')
                        printf("\\&");
                for (int i = 0; i < length; i++)
                        put_char(text[i]);
                column += length + 1;
                text += length;
                if (!strncmp(text, "\n\n", 2))
                        printf("\n.PP\n");
                else if (*text == '\n')
                        putchar('\n');
                if (*text == '\n')
                        column = 0;
                text += strspn(text, " \n");
        }
}

static void put_option(struct arena *arena, const struct option_row *row)
{
        bool off = row->kind == OPTION_FLAG && !strcmp(row->initial, "yes");
        printf(".TP\n.B ");
        put(option_spelling(arena, row));
        putchar('\n');
        put(off ? arena_printf(arena, "Do not %s.\n", row->help)
                : arena_printf(arena, "%c%s.\n", toupper((unsigned char)*row->help), row->help + 1));
        if (row->initial && row->kind != OPTION_FLAG && strcmp(row->initial, "0"))
                put(arena_printf(arena, "Default: %s.\n", row->initial));
}

static void put_group(struct arena *arena, enum option_group group)
{
        struct out of = {.arena = arena};
        printf(".SS ");
        put(group_titles[group]);
        putchar('\n');
        for (int i = 0; commands_all[i]; i++)
                if (commands_all[i]->groups & IN(group))
                        out_format(&of, "%s%s", of.length ? ",\n" : "Of ", commands_all[i]->name);
        out_text(&of, ".\n");
        put(out_string(&of));
        for (const struct option_row *row = option_rows; row->name; row++)
                if (row->group == group)
                        put_option(arena, row);
}

/* Where they say more than those of the program. */
static void put_statuses(struct arena *arena, const struct command *command)
{
        printf(".PP\n");
        put(arena_printf(arena, "Exit status 0 (%s) or 1 (%s).\n", command->passes ? command->passes : "done",
                         command->fails));
}

static void put_commands(struct arena *arena)
{
        printf(".SH COMMANDS\n");
        for (int i = 0; commands_all[i]; i++) {
                printf(".SS ");
                put(commands_all[i]->name);
                if (*commands_all[i]->operands)
                        putchar(' ');
                put(commands_all[i]->operands);
                putchar('\n');
                put(commands_all[i]->text);
                putchar('\n');
                if (commands_all[i]->fails)
                        put_statuses(arena, commands_all[i]);
        }
}

static void put_options(struct arena *arena)
{
        printf(".SH OPTIONS\n");
        for (int group = 0; group < GROUP_COUNT; group++)
                put_group(arena, (enum option_group)group);
}

static void put_rules(struct arena *arena)
{
        const struct rule *const *rules = pipeline_rules(arena);
        printf(".SH RULES\n");
        for (; *rules; rules++) {
                printf(".TP\n.B ");
                put((*rules)->code);
                printf("\n");
                put(arena_printf(arena, "%s (%s, %s): %s.\n", (*rules)->name,
                                 category_name((*rules)->category), level_name((*rules)->level),
                                 (*rules)->title));
        }
}

static void put_exit_statuses(struct arena *arena)
{
        printf(".SH EXIT STATUS\n");
        for (int i = 0; exit_statuses[i]; i++) {
                printf(".TP\n.B %d\n", i);
                put(arena_printf(arena, "%c%s.\n", toupper((unsigned char)*exit_statuses[i]),
                                 exit_statuses[i] + 1));
        }
}

static int man(struct use_of_command *use)
{
        printf(".TH PYMEMLINT 1 %s \"pymemlint %s\" \"User Commands\"\n", PYMEMLINT_DATE, PYMEMLINT_VERSION);
        printf(".SH NAME\npymemlint \\- find allocator and GIL misuse in C extensions of Python\n");
        printf(".SH SYNOPSIS\n.B pymemlint\n.I COMMAND\n[OPTIONS] [ARGUMENTS]\n");
        printf(".SH DESCRIPTION\n");
        put("Reads the C sources of a Python extension as one program, follows memory and the GIL through "
            "all its functions, and reports memory that goes back to the wrong allocator, calls made without "
            "the GIL, and names that newer Pythons no longer have.\n");
        put_commands(use->arena);
        put_options(use->arena);
        put_exit_statuses(use->arena);
        put_rules(use->arena);
        printf(".SH FILES\n.TP\n.I pyproject.toml\nTable\n.B [tool.pymemlint]\nholds the settings of a "
               "project,\n"
               "with the long names of the options as keys.\n.TP\n.I pymemlint.toml\nThe same without the "
               "table.\n");
        printf(".SH ENVIRONMENT\n.TP\n.B PYMEMLINT_SELECT\nStands for\n.BR \\-\\-select ;\n"
               "every other option has a variable of its own in the same manner.\n"
               ".TP\n.BR NO_COLOR ,\\~ FORCE_COLOR\nAs everywhere.\n");
        return VERDICT_CLEAN;
}

const struct command command_man = {
    .name = "man",
    .operands = "",
    .title = "print the manual page",
    .text = "Prints the manual page as roff, for 'man -l'.",
    .run = man,
};
