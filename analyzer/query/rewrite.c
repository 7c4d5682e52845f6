/*
 * rewrite.c: which names change where, for a group that moves. In: sites; out:
 * edits by place. Opens no source: whether the text is what it should be is
 * seen when the edits are made.
 */
#include "query/groups.h"

#include <string.h>

static bool only_family(const struct model *model, int to)
{
        families set = 0;
        for (int i = 0; i < model->contract.effects.n; i++)
                set |= model->contract.effects.at[i].family;
        return set == (families)1 << to;
}

/* How many arguments a plain allocator has. */
static int arity(const struct model *model)
{
        int most = model->pointer_arg;
        for (int i = 0; i < 2; i++)
                most = model->size_args[i] > most ? model->size_args[i] : most;
        return most + 1;
}

static bool same_layout(const struct model *a, const struct model *b)
{
        return a->role == b->role && a->pointer_arg == b->pointer_arg && a->size_args[0] == b->size_args[0] &&
               a->size_args[1] == b->size_args[1] && a->size_is_type == b->size_is_type &&
               a->assigns_pointer == b->assigns_pointer;
}

static bool is_principal(const struct model *model, int to)
{
        return model->allocator && !model->object_allocator && !model->same_as && !model->renamed &&
               !model->until && !model->deprecated && only_family(model, to);
}

static const struct model *typed_macro(const struct models *models, int to)
{
        for (int i = 0; i < models->list.n; i++) {
                const struct model *model = models->list.at[i];
                if (is_principal(model, to) && model->size_is_type && model->role == ROLE_ALLOC)
                        return model;
        }
        return NULL;
}

static const struct model *zeroing(const struct models *models, int to)
{
        for (int i = 0; i < models->list.n; i++) {
                const struct model *model = models->list.at[i];
                if (is_principal(model, to) && !model->macro && model->role == ROLE_CALLOC)
                        return model;
        }
        return NULL;
}

const struct model *rewrite_target(const struct models *models, const struct memory_site *site, int to)
{
        const struct model *from = site->model;
        if (!from || !site->plain)
                return NULL;
        for (int i = 0; i < models->list.n; i++) {
                const struct model *model = models->list.at[i];
                if (is_principal(model, to) && same_layout(model, from) &&
                    arity(model) == site->call->event->nargs)
                        return model;
        }
        /* A typed allocation checks its product; where there is none, a zeroed one does too. */
        if (from->size_is_type && from->role == ROLE_ALLOC && site->call->event->nargs == 2)
                return zeroing(models, to);
        return NULL;
}

/* --- edits ---------------------------------------------------------------------------- */

static bool add_edit(struct planning *planning, struct group *group, struct plan_edit edit)
{
        edit.at.end_line = edit.at.line;
        edit.at.end_col = edit.at.col + (uint32_t)strlen(edit.old);
        VEC_PUSH(planning->arena, &group->row->edits, edit);
        for (int i = 0; i < group->row->edited.n; i++)
                if (group->row->edited.at[i] == edit.at.file)
                        return true;
        VEC_PUSH(planning->arena, &group->row->edited, edit.at.file);
        return true;
}

enum { NESTED = 8 };

/* Every word NAME in the body of the macro and of those that it uses; how many there are. */
static int edit_macro(struct planning *planning, struct group *group, const struct unit *unit, sym macro,
                      sym name, const char *text, int depth)
{
        int found = 0;
        for (int m = 0; m < unit->macros.n && depth < NESTED; m++) {
                const struct macro *body = unit->macros.at[m];
                if (body->name != macro)
                        continue;
                for (int w = 0; w < body->words.n; w++) {
                        const struct word *word = &body->words.at[w];
                        if (word->name == name) {
                                struct plan_edit edit = {.kind = EDIT_NAME, .old = name, .text = text};
                                edit.at = program_where(unit, (struct range){.at = word->at});
                                found += add_edit(planning, group, edit);
                        } else if (word->name != macro) {
                                found += edit_macro(planning, group, unit, word->name, name, text, depth + 1);
                        }
                }
        }
        return found;
}

