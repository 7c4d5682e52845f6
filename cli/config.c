/*
 * config.c: finds, reads and checks the configuration file, see config.h. The
 * file may come with hostile sources: it can name no program and no place to
 * write outside of its own folder.
 */
#include "config.h"

#include "functions.h"
#include "message.h"
#include "nearest.h"
#include "toml.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LARGEST = 1 << 20 };

/* What reading one file needs to know. */
struct reading {
        struct values *values;
        const char *path, *dir;
        bool good;
};

static void wrong(struct reading *r, unsigned line, unsigned col, const char *said)
{
        complain("%s:%u:%u: %s", r->path, line, col, said);
        r->good = false;
}

static const struct toml_value *our_table(const struct toml_value *top, const char *path)
{
        if (!strcmp(path_base(path), "pymemlint.toml"))
                return top;
        const struct toml_value *tool = toml_get(top, "tool");
        return tool && tool->kind == TOML_TABLE ? toml_get(tool, "pymemlint") : NULL;
}

/* The parsed file; NULL after a message, unless QUIET. */
static const struct toml_value *load(struct arena *arena, const char *path, bool quiet)
{
        struct text text;
        const char *error;
        unsigned line, col;
        if (!file_read(arena, path, LARGEST, &text)) {
                if (!quiet)
                        complain("cannot read the configuration file '%s': %s", path, strerror(errno));
                return NULL;
        }
        const struct toml_value *top = toml_read(arena, text.bytes, text.length, &error, &line, &col);
        if (!top && !quiet)
                complain("%s:%u:%u: %s", path, line, col, error);
        return top;
}

static bool holds_for(struct arena *arena, const char *path)
{
        if (access(path, F_OK))
                return false;
        if (!strcmp(path_base(path), "pymemlint.toml"))
                return true;
        /* A broken pyproject.toml counts: better to say so than to go on without. */
        const struct toml_value *top = load(arena, path, true);
        return !top || our_table(top, path);
}

static bool is_repository(struct arena *arena, const char *dir)
{
        return !access(path_join(arena, dir, ".git"), F_OK) || !access(path_join(arena, dir, ".hg"), F_OK);
}

const char *config_find(struct arena *arena, const char *path)
{
        static const char *const names[] = {"pymemlint.toml", "pyproject.toml"};
        char here[PATH_MAX];
        if (!getcwd(here, sizeof here))
                return NULL;
        for (const char *dir = path_clean(arena, here, path);; dir = path_dir(arena, dir)) {
                for (size_t i = 0; i < sizeof names / sizeof *names; i++)
                        if (holds_for(arena, path_join(arena, dir, names[i])))
                                return path_join(arena, dir, names[i]);
                if (is_repository(arena, dir) || !strcmp(dir, "/"))
                        return NULL;
        }
}

/* True when writing to PATH stays below the folder of the configuration file, links followed. */
static bool stays_below(struct reading *r, const char *path)
{
        char base[PATH_MAX], folder[PATH_MAX];
        const char *file = path_join(r->values->arena, r->dir, path);
        if (!realpath(r->dir, base) || !realpath(path_dir(r->values->arena, file), folder))
                return false;
        return path_below(base, folder) != NULL;
}

static void set(struct reading *r, const struct option_row *row, const struct toml_value *value,
                const char *text)
{
        struct arena *arena = r->values->arena;
        struct option_origin origin = {LAYER_FILE, arena_printf(arena, "%s:%u", r->path, value->line)};
        const char *target = row->kind == OPTION_OUTPUT && strchr(text, '=') ? strchr(text, '=') + 1 : text;
        if (row->trust == TRUST_BELOW && !stays_below(r, target)) {
                wrong(r, value->line, value->col,
                      arena_printf(arena, "%s: '%s' does not lie below the folder of this file", row->name,
                                   target));
                return;
        }
        const char *bad = values_set(r->values, row, text, r->dir, origin);
        if (bad)
                wrong(r, value->line, value->col, arena_printf(arena, "%s: %s", row->name, bad));
}

static enum toml_kind kind_wanted(const struct option_row *row)
{
        if (option_is_list(row))
                return TOML_ARRAY;
        if (row->kind == OPTION_FLAG)
                return TOML_BOOL;
        return row->kind == OPTION_NUMBER ? TOML_INTEGER : TOML_TEXT;
}

static void set_list(struct reading *r, const struct option_row *row, const struct toml_value *list)
{
        for (int i = 0; i < list->n; i++) {
                const struct toml_value *item = &list->items[i];
                if (item->kind == TOML_TEXT)
                        set(r, row, item, item->text);
                else
                        wrong(r, item->line, item->col,
                              arena_printf(r->values->arena, "%s: expected a text in the list, not %s",
                                           row->name, toml_kind_name(item->kind)));
        }
}

