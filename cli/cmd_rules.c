/* cmd_rules.c: `pymemlint rules`: the list of rules. */
#include "command.h"

#include <stdio.h>

static void put_json(const struct rule *rule, bool first)
{
        /* Codes, names and titles are ours: none holds a character that JSON would have to escape. */
        printf("%s\n  {\"code\": \"%s\", \"name\": \"%s\", \"category\": \"%s\", \"level\": \"%s\", "
               "\"precision\": \"%s\", \"default\": %s, \"title\": \"%s\"}",
               first ? "" : ",", rule->code, rule->name, category_name(rule->category),
               level_name(rule->level), precision_name(rule->precision), rule->off ? "false" : "true",
               rule->title);
}

static int list(struct use_of_command *use)
{
        if (use->settings->opt.table.html)
                return (int)pipeline_rule_pages(&use->settings->opt, use->settings->opt.table.html);
        const struct rule *const *rules = pipeline_rules(use->arena);
        bool json = use->settings->json;
        if (json)
                putchar('[');
        for (int i = 0; rules[i]; i++) {
                const struct rule *rule = rules[i];
                if (json)
                        put_json(rule, i == 0);
                else
                        printf("%s  %-27s %-10s %-8s %s%s\n", rule->code, rule->name,
                               category_name(rule->category), level_name(rule->level), rule->title,
                               rule->off ? " (off by default)" : "");
        }
        if (json)
                printf("\n]\n");
        return VERDICT_CLEAN;
}

const struct command command_rules = {
    .name = "rules",
    .operands = "",
    .title = "list the rules",
    .text = "Lists every rule with its code, name, category and level; with --html a page for each.",
    .groups = IN(GROUP_LIST) | IN(GROUP_PAGES),
    .run = list,
};
