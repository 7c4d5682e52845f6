/*
 * table_plan.c: a plan as a document; see tables.h. In: a plan and what was read.
 * Out: tables and stories, for any of the formats of table.h. It decides nothing.
 */
#include "report/tables.h"

#include <string.h>

static const char *place_text(struct document *document, const struct where *at)
{
        return at->file ? arena_printf(document->arena, "%s:%u", at->file, at->line) : "";
}

static const char *states_text(struct document *document, const struct plan_group *group)
{
        int counts[LOCK_COLUMNS] = {0};
        struct out out = {.arena = document->arena};
        for (int i = 0; i < group->sites.n; i++)
                counts[group->sites.at[i].lock]++;
        for (int i = 0; i < LOCK_COLUMNS; i++)
                if (counts[i])
                        out_format(&out, "%s%s %d", out.length ? ", " : "",
                                   lock_column_name((enum lock_column)i), counts[i]);
        return out_string(&out);
}

static void summary_part(struct document *document, const struct plan *plan)
{
        static const char *const titles[] = {"group",   "of",     "family", "GIL at its sites",
                                             "verdict", "target", "because"};
        struct table *table = document_part(document, "Groups");
        table->data = true;
        table_column(document, table, titles[0], true);
        for (int i = 1; i < 7; i++)
                table_column(document, table, titles[i], false);
        table_column(document, table, "sites", true);
        table->columns.at[7].bar = true;
        for (int i = 0; i < plan->groups.n; i++) {
                const struct plan_group *group = plan->groups.at[i];
                struct table_row *row = table_row(document, table);
                row->cells[0] = table_number(document, group->number, false);
                row->cells[1] = group->name;
                row->cells[2] = group->current;
                row->cells[3] = states_text(document, group);
                row->cells[4] = plan_verdict_text(group->verdict);
                row->cells[5] = group->target;
                row->cells[6] = group->reasons.n ? plan_why_name(group->reasons.at[0].kind) : "";
                row->cells[7] = table_number(document, group->sites.n, false);
        }
}

enum { SHOWN = 3 }; /* reasons of one kind; all of them are in the JSON */

static void put_story(struct document *document, struct table *table, const struct plan_reason *reason,
                      const char *said)
{
        struct table_story story = {.at = reason->at, .said = said};
        if (reason->because && reason->because->because)
                VEC_PUSH(document->arena, &story.because, reason->because);
        VEC_PUSH(document->arena, &table->stories, story);
}

static void put_reasons(struct document *document, struct table *table, const struct plan_group *group)
{
        int seen[WHY_COUNT] = {0}, assumed = 0;
        struct plan_reason more = {0};
        for (int i = 0; i < group->reasons.n; i++) {
                const struct plan_reason *reason = &group->reasons.at[i];
                if (seen[reason->kind]++ < SHOWN)
                        put_story(document, table, reason,
                                  arena_printf(document->arena, "%s: %s", plan_why_name(reason->kind),
                                               reason->said));
        }
        for (int kind = 0; kind < WHY_COUNT; kind++)
                if (seen[kind] > SHOWN)
                        put_story(document, table, &more,
                                  arena_printf(document->arena, "%s: %d more",
                                               plan_why_name((enum plan_why)kind), seen[kind] - SHOWN));
        for (int i = 0; i < group->assumptions.n; i++)
                if (assumed++ < SHOWN)
                        put_story(document, table, &group->assumptions.at[i],
                                  arena_printf(document->arena, "taken to hold: %s",
                                               group->assumptions.at[i].said));
        if (assumed > SHOWN)
                put_story(document, table, &more,
                          arena_printf(document->arena, "taken to hold: %d more", assumed - SHOWN));
}

static void group_part(struct document *document, const struct plan_group *group)
{
        static const char *const titles[] = {"place", "function", "written", "GIL", "becomes"};
        const char *title =
            arena_printf(document->arena, "Group %d (%s): %s%s%s", group->number, group->name,
                         plan_verdict_text(group->verdict),
                         group->verdict == PLAN_MOVABLE || group->verdict == PLAN_MOVABLE_RAW ||
                                 group->verdict == PLAN_MOVABLE_TAG
                             ? " to "
                             : "",
                         group->verdict == PLAN_MOVABLE || group->verdict == PLAN_MOVABLE_RAW ||
                                 group->verdict == PLAN_MOVABLE_TAG
                             ? group->target
                             : "");
        struct table *table = document_part(document, title);
        for (int i = 0; i < 5; i++)
                table_column(document, table, titles[i], false);
        for (int i = 0; i < group->sites.n; i++) {
                const struct plan_site *site = &group->sites.at[i];
                struct table_row *row = table_row(document, table);
                row->cells[0] = place_text(document, &site->at);
                row->cells[1] = site->function;
                row->cells[2] = site->written;
                row->cells[3] = lock_column_name(site->lock);
                row->cells[4] = group->edits.n ? site->becomes : NULL;
        }
        put_reasons(document, table, group);
}

struct document *plan_document(struct arena *arena, const struct plan *plan, const struct census *coverage)
{
        struct document *document =
            document_new(arena, arena_printf(arena, "Plan: %d group%s, --to %s", plan->groups.n,
                                             plural(plan->groups.n), plan->to));
        document_coverage(document, coverage);
        for (int i = 0; i < PLAN_VERDICTS; i++)
                if (plan->counts[i])
                        document_say(document, "%d %s.", plan->counts[i],
                                     plan_verdict_text((enum plan_verdict)i));
        if (plan->objects)
                document_say(document, "%d %s; they belong to their types.", plan->objects,
                             plan->objects == 1 ? "site makes or releases objects"
                                                : "sites make or release objects");
        summary_part(document, plan);
        for (int i = 0; i < plan->groups.n; i++)
                if (plan->groups.at[i]->verdict != PLAN_ALREADY || plan->groups.at[i]->reasons.n)
                        group_part(document, plan->groups.at[i]);
        return document;
}
