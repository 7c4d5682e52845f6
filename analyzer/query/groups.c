/* groups.c: from classes of pointers to groups of sites; see groups.h and plan.h. */
#include "query/groups.h"

#include <stdarg.h>
#include <string.h>

static void push_reason(struct planning *planning, struct plan_reason reason, bool assumption,
                        struct plan_group *row)
{
        for (int i = 0; i < (assumption ? row->assumptions.n : row->reasons.n); i++) {
                const struct plan_reason *other = assumption ? &row->assumptions.at[i] : &row->reasons.at[i];
                if (other->kind == reason.kind && !strcmp(other->said, reason.said))
                        return;
        }
        if (assumption)
                VEC_PUSH(planning->arena, &row->assumptions, reason);
        else
                VEC_PUSH(planning->arena, &row->reasons, reason);
}

void group_reason(struct planning *planning, struct group *group, enum plan_why kind, struct where at,
                  const struct step *because, const char *format, ...)
{
        va_list args;
        va_start(args, format);
        struct plan_reason reason = {kind, arena_vprintf(planning->arena, format, args), at, because};
        va_end(args);
        push_reason(planning, reason, false, group->row);
}

void group_assume(struct planning *planning, struct group *group, enum plan_why kind, struct where at,
                  const struct step *because, const char *format, ...)
{
        va_list args;
        va_start(args, format);
        struct plan_reason reason = {kind, arena_vprintf(planning->arena, format, args), at, because};
        va_end(args);
        push_reason(planning, reason, true, group->row);
}

/* --- which sites belong together ------------------------------------------------------ */

/* Union-find over site numbers. */
struct parts {
        int *parent;
        struct map released; /* vertex of a released block -> number of its site + 1 */
};

static int part_of(struct parts *parts, int site)
{
        while (parts->parent[site] != site)
                site = parts->parent[site] = parts->parent[parts->parent[site]];
        return site;
}

static void join(struct parts *parts, int a, int b)
{
        a = part_of(parts, a);
        b = part_of(parts, b);
        parts->parent[a > b ? a : b] = a < b ? a : b;
}

static int vertex(const struct planning *planning, const struct memory_site *site, bool obtained)
{
        const struct travel *travel = planning->travel;
        return 2 * (obtained ? travel_obtained(travel, site->call) : travel_released(travel, site->call));
}

/* An allocation belongs to every release that its block reaches. */
static void join_ways(struct planning *planning, struct parts *parts)
{
        for (int i = 0; i < planning->sites->list.n; i++) {
                const struct memory_site *site = planning->sites->list.at[i];
                int n = site->gives ? graph_reach(planning->graph, vertex(planning, site, true), false) : 0;
                for (int v = 0; v < n; v++) {
                        intptr_t other =
                            (intptr_t)map_get(&parts->released, (uint64_t)planning->graph->queue[v] + 1);
                        if (other)
                                join(parts, i, (int)other - 1);
                }
        }
}

/* What one macro of the tree makes is rewritten by rewriting the macro. */
static void join_macros(struct planning *planning, struct parts *parts)
{
        struct map by_macro;
        map_init(&by_macro, planning->arena);
        for (int i = 0; i < planning->sites->list.n; i++) {
                const struct memory_site *site = planning->sites->list.at[i];
                const struct unit *unit = site->function->unit;
                sym spelled = site->call->event->spelled;
                for (int m = 0; spelled && m < unit->macros.n; m++) {
                        const struct macro *macro = unit->macros.at[m];
                        if (macro->name != spelled)
                                continue;
                        struct where at = program_where(unit, (struct range){.at = macro->at});
                        sym place = name_printf(planning->program->names, "%s:%u", at.file, at.line);
                        void **slot = map_at(&by_macro, MAP_KEY(place));
                        if (*slot)
                                join(parts, i, (int)(intptr_t)*slot - 1);
                        else
                                *slot = (void *)(intptr_t)(i + 1);
                }
        }
}

static void add_site(struct planning *planning, struct group *group, const struct memory_site *site)
{
        const struct models *models = planning->program->models;
        VEC_PUSH(planning->arena, &group->sites, site);
        group->gives |= site->gives ? site->family : 0;
        group->takes |= site->takes ? site->family : 0;
        group->allocs += site->gives;
        group->frees += site->takes;
        for (int f = family_next(site->family, -1); f >= 0; f = family_next(site->family, f))
                group->object |= models->families.at[f].object;
}

static void make_groups(struct planning *planning)
{
        int n = planning->sites->list.n;
        struct parts parts = {.parent = NEW_ARRAY(planning->arena, int, n + 1)};
        struct group **of = NEW_ARRAY(planning->arena, struct group *, n + 1);
        map_init(&parts.released, planning->arena);
        for (int i = 0; i < n; i++) {
                const struct memory_site *site = planning->sites->list.at[i];
                parts.parent[i] = i;
                if (site->takes)
                        *map_at(&parts.released, (uint64_t)vertex(planning, site, false) + 1) =
                            (void *)(intptr_t)(i + 1);
        }
        join_ways(planning, &parts);
        join_macros(planning, &parts);
        for (int i = 0; i < n; i++) {
                int part = part_of(&parts, i);
                if (!of[part]) {
                        of[part] = NEW(planning->arena, struct group);
                        of[part]->row = NEW(planning->arena, struct plan_group);
                        VEC_PUSH(planning->arena, &planning->groups, of[part]);
                }
                add_site(planning, of[part], planning->sites->list.at[i]);
        }
}

/* --- where the blocks of a group can be --------------------------------------------------- */

enum { FROM_ALLOCATION = 1, TO_RELEASE = 2 };

