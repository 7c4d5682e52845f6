/* table_census_json.c: a census as JSON, schema pymemlint-census/1; see tables.h. */
#include "report/tables.h"

#include "report/view.h"

void json_where(struct json *json, const struct where *at)
{
        json_text(json, "file", at->file);
        json_number(json, "line", at->line);
        json_number(json, "column", at->col);
        if (!at->end_line)
                return;
        json_number(json, "endLine", at->end_line);
        json_number(json, "endColumn", at->end_col);
}

static void put_step(struct json *json, const struct step *step)
{
        if (step->because)
                put_step(json, step->because);
        json_open(json, NULL, '{');
        json_where(json, &step->at);
        json_text(json, "function", step->func);
        json_text(json, "kind", step_kind_name(step->kind));
        json_text(json, "text", step->said);
        json_text(json, "lock", step->state);
        json_close(json);
}

void json_steps(struct json *json, const char *key, const struct step *last)
{
        if (!last)
                return;
        json_open(json, key, '[');
        put_step(json, last);
        json_close(json);
}

void json_coverage(struct json *json, const struct census *census)
{
        json_open(json, "units", '{');
        json_number(json, "total", census->units);
        json_number(json, "whole", census->whole);
        json_number(json, "partial", census->partial);
        json_number(json, "failed", census->failed);
        json_number(json, "statementsKept", census->kept);
        json_number(json, "statementsLost", census->lost);
        json_open(json, "unseen", '[');
        for (int i = 0; i < census->unseen.n; i++) {
                const struct census_unit *unit = &census->unseen.at[i];
                json_open(json, NULL, '{');
                json_text(json, "path", unit->path);
                json_text(json, "status", unit->failed ? "failed" : "partial");
                json_number(json, "statementsKept", unit->kept);
                json_number(json, "statementsLost", unit->lost);
                json_text(json, "reason", unit->reason);
                json_close(json);
        }
        json_close(json);
        json_close(json);
}

static void put_families(struct json *json, const struct census *census)
{
        json_open(json, "families", '[');
        for (int i = 0; i < census->families.n; i++) {
                const struct census_family *family = &census->families.at[i];
                json_open(json, NULL, '{');
                json_text(json, "name", family->name);
                json_text(json, "title", family->title);
                json_bool(json, "traced", family->traced);
                json_bool(json, "needsGil", family->needs_gil);
                json_bool(json, "object", family->object);
                json_number(json, "sites", family->sites);
                json_close(json);
        }
        json_close(json);
}

static void put_aliases(struct json *json, const struct census *census)
{
        json_open(json, "aliases", '[');
        for (int i = 0; i < census->aliases.n; i++) {
                const struct census_alias *alias = &census->aliases.at[i];
                json_open(json, NULL, '{');
                json_text(json, "name", alias->name);
                json_text(json, "kind", alias->macro ? "macro" : "function");
                json_where(json, &alias->at);
                json_text(json, "of", alias->of);
                json_text(json, "family", alias->family);
                json_text(json, "role", site_role_name(alias->role));
                json_number(json, "uses", alias->uses);
                json_close(json);
        }
        json_close(json);
}

void json_lock(struct json *json, enum lock_column lock, const struct step *const *witness)
{
        static const char *const names[] = {"held", "released", "assumed", "unknown"};
        json_text(json, "gil", lock_column_name(lock));
        json_open(json, "witness", '{');
        for (int i = 0; i < 4; i++)
                json_steps(json, names[i], witness[i]);
        json_close(json);
}

static void put_site(struct json *json, const struct census_site *site)
{
        json_open(json, NULL, '{');
        json_where(json, &site->at);
        json_text(json, "function", site->function);
        json_text(json, "written", site->written);
        json_text(json, "callee", site->callee);
        json_text(json, "macro", site->spelled);
        json_text(json, "via", site->via);
        json_text(json, "family", site->family);
        json_text(json, "role", site_role_name(site->role));
        json_bool(json, "object", site->object);
        json_bool(json, "zeroed", site->zeroed);
        if (site->size >= 0)
                json_number(json, "size", site->size);
        const struct step *witness[] = {site->held, site->released, site->assumed, site->unknown};
        json_lock(json, site->lock, witness);
        json_text(json, "field", site->field);
        json_text(json, "wrapper", site->wrapper);
        json_bool(json, "partial", site->partial);
        json_close(json);
}

static void put_count(struct json *json, const char *key, const struct census_count *count)
{
        json_open(json, key, '{');
        json_text(json, "key", count->key);
        json_number(json, "sites", count->sites);
        for (int i = 0; i < SITE_ROLES; i++)
                json_number(json, site_role_name((enum site_role)i), count->roles[i]);
        json_number(json, "zeroed", count->zeroed);
        for (int i = 0; i < LOCK_COLUMNS; i++)
                json_number(json, lock_column_name((enum lock_column)i), count->locks[i]);
        json_number(json, "sized", count->sized);
        json_number(json, "small", count->small);
        json_close(json);
}

static void put_counts(struct json *json, struct arena *arena, const struct census *census, enum census_by by)
{
        static const char *const names[] = {"family", "file", "function", "field"};
        struct census_table counts = census_count(arena, census, by);
        json_text(json, "by", names[by]);
        json_open(json, "counts", '[');
        for (int i = 0; i < counts.rows.n; i++)
                put_count(json, NULL, &counts.rows.at[i]);
        json_close(json);
        put_count(json, "total", &counts.total);
}

void census_json(struct arena *arena, const struct census *census, enum census_by by,
                 const struct census_lines *lines, const char *version, struct out *out)
{
        struct json json = {.out = out};
        json_open(&json, NULL, '{');
        json_text(&json, "schema", "pymemlint-census/1");
        json_text(&json, "version", version);
        json_coverage(&json, census);
        put_families(&json, census);
        put_aliases(&json, census);
        put_counts(&json, arena, census, by);
        json_open(&json, "sites", '[');
        for (int i = 0; i < census->sites.n; i++)
                put_site(&json, &census->sites.at[i]);
        json_close(&json);
        json_open(&json, "lines", '[');
        for (int i = 0; i < lines->list.n; i++) {
                json_open(&json, NULL, '{');
                json_text(&json, "failsIf", lines->list.at[i].expression);
                json_bool(&json, "fails", lines->list.at[i].answer.holds);
                json_text(&json, "because", lines->list.at[i].answer.said);
                json_close(&json);
        }
        json_close(&json);
        json_close(&json);
}
