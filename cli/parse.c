/* parse.c: see parse.h. getopt_long(3) over the option table. */
#include "parse.h"

#include "message.h"
#include "nearest.h"

#include <getopt.h>
#include <string.h>

/* getopt_long answers ROW_BASE + 2 * number of the row, plus one for the "no-" form. */
enum { ROW_BASE = 1000, HELP = 999 };

/* What getopt_long wants to know, made from the rows that COMMAND takes. */
struct tables {
        VEC(struct option) longs;
        struct out shorts;
        struct words names; /* for suggestions */
};

static void add_long(struct arena *arena, struct tables *tables, const char *name, int argument, int answer)
{
        VEC_PUSH(arena, &tables->longs, (struct option){name, argument, NULL, answer});
        VEC_PUSH(arena, &tables->names, arena_printf(arena, "--%s", name));
}

static void add_row(struct arena *arena, struct tables *tables, const struct option_row *row)
{
        int answer = ROW_BASE + 2 * (int)(row - option_rows);
        bool flag = row->kind == OPTION_FLAG;
        add_long(arena, tables, row->name, flag ? optional_argument : required_argument, answer);
        if (flag)
                add_long(arena, tables, arena_printf(arena, "no-%s", row->name), no_argument, answer + 1);
        if (row->letter)
                out_format(&tables->shorts, "%c%s", row->letter, flag ? "" : ":");
}

static struct tables tables_for(struct arena *arena, const struct command *command)
{
        struct tables tables = {.shorts = {.arena = arena}};
        /*
         * "+": the options of another program that is run are not ours. ":": a missing
         * value is told apart.
         */
        out_text(&tables.shorts, command->raw ? "+:h" : ":h");
        add_long(arena, &tables, "help", no_argument, HELP);
        for (const struct option_row *row = option_rows; row->name; row++)
                if (command_takes(command, row))
                        add_row(arena, &tables, row);
        VEC_PUSH(arena, &tables.longs, (struct option){NULL, 0, NULL, 0});
        return tables;
}

static const struct option_row *row_of_letter(int letter)
{
        for (const struct option_row *row = option_rows; row->name; row++)
                if (row->letter == letter)
                        return row;
        return NULL;
}

/* An argument that getopt_long did not take: say which, and what was meant. */
static bool refuse(struct arena *arena, const struct command *command, struct tables *tables,
                   const char *argument)
{
        size_t length = strcspn(argument, "=");
        const char *name = arena_strndup(arena, argument, length);
        if (strncmp(argument, "--", 2))
                complain("'%s' has no option '-%c'", command->name, optopt);
        else if (optopt >= HELP)
                complain("the option '%s' takes no value", name);
        else
                complain("'%s' has no option '%s'%s", command->name, name,
                         nearest_hint(arena, name, &tables->names));
        return false;
}

static bool take(struct arena *arena, int answer, struct parsed *out)
{
        const struct option_row *row;
        const char *text = optarg;
        if (answer >= ROW_BASE) {
                row = &option_rows[(answer - ROW_BASE) / 2];
                if ((answer - ROW_BASE) % 2)
                        text = "no";
        } else {
                row = row_of_letter(answer);
        }
        if (!row)
                return false;
        VEC_PUSH(arena, &out->options, (struct said){row, text ? text : "yes"});
        return true;
}

/* Where "--" stands, else ARGC. A command that runs another one leaves it to getopt_long. */
static int end_of_options(const struct command *command, int argc, char **argv)
{
        for (int i = 1; i < argc && !command->raw; i++)
                if (!strcmp(argv[i], "--"))
                        return i;
        return argc;
}

bool parse_arguments(struct arena *arena, const struct command *command, int argc, char **argv,
                     struct parsed *out)
{
        struct tables tables = tables_for(arena, command);
        int end = end_of_options(command, argc, argv), answer;
        *out = (struct parsed){.has_rest = end < argc};
        for (int i = end + 1; i < argc; i++)
                VEC_PUSH(arena, &out->rest, argv[i]);
        optind = 0; /* glibc: start anew */
        opterr = 0;
        while ((answer = getopt_long(end, argv, out_string(&tables.shorts), tables.longs.at, NULL)) != -1) {
                if (answer == 'h' || answer == HELP)
                        return out->help = true;
                if (answer == ':') {
                        complain("the option '%s' needs a value", argv[optind - 1]);
                        return false;
                }
                if (answer == '?' || !take(arena, answer, out))
                        return refuse(arena, command, &tables, argv[optind - 1]);
        }
        for (int i = optind; i < end; i++)
                VEC_PUSH(arena, &out->operands, argv[i]);
        return true;
}
