/*
 * parse.h: the command line into what was said, in order. In: arguments. Out:
 * options with their texts, operands, what stands behind "--". Knows no
 * meaning of any option; values are checked by settings.c.
 */
#ifndef CLI_PARSE_H
#define CLI_PARSE_H

#include "command.h"

struct said {
        const struct option_row *row;
        const char *text;
};

struct parsed {
        VEC(struct said) options;
        struct words operands, rest;
        bool has_rest; /* "--" was there */
        bool help;
};

/* Parses ARGV[1..] as the arguments of COMMAND. False after a message. */
bool parse_arguments(struct arena *arena, const struct command *command, int argc, char **argv,
                     struct parsed *out);

#endif
