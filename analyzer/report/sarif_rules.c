/*
 * sarif_rules.c: what the log says of the tool and of every rule that was run,
 * whether it found something or not, so that two logs differ in results only.
 * Nothing here depends on a finding.
 */
#include "report/sarif.h"

#include "report/view.h"

#include <string.h>

/* Validators insist on an address. This one belongs to nobody and never will (RFC 2606). */
#define NOWHERE "https://pymemlint.invalid/"
#define DESCRIPTION_LIMIT 1000 /* code scanning takes 1024 characters */

int sarif_rule_index(const struct sarif *sarif, const struct rule *rule)
{
        for (int i = 0; i < sarif->rules.n; i++)
                if (sarif->rules.at[i] == rule)
                        return i;
        return -1;
}

static void add_rule(struct sarif *sarif, const struct rule *rule)
{
        if (sarif_rule_index(sarif, rule) < 0)
                VEC_PUSH(sarif->arena, &sarif->rules, rule);
}

void sarif_collect_rules(struct sarif *sarif)
{
        for (int i = 0; sarif->report->rules[i]; i++)
                add_rule(sarif, sarif->report->rules[i]);
        for (int i = 0; report_rules[i]; i++)
                add_rule(sarif, report_rules[i]);
        for (int i = 0; i < sarif->report->found->list.n; i++)
                add_rule(sarif, sarif->report->found->list.at[i]->rule);
}

/* What the rule finds, on one line, cut behind a sentence when it is too long. */
static const char *full_description(struct arena *arena, const struct rule *rule)
{
        const char *section = doc_section(arena, rule, "What it finds");
        if (!section)
                return sentence_of(arena, rule->title);
        char *text = arena_printf(arena, "%s", doc_plain(arena, section));
        for (char *c = text; *c; c++)
                if (*c == '\n')
                        *c = ' ';
        size_t length = strlen(text);
        while (length > DESCRIPTION_LIMIT || (length && length < strlen(text) && text[length - 1] != '.'))
                length--;
        return sentence_of(arena, length ? arena_strndup(arena, text, length) : rule->title);
}

static const char *problem_severity(enum level level)
{
        return level == LEVEL_ERROR ? "error" : level == LEVEL_WARNING ? "warning" : "recommendation";
}

static void rule_properties(struct json *json, const struct rule *rule)
{
        static const char *const subjects[] = {"concurrency", "memory", "memory", "maintainability",
                                               "performance"};
        json_open(json, "properties", '{');
        json_text(json, "category", category_name(rule->category));
        json_text(json, "precision", precision_name(rule->precision));
        json_text(json, "problem.severity", problem_severity(rule->level));
        json_open(json, "tags", '[');
        json_text(json, NULL, category_name(rule->category));
        json_text(json, NULL, subjects[rule->category]);
        json_close(json);
        json_close(json);
}

/* A short form of every message of the rule; results carry the long one beside it. */
static void rule_message(struct sarif *sarif, const struct rule *rule)
{
        json_open(&sarif->json, "messageStrings", '{');
        sarif_message(sarif, "default",
                      arena_printf(sarif->arena, "%s in '{0}'.", clause_of(sarif->arena, rule->title)));
        json_close(&sarif->json);
}

static void rule_entry(struct sarif *sarif, const struct rule *rule)
{
        struct json *json = &sarif->json;
        json_open(json, NULL, '{');
        json_text(json, "id", rule->code);
        json_text(json, "name", rule_pascal_name(sarif->arena, rule));
        sarif_message(sarif, "shortDescription", sentence_of(sarif->arena, rule->title));
        sarif_message(sarif, "fullDescription", full_description(sarif->arena, rule));
        json_open(json, "help", '{');
        json_text(json, "text", rule_plain(sarif->arena, rule));
        json_text(json, "markdown", rule_markdown(sarif->arena, rule));
        json_close(json);
        const char *link = rule_link(sarif->report, rule);
        json_text(json, "helpUri", link ? link : NOWHERE);
        rule_message(sarif, rule);
        json_open(json, "defaultConfiguration", '{');
        if (rule->off)
                json_bool(json, "enabled", false);
        json_text(json, "level", level_name(rule->level));
        json_close(json);
        rule_properties(json, rule);
        json_close(json);
}

void sarif_tool(struct sarif *sarif)
{
        struct json *json = &sarif->json;
        const struct report *report = sarif->report;
        json_open(json, "tool", '{');
        json_open(json, "driver", '{');
        json_text(json, "name", "pymemlint");
        json_format(json, "fullName", "pymemlint %s", report->version);
        json_text(json, "version", report->version);
        json_text(json, "semanticVersion", report->version);
        json_text(json, "informationUri", report->pages ? report->pages : NOWHERE);
        json_open(json, "rules", '[');
        for (int i = 0; i < sarif->rules.n; i++)
                rule_entry(sarif, sarif->rules.at[i]);
        json_close(json);
        sarif_notification_kinds(sarif);
        json_close(json);
        json_close(json);
}
