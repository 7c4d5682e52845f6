/* ship_plan.c: the plan of a program that is read in shards, see ship.h. The JSON may be anybody's. */
#include "ship.h"

#include "base/hash.h"
#include "front/key.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { PLAN_FORMAT = 1, MOST_UNITS = 1000000 };

const char *ship_variant(struct arena *arena, const struct project *project, const char *clang)
{
        const char *version = project->python_version;
        return arena_printf(arena, "%s%s, %s", version ? "Python " : "no Python", version ? version : "",
                            clang && *clang ? clang : "libclang");
}

/* What one unit is read with, the same wherever the tree lies. */
static const char *flags_hash(struct arena *arena, const struct project *project,
                              const struct project_unit *unit)
{
        struct out out = {.arena = arena};
        out_format(&out, "%s %s", unit->flags, unit->object);
        for (int i = 0; i < unit->args.n; i++) {
                const char *arg = key_portable(arena, project, unit->args.at[i]);
                out_format(&out, " %zu:%s", strlen(arg), arg);
        }
        for (int i = 0; i < project->stubs.n; i++)
                out_format(&out, " stub:%s", project->stubs.at[i]);
        char *hex = arena_alloc(arena, HASH_HEX);
        hash_hex(out.bytes, out.length, hex);
        return hex;
}

/* A source may be compiled more than once; its units follow each other. */
static const char *unit_name(struct arena *arena, const char *path, int again)
{
        char hex[HASH_HEX];
        if (!ship_is_tame(path)) {
                hash_hex(path, strlen(path), hex);
                path = arena_printf(arena, "outside/%s", hex);
        }
        return again ? arena_printf(arena, "%s.%d.unit", path, again + 1)
                     : arena_printf(arena, "%s.unit", path);
}

const char *ship_way(struct arena *arena, const char *from, const char *to)
{
        struct out out = {.arena = arena};
        for (; !path_below(from, to); from = path_dir(arena, from))
                out_text(&out, "../");
        const char *below = path_below(from, to);
        out_text(&out, strcmp(below, ".") || !out.length ? below : "");
        return out_string(&out);
}

struct ship_plan *ship_plan_of(struct arena *arena, const struct project *project, const char *variant,
                               const char *dir)
{
        struct ship_plan *plan = NEW(arena, struct ship_plan);
        plan->version = PYMEMLINT_VERSION;
        plan->variant = variant;
        plan->tree = ship_way(arena, dir, project->tree);
        plan->python = project->python;
        plan->python_version = project->python_version;
        int again = 0;
        for (int i = 0; i < project->units.n; i++) {
                const struct project_unit *unit = project->units.at[i];
                again = i && !strcmp(project->units.at[i - 1]->path, unit->path) ? again + 1 : 0;
                VEC_PUSH(arena, &plan->units,
                         (struct ship_unit){unit->path, unit_name(arena, unit->path, again),
                                            flags_hash(arena, project, unit), unit->flags, unit->object});
        }
        for (int i = 0; i < project->skips.n; i++)
                VEC_PUSH(arena, &plan->skips, project->skips.at[i]);
        for (int i = 0; i < project->notes.n; i++)
                VEC_PUSH(arena, &plan->notes, project->notes.at[i]);
        return plan;
}

/* Paths may be any bytes; JSON takes UTF-8 alone. */
static json_t *text(const char *bytes)
{
        json_t *value = json_string(bytes ? bytes : "");
        return value ? value : json_string("?");
}

const char *ship_plan_write(struct arena *arena, const struct ship_plan *plan)
{
        json_t *units = json_array(), *skips = json_array(), *notes = json_array();
        for (int i = 0; i < plan->units.n; i++) {
                const struct ship_unit *unit = &plan->units.at[i];
                json_array_append_new(units, json_pack("{so so ss ss so}", "path", text(unit->path), "name",
                                                       text(unit->name), "flags", unit->flags, "from",
                                                       unit->from, "object", text(unit->object)));
        }
        for (int i = 0; i < plan->skips.n; i++)
                json_array_append_new(skips, json_pack("{so so sb}", "path", text(plan->skips.at[i].path),
                                                       "why", text(plan->skips.at[i].why), "failed",
                                                       (int)plan->skips.at[i].failed));
        for (int i = 0; i < plan->notes.n; i++)
                json_array_append_new(notes, text(plan->notes.at[i]));
        json_t *top = json_pack("{si ss ss so so so so so so}", "plan", PLAN_FORMAT, "version", plan->version,
                                "variant", plan->variant, "tree", text(plan->tree), "python",
                                text(plan->python), "python_version", text(plan->python_version), "units",
                                units, "skips", skips, "notes", notes);
        size_t size = json_dumpb(top, NULL, 0, JSON_INDENT(1));
        char *bytes = arena_alloc(arena, size + 2);
        json_dumpb(top, bytes, size, JSON_INDENT(1));
        bytes[size] = '\n';
        json_decref(top);
        return bytes;
}