static void set_value(struct reading *r, const struct option_row *row, const struct toml_value *value)
{
        struct arena *arena = r->values->arena;
        enum toml_kind wanted = kind_wanted(row);
        if (value->kind != wanted)
                wrong(r, value->line, value->col,
                      arena_printf(arena, "%s: expected %s, not %s", row->name, toml_kind_name(wanted),
                                   toml_kind_name(value->kind)));
        else if (wanted == TOML_ARRAY)
                set_list(r, row, value);
        else if (wanted == TOML_BOOL)
                set(r, row, value, value->integer ? "yes" : "no");
        else if (wanted == TOML_INTEGER)
                set(r, row, value, arena_printf(arena, "%lld", (long long)value->integer));
        else
                set(r, row, value, value->text);
}

static void add_ignores(struct reading *r, const struct toml_value *table)
{
        struct arena *arena = r->values->arena;
        for (int i = 0; i < table->n; i++) {
                const struct toml_value *list = &table->items[i];
                if (list->kind != TOML_ARRAY)
                        wrong(r, list->line, list->col, "per-file-ignores: expected a list of rules");
                for (int j = 0; list->kind == TOML_ARRAY && j < list->n; j++) {
                        const struct toml_value *item = &list->items[j];
                        if (item->kind != TOML_TEXT)
                                wrong(r, item->line, item->col,
                                      "per-file-ignores: expected a text in the list");
                        else
                                VEC_PUSH(arena, &r->values->settings.per_file,
                                         arena_printf(arena, "%s\t%s\t%s:%u:%u", list->key, item->text,
                                                      r->path, item->line, item->col));
                }
        }
}

static void add_functions(struct reading *r, const struct toml_value *table)
{
        struct arena *arena = r->values->arena;
        for (int i = 0; i < table->n; i++) {
                const struct toml_value *item = &table->items[i];
                const struct toml_value *at = item;
                const char *error = NULL, *line = function_line(arena, item, &at, &error);
                if (error)
                        wrong(r, at->key_line ? at->key_line : at->line, at->key_line ? at->key_col : at->col,
                              arena_printf(arena, "functions.%s: %s", item->key, error));
                else
                        VEC_PUSH(arena, &r->values->settings.opt.functions,
                                 arena_printf(arena, "%s:%u\t%s", r->path, item->key_line, line));
        }
}

static void unknown_key(struct reading *r, const struct toml_value *item)
{
        struct arena *arena = r->values->arena;
        struct words known = {0};
        VEC_PUSH(arena, &known, "per-file-ignores");
        VEC_PUSH(arena, &known, "functions");
        for (const struct option_row *row = option_rows; row->name; row++)
                if (row->trust != TRUST_USER)
                        VEC_PUSH(arena, &known, row->name);
        wrong(r, item->key_line, item->key_col,
              arena_printf(arena, "unknown key '%s'%s", item->key, nearest_hint(arena, item->key, &known)));
}

static void set_key(struct reading *r, const struct toml_value *item)
{
        const struct option_row *row = option_find(item->key);
        bool table = !strcmp(item->key, "per-file-ignores") || !strcmp(item->key, "functions");
        if (table && item->kind != TOML_TABLE)
                wrong(r, item->line, item->col,
                      arena_printf(r->values->arena, "%s: expected a table", item->key));
        else if (table && *item->key == 'p')
                add_ignores(r, item);
        else if (table)
                add_functions(r, item);
        else if (!row)
                unknown_key(r, item);
        else if (row->trust == TRUST_USER)
                wrong(r, item->key_line, item->key_col,
                      arena_printf(
                          r->values->arena,
                          "'%s' is taken from the command line and the environment only, not from a file "
                          "that may come with the sources",
                          item->key));
        else
                set_value(r, row, item);
}

bool config_read(struct values *values, const char *path)
{
        struct reading r = {values, path, path_dir(values->arena, path), true};
        const struct toml_value *top = load(values->arena, path, false);
        if (!top)
                return false;
        const struct toml_value *ours = our_table(top, path);
        if (ours && ours->kind != TOML_TABLE)
                wrong(&r, ours->line, ours->col, "tool.pymemlint: expected a table");
        for (int i = 0; ours && ours->kind == TOML_TABLE && i < ours->n; i++)
                set_key(&r, &ours->items[i]);
        return r.good;
}

/* What the command line or the environment says about configuration files themselves. */
static const char *told(const struct parsed *parsed, const char *name, const char *variable)
{
        const char *text = getenv(variable);
        for (int i = 0; i < parsed->options.n; i++)
                if (!strcmp(parsed->options.at[i].row->name, name))
                        text = parsed->options.at[i].text;
        return text && *text ? text : NULL;
}

bool config_apply(struct values *values, const struct parsed *parsed)
{
        const char *file = told(parsed, "config", "PYMEMLINT_CONFIG");
        const char *isolated = told(parsed, "isolated", "PYMEMLINT_ISOLATED");
        bool without = false;
        if (isolated && !flag_read(isolated, &without))
                without = true; /* values_set() complains of the word; a file must not come first */
        if (!file && !without)
                file = config_find(values->arena, parsed->operands.n ? parsed->operands.at[0] : ".");
        if (file && !config_read(values, file))
                return false;
        return environment_read(values);
}
