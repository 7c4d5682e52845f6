/* plan.c: see plan.h. Puts sites, lock states and travel together; the verdicts are in verdict.c. */
#include "query/groups.h"

#include <stdlib.h>
#include <string.h>

const char *plan_verdict_name(enum plan_verdict verdict)
{
        static const char *const names[PLAN_VERDICTS] = {"movable",       "movable-raw", "movable-tag",
                                                         "already-there", "not-movable", "inconsistent"};
        return names[verdict];
}

const char *plan_verdict_text(enum plan_verdict verdict)
{
        static const char *const texts[PLAN_VERDICTS] = {"movable",
                                                         "movable to the raw domain only",
                                                         "movable with a tag",
                                                         "already there",
                                                         "not movable",
                                                         "inconsistent"};
        return texts[verdict];
}

const char *plan_why_name(enum plan_why why)
{
        static const char *const names[WHY_COUNT] = {
            [WHY_KEPT] = "kept-outside",
            [WHY_PASSED] = "passed-to-unknown",
            [WHY_OUTSIDE] = "from-outside",
            [WHY_TAKEN] = "taken-outside",
            [WHY_LENT] = "lent",
            [WHY_EXPORTED] = "exported",
            [WHY_CALLED] = "called-outside",
            [WHY_FOREIGN] = "foreign-record",
            [WHY_ADDRESS] = "not-understood",
            [WHY_PARTIAL] = "not-read-whole",
            [WHY_SKIPPED] = "skipped-code",
            [WHY_OBJECT] = "objects",
            [WHY_ALLOCATOR] = "no-counterpart",
            [WHY_ONE_SIDED] = "one-sided",
            [WHY_CONSUMER] = "consumer",
            [WHY_DOMAIN] = "objects-only",
            [WHY_GIL] = "gil",
            [WHY_FAMILIES] = "families",
            [WHY_MISMATCH] = "mismatch",
            [WHY_MACRO] = "macro",
        };
        return names[why];
}

/* --- mismatches that exist today, as the walks along paths find them ---------------------- */

static void collect(const struct site *site, struct findings *out)
{
        struct planning *planning = out->data;
        if (site->block != BLOCK_EVENT_RELEASE || families_agree(site->models, site->from, site->to))
                return;
        struct mismatch mismatch = {site->at, site->from, site->to, site_fault(site, "it is released here"),
                                    site->confidence == CONFIDENCE_HIGH};
        VEC_PUSH(planning->arena, &planning->mismatches, mismatch);
}

static void find_mismatches(struct planning *planning)
{
        static const struct rule rule = {.name = "mismatch", .at = ON_BLOCK, .check = collect};
        static const struct rule *const rules[] = {&rule, NULL};
        struct findings out = {.arena = planning->arena, .data = planning};
        struct program alone = *planning->program;
        alone.threads = 1; /* all mismatches go into one list */
        rules_run(&alone, rules, &out);
}

/* --- rows ------------------------------------------------------------------------------------ */

static void put_site(struct planning *planning, struct group *group, const struct memory_site *site)
{
        struct arena *arena = planning->arena;
        const struct models *models = planning->program->models;
        const struct lock_point *point = lock_at(planning->locks, site->function, site->block, site->index);
        int to = family_find(models, group->row->target);
        const struct model *becomes = to >= 0 ? rewrite_target(models, site, to) : NULL;
        struct plan_site row = {
            .at = site_where(site),
            .function = function_name(site->function),
            .written = site_written(arena, site),
            .family = families_names(arena, models, site->family),
            .role = site_role_of(site->role),
            .lock = lock_column_of(point->states),
            .held = point->why[0],
            .released = point->why[1],
            .assumed = point->why[2],
            .unknown = point->why[3],
            .size = site->size,
            .becomes = becomes ? becomes->name : NULL,
        };
        VEC_PUSH(arena, &group->row->sites, row);
}

static bool wanted(const struct planning *planning, const struct group *group)
{
        families from = planning->wish->from;
        return !from || (from & (group->gives | group->takes));
}

/* Objects belong to their types: a group of them, and of what releases them, is no matter of plans. */
static bool objects_only(const struct planning *planning, const struct group *group)
{
        const struct models *models = planning->program->models;
        families set = group->gives | group->takes, objects = 0;
        for (int f = family_next(set, -1); f >= 0; f = family_next(set, f))
                if (models->families.at[f].object)
                        objects |= (families)1 << f;
        for (int f = family_next(set, -1); f >= 0; f = family_next(set, f))
                if (!(objects >> f & 1) && !families_agree(models, objects, (families)1 << f))
                        return false;
        return objects != 0;
}

static void put_groups(struct planning *planning)
{
        struct plan *plan = planning->plan;
        for (int i = 0; i < planning->groups.n; i++) {
                struct group *group = planning->groups.at[i];
                if (objects_only(planning, group)) {
                        plan->objects += group->sites.n;
                        continue;
                }
                if (!wanted(planning, group))
                        continue;
                verdict_find(planning, group);
                for (int s = 0; s < group->sites.n; s++)
                        put_site(planning, group, group->sites.at[s]);
                VEC_PUSH(planning->arena, &plan->groups, group->row);
                group->row->number = plan->groups.n;
                plan->counts[group->row->verdict]++;
                int to = family_find(planning->program->models, group->row->target);
                if (group->row->compat && group->row->edits.n)
                        plan->compat = planning->program->models->families.at[to].compat;
        }
}

struct plan *plan_make(struct arena *arena, struct program *program, const struct plan_wish *wish)
{
        struct planning planning = {
            .arena = arena, .program = program, .wish = wish, .plan = NEW(arena, struct plan)};
        planning.plan->to = wish->to < 0 ? "auto" : program->models->families.at[wish->to].name;
        planning.locks = locks_find(arena, program);
        planning.sites = sites_find(arena, program);
        planning.travel = travel_find(arena, program, planning.sites);
        find_mismatches(&planning);
        groups_find(&planning);
        put_groups(&planning);
        return planning.plan;
}
