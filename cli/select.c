/* select.c: see select.h. The more exact word wins; of two equal ones --ignore does. */
#include "select.h"

#include "message.h"
#include "nearest.h"

#include <string.h>
#include <strings.h>

int rule_fits(const struct rule *rule, const char *word)
{
        size_t length = strlen(word);
        if (!strcasecmp(word, rule->code) || !strcasecmp(word, rule->name))
                return 100;
        if (length >= 3 && !strncasecmp(word, rule->code, length))
                return (int)length;
        if (!strcasecmp(word, category_name(rule->category)))
                return 2;
        return !strcasecmp(word, "all");
}

static int best_fit(const struct rule *rule, const struct words *words)
{
        int best = 0;
        for (int i = 0; i < words->n; i++) {
                int fit = rule_fits(rule, words->at[i]);
                best = fit > best ? fit : best;
        }
        return best;
}

static bool chosen(const struct rule *rule, const struct settings *settings)
{
        int more = best_fit(rule, &settings->extend_select), less = best_fit(rule, &settings->ignore);
        int base = best_fit(rule, &settings->select);
        /* What is about comments and the baseline is not what somebody selects. */
        bool by_default = (!settings->select.n || !rule->check) && !rule->off;
        base = base > more ? base : more;
        return base > less || (by_default && !less);
}

/* All words that mean something, for suggestions. */
static struct words known_words(struct arena *arena, const struct rule *const *rules)
{
        struct words words = {0};
        for (int c = CATEGORY_GIL; c <= CATEGORY_ADVICE; c++)
                VEC_PUSH(arena, &words, category_name((enum category)c));
        for (; *rules; rules++) {
                VEC_PUSH(arena, &words, (*rules)->name);
                VEC_PUSH(arena, &words, (*rules)->code);
        }
        return words;
}

static bool check_word(struct arena *arena, const struct rule *const *rules, const char *word,
                       const char *where)
{
        for (int i = 0; rules[i]; i++)
                if (rule_fits(rules[i], word))
                        return true;
        /* A category that has no rule yet is no mistake. */
        for (int c = CATEGORY_GIL; c <= CATEGORY_ADVICE; c++)
                if (!strcasecmp(word, category_name((enum category)c)))
                        return true;
        struct words known = known_words(arena, rules);
        const char *hint = nearest_hint(arena, word, &known);
        complain("unknown rule '%s' in %s%s", word, where, *hint ? hint : "; 'pymemlint rules' lists them");
        return false;
}

/* Checks the words of one option. */
static bool check_words(const struct values *values, const struct rule *const *rules, const char *option,
                        const struct words *words)
{
        bool good = true;
        struct option_origin origin = values->origins[option_find(option) - option_rows];
        for (int i = 0; i < words->n; i++) {
                const char *where = arena_printf(values->arena, "--%s", option);
                if (origin.layer != LAYER_COMMAND)
                        where = arena_printf(values->arena, "%s", origin.where ? origin.where : "");
                good &= check_word(values->arena, rules, words->at[i], where);
        }
        return good;
}

/* "GLOB\tWORD\tORIGIN" into one entry for each rule that the word names. */
static bool add_per_file(struct values *values, const struct rule *const *rules, const char *entry)
{
        size_t glob = strcspn(entry, "\t"), word = strcspn(entry + glob + 1, "\t");
        const char *origin = entry + glob + word + 2;
        struct ignore_rule ignored = {
            .glob = arena_strndup(values->arena, entry, glob),
            .origin = origin,
        };
        const char *text = arena_strndup(values->arena, entry + glob + 1, word);
        if (!check_word(values->arena, rules, text, origin))
                return false;
        for (int i = 0; rules[i]; i++)
                if (rule_fits(rules[i], text)) {
                        ignored.rule = rules[i];
                        VEC_PUSH(values->arena, &values->settings.opt.per_file_ignores, ignored);
                }
        return true;
}

bool select_rules(struct values *values)
{
        struct settings *settings = &values->settings;
        const struct rule *const *rules = pipeline_rules(values->arena);
        VEC(const struct rule *) out = {0};
        bool good = check_words(values, rules, "select", &settings->select);
        good &= check_words(values, rules, "extend-select", &settings->extend_select);
        good &= check_words(values, rules, "ignore", &settings->ignore);
        for (int i = 0; i < settings->per_file.n; i++)
                good &= add_per_file(values, rules, settings->per_file.at[i]);
        for (int i = 0; rules[i]; i++)
                if (chosen(rules[i], settings))
                        VEC_PUSH(values->arena, &out, rules[i]);
        VEC_PUSH(values->arena, &out, NULL);
        settings->opt.rules = out.at;
        return good;
}
