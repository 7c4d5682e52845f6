/* census.c: see census.h. From sites and lock states to rows; judges nothing. */
#include "query/census.h"

#include "base/text.h"
#include "query/sites.h"

#include <stdlib.h>
#include <string.h>

struct taking {
        struct arena *arena;
        struct program *program;
        struct census *census;
        struct locks *locks;
};

const char *lock_column_name(enum lock_column column)
{
        static const char *const names[] = {"held",    "released", "either",
                                            "assumed", "unknown",  "unreachable"};
        return names[column];
}

const char *site_role_name(enum site_role role)
{
        static const char *const names[] = {"alloc", "calloc", "realloc", "free"};
        return names[role];
}

enum lock_column lock_column_of(gil_set states)
{
        if (!states)
                return LOCK_UNREACHABLE;
        if (states & GIL_UNKNOWN)
                return LOCK_NOT_KNOWN;
        if (!(states & GIL_RELEASED))
                return states & GIL_HELD ? LOCK_HELD : LOCK_ASSUMED;
        return states == GIL_RELEASED ? LOCK_RELEASED : LOCK_EITHER;
}

enum site_role site_role_of(enum model_role role)
{
        return role == ROLE_CALLOC    ? SITE_CALLOC
               : role == ROLE_REALLOC ? SITE_REALLOC
               : role == ROLE_FREE    ? SITE_FREE
                                      : SITE_ALLOC;
}

static bool is_object(const struct models *models, families set)
{
        int first = family_next(set, -1);
        return first >= 0 && models->families.at[first].object;
}

/* --- what a block is kept in ---------------------------------------------------- */

enum { ALIASES = 8 };

struct aliases {
        int at[ALIASES], n;
};

static bool aliases_have(const struct aliases *aliases, int place)
{
        for (int i = 0; i < aliases->n; i++)
                if (aliases->at[i] == place)
                        return true;
        return false;
}

static const char *key_of(struct arena *arena, const struct func *func, int place)
{
        const struct place *p = &func->places.at[place];
        if (p->kind == PLACE_ELEM)
                return key_of(arena, func, p->base);
        if (p->kind == PLACE_GLOBAL)
                return arena_printf(arena, "$%s", p->name);
        return p->kind == PLACE_FIELD ? p->name : NULL;
}

/* Looks one assignment on: from the block to where it is put, or from where it was loaded. */
static const char *follow(struct arena *arena, const struct func *func, struct aliases *aliases, bool out)
{
        for (int b = 0; b < func->blocks.n; b++)
                for (int e = 0; e < func->blocks.at[b].events.n; e++) {
                        const struct event *event = &func->blocks.at[b].events.at[e];
                        int from = out ? event->src : event->dst, to = out ? event->dst : event->src;
                        if (event->kind != EVENT_ASSIGN || from < 0 || to < 0 || !aliases_have(aliases, from))
                                continue;
                        const char *key = key_of(arena, func, to);
                        enum place_kind kind = func->places.at[to].kind;
                        if (key)
                                return key;
                        if ((kind == PLACE_LOCAL || kind == PLACE_TEMP) && aliases->n < ALIASES &&
                            !aliases_have(aliases, to))
                                aliases->at[aliases->n++] = to;
                }
        return NULL;
}

/* The field or variable that holds the block behind an allocation, or held it before a release. */
static const char *field_of(struct arena *arena, const struct memory_site *site)
{
        const struct func *func = site->function->func;
        const struct event *event = site->call->event;
        int start = site->gives ? event->dst : -1;
        if (!site->gives && site->pointer.root >= 0 && site->pointer.root < event->nargs)
                start = event->args[site->pointer.root];
        if (start < 0)
                return NULL;
        const char *key = key_of(arena, func, start);
        struct aliases aliases = {.at = {start}, .n = 1};
        for (int known = 0; !key && known < aliases.n;) {
                known = aliases.n;
                key = follow(arena, func, &aliases, site->gives);
        }
        return key;
}

