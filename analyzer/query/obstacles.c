/*
 * obstacles.c: reasons why the blocks of a group cannot move, whatever the
 * target: they leave the tree, come from outside, or are not understood.
 */
#include "query/groups.h"

#include <string.h>

static const enum plan_why why_of_mark[MARKS] = {
    [MARK_KEPT] = WHY_KEPT,         [MARK_PASSED] = WHY_PASSED,   [MARK_GIVEN] = WHY_OUTSIDE,
    [MARK_TAKEN] = WHY_TAKEN,       [MARK_LENT] = WHY_LENT,       [MARK_EXPORTED] = WHY_EXPORTED,
    [MARK_CALLED] = WHY_CALLED,     [MARK_FOREIGN] = WHY_FOREIGN, [MARK_ADDRESS] = WHY_ADDRESS,
    [MARK_CALLABLE] = WHY_EXPORTED,
};

static void read_marks(struct planning *planning, struct group *group)
{
        for (int i = 0; i < group->marks.n; i++) {
                const struct mark *mark = group->marks.at[i];
                enum plan_why kind = why_of_mark[mark->kind];
                if (mark->kind == MARK_CALLABLE)
                        group_assume(planning, group, kind, mark->why->at, mark->why, "%s", mark->why->said);
                else
                        group_reason(planning, group, kind, mark->why->at, mark->why, "%s", mark->why->said);
        }
}

static void read_sites(struct planning *planning, struct group *group)
{
        const struct models *models = planning->program->models;
        for (int i = 0; i < group->sites.n; i++) {
                const struct memory_site *site = group->sites.at[i];
                const char *written = site_written(planning->arena, site);
                for (int f = family_next(site->family, -1); f >= 0; f = family_next(site->family, f))
                        if (models->families.at[f].object)
                                group_reason(planning, group, WHY_OBJECT, site_where(site), NULL,
                                             "'%s' makes or releases objects, which belong to their type",
                                             written);
                if (!site->plain)
                        group_reason(planning, group, WHY_ALLOCATOR, site_where(site), NULL,
                                     "'%s' is no plain allocator that another could replace", written);
                if (site->function->func->macro)
                        group_reason(planning, group, WHY_MACRO, site_where(site), NULL,
                                     "the macro '%s' writes the whole function '%s'",
                                     site->function->func->macro, function_name(site->function));
        }
        struct where first = site_where(group->sites.at[0]);
        if (!group->frees)
                group_reason(planning, group, WHY_ONE_SIDED, first, NULL,
                             "no release of these blocks is seen: they may go where it was not followed");
        if (!group->allocs)
                group_reason(planning, group, WHY_ONE_SIDED, first, NULL,
                             "no allocation of these blocks is seen: they may come from anywhere");
}

static void read_consumers(struct planning *planning, struct group *group)
{
        const struct plan_wish *wish = planning->wish;
        for (int i = 0; i < group->sites.n; i++)
                for (int c = 0; c < wish->consumers.n; c++) {
                        const struct memory_site *site = group->sites.at[i];
                        if (site->function->unit->path == wish->consumers.at[c])
                                group_reason(planning, group, WHY_CONSUMER, site_where(site), NULL,
                                             "a tree that uses this one calls '%s' on the same blocks",
                                             site_written(planning->arena, site));
                }
}

static bool same_place(const struct where *a, const struct where *b)
{
        return a->file == b->file && a->line == b->line && a->col == b->col;
}

/* The release is the site, or the site lies in a wrapper on the way to it. */
static bool on_the_way(const struct mismatch *mismatch, const struct where *at)
{
        if (same_place(at, &mismatch->at))
                return true;
        for (const struct step *step = mismatch->why; step; step = step->because)
                if (same_place(at, &step->at))
                        return true;
        return false;
}

/* A release that the walks along paths found not to fit: the group is wrong today. */
static void read_mismatches(struct planning *planning, struct group *group)
{
        const struct models *models = planning->program->models;
        for (int i = 0; i < group->sites.n; i++)
                for (int m = 0; m < planning->mismatches.n; m++) {
                        const struct mismatch *mismatch = &planning->mismatches.at[m];
                        struct where at = site_where(group->sites.at[i]);
                        bool sure = mismatch->sure;
                        if (!on_the_way(mismatch, &at))
                                continue;
                        group_reason(planning, group, sure ? WHY_MISMATCH : WHY_FAMILIES, at, mismatch->why,
                                     group->sites.at[i]->takes
                                         ? "'%s' %s %s memory to %s"
                                         : "what '%s' allocates %s %s memory that goes to %s",
                                     site_written(planning->arena, group->sites.at[i]),
                                     group->sites.at[i]->takes ? sure ? "releases" : "may release"
                                     : sure                    ? "is"
                                                               : "may be",
                                     families_text(planning->arena, models, mismatch->from),
                                     families_text(planning->arena, models, mismatch->to));
                }
}

void obstacles_find(struct planning *planning, struct group *group)
{
        read_mismatches(planning, group);
        read_sites(planning, group);
        read_marks(planning, group);
        read_consumers(planning, group);
        obstacles_unseen(planning, group);
}
