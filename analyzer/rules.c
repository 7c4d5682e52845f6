/*
 * rules.c: the list of rules, made from the files of rules/, and what can be
 * said of a rule without running it.
 */
#include "rule.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#define RULE(name) extern const struct rule name;
#include "rules.def"
#undef RULE

const struct rule *const rules_all[] = {
#define RULE(name) &name,
#include "rules.def"
#undef RULE
    NULL,
};

const struct rule *rule_find(const char *word)
{
        for (int i = 0; rules_all[i]; i++)
                if (!strcmp(rules_all[i]->code, word) || !strcmp(rules_all[i]->name, word))
                        return rules_all[i];
        return NULL;
}

const char *category_name(enum category category)
{
        static const char *const names[] = {"gil", "family", "lifetime", "deprecated", "advice"};
        return names[category];
}

const char *level_name(enum level level)
{
        static const char *const names[] = {"note", "warning", "error"};
        return names[level];
}

const char *precision_name(enum precision precision)
{
        static const char *const names[] = {"medium", "high", "very-high"};
        return names[precision];
}

const char *rule_pascal_name(struct arena *arena, const struct rule *rule)
{
        char *name = arena_strndup(arena, rule->name, strlen(rule->name)), *to = name;
        bool upper = true;
        for (const char *from = rule->name; *from; from++) {
                if (*from != '-')
                        *to++ = upper ? (char)toupper((unsigned char)*from) : *from;
                upper = *from == '-';
        }
        *to = 0;
        return name;
}

struct finding *finding_add(struct findings *out, const struct rule *rule, struct where at, sym func,
                            const struct step *because, const char *format, ...)
{
        struct finding *finding = NEW(out->arena, struct finding);
        va_list args;
        va_start(args, format);
        finding->said = arena_vprintf(out->arena, format, args);
        va_end(args);
        finding->rule = rule;
        finding->at = at;
        finding->func = func;
        finding->because = because;
        finding->confidence = CONFIDENCE_HIGH;
        VEC_PUSH(out->arena, &out->list, finding);
        return finding;
}

void finding_fix(struct findings *out, struct finding *finding, bool safe, struct where at, const char *text,
                 const char *format, ...)
{
        struct fix fix = {.safe = safe};
        va_list args;
        va_start(args, format);
        fix.said = arena_vprintf(out->arena, format, args);
        va_end(args);
        VEC_PUSH(out->arena, &fix.edits, (struct edit){.at = at, .text = text});
        VEC_PUSH(out->arena, &finding->fixes, fix);
}
