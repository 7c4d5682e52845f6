/* cmd_explain.c: `pymemlint explain`: a rule, or a place in the sources. */
#include "command.h"
#include "message.h"
#include "nearest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct rule *find(const struct rule *const *rules, const char *word)
{
        for (; *rules; rules++)
                if (!strcasecmp((*rules)->code, word) || !strcasecmp((*rules)->name, word))
                        return *rules;
        return NULL;
}

static int unknown(struct arena *arena, const struct rule *const *rules, const char *word)
{
        struct words known = {0};
        for (; *rules; rules++) {
                VEC_PUSH(arena, &known, (*rules)->name);
                VEC_PUSH(arena, &known, (*rules)->code);
        }
        const char *hint = nearest_hint(arena, word, &known);
        return complain("unknown rule '%s'%s", word, *hint ? hint : "; 'pymemlint rules' lists them");
}

static int explain_rules(struct use_of_command *use)
{
        const struct rule *const *rules = pipeline_rules(use->arena);
        if (!use->operands.n)
                return complain("name a rule, or a place as in 'pymemlint explain --at src/buf.c:31'");
        for (int i = 0; i < use->operands.n; i++)
                if (!find(rules, use->operands.at[i]))
                        return unknown(use->arena, rules, use->operands.at[i]);
        for (int i = 0; i < use->operands.n; i++)
                printf("%s%s", i ? "\n" : "", pipeline_explain(use->arena, find(rules, use->operands.at[i])));
        return VERDICT_CLEAN;
}

/* FILE:LINE; the analysis reads the operands, or the file alone when there are none. */
static int explain_place(struct use_of_command *use, const char *at)
{
        const char *colon = strrchr(at, ':');
        char *end = NULL;
        unsigned long line = colon ? strtoul(colon + 1, &end, 10) : 0;
        if (!colon || colon == at || *end || !line || line > UINT32_MAX)
                return complain("--at: expected FILE:LINE, not '%s'", at);
        const char *file = arena_strndup(use->arena, at, (size_t)(colon - at));
        struct options *opt = &use->values->settings.opt;
        opt->paths = use->operands;
        if (!opt->paths.n)
                VEC_PUSH(use->arena, &opt->paths, file);
        opt->at_file = file;
        opt->at_line = (unsigned)line;
        return (int)pipeline_explain_at(opt);
}

static int explain(struct use_of_command *use)
{
        if (use->settings->at)
                return explain_place(use, use->settings->at);
        return explain_rules(use);
}

const struct command command_explain = {
    .name = "explain",
    .operands = "RULE... | --at FILE:LINE [PATH...]",
    .title = "tell why a rule is one, or what is known at a line",
    .text = "With RULE, a code or a name: what the rule finds, why it matters, wrong and right code, how to "
            "mend or suppress it.\n"
            "\n"
            "With --at: the lock states, blocks, assumptions and lost statements at one line of the program "
            "that PATH makes, so that the question why there is no finding has an answer.",
    .groups = IN(GROUP_EXPLAIN) | IN(GROUP_READ) | IN(GROUP_MODEL) | IN(GROUP_RUN) | IN(GROUP_CACHE) |
              IN(GROUP_CONFIG),
    .configured = true,
    .run = explain,
};
