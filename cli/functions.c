/* functions.c: see functions.h. Families and argument numbers are checked by the model reader. */
#include "functions.h"

#include "nearest.h"
#include "toml.h"

#include <ctype.h>
#include <string.h>

enum value_kind { VALUE_FAMILY, VALUE_ARGUMENTS, VALUE_YES };

/* What a key becomes: for VALUE_YES the text for true and the one for false. */
static const struct key {
        const char *name;
        enum value_kind kind;
        const char *attribute, *negative;
} keys[] = {
    {"allocates", VALUE_FAMILY, "gives", NULL},
    {"reallocates", VALUE_FAMILY, "resizes", NULL},
    {"releases", VALUE_FAMILY, "takes", NULL},
    {"takes-ownership", VALUE_ARGUMENTS, "keeps", NULL},
    {"calls-back", VALUE_ARGUMENTS, "calls", NULL},
    {"requires-gil", VALUE_YES, "gil=held", "gil=any"},
    {"releases-gil", VALUE_YES, "gil=held->released", NULL},
    {"takes-gil", VALUE_YES, "gil=any->held", NULL},
    {"may-fail", VALUE_YES, "may-fail", NULL},
};
enum { NKEYS = sizeof keys / sizeof *keys };

static const struct key *key_find(const char *name)
{
        for (int i = 0; i < NKEYS; i++)
                if (!strcmp(keys[i].name, name))
                        return &keys[i];
        return NULL;
}

static const char *unknown_key(struct arena *arena, const char *name)
{
        struct words known = {0};
        for (int i = 0; i < NKEYS; i++)
                VEC_PUSH(arena, &known, keys[i].name);
        return arena_printf(arena, "unknown key '%s'%s", name, nearest_hint(arena, name, &known));
}

/* A text must stay one word of a line: no space, no line end. */
static bool one_word(const char *text)
{
        for (; *text; text++)
                if (isspace((unsigned char)*text) || !isprint((unsigned char)*text))
                        return false;
        return true;
}

/* 1, or [0, 2]. */
static const char *put_arguments(struct out *out, const struct toml_value *value)
{
        int n = value->kind == TOML_ARRAY ? value->n : 1;
        const struct toml_value *items = value->kind == TOML_ARRAY ? value->items : value;
        for (int i = 0; i < n; i++) {
                if (items[i].kind != TOML_INTEGER || items[i].integer < 0 || items[i].integer > 99)
                        return "expected the number of an argument, counted from 0, or a list of such";
                out_format(out, "%s%d", i ? "," : "", (int)items[i].integer);
        }
        return n ? NULL : "expected at least one argument number";
}

static const char *put_key(struct out *out, const struct key *key, const struct toml_value *value)
{
        switch (key->kind) {
        case VALUE_FAMILY:
                if (value->kind != TOML_TEXT || !*value->text || !one_word(value->text))
                        return "expected a family such as \"pymem\" or \"pymem:1\"";
                out_format(out, " %s=%s", key->attribute, value->text);
                return NULL;
        case VALUE_ARGUMENTS:
                out_format(out, " %s=", key->attribute);
                return put_arguments(out, value);
        case VALUE_YES:
                if (value->kind != TOML_BOOL)
                        return "expected true or false";
                if (value->integer || key->negative)
                        out_format(out, " %s", value->integer ? key->attribute : key->negative);
                return NULL;
        }
        return NULL;
}

static const char *put_table(struct arena *arena, struct out *out, const struct toml_value *table,
                             const struct toml_value **at)
{
        for (int i = 0; i < table->n; i++) {
                const struct toml_value *value = *at = &table->items[i];
                const struct key *key = key_find(value->key);
                const char *error = key ? put_key(out, key, value) : unknown_key(arena, value->key);
                if (error && key)
                        return arena_printf(arena, "%s: %s", key->name, error);
                if (error)
                        return error;
        }
        return table->n ? NULL : "the table is empty";
}

static bool is_name(const char *text)
{
        if (!isalpha((unsigned char)*text) && *text != '_')
                return false;
        for (; *text; text++)
                if (!isalnum((unsigned char)*text) && *text != '_')
                        return false;
        return true;
}

const char *function_line(struct arena *arena, const struct toml_value *item, const struct toml_value **at,
                          const char **error)
{
        struct out out = {.arena = arena};
        *at = item;
        out_text(&out, item->key);
        if (!is_name(item->key))
                *error = "this is not the name of a function";
        else if (item->kind == TOML_TABLE)
                *error = put_table(arena, &out, item, at);
        else if (item->kind != TOML_TEXT || strpbrk(item->text, "\n\r"))
                *error = "expected a table, or the attributes of a model line in one text";
        else
                out_format(&out, " %s", item->text);
        out_char(&out, '\n');
        return out_string(&out);
}