/* What lies on the ways of the blocks of one group: bits by vertex. */
static unsigned char *ways_of(struct planning *planning, const struct group *group)
{
        unsigned char *ways = planning->ways;
        memset(ways, 0, (size_t)planning->graph->n);
        for (int i = 0; i < group->sites.n; i++) {
                const struct memory_site *site = group->sites.at[i];
                int n = site->gives ? graph_reach(planning->graph, vertex(planning, site, true), false) : 0;
                for (int v = 0; v < n; v++)
                        ways[planning->graph->queue[v]] |= FROM_ALLOCATION;
                n = site->takes ? graph_reach(planning->graph, vertex(planning, site, false), true) : 0;
                for (int v = 0; v < n; v++)
                        ways[planning->graph->queue[v]] |= TO_RELEASE;
        }
        return ways;
}

static void add_function(struct arena *arena, struct functions *functions, const struct function *function)
{
        for (int i = 0; i < functions->list.n; i++)
                if (functions->list.at[i] == function)
                        return;
        VEC_PUSH(arena, &functions->list, function);
}

static void add_places(struct planning *planning, struct group *group, const unsigned char *ways)
{
        struct travel *travel = planning->travel;
        for (int i = 0; i < travel->fields.n; i++)
                if (ways[2 * travel->fields.at[i].node])
                        VEC_PUSH(planning->arena, &group->fields,
                                 (const struct field_node *)&travel->fields.at[i]);
        for (int i = 0; i < travel->globals.n; i++)
                if (ways[2 * travel->globals.at[i].node])
                        VEC_PUSH(planning->arena, &group->globals,
                                 (const struct global_node *)&travel->globals.at[i]);
}

/*
 * Whose parameters and results are on the ways; a door lets callers get a block,
 * or give one to be released.
 */
static void add_functions(struct planning *planning, struct group *group, const unsigned char *ways)
{
        struct travel *travel = planning->travel;
        for (int i = 0; i < group->sites.n; i++)
                add_function(planning->arena, &group->functions, group->sites.at[i]->function);
        for (int f = 0; f < planning->program->functions.n; f++) {
                const struct function *function = planning->program->functions.at[f];
                for (int i = -1; i < function->func->nparams; i++) {
                        int way = ways[2 * (i < 0 ? travel->results[f] : travel_param(travel, function, i))];
                        if (way)
                                add_function(planning->arena, &group->functions, function);
                        if (way & (i < 0 ? FROM_ALLOCATION : TO_RELEASE))
                                add_function(planning->arena, &group->doors, function);
                }
        }
}

static void add_locals(struct planning *planning, struct group *group, const unsigned char *ways)
{
        for (int f = 0; f < group->functions.list.n; f++) {
                const struct function *function = group->functions.list.at[f];
                for (int v = 0; v < function->func->vars.n; v++) {
                        int place = function->func->vars.at[v].place;
                        int node = travel_place(planning->travel, function->unit, function->func, place);
                        /* a variable that no statement mentions has a node of its own, behind the graph */
                        if (node >= 0 && 2 * node < planning->graph->n && ways[2 * node])
                                VEC_PUSH(
                                    planning->arena, &group->locals,
                                    (struct local_name){function, function->func->places.at[place].name});
                }
        }
}

/* Out of the tree behind an allocation, into it before a release. */
static void add_marks(struct planning *planning, struct group *group, const unsigned char *ways)
{
        struct travel *travel = planning->travel;
        for (int i = 0; i < travel->marks.n; i++) {
                const struct mark *mark = &travel->marks.at[i];
                int way = ways[graph_vertex(travel, mark->at)];
                if (((way & FROM_ALLOCATION) && (mark->way & MARK_OUT)) ||
                    ((way & TO_RELEASE) && (mark->way & MARK_IN)))
                        VEC_PUSH(planning->arena, &group->marks, mark);
        }
}

/* --- its name -------------------------------------------------------------------------- */

/* "buffer.data" of "src/buffer.h|buffer.data". */
static const char *bare_key(const char *key)
{
        const char *bar = strrchr(key, '|');
        return bar ? bar + 1 : key;
}

/* On a whole way, from an allocation to a release, where there is one. */
static bool on_the_way(const struct group *group, int way)
{
        return way == (FROM_ALLOCATION | TO_RELEASE) || (way && !(group->allocs && group->frees));
}

static void name_group(struct planning *planning, struct group *group, const unsigned char *ways)
{
        struct arena *arena = planning->arena;
        struct plan_group *row = group->row;
        for (int i = 0; i < group->fields.n; i++)
                if (on_the_way(group, ways[2 * group->fields.at[i]->node]))
                        VEC_PUSH(arena, &row->places, bare_key(group->fields.at[i]->key));
        for (int i = 0; i < group->globals.n; i++)
                if (on_the_way(group, ways[2 * group->globals.at[i]->node]))
                        VEC_PUSH(arena, &row->places, group->globals.at[i]->name);
        row->name = row->places.n ? row->places.at[0]
                                  : arena_printf(arena, "in %s", function_name(group->sites.at[0]->function));
        row->current = families_names(arena, planning->program->models, group->gives | group->takes);
}

void groups_find(struct planning *planning)
{
        planning->graph = graph_make(planning->arena, planning->travel);
        planning->ways = NEW_ARRAY(planning->arena, unsigned char, planning->graph->n + 1);
        make_groups(planning);
        for (int i = 0; i < planning->groups.n; i++) {
                struct group *group = planning->groups.at[i];
                const unsigned char *ways = ways_of(planning, group);
                add_places(planning, group, ways);
                add_functions(planning, group, ways);
                add_locals(planning, group, ways);
                add_marks(planning, group, ways);
                name_group(planning, group, ways);
        }
}
