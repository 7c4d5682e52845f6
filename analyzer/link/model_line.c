/*
 * model_line.c: the kinds of lines of a model file. In: the words of one line;
 * out: an entry of struct models, or an error. Attributes are left to
 * model_word.c and model_effect.c; aliases, defaults and roles are settled
 * when the whole file is read (model_settle.c).
 */
#include "link/model_read.h"

#include <ctype.h>
#include <string.h>

static struct cursor cursor_of(const struct word *word)
{
        return (struct cursor){word->value ? word->value : "", word->value_col};
}

/* ---- slot KEY enters=STATE time= by= role= id=TABLE:NUMBER and effects ---- */

static bool slot_id(struct reader *reader, struct slot *slot, struct cursor *cursor)
{
        slot->idtable = value_name(reader, cursor, ":");
        if (!value_next(cursor, ':'))
                return read_fail(reader, cursor->col, "an id is written TABLE:NUMBER");
        return value_int(reader, cursor, 1, 65535, &slot->id) && value_end(reader, cursor);
}

static bool slot_time(struct reader *reader, struct slot *slot, struct cursor *cursor)
{
        static const char *const names[] = {"during", "later", "thread"};
        sym name = value_name(reader, cursor, "");
        for (int i = 0; i < 3; i++)
                if (!strcmp(names[i], name)) {
                        slot->time = (enum call_time)i;
                        return true;
                }
        return read_unknown(reader, cursor->col, "time", name, names, 3, sizeof *names);
}

/* A word that only slots know. *found is false when it is another. */
static bool slot_word(struct reader *reader, struct slot *slot, const struct word *word, bool *found)
{
        struct cursor cursor = cursor_of(word);
        *found = word->value;
        if (!word->value)
                return true;
        if (!strcmp(word->name, "enters")) {
                bool fine = value_gil(reader, &cursor, &slot->enters) && value_end(reader, &cursor);
                slot->enters = slot->enters ? slot->enters : GIL_UNKNOWN;
                return fine;
        }
        if (!strcmp(word->name, "id"))
                return slot_id(reader, slot, &cursor);
        if (!strcmp(word->name, "time"))
                return slot_time(reader, slot, &cursor);
        if (!strcmp(word->name, "role")) {
                slot->role = value_name(reader, &cursor, "");
                return true;
        }
        *found = false;
        return true;
}

static bool slot_read(struct reader *reader, struct word *words, int nwords)
{
        struct models *models = reader->models;
        struct slot *slot = NEW(models->arena, struct slot);
        struct line line = {0};
        int nleft = 0;
        slot->key = name_of(models->names, words[1].name);
        slot->enters = GIL_HELD;
        if (words[1].value || !(strchr(slot->key, '.') || *slot->key == '$'))
                return read_fail(reader, words[1].col,
                                 "a field 'tag.member' or a '$variable' is expected here");
        line.contract = slot->contract = NEW(models->arena, struct contract);
        slot->contract->name = slot->key;
        slot->contract->modelled = true;
        for (int i = 2; i < nwords; i++) {
                bool found;
                if (!slot_word(reader, slot, &words[i], &found))
                        return false;
                if (!found)
                        words[nleft++] = words[i];
        }
        if (!words_read(reader, &line, words, nleft))
                return false;
        slot->by = line.by;
        slot->nby = line.nby;
        if (!nleft)
                slot->contract = NULL;
        VEC_PUSH(models->arena, &models->slots, *slot);
        *map_at(&models->slot_by_key, MAP_KEY(slot->key)) = slot;
        return true;
}

/* ---- entry GLOB enters=STATE / record TAG NAME / spelled SYMBOL NAME / default gil=STATE ---- */

static bool entry_read(struct reader *reader, struct word *words, int nwords)
{
        struct entry entry = {name_of(reader->models->names, words[1].name), GIL_HELD};
        for (int i = 2; i < nwords; i++) {
                struct cursor cursor = cursor_of(&words[i]);
                if (strcmp(words[i].name, "enters") != 0)
                        return read_fail(reader, words[i].col,
                                         "an entry is written 'entry GLOB enters=STATE'");
                if (!value_gil(reader, &cursor, &entry.enters) || !value_end(reader, &cursor))
                        return false;
        }
        VEC_PUSH(reader->models->arena, &reader->models->entries, entry);
        return true;
}

static bool record_read(struct reader *reader, struct word *words, int nwords)
{
        struct models *models = reader->models;
        (void)nwords;
        struct record_alias alias = {name_of(models->names, words[1].name),
                                     name_of(models->names, words[2].name)};
        VEC_PUSH(models->arena, &models->records, alias);
        return true;
}

static bool spelled_read(struct reader *reader, struct word *words, int nwords)
{
        struct models *models = reader->models;
        (void)nwords;
        *map_at(&models->spelled, MAP_KEY(name_of(models->names, words[1].name))) =
            (void *)name_of(models->names, words[2].name);
        return true;
}

static bool default_read(struct reader *reader, struct word *words, int nwords)
{
        struct cursor cursor = cursor_of(&words[1]);
        if (nwords != 2 || strcmp(words[1].name, "gil") != 0)
                return read_fail(reader, words[1].col, "only gil=STATE may be a default");
        return value_gil(reader, &cursor, &reader->needs) && value_end(reader, &cursor);
}

/* ---- header GLOB / name GLOB, both: gil=STATE calls-back keeps-nothing and effects ---- */

