/*
 * command.h: what a subcommand is. Each has a file of its own and one row in
 * commands.c; parsing, help, the man page and completions read these rows.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "settings.h"

/* One use of the program. */
struct use_of_command {
        struct arena *arena;
        const struct command *command;
        struct values *values;
        const struct settings *settings; /* values->settings */
        struct words operands;           /* what is no option, in front of "--" */
};

struct command {
        const char *name;
        const char *operands; /* as in the synopsis: "PATH... [-- CLANG ARGS]" */
        const char *title;    /* one line for the list of commands, without full stop */
        const char *text;     /* paragraphs for --help and the man page */
        unsigned groups;      /* the option groups it takes */
        bool configured;      /* reads configuration file and environment */
        const char *verbs;    /* its first operand must be one of "info|clean", or NULL */
        const char *passes;   /* what its status 0 says, NULL: that it is done */
        const char *fails;    /* what its status 1 says, NULL: it has none */
        bool incomplete;      /* it has the status 3 */
        int (*run)(struct use_of_command *use);
        bool here; /* the configuration of the current folder holds: operands are no sources */
        bool raw;  /* what follows the first operand is not ours to parse (capture) */
};

extern const struct command *const commands_all[]; /* ended by NULL */

/*
 * Runs the program: ARGV as from main(). Returns the exit status.
 */
int command_run(int argc, char **argv);

/* True when options of ROW's group belong to COMMAND. */
bool command_takes(const struct command *command, const struct option_row *row);

#endif
