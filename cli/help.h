/*
 * help.h: what --help, --version and a bare call print. In: the tables of commands
 * and options. Out: text; a command that is added there is told of here.
 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "command.h"

/* Each prints to the standard output and returns the exit status. */
int help_program(void);
int help_version(void);
int help_command(const struct command *command);

/* A call without arguments: the short usage on the standard error, status 2. */
int help_usage(void);

/* "--color auto|always|never", "-j, --jobs N", "--no-cache": as ROW is written on a command line. */
const char *option_spelling(struct arena *arena, const struct option_row *row);

/* What each exit status of the program says, by its number, ended by NULL; for --help and the man page. */
extern const char *const exit_statuses[];

#endif
