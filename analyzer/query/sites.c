/* sites.c: see sites.h. Looks at calls alone, walks nothing. */
#include "query/sites.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

const char *families_names(struct arena *arena, const struct models *models, families set)
{
        struct out out = {.arena = arena};
        for (int i = family_next(set, -1); i >= 0; i = family_next(set, i))
                out_format(&out, "%s%s", out.length ? "|" : "", models->families.at[i].name);
        return out.length ? out_string(&out) : "unknown";
}

/* The value of a place that is a constant, else -1. */
static int64_t place_constant(const struct func *func, int place)
{
        if (place < 0)
                return -1;
        const struct place *p = &func->places.at[place];
        int64_t left, right, value = -1;
        switch (p->kind) {
        case PLACE_CONST:
        case PLACE_SIZEOF:
                return p->value >= 0 ? p->value : -1;
        case PLACE_ARITH:
                left = place_constant(func, p->base);
                right = place_constant(func, p->index);
                if (left < 0 || right < 0)
                        return -1;
                if (p->op == ARITH_MUL && !__builtin_mul_overflow(left, right, &value))
                        return value;
                if (p->op == ARITH_ADD && !__builtin_add_overflow(left, right, &value))
                        return value;
                return p->op == ARITH_SUB && left >= right ? left - right : -1;
        default:
                return -1;
        }
}

static int64_t size_of(const struct func *func, const struct event *event, const struct model *model)
{
        int64_t size = 1;
        if (model->size_args[0] < 0)
                return -1;
        for (int i = 0; i < 2; i++) {
                int arg = model->size_args[i];
                if (arg < 0)
                        continue;
                int64_t one = arg < event->nargs ? place_constant(func, event->args[arg]) : -1;
                if (one < 0 || __builtin_mul_overflow(size, one, &size))
                        return -1;
        }
        return size;
}

/* Families of plain memory: no locks, no files, nothing that nobody may release. */
static bool is_memory(const struct models *models, families set)
{
        bool any = false;
        for (int i = family_next(set, -1); i >= 0; i = family_next(set, i)) {
                if (models->families.at[i].resource || models->families.at[i].unowned)
                        return false;
                any = true;
        }
        return any;
}

/* What the effects of CONTRACT make of a call; false when it neither gives nor takes plain memory. */
static bool site_effects(const struct models *models, const struct contract *contract,
                         struct memory_site *site)
{
        for (int i = 0; i < contract->effects.n; i++) {
                const struct effect *effect = &contract->effects.at[i];
                bool gives = effect->kind == EFFECT_GIVES, takes = effect->kind == EFFECT_TAKES;
                bool resizes = effect->kind == EFFECT_RESIZES;
                if (!(gives || takes || resizes) || !is_memory(models, effect->family))
                        continue;
                site->family |= effect->family;
                if (gives || resizes) {
                        site->gives = true;
                        site->result = resizes ? effect->from : effect->at;
                }
                if (takes || resizes) {
                        site->takes = true;
                        site->pointer = effect->at;
                }
                if (resizes)
                        site->role = ROLE_REALLOC;
        }
        if (site->role != ROLE_REALLOC)
                site->role = site->gives ? ROLE_ALLOC : ROLE_FREE;
        return site->gives || site->takes;
}

/*
 * What a call stands for. Another name of an allocator may have stood for a
 * different one in the headers that this unit was read with: what it was
 * expanded to tells, where that is known.
 */
static const struct model *meant(const struct models *models, const struct call *call)
{
        const struct model *behind = call->event->via ? models_find(models, call->event->via) : NULL;
        bool other = call->model && call->model->same_as && behind && behind->allocator &&
                     behind->role == call->model->role && behind->size_is_type == call->model->size_is_type;
        return other ? behind : call->model;
}

static struct memory_site *site_of(struct arena *arena, const struct program *program,
                                   struct function *function, const struct call *call)
{
        const struct model *model = meant(program->models, call);
        const struct contract *contract = model != call->model ? &model->contract
                                          : call->contract     ? call->contract
                                          : call->slot         ? call->slot->contract
                                                               : NULL;
        struct memory_site found = {.function = function, .call = call, .model = model, .size = -1};
        if (!contract || !site_effects(program->models, contract, &found))
                return NULL;
        found.block = call->block;
        found.index = call->index;
        if (found.model) {
                found.plain = found.model->allocator;
                found.zeroed = found.model->zeroed;
                found.size = found.gives ? size_of(function->func, call->event, found.model) : -1;
                if (found.model->role == ROLE_CALLOC || found.model->role == ROLE_REALLOC)
                        found.role = found.model->role;
                if (found.zeroed && found.role == ROLE_ALLOC)
                        found.role = ROLE_CALLOC;
        }
        struct memory_site *site = NEW(arena, struct memory_site);
        *site = found;
        return site;
}

struct where site_where(const struct memory_site *site)
{
        return program_where(site->function->unit, site->call->event->at);
}

const char *site_written(struct arena *arena, const struct memory_site *site)
{
        const struct event *event = site->call->event;
        if (event->spelled)
                return event->spelled;
        return event->callee ? event->callee
                             : place_source(arena, site->function->func, event->target, NULL, NULL);
}

static int by_place(const void *a, const void *b)
{
        const struct memory_site *x = *(struct memory_site *const *)a, *y = *(struct memory_site *const *)b;
        struct where p = site_where(x), q = site_where(y);
        int files = strcmp(p.file, q.file);
        if (files)
                return files;
        if (p.line != q.line)
                return p.line < q.line ? -1 : 1;
        if (p.col != q.col)
                return p.col < q.col ? -1 : 1;
        /* one macro may make several calls: in order of the events */
        if (x->function != y->function)
                return x->function->index - y->function->index;
        return x->block != y->block ? x->block - y->block : x->index - y->index;
}

struct memory_sites *sites_find(struct arena *arena, const struct program *program)
{
        struct memory_sites *sites = NEW(arena, struct memory_sites);
        for (int f = 0; f < program->functions.n; f++) {
                struct function *function = program->functions.at[f];
                for (int c = 0; c < function->calls.n; c++) {
                        struct memory_site *site = site_of(arena, program, function, &function->calls.at[c]);
                        if (site)
                                VEC_PUSH(arena, &sites->list, site);
                }
        }
        if (sites->list.n)
                qsort(sites->list.at, (size_t)sites->list.n, sizeof *sites->list.at, by_place);
        return sites;
}
