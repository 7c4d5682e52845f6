/*
 * cmd_check.c: `pymemlint check`, the main job. Brings the standard input and
 * --within into the options; what is found, and what becomes of it, is
 * pipeline_check's.
 */
#include "command.h"
#include "message.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STDIN_LIMIT ((size_t)256 << 20)

/* The standard input in place of the file it is said to be. */
static const char *take_stdin(struct use_of_command *use, struct options *opt, const char *file)
{
        struct edited *edited = NEW(use->arena, struct edited);
        struct out text = {.arena = use->arena};
        char chunk[1 << 16], real[PATH_MAX];
        if (opt->fix || opt->add_suppressions)
                return "--stdin-filename goes with --diff: the standard input is no file that could be "
                       "changed";
        if (!realpath(file, real))
                return arena_printf(use->arena, "--stdin-filename: cannot find '%s': %s", file,
                                    strerror(errno));
        for (size_t n; (n = fread(chunk, 1, sizeof chunk, stdin)) > 0 && text.length < STDIN_LIMIT;)
                out_bytes(&text, chunk, n);
        if (ferror(stdin) || text.length >= STDIN_LIMIT)
                return "cannot read the standard input";
        const char *path = arena_strndup(use->arena, real, strlen(real));
        *edited = (struct edited){.path = path, .text = out_string(&text), .length = text.length};
        opt->edited = edited;
        VEC_PUSH(use->arena, &opt->only, path);
        return NULL;
}

/* A mistyped name would leave out every finding and pass for a clean tree. */
static const char *missing(const struct options *opt)
{
        for (int i = 0; i < opt->only.n; i++)
                if (access(opt->only.at[i], F_OK))
                        return opt->only.at[i];
        return NULL;
}

static int check(struct use_of_command *use)
{
        struct options *opt = &use->values->settings.opt;
        opt->paths = use->operands;
        if (use->settings->stdin_is) {
                /* "-" is how others ask for the standard input */
                opt->paths.n = 0;
                for (int i = 0; i < use->operands.n; i++)
                        if (strcmp(use->operands.at[i], "-"))
                                opt->paths.at[opt->paths.n++] = use->operands.at[i];
                const char *wrong = take_stdin(use, opt, use->settings->stdin_is);
                if (wrong)
                        return complain("%s", wrong);
                if (!opt->paths.n)
                        VEC_PUSH(use->arena, &opt->paths, use->settings->stdin_is);
        }
        if (!opt->paths.n)
                return complain("nothing to check: name a file or a folder, as in 'pymemlint check .'");
        if (!folder_is_there("within", use->settings->within))
                return VERDICT_USAGE;
        if (use->settings->within) {
                for (int i = 0; i < use->operands.n; i++)
                        VEC_PUSH(use->arena, &opt->only, use->operands.at[i]);
                opt->paths = (struct words){0};
                VEC_PUSH(use->arena, &opt->paths, use->settings->within);
        }
        if (missing(opt))
                return complain("cannot find '%s', in which alone findings are to be reported: %s",
                                missing(opt), strerror(errno));
        return (int)pipeline_check(opt);
}

const struct command command_check = {
    .name = "check",
    .operands = "PATH... [-- CLANG ARGS]",
    .title = "find what is wrong in files and folders of C",
    .text = "Reads the C files that PATH names or holds as one program, follows memory and the GIL "
            "through it, and reports what is wrong.\n"
            "\n"
            "Flags come from compile_commands.json, else they are derived from the interpreter and the "
            "includes of each file, else they stand behind '--'. The summary on the standard error tells "
            "which. The report goes to the standard output.",
    .groups = IN(GROUP_READ) | IN(GROUP_MODEL) | IN(GROUP_SELECT) | IN(GROUP_REPORT) | IN(GROUP_KNOWN) |
              IN(GROUP_COMPARE) | IN(GROUP_CHANGE) | IN(GROUP_MEND) | IN(GROUP_FAIL) | IN(GROUP_EXIT) |
              IN(GROUP_RUN) | IN(GROUP_CACHE) | IN(GROUP_CONFIG),
    .configured = true,
    .passes = "no finding at or above --fail-on",
    .fails = "findings at or above --fail-on",
    .incomplete = true,
    .run = check,
};
