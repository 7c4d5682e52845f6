/* table_plan_json.c: a plan as JSON, schema pymemlint-plan/1; see tables.h. */
#include "report/tables.h"

static void put_site(struct json *json, const struct plan_group *group, const struct plan_site *site)
{
        json_open(json, NULL, '{');
        json_where(json, &site->at);
        json_text(json, "function", site->function);
        json_text(json, "written", site->written);
        json_text(json, "family", site->family);
        json_text(json, "role", site_role_name(site->role));
        if (site->size >= 0)
                json_number(json, "size", site->size);
        const struct step *witness[] = {site->held, site->released, site->assumed, site->unknown};
        json_lock(json, site->lock, witness);
        json_text(json, "becomes", group->edits.n ? site->becomes : NULL);
        json_close(json);
}

static void put_reason(struct json *json, const struct plan_reason *reason)
{
        json_open(json, NULL, '{');
        json_text(json, "kind", plan_why_name(reason->kind));
        json_text(json, "text", reason->said);
        if (reason->at.file)
                json_where(json, &reason->at);
        json_steps(json, "witness", reason->because);
        json_close(json);
}

static void put_group(struct json *json, const struct plan_group *group)
{
        json_open(json, NULL, '{');
        json_number(json, "number", group->number);
        json_text(json, "name", group->name);
        json_text(json, "family", group->current);
        json_text(json, "verdict", plan_verdict_name(group->verdict));
        json_text(json, "target", group->target);
        json_open(json, "places", '[');
        for (int i = 0; i < group->places.n; i++)
                json_text(json, NULL, group->places.at[i]);
        json_close(json);
        json_open(json, "sites", '[');
        for (int i = 0; i < group->sites.n; i++)
                put_site(json, group, &group->sites.at[i]);
        json_close(json);
        json_open(json, "reasons", '[');
        for (int i = 0; i < group->reasons.n; i++)
                put_reason(json, &group->reasons.at[i]);
        json_close(json);
        json_open(json, "assumptions", '[');
        for (int i = 0; i < group->assumptions.n; i++)
                put_reason(json, &group->assumptions.at[i]);
        json_close(json);
        json_close(json);
}

void plan_json(const struct plan *plan, const struct census *coverage, const char *version, struct out *out)
{
        struct json json = {.out = out};
        json_open(&json, NULL, '{');
        json_text(&json, "schema", "pymemlint-plan/1");
        json_text(&json, "version", version);
        json_text(&json, "to", plan->to);
        json_coverage(&json, coverage);
        json_open(&json, "verdicts", '{');
        for (int i = 0; i < PLAN_VERDICTS; i++)
                json_number(&json, plan_verdict_name((enum plan_verdict)i), plan->counts[i]);
        json_close(&json);
        json_number(&json, "objectSites", plan->objects);
        json_text(&json, "compatHeader", plan->compat);
        json_open(&json, "groups", '[');
        for (int i = 0; i < plan->groups.n; i++)
                put_group(&json, plan->groups.at[i]);
        json_close(&json);
        json_close(&json);
}
