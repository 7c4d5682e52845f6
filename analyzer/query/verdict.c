/* verdict.c: where a group should go, and whether it can; see plan.h. */
#include "query/groups.h"

#include <string.h>

/* --- the lock at the sites ---------------------------------------------------------------- */

/* Whether SITE is reached, or may be, without the lock. */
static bool lacks_lock(struct planning *planning, struct group *group, const struct memory_site *site)
{
        const struct lock_point *point = lock_at(planning->locks, site->function, site->block, site->index);
        const char *name = function_name(site->function), *written = site_written(planning->arena, site);
        struct where at = site_where(site);
        bool lacks = true;
        if (point->states & GIL_RELEASED)
                group_reason(planning, group, WHY_GIL, at, point->why[1],
                             "'%s' in '%s' is reached without the GIL", written, name);
        else if (point->states & GIL_UNKNOWN)
                group_reason(planning, group, WHY_GIL, at, point->why[3],
                             "'%s' in '%s' is reached in a state of the GIL that is not known", written,
                             name);
        else if (point->doubt)
                group_reason(planning, group, WHY_GIL, at, point->doubt,
                             "'%s' in '%s' may be reached without the GIL: nothing tells the state", written,
                             name);
        else if (!point->states)
                group_reason(planning, group, WHY_GIL, at, NULL, "nothing is seen to reach '%s' in '%s'",
                             written, name);
        else
                lacks = false;
        if (point->states & GIL_ASSUMED)
                group_assume(planning, group, WHY_GIL, at, point->why[2], "callers of '%s' hold the GIL",
                             point->why[2] && point->why[2]->func ? point->why[2]->func : name);
        return lacks;
}

static bool some_lacks_lock(struct planning *planning, struct group *group)
{
        bool lacks = false;
        for (int i = 0; i < group->sites.n; i++)
                lacks |= lacks_lock(planning, group, group->sites.at[i]);
        return lacks;
}

/* --- families --------------------------------------------------------------------------------- */

int plan_target(const struct models *models, bool needs_gil)
{
        for (int i = 0; i < models->families.n; i++) {
                const struct family *family = &models->families.at[i];
                if (family->target && family->traced && !family->only_objects &&
                    family->needs_gil == needs_gil)
                        return i;
        }
        return -1;
}

/* One family, or several that may be released as one another. */
static bool one_kind(const struct models *models, const struct group *group)
{
        for (int a = family_next(group->gives, -1); a >= 0; a = family_next(group->gives, a))
                for (int b = family_next(group->takes, -1); b >= 0; b = family_next(group->takes, b))
                        if (!families_agree(models, (families)1 << a, (families)1 << b))
                                return false;
        return true;
}

static void tell_families(struct planning *planning, struct group *group)
{
        for (int i = 0; i < group->sites.n; i++) {
                const struct memory_site *site = group->sites.at[i];
                group_reason(planning, group, WHY_FAMILIES, site_where(site), NULL,
                             "'%s' in '%s' is %s memory", site_written(planning->arena, site),
                             function_name(site->function),
                             families_text(planning->arena, planning->program->models, site->family));
        }
}

static bool has_reason(const struct group *group, enum plan_why kind)
{
        for (int i = 0; i < group->row->reasons.n; i++)
                if (group->row->reasons.at[i].kind == kind)
                        return true;
        return false;
}

/* --- the verdict ---------------------------------------------------------------------------------- */

static enum plan_verdict already(struct group *group, bool lacking, const struct family *family)
{
        if (!(lacking && family->needs_gil))
                group->row->reasons.n = 0;
        group->row->assumptions.n = 0;
        return PLAN_ALREADY;
}

/* The lock told where it can go; now everything else. REASONS: how many of them are about the lock. */
static enum plan_verdict settle(struct planning *planning, struct group *group, int to, bool raw, int reasons)
{
        const struct models *models = planning->program->models;
        const struct family *family = &models->families.at[to];
        bool several = !one_kind(models, group);
        if (family->only_objects && models->python_max >= VERSION(3, 13))
                group_reason(planning, group, WHY_DOMAIN, (struct where){0}, NULL,
                             "the domain of %s is for objects only since free-threaded builds",
                             family->title);
        obstacles_find(planning, group);
        if (has_reason(group, WHY_MISMATCH))
                return PLAN_INCONSISTENT;
        bool blocked = group->row->reasons.n > reasons;
        if (several)
                tell_families(planning, group);
        if (blocked)
                return PLAN_NOT_MOVABLE;
        if (several)
                return PLAN_MOVABLE_TAG;
        rewrite_group(planning, group, to);
        if (group->row->reasons.n > reasons)
                return PLAN_NOT_MOVABLE;
        return raw ? PLAN_MOVABLE_RAW : PLAN_MOVABLE;
}

void verdict_find(struct planning *planning, struct group *group)
{
        const struct models *models = planning->program->models;
        struct plan_group *row = group->row;
        bool lacking = some_lacks_lock(planning, group);
        int raw = plan_target(models, false), to = planning->wish->to;
        if (to < 0)
                to = lacking ? raw : plan_target(models, true);
        families all = group->gives | group->takes;
        const struct family *family = &models->families.at[to];
        row->target = family->name;
        if (all == (families)1 << to) {
                row->verdict = already(group, lacking, family);
                return;
        }
        bool only_raw = lacking && family->needs_gil;
        if (!family->needs_gil) { /* the lock does not matter there, nor who is taken to hold it */
                row->reasons.n = 0;
                row->assumptions.n = 0;
        }
        int reasons = row->reasons.n;
        if (only_raw && all == (families)1 << raw) {
                row->verdict = PLAN_NOT_MOVABLE;
                return;
        }
        if (only_raw)
                row->target = models->families.at[raw].name;
        row->verdict = settle(planning, group, only_raw ? raw : to, only_raw, reasons);
        if (row->verdict != PLAN_MOVABLE && row->verdict != PLAN_MOVABLE_RAW)
                row->edits.n = row->edited.n = row->lacking.n = 0;
}