static bool rule_read(struct reader *reader, struct word *words, int nwords, bool by_name)
{
        struct models *models = reader->models;
        struct header_rule rule = {.pattern = name_of(models->names, words[1].name), .by_name = by_name};
        rule.model = model_new(models, rule.pattern);
        struct line line = {.model = rule.model, .contract = &rule.model->contract};
        int nleft = 0;
        for (int i = 2; i < nwords; i++)
                if (!words[i].value && !strcmp(words[i].name, "calls-back"))
                        rule.reads_lib = true;
                else if (!words[i].value && !strcmp(words[i].name, "keeps-nothing"))
                        rule.keeps_nothing = true;
                else
                        words[nleft++] = words[i];
        if (!words_read(reader, &line, words, nleft))
                return false;
        rule.needs = line.gil_said ? line.gil.needs : GIL_ANY;
        rule.model->contract.opaque = !rule.keeps_nothing;
        VEC_PUSH(models->arena, &models->headers, rule);
        return true;
}

static bool header_read(struct reader *reader, struct word *words, int nwords)
{
        return rule_read(reader, words, nwords, false);
}

static bool name_read(struct reader *reader, struct word *words, int nwords)
{
        return rule_read(reader, words, nwords, true);
}

/* ---- unit TABLE LETTERS args=N and effects ---- */

static bool unit_read(struct reader *reader, struct word *words, int nwords)
{
        struct models *models = reader->models;
        struct format_unit unit = {.table = name_of(models->names, words[1].name),
                                   .name = name_of(models->names, words[2].name),
                                   .nargs = 1};
        struct line line = {0};
        int nleft = 0;
        line.contract = unit.contract = NEW(models->arena, struct contract);
        unit.contract->name = unit.name;
        unit.contract->modelled = true;
        for (int i = 3; i < nwords; i++) {
                struct cursor cursor = cursor_of(&words[i]);
                if (!words[i].value && !strcmp(words[i].name, "ends"))
                        unit.ends = true;
                else if (!words[i].value && !strcmp(words[i].name, "optional"))
                        unit.optional = true;
                else if (!words[i].value || strcmp(words[i].name, "args") != 0)
                        words[nleft++] = words[i];
                else if (!value_int(reader, &cursor, 0, 9, &unit.nargs) || !value_end(reader, &cursor))
                        return false;
        }
        if (!words_read(reader, &line, words, nleft))
                return false;
        VEC_PUSH(models->arena, &models->units, unit);
        return true;
}

/* ---- NAME attributes ---- */

/* What this file said of NAME so far; a fresh model takes the place of another file's. */
static struct fresh *fresh_of(struct reader *reader, sym name)
{
        struct models *models = reader->models;
        struct fresh **known = (struct fresh **)map_at(&reader->fresh_by_name, MAP_KEY(name));
        if (*known)
                return *known;
        struct fresh *fresh = *known = NEW(models->arena, struct fresh);
        struct model **place = (struct model **)map_at(&models->by_name, MAP_KEY(name));
        struct model *old = *place;
        *place = fresh->model = model_new(models, name);
        fresh->model->file = reader->file;
        fresh->model->line = reader->line;
        fresh->needs = reader->needs;
        for (int i = 0; old && i < models->list.n; i++)
                if (models->list.at[i] == old)
                        models->list.at[i] = fresh->model;
        if (!old)
                VEC_PUSH(models->arena, &models->list, fresh->model);
        VEC_PUSH(models->arena, &reader->fresh, fresh);
        return fresh;
}

static bool function_read(struct reader *reader, struct word *words, int nwords)
{
        const char *name = words[0].name;
        if (words[0].value || !(isalpha((unsigned char)*name) || *name == '_'))
                return read_fail(reader, words[0].col,
                                 "a line begins with the name of a function or with a "
                                 "keyword (family, pair, slot, ...)");
        struct fresh *fresh = fresh_of(reader, name_of(reader->models->names, name));
        struct line line = {.model = fresh->model, .contract = &fresh->model->contract};
        if (!words_read(reader, &line, words + 1, nwords - 1))
                return false;
        fresh->gil_said = fresh->gil_said || line.gil_said;
        return true;
}

static bool function_keyword(struct reader *reader, struct word *words, int nwords)
{
        return function_read(reader, words + 1, nwords - 1);
}

/* ---- all lines ---- */

static const struct keyword {
        const char *name;
        int least; /* words on the line, itself included */
        bool families;
        bool (*read)(struct reader *, struct word *, int);
        const char *usage;
} keywords[] = {
    {"family", 2, true, family_read, "family NAME title=\"...\" ..."},
    {"pair", 4, false, pair_read, "pair FROM TO same|bug ..."},
    {"slot", 3, false, slot_read, "slot TAG.MEMBER|$VARIABLE enters=STATE ..."},
    {"entry", 3, false, entry_read, "entry GLOB enters=STATE"},
    {"header", 3, false, header_read, "header GLOB gil=STATE ..."},
    {"name", 3, false, name_read, "name GLOB gil=STATE ..."},
    {"unit", 3, false, unit_read, "unit TABLE LETTERS args=N ..."},
    {"record", 3, false, record_read, "record TAG NAME"},
    {"spelled", 3, false, spelled_read, "spelled SYMBOL NAME"},
    {"default", 2, false, default_read, "default gil=STATE"},
    {"function", 2, false, function_keyword, "function NAME ..."},
};

bool line_read(struct reader *reader, struct word *words, int nwords, bool families)
{
        for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
                const struct keyword *keyword = &keywords[i];
                if (words[0].value || strcmp(keyword->name, words[0].name) != 0)
                        continue;
                if (keyword->families != families)
                        return true;
                if (nwords < keyword->least)
                        return read_fail(reader, words[0].col, "this line is written '%s'", keyword->usage);
                return keyword->read(reader, words, nwords);
        }
        return families || function_read(reader, words, nwords);
}
