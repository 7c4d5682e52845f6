/* help.c: see help.h. Everything is read from the tables; nothing is said twice. */
#include "help.h"

#include <stdio.h>
#include <string.h>

enum { WIDTH = 100, INDENT = 30 };

const char *const exit_statuses[] = {
    [VERDICT_CLEAN] = "done; no finding at or above --fail-on",
    [VERDICT_FINDINGS] = "findings, or what else a command calls a failure",
    [VERDICT_USAGE] = "wrong use or configuration, or a file that cannot be read or written",
    [VERDICT_INCOMPLETE] = "incomplete: a unit could not be analyzed, or too little of the sources; what "
                           "was found is still printed",
    NULL,
};

/* TEXT from column COLUMN on, broken at spaces before WIDTH, following lines indented. */
static void put_wrapped(const char *text, int column, int indent)
{
        while (*text) {
                size_t length = strcspn(text, " \n");
                if (column > indent && column + (int)length + 1 > WIDTH) {
                        printf("\n%*s", indent, "");
                        column = indent;
                } else if (column > indent) {
                        putchar(' ');
                        column++;
                }
                printf("%.*s", (int)length, text);
                column += (int)length;
                text += length;
                if (*text == '\n') {
                        printf("\n%*s", indent, "");
                        column = indent;
                }
                text += *text != 0;
        }
        putchar('\n');
}

/* NAME in the left column, TEXT in the right one. */
static void put_row(const char *name, const char *text)
{
        int used = printf("  %s", name);
        if (used + 2 > INDENT) {
                putchar('\n');
                used = 0;
        }
        printf("%*s", INDENT - used, "");
        put_wrapped(text, INDENT, INDENT);
}

const char *option_spelling(struct arena *arena, const struct option_row *row)
{
        const char *letter = row->letter ? arena_printf(arena, "-%c, ", row->letter) : "";
        const char *no = row->kind == OPTION_FLAG && !strcmp(row->initial, "yes") ? "no-" : "";
        return arena_printf(arena, "%s--%s%s%s%s", letter, no, row->name, row->meta ? " " : "",
                            row->meta ? row->meta : "");
}

static void put_option(struct arena *arena, const struct option_row *row)
{
        bool off = row->kind == OPTION_FLAG && !strcmp(row->initial, "yes");
        const char *text = off ? arena_printf(arena, "do not %s", row->help) : row->help;
        if (row->initial && row->kind != OPTION_FLAG && strcmp(row->initial, "0"))
                text = arena_printf(arena, "%s (default: %s)", text, row->initial);
        put_row(option_spelling(arena, row), text);
}

/* What STATUS says of COMMAND, NULL: of the program; NULL when it cannot come. */
static const char *status_text(const struct command *command, int status)
{
        if (command && status == VERDICT_CLEAN)
                return command->passes ? command->passes : "done";
        if (command && status == VERDICT_FINDINGS)
                return command->fails;
        if (command && status == VERDICT_INCOMPLETE && !command->incomplete)
                return NULL;
        return exit_statuses[status];
}

static void put_exit_statuses(const struct command *command)
{
        printf("\nExit status:\n");
        for (int status = 0; exit_statuses[status]; status++)
                if (status_text(command, status))
                        put_row((char[]){(char)('0' + status), 0}, status_text(command, status));
}

int help_command(const struct command *command)
{
        struct arena *arena = arena_new();
        printf("Usage: pymemlint %s%s%s%s\n\n", command->name, command->groups ? " [OPTIONS]" : "",
               *command->operands ? " " : "", command->operands);
        put_wrapped(command->text, 0, 0);
        int group = -1;
        for (const struct option_row *row = option_rows; row->name; row++) {
                if (!command_takes(command, row))
                        continue;
                if ((int)row->group != group)
                        printf("\n%s:\n", group_titles[row->group]);
                group = (int)row->group;
                put_option(arena, row);
        }
        if (!command->raw) /* else it is the other program's */
                put_exit_statuses(command);
        arena_drop(arena);
        return VERDICT_CLEAN;
}

static void put_commands(void)
{
        printf("Usage: pymemlint COMMAND [OPTIONS] [ARGUMENTS]\n\n"
               "Finds memory given back to the wrong allocator and calls made without the GIL\n"
               "in the C sources of Python extensions.\n\nCommands:\n");
        for (int i = 0; commands_all[i]; i++)
                put_row(commands_all[i]->name, commands_all[i]->title);
        printf("\n'pymemlint COMMAND --help' tells more of each.\n");
}

int help_program(void)
{
        put_commands();
        put_exit_statuses(NULL);
        return VERDICT_CLEAN;
}

int help_version(void)
{
        printf("pymemlint %s\n", PYMEMLINT_VERSION);
        return VERDICT_CLEAN;
}

int help_usage(void)
{
        fprintf(stderr, "usage: pymemlint COMMAND [OPTIONS] [ARGUMENTS]\n"
                        "       pymemlint check PATH...\n"
                        "       pymemlint --help\n");
        return VERDICT_USAGE;
}
