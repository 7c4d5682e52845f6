/*
 * select.h: from the words of --select, --extend-select and --ignore to rules. In:
 * settings from all layers. Out: the list of rules that a run asks, or a message
 * about a word that names none.
 */
#ifndef CLI_SELECT_H
#define CLI_SELECT_H

#include "settings.h"

/*
 * How exactly WORD names RULE: 0 not at all, 1 "all", 2 its category, 3 and
 * more the start of its code (the longer, the more exact), 100 its code or name.
 */
int rule_fits(const struct rule *rule, const char *word);

/*
 * Fills settings.opt.rules and per_file_ignores of VALUES. False after
 * messages about every word that fits no rule.
 */
bool select_rules(struct values *values);

#endif
