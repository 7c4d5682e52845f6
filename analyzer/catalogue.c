/*
 * catalogue.c: what can be said without a run: the rules and a rule's
 * page. See pipeline.h.
 */
#include "pipeline.h"

#include "report/html.h"

const struct rule *const *pipeline_rules(struct arena *arena)
{
        VEC(const struct rule *) rules = {0};
        for (int i = 0; rules_all[i]; i++)
                VEC_PUSH(arena, &rules, rules_all[i]);
        for (int i = 0; report_rules[i]; i++)
                VEC_PUSH(arena, &rules, report_rules[i]);
        VEC_PUSH(arena, &rules, NULL);
        return rules.at;
}

const char *pipeline_explain(struct arena *arena, const struct rule *rule)
{
        const char *comment = rule->check
                                  ? arena_printf(arena,
                                                 "    /* pymemlint: ignore[%s] why it is right here */\n\n"
                                                 "at the end of the line, 'ignore-next-line' above it, or ",
                                                 rule->name)
                                  : "";
        return arena_printf(arena,
                            "%s %s: %s\n%s, category %s, precision %s%s\n\n%s\nHow to suppress it\n\n"
                            "%s--ignore %s%s.\n",
                            rule->code, rule->name, rule->title, level_name(rule->level),
                            category_name(rule->category), precision_name(rule->precision),
                            rule->off ? ", off by default" : "", rule_plain(arena, rule), comment, rule->code,
                            rule->check ? "" : "; a comment does not");
}

enum verdict pipeline_rule_pages(const struct options *opt, const char *dir)
{
        struct arena *arena = arena_new();
        const char *error = NULL;
        bool good = html_rules(arena, pipeline_rules(arena), dir, &error);
        if (!good)
                opt->say(LEVEL_ERROR, error);
        arena_drop(arena);
        return good ? VERDICT_CLEAN : VERDICT_USAGE;
}