/* "n * sizeof(T)": the type, where the other factor is no size. */
static const char *element_of(const struct func *func, int place)
{
        const struct place *p = &func->places.at[place];
        if (p->kind != PLACE_ARITH || p->op != ARITH_MUL)
                return NULL;
        const struct place *left = &func->places.at[p->base], *right = &func->places.at[p->index];
        if ((left->kind == PLACE_SIZEOF) == (right->kind == PLACE_SIZEOF))
                return NULL;
        return left->kind == PLACE_SIZEOF ? left->name : right->name;
}

static void edit_call(struct planning *planning, struct group *group, const struct memory_site *site,
                      const struct model *model)
{
        const struct event *event = site->call->event;
        const struct func *func = site->function->func;
        struct plan_edit edit = {.kind = EDIT_NAME, .old = event->callee, .text = model->name};
        edit.at = edit.call = site_where(site);
        for (int i = 0; i < 2 && i < event->nargs && event->argat; i++)
                edit.args[i] = program_where(site->function->unit, event->argat[i]);
        edit.type = func_type(func, event->dst);
        int family = family_next(model->contract.effects.at[0].family, -1);
        const struct model *typed = typed_macro(planning->program->models, family);
        if (site->model->size_is_type && !model->size_is_type)
                edit.kind = EDIT_COUNT;
        else if (model->role == ROLE_ALLOC && typed && !model->size_is_type && event->nargs == 1 &&
                 event->argat && (edit.element = element_of(func, event->args[0]))) {
                edit.kind = EDIT_TYPED;
                edit.typed = typed->name;
        }
        add_edit(planning, group, edit);
}

static bool edit_site(struct planning *planning, struct group *group, const struct memory_site *site, int to)
{
        const struct event *event = site->call->event;
        const struct model *model = rewrite_target(planning->program->models, site, to);
        if (!model)
                return false;
        if (!event->spelled) {
                edit_call(planning, group, site, model);
                return true;
        }
        if (site->model->size_is_type != model->size_is_type)
                return false;
        return edit_macro(planning, group, site->function->unit, event->spelled, event->callee, model->name,
                          0);
}

/* --- declarations --------------------------------------------------------------------------- */

static bool has_header(const struct unit *unit, const char *header)
{
        size_t length = strlen(header);
        for (int i = 0; i < unit->deps.n; i++) {
                const char *path = unit->deps.at[i].path;
                size_t n = strlen(path);
                if (n > length && !strcmp(path + n - length, header) && path[n - length - 1] == '/')
                        return true;
        }
        return false;
}

static void find_lacking(struct planning *planning, struct group *group)
{
        struct plan_group *row = group->row;
        for (int f = 0; f < row->edited.n && row->header; f++) {
                bool lacks = false;
                for (int u = 0; u < planning->program->units.n; u++) {
                        const struct unit *unit = planning->program->units.at[u];
                        lacks |= unit_reads(unit, row->edited.at[f]) && !has_header(unit, row->header);
                }
                if (lacks)
                        VEC_PUSH(planning->arena, &row->lacking, row->edited.at[f]);
        }
}

void rewrite_group(struct planning *planning, struct group *group, int to)
{
        const struct models *models = planning->program->models;
        struct plan_group *row = group->row;
        row->header = models->families.at[to].header;
        for (int i = 0; i < group->sites.n; i++) {
                const struct memory_site *site = group->sites.at[i];
                const struct model *model = rewrite_target(models, site, to);
                const char *written = site_written(planning->arena, site);
                if (!edit_site(planning, group, site, to))
                        group_reason(planning, group, WHY_ALLOCATOR, site_where(site), NULL,
                                     "'%s' has no counterpart of the same arguments in %s", written,
                                     models->families.at[to].title);
                else if (model->since > models->python_min)
                        row->compat = true;
        }
        find_lacking(planning, group);
}