/* --- one site ---------------------------------------------------------------------- */

/* True when callers of the function get or give back its blocks: it is an allocator itself. */
static bool is_wrapper(const struct function *function, const struct memory_site *site)
{
        const struct contract *contract = &function->contract;
        if (!site->model || site->model->object_allocator) /* objects have types for that */
                return false;
        for (int i = 0; i < contract->effects.n; i++) {
                const struct effect *effect = &contract->effects.at[i];
                bool direct = !effect->at.nsteps && (effect->family & site->family);
                if (direct && site->gives && effect->kind == EFFECT_GIVES && effect->at.root == SPOT_RESULT)
                        return true;
                if (direct && site->takes && effect->kind == EFFECT_TAKES && effect->at.root >= 0)
                        return true;
        }
        return false;
}

static void take_site(struct taking *taking, const struct memory_site *site)
{
        struct arena *arena = taking->arena;
        const struct event *event = site->call->event;
        const struct models *models = taking->program->models;
        const struct lock_point *point = lock_at(taking->locks, site->function, site->block, site->index);
        struct census_site row = {
            .at = site_where(site),
            .function = function_name(site->function),
            .written = site_written(arena, site),
            .callee = event->callee,
            .spelled = event->spelled,
            .via = event->via,
            .family = families_names(arena, models, site->family),
            .role = site_role_of(site->role),
            .object = is_object(models, site->family),
            .zeroed = site->zeroed,
            .size = site->size,
            .lock = lock_column_of(point->states),
            .held = point->why[0],
            .released = point->why[1],
            .assumed = point->why[2],
            .unknown = point->why[3],
            .field = field_of(arena, site),
            .wrapper = is_wrapper(site->function, site) ? function_name(site->function) : NULL,
            .partial = site->function->func->lost > 0,
        };
        VEC_PUSH(arena, &taking->census->sites, row);
}

/* --- units and families ------------------------------------------------------------- */

static void add_unit(struct arena *arena, struct census *census, const struct unit *unit)
{
        struct census_unit row = {.path = unit->path,
                                  .failed = unit->status == UNIT_FAILED,
                                  .kept = unit->kept,
                                  .lost = unit->lost,
                                  .reason = unit->diags.n ? unit->diags.at[0].text : NULL};
        bool whole = unit->status == UNIT_WHOLE;
        census->units++;
        census->whole += whole;
        census->failed += row.failed;
        census->partial += !whole && !row.failed;
        census->kept += unit->kept;
        census->lost += unit->lost;
        if (!whole)
                VEC_PUSH(arena, &census->unseen, row);
}

static void take_units(struct arena *arena, struct census *census, const struct program *program)
{
        for (int i = 0; i < program->units.n; i++)
                add_unit(arena, census, program->units.at[i]);
}

struct census *census_cover(struct arena *arena, const struct program *program)
{
        struct census *census = NEW(arena, struct census);
        take_units(arena, census, program);
        return census;
}

static void take_families(struct taking *taking, const struct memory_sites *sites)
{
        const struct models *models = taking->program->models;
        for (int f = 0; f < models->families.n; f++) {
                const struct family *family = &models->families.at[f];
                struct census_family row = {family->name,      family->title,  family->traced,
                                            family->needs_gil, family->object, 0};
                for (int i = 0; i < sites->list.n; i++)
                        row.sites += (sites->list.at[i]->family >> f & 1) != 0;
                if (row.sites)
                        VEC_PUSH(taking->arena, &taking->census->families, row);
        }
}

/* --- other names for allocators -------------------------------------------------------- */

static int uses_of_macro(const struct program *program, sym name)
{
        int uses = 0;
        for (int f = 0; f < program->functions.n; f++)
                for (int c = 0; c < program->functions.at[f]->calls.n; c++)
                        uses += program->functions.at[f]->calls.at[c].event->spelled == name;
        return uses;
}

