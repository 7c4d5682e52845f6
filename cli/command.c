/*
 * command.c: from arguments to a running subcommand: finds it, parses, brings
 * the layers together, runs it. See command.h.
 */
#include "command.h"

#include "capture.h"
#include "config.h"
#include "help.h"
#include "message.h"
#include "nearest.h"
#include "parse.h"
#include "progress.h"
#include "select.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The command of this name, or NULL. */
static const struct command *command_find(const char *name)
{
        for (int i = 0; commands_all[i]; i++)
                if (!strcmp(commands_all[i]->name, name))
                        return commands_all[i];
        return NULL;
}

bool command_takes(const struct command *command, const struct option_row *row)
{
        return command->groups & IN(row->group);
}

static int unknown_command(struct arena *arena, const char *word)
{
        struct words names = {0};
        for (int i = 0; commands_all[i]; i++)
                VEC_PUSH(arena, &names, commands_all[i]->name);
        if (*word == '-')
                return complain("'%s' is no option of the program; options stand behind a command, see "
                                "'pymemlint --help'",
                                word);
        if (!access(word, F_OK))
                return complain("'%s' is no command; did you mean 'pymemlint check %s'?", word, word);
        const char *hint = nearest_hint(arena, word, &names);
        return complain("'%s' is no command%s", word, *hint ? hint : "; see 'pymemlint --help'");
}

static void say(enum level level, const char *text)
{
        if (level == LEVEL_ERROR)
                complain("%s", text);
        else if (level == LEVEL_WARNING)
                warn("%s", text);
        else
                remark("%s", text);
}

/* The command line is the last layer: it is parsed first and applied last. */
static bool apply(struct values *values, const struct parsed *parsed)
{
        for (int i = 0; i < parsed->options.n; i++) {
                const struct said *said = &parsed->options.at[i];
                struct option_origin origin = {LAYER_COMMAND, "the command line"};
                const char *wrong = values_set(values, said->row, said->text, ".", origin);
                if (wrong) {
                        complain("--%s: %s", said->row->name, wrong);
                        return false;
                }
        }
        return true;
}

static bool check_verb(struct arena *arena, const struct command *command, const struct words *operands)
{
        if (!command->verbs)
                return true;
        struct option_row verbs = {.meta = command->verbs};
        struct words known = option_choices(arena, &verbs);
        for (int i = 0; operands->n && i < known.n; i++)
                if (!strcmp(operands->at[0], known.at[i]))
                        return true;
        const char *usage = arena_printf(arena, "usage: pymemlint %s %s", command->name, command->operands);
        const char *hint = operands->n ? nearest_hint(arena, operands->at[0], &known) : "";
        if (!operands->n)
                complain("%s", usage);
        else if (*hint)
                complain("'%s' cannot '%s'%s", command->name, operands->at[0], hint);
        else
                complain("'%s' cannot '%s'; %s", command->name, operands->at[0], usage);
        return false;
}

/* What a command has no use for is a mistake that it must not swallow. */
static bool check_count(const struct command *command, const struct words *operands)
{
        int most = *command->operands != 0;
        if (command->raw || strstr(command->operands, "..."))
                return true;
        for (const char *c = command->operands; (c = strchr(c, ' ')); c++)
                most++;
        if (operands->n > most)
                complain("'%s' has no use for '%s'; usage: pymemlint %s%s%s", command->name,
                         operands->at[most], command->name, *command->operands ? " " : "", command->operands);
        return operands->n <= most;
}

/* Every FORMAT=FILE, then FORMAT on the standard output: whoever reads that may go before its end. */
static void list_outputs(struct values *values)
{
        struct settings *settings = &values->settings;
        for (int i = 0; i < settings->output.n; i++) {
                const char *text = settings->output.at[i], *equal = strchr(text, '=');
                struct output output = {arena_strndup(values->arena, text, (size_t)(equal - text)),
                                        equal + 1};
                VEC_PUSH(values->arena, &settings->opt.outputs, output);
        }
        VEC_PUSH(values->arena, &settings->opt.outputs, (struct output){settings->format, NULL});
}

/* Settings from all layers; false after a message. */
static bool settle(struct use_of_command *use, const struct parsed *parsed)
{
        struct values *values = use->values;
        struct parsed where = *parsed;
        if (use->command->here)
                where.operands.n = 0;
        else if (use->command->verbs) /* the verb is no source either */
                where.operands = (struct words){where.operands.at + 1, where.operands.n - 1, 0};
        if (use->command->configured && !config_apply(values, &where))
                return false;
        if (!apply(values, parsed))
                return false;
        list_outputs(values);
        values->settings.opt.say = say;
        values->settings.opt.clang_args = parsed->rest;
        values->settings.opt.clang_args_given = parsed->has_rest;
        version min = values->settings.opt.python_min, max = values->settings.opt.python_max;
        if (min && max && min > max) {
                complain("--python-min is newer than --python-max");
                return false;
        }
        return !use->command->configured || select_rules(values);
}

static int run(struct arena *arena, const struct command *command, int argc, char **argv)
{
        struct parsed parsed;
        struct use_of_command use = {.arena = arena, .command = command, .values = values_new(arena)};
        if (!parse_arguments(arena, command, argc, argv, &parsed))
                return VERDICT_USAGE;
        if (parsed.help)
                return help_command(command);
        if (!check_verb(arena, command, &parsed.operands) || !check_count(command, &parsed.operands) ||
            !settle(&use, &parsed))
                return VERDICT_USAGE;
        use.operands = parsed.operands;
        use.settings = &use.values->settings;
        progress_watch(arena, &use.values->settings.opt);
        return command->run(&use);
}

/* The status of a command; that of a wrong use when its words did not get out. */
static int printed(int status)
{
        if ((!fflush(stdout) && !ferror(stdout)) || status == VERDICT_USAGE)
                return status;
        return complain("cannot write to the standard output: %s", strerror(errno));
}

int command_run(int argc, char **argv)
{
        if (argc && is_compiler_name(path_base(argv[0])))
                return capture_compiler(argc, argv);
        struct arena *arena = arena_new();
        const char *word = argc > 1 ? argv[1] : "";
        const struct command *command = command_find(word);
        int status;
        if (command)
                status = run(arena, command, argc - 1, argv + 1);
        else if (argc < 2)
                status = help_usage();
        else if (!strcmp(word, "--help") || !strcmp(word, "-h"))
                status = help_program();
        else if (!strcmp(word, "--version") || !strcmp(word, "-V"))
                status = help_version();
        else
                status = unknown_command(arena, word);
        status = printed(status);
        arena_drop(arena);
        return status;
}