static const char *copy(struct arena *arena, const json_t *object, const char *key)
{
        const char *value = json_string_value(json_object_get(object, key));
        return arena_strndup(arena, value ? value : "", value ? strlen(value) : 0);
}

/* "" for what was not known. */
static const char *copy_known(struct arena *arena, const json_t *object, const char *key)
{
        const char *value = copy(arena, object, key);
        return *value ? value : NULL;
}

static bool take_units(struct arena *arena, const json_t *units, struct ship_plan *plan)
{
        if (!json_is_array(units) || json_array_size(units) > MOST_UNITS)
                return false;
        for (size_t i = 0; i < json_array_size(units); i++) {
                const json_t *item = json_array_get(units, i);
                struct ship_unit unit = {copy(arena, item, "path"), copy(arena, item, "name"),
                                         copy(arena, item, "flags"), copy(arena, item, "from"),
                                         copy(arena, item, "object")};
                if (!*unit.path || !ship_is_tame(unit.name) || strlen(unit.flags) != HASH_HEX - 1)
                        return false;
                VEC_PUSH(arena, &plan->units, unit);
        }
        return true;
}

static void take_words(struct arena *arena, const json_t *top, struct ship_plan *plan)
{
        const json_t *skips = json_object_get(top, "skips"), *notes = json_object_get(top, "notes");
        for (size_t i = 0; i < json_array_size(skips); i++) {
                const json_t *skip = json_array_get(skips, i);
                VEC_PUSH(arena, &plan->skips,
                         (struct project_skip){copy(arena, skip, "path"), copy(arena, skip, "why"),
                                               json_is_true(json_object_get(skip, "failed"))});
        }
        for (size_t i = 0; i < json_array_size(notes); i++) {
                const char *note = json_string_value(json_array_get(notes, i));
                VEC_PUSH(arena, &plan->notes,
                         arena_strndup(arena, note ? note : "", note ? strlen(note) : 0));
        }
}

struct ship_plan *ship_plan_read(struct arena *arena, const struct text *bytes, const char **error)
{
        json_error_t where;
        struct ship_plan *plan = NEW(arena, struct ship_plan);
        json_t *top = json_loadb(bytes->bytes, bytes->length, 0, &where);
        plan->version = copy(arena, top, "version");
        plan->variant = copy(arena, top, "variant");
        plan->tree = copy(arena, top, "tree");
        plan->python = copy_known(arena, top, "python");
        plan->python_version = copy_known(arena, top, "python_version");
        *error = NULL;
        if (!top)
                *error = arena_printf(arena, "line %d: %s", where.line, where.text);
        else if (json_integer_value(json_object_get(top, "plan")) != PLAN_FORMAT ||
                 !take_units(arena, json_object_get(top, "units"), plan))
                *error = "it is no plan that 'summarize' wrote";
        take_words(arena, top, plan);
        json_decref(top);
        return *error ? NULL : plan;
}

const char *ship_plan_differs(struct arena *arena, const struct ship_plan *one, const struct ship_plan *other)
{
        if (strcmp(one->version, other->version))
                return arena_printf(arena, "they were made by pymemlint %s and %s", one->version,
                                    other->version);
        if (strcmp(one->variant, other->variant))
                return arena_printf(arena, "one was made with %s, the other with %s", one->variant,
                                    other->variant);
        if (one->units.n != other->units.n)
                return arena_printf(arena, "one knows %d units, the other %d", one->units.n, other->units.n);
        for (int i = 0; i < one->units.n; i++) {
                const struct ship_unit *a = &one->units.at[i], *b = &other->units.at[i];
                if (strcmp(a->path, b->path) || strcmp(a->flags, b->flags))
                        return arena_printf(arena, "they differ in '%s' and its flags", a->path);
        }
        return NULL;
}

struct weight {
        size_t size;
        int unit;
};

static int heaviest_first(const void *a, const void *b)
{
        const struct weight *one = a, *other = b;
        if (one->size != other->size)
                return one->size < other->size ? 1 : -1;
        return one->unit - other->unit;
}

int *ship_shards(struct arena *arena, const struct project *project, int shards)
{
        int n = project->units.n, *of = NEW_ARRAY(arena, int, n + 1);
        struct weight *weights = NEW_ARRAY(arena, struct weight, n + 1);
        unsigned long long *load = NEW_ARRAY(arena, unsigned long long, shards);
        for (int i = 0; i < n; i++)
                weights[i] = (struct weight){project->units.at[i]->size, i};
        qsort(weights, (size_t)n, sizeof *weights, heaviest_first);
        for (int i = 0; i < n; i++) {
                int best = 0;
                for (int s = 1; s < shards; s++)
                        if (load[s] < load[best])
                                best = s;
                of[weights[i].unit] = best;
                /* A unit costs something even when it is empty: its headers. */
                load[best] += weights[i].size + (1 << 14);
        }
        return of;
}