/* The tree's own macros whose bodies name an allocator. */
static void take_macro(struct taking *taking, const struct unit *unit, const struct macro *macro)
{
        struct arena *arena = taking->arena;
        struct out of = {.arena = arena};
        struct census_alias row = {.name = macro->name, .macro = true};
        families set = 0;
        for (int w = 0; w < macro->words.n; w++) {
                const struct model *model = models_find(taking->program->models, macro->words.at[w].name);
                if (!model || !model->allocator)
                        continue;
                out_format(&of, "%s%s", of.length ? ", " : "", model->name);
                row.role = site_role_of(model->role);
                for (int i = 0; i < model->contract.effects.n; i++)
                        set |= model->contract.effects.at[i].family;
        }
        if (!of.length)
                return;
        row.at = program_where(unit, (struct range){.at = macro->at});
        for (int i = 0; i < taking->census->aliases.n; i++)
                if (taking->census->aliases.at[i].at.file == row.at.file &&
                    taking->census->aliases.at[i].at.line == row.at.line)
                        return; /* a header's macro comes with every unit */
        row.of = out_string(&of);
        row.family = families_names(arena, taking->program->models, set & ~FAMILY_UNKNOWN);
        row.uses = uses_of_macro(taking->program, macro->name);
        VEC_PUSH(arena, &taking->census->aliases, row);
}

static int uses_of_function(const struct program *program, const struct function *function)
{
        int uses = 0;
        for (int f = 0; f < program->functions.n; f++)
                for (int c = 0; c < program->functions.at[f]->calls.n; c++) {
                        const struct call *call = &program->functions.at[f]->calls.at[c];
                        for (int t = 0; t < call->to.n; t++)
                                uses += call->to.at[t] == function;
                }
        return uses;
}

/* Functions that hand out what they obtain, or give back what they get: one row each. */
static void take_wrapper(struct taking *taking, const struct memory_site *site)
{
        struct census *census = taking->census;
        struct where at = site->function->at;
        const char *of = site_written(taking->arena, site);
        if (!is_wrapper(site->function, site))
                return;
        for (int i = 0; i < census->aliases.n; i++) {
                struct census_alias *row = &census->aliases.at[i];
                if (row->at.file != at.file || row->at.line != at.line)
                        continue;
                if (!strstr(row->of, of))
                        row->of = arena_printf(taking->arena, "%s, %s", row->of, of);
                return;
        }
        struct census_alias row = {.name = function_name(site->function), .at = at, .of = of};
        row.family = families_names(taking->arena, taking->program->models, site->family);
        row.role = site_role_of(site->role);
        row.uses = uses_of_function(taking->program, site->function);
        VEC_PUSH(taking->arena, &census->aliases, row);
}

static int by_name(const void *a, const void *b)
{
        const struct census_alias *x = a, *y = b;
        int names = strcmp(x->name, y->name), files = strcmp(x->at.file, y->at.file);
        return names ? names : files ? files : (int)x->at.line - (int)y->at.line;
}

static void take_aliases(struct taking *taking, const struct memory_sites *sites)
{
        struct census *census = taking->census;
        for (int u = 0; u < taking->program->units.n; u++) {
                const struct unit *unit = taking->program->units.at[u];
                for (int m = 0; m < unit->macros.n; m++)
                        take_macro(taking, unit, unit->macros.at[m]);
        }
        for (int i = 0; i < sites->list.n; i++)
                take_wrapper(taking, sites->list.at[i]);
        if (census->aliases.n)
                qsort(census->aliases.at, (size_t)census->aliases.n, sizeof *census->aliases.at, by_name);
}

struct census *census_take(struct arena *arena, struct program *program)
{
        struct taking taking = {.arena = arena, .program = program, .census = NEW(arena, struct census)};
        taking.locks = locks_find(arena, program);
        struct memory_sites *sites = sites_find(arena, program);
        for (int i = 0; i < sites->list.n; i++)
                take_site(&taking, sites->list.at[i]);
        take_units(arena, taking.census, program);
        take_families(&taking, sites);
        take_aliases(&taking, sites);
        return taking.census;
}
