/*
 * model.c: questions to the symbol database: names, slots, headers, entries,
 * families and what may be released where. In: struct models as the reader
 * filled it; nothing here changes it.
 */
#include "link/model.h"

#include "base/text.h"

#include <fnmatch.h>
#include <string.h>

const struct model *models_find(const struct models *models, sym name)
{
        return name ? map_get(&models->by_name, MAP_KEY(name)) : NULL;
}

/* ---- defaults: a later line beats an earlier one ---- */

static const struct header_rule *rule_find(const struct models *models, const char *text, bool by_name)
{
        for (int i = models->headers.n - 1; text && i >= 0; i--) {
                const struct header_rule *rule = &models->headers.at[i];
                if (rule->by_name == by_name && !fnmatch(rule->pattern, text, 0))
                        return rule;
        }
        return NULL;
}

gil_set models_header(const struct models *models, const char *header)
{
        const struct header_rule *rule = rule_find(models, header, false);
        return rule ? rule->needs : GIL_ANY;
}

const struct model *models_default(const struct models *models, sym name, const char *header)
{
        const struct header_rule *rule = rule_find(models, name, true);
        if (!rule)
                rule = rule_find(models, header, false);
        return rule ? rule->model : NULL;
}

gil_set models_entry(const struct models *models, const char *name)
{
        for (int i = models->entries.n - 1; i >= 0; i--)
                if (!fnmatch(models->entries.at[i].pattern, name, 0))
                        return models->entries.at[i].enters;
        return 0;
}

/* ---- slots ---- */

/* The slot of "tag.member" where TAG has LENGTH bytes, under the names that `record` lines give the tag. */
static const struct slot *slot_of_record(const struct models *models, const char *key, size_t length)
{
        char name[256];
        for (int i = 0; i < models->records.n; i++) {
                const struct record_alias *alias = &models->records.at[i];
                size_t room = strlen(alias->name) + strlen(key + length) + 1;
                if (strlen(alias->tag) != length || strncmp(alias->tag, key, length) != 0 ||
                    room > sizeof name)
                        continue;
                strcpy(name, alias->name);
                strcat(name, key + length);
                sym known = name_known(models->names, name);
                const struct slot *slot = known ? map_get(&models->slot_by_key, MAP_KEY(known)) : NULL;
                if (slot)
                        return slot;
        }
        return NULL;
}

const struct slot *models_slot(const struct models *models, sym key)
{
        const struct slot *slot = key ? map_get(&models->slot_by_key, MAP_KEY(key)) : NULL;
        if (slot || !key)
                return slot;
        const char *bare = strrchr(key, '|');
        bare = bare ? bare + 1 : key;
        sym known = name_known(models->names, bare);
        slot = known ? map_get(&models->slot_by_key, MAP_KEY(known)) : NULL;
        const char *dot = strchr(bare, '.');
        return slot || !dot ? slot : slot_of_record(models, bare, (size_t)(dot - bare));
}

const struct slot *models_slot_id(const struct models *models, sym idtable, int id)
{
        for (int i = models->slots.n - 1; id > 0 && i >= 0; i--)
                if (models->slots.at[i].id == id && models->slots.at[i].idtable == idtable)
                        return &models->slots.at[i];
        return NULL;
}

/* ---- families ---- */

int family_find(const struct models *models, const char *name)
{
        for (int i = 0; i < models->families.n; i++)
                if (!strcmp(models->families.at[i].name, name))
                        return i;
        return -1;
}

int family_next(families set, int after)
{
        set >>= after + 1;
        for (int i = after + 1; set && i < FAMILY_MOST; i++, set >>= 1)
                if (set & 1)
                        return i;
        return -1;
}

/* True when the line speaks of a version that the project supports. */
static bool pair_in_force(const struct models *models, const struct pair *pair)
{
        version numpy = models->numpy ? models->numpy : (version)-1;
        return (!pair->since || pair->since <= models->python_max) &&
               (!pair->until || models->python_min <= pair->until) &&
               (!pair->numpy_since || pair->numpy_since <= numpy) &&
               (!pair->numpy_until || numpy <= pair->numpy_until);
}

/* The line for two families of the last file that speaks of them; one that calls it a bug beats the others.
 */
static const struct pair *pair_of(const struct models *models, int from, int to)
{
        const struct pair *best = NULL;
        for (int i = 0; i < models->pairs.n; i++) {
                const struct pair *pair = &models->pairs.at[i];
                if (pair->from != from || pair->to != to || !pair_in_force(models, pair))
                        continue;
                if (!best || best->file != pair->file || best->same || !pair->same)
                        best = pair;
        }
        return best;
}

static bool one_agrees(const struct models *models, int from, int to)
{
        const struct pair *pair = pair_of(models, from, to);
        return pair ? pair->same : from == to;
}

bool families_agree(const struct models *models, families from, families to)
{
        if (!from || !to || ((from | to) & FAMILY_UNKNOWN))
                return true;
        for (int a = family_next(from, -1); a >= 0; a = family_next(from, a))
                for (int b = family_next(to, -1); b >= 0; b = family_next(to, b))
                        if (one_agrees(models, a, b))
                                return true;
        return false;
}

bool families_unowned(const struct models *models, families set)
{
        for (int i = family_next(set, -1); i >= 0; i = family_next(set, i))
                if (!models->families.at[i].unowned)
                        return false;
        return set && !(set & FAMILY_UNKNOWN);
}

const struct pair *families_pair(const struct models *models, families from, families to)
{
        for (int a = family_next(from, -1); a >= 0; a = family_next(from, a))
                for (int b = family_next(to, -1); b >= 0; b = family_next(to, b)) {
                        const struct pair *pair = pair_of(models, a, b);
                        if (pair)
                                return pair;
                }
        return NULL;
}

const char *families_text(struct arena *arena, const struct models *models, families set)
{
        struct out out = {.arena = arena};
        for (int i = family_next(set, -1); i >= 0; i = family_next(set, i)) {
                if (out.length)
                        out_text(&out, " or ");
                out_text(&out, models->families.at[i].title);
        }
        return out.length ? out_string(&out) : "unknown";
}
