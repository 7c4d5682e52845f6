/*
 * travel_call.c: what calls move: arguments into parameters, results into what
 * they are assigned to, by bodies where the tree has them, by contracts where
 * models speak; the rest is marked as not known. See travel.h.
 */
#include "query/travel.h"

#include <string.h>

struct passing {
        struct travel *travel;
        struct function *function;
        const struct call *call;
        struct where at;
        const char *name; /* of what is called */
        int result;       /* node of what the call returns */
        int site;         /* node of the block it releases, the next one of what it obtains; -1: no site */
};

/* A place that a call speaks of: its node, and what its value is a copy of. */
struct spoken {
        int node;
        struct ends ends;
};

static struct spoken arg_of(const struct passing *passing, int i)
{
        const struct event *event = passing->call->event;
        struct travel *travel = passing->travel;
        const struct func *func = passing->function->func;
        if (i < 0 || i >= event->nargs)
                return (struct spoken){.node = -1};
        return (struct spoken){travel_place(travel, passing->function->unit, func, event->args[i]),
                               travel_ends(travel, passing->function->unit, func, event->args[i])};
}

static struct spoken spoken_end(int node, bool cell)
{
        return (struct spoken){node, {{{node, cell}}, node >= 0}};
}

static struct spoken spot_of_call(const struct passing *passing, const struct spot *spot)
{
        struct travel *travel = passing->travel;
        struct spoken now = {.node = -1};
        if (spot->root == SPOT_RESULT)
                now = spoken_end(passing->result, false);
        else if (spot->root >= 0)
                now = arg_of(passing, spot->root);
        for (int i = 0; i < spot->nsteps; i++) {
                bool follow = spot->steps[i][0] == '*' && !spot->steps[i][1];
                if (!follow)
                        now = spoken_end(travel_field(travel, spot->steps[i]), false);
                else if (now.node >= 0)
                        now = spoken_end(class_pointee(&travel->classes, now.node), true);
        }
        return now;
}

static void mark(const struct passing *passing, enum mark_kind kind, int way, const struct spoken *spoken,
                 const char *before, const char *after)
{
        travel_mark_all(passing->travel, kind, way, &spoken->ends, spoken->node, passing->function,
                        passing->at,
                        arena_printf(passing->travel->arena, "%s'%s'%s", before, passing->name, after));
}

static void move(const struct passing *passing, const struct spoken *from, const struct spoken *to)
{
        for (int i = 0; i < to->ends.n; i++)
                travel_move(passing->travel, &from->ends, to->ends.at[i], to->node, from->node);
        class_join(&passing->travel->classes, to->node, from->node);
}

/* --- what models say -------------------------------------------------------------- */

static void gives(const struct passing *passing, const struct effect *effect)
{
        struct spoken to = spot_of_call(passing, &effect->at);
        struct spoken site = spoken_end(passing->site + 1, false);
        if (effect->kind == EFFECT_BORROWS)
                mark(passing, MARK_LENT, MARK_IN, &to, "", " hands out memory that somebody else owns");
        else if (passing->site >= 0)
                move(passing, &site, &to);
        else
                mark(passing, MARK_GIVEN, MARK_IN, &to, "", " hands it out");
}

static void takes(const struct passing *passing, const struct effect *effect)
{
        struct spoken from = spot_of_call(passing, &effect->at);
        struct spoken site = spoken_end(passing->site, false);
        if (passing->site >= 0)
                move(passing, &from, &site);
        else
                mark(passing, MARK_TAKEN, MARK_OUT, &from, "it goes back by ", "");
        if (effect->kind != EFFECT_RESIZES)
                return;
        struct spoken to = spot_of_call(passing, &effect->from), fresh = spoken_end(passing->site + 1, false);
        if (passing->site >= 0)
                move(passing, &fresh, &to);
        else
                mark(passing, MARK_GIVEN, MARK_IN, &to, "", " hands it out");
        move(passing, &from, &to); /* what does not fit stays where it is */
}

/* The value at one spot is copied to another; by functions that copy memory, what lies in it too. */
static void copies(const struct passing *passing, const struct effect *effect)
{
        struct classes *classes = &passing->travel->classes;
        const struct event *event = passing->call->event;
        struct spoken from = spot_of_call(passing, &effect->from), to = spot_of_call(passing, &effect->at);
        move(passing, &from, &to);
        bool whole = effect->at.root == SPOT_RESULT && !effect->at.nsteps && !effect->from.nsteps;
        if (!whole || event->nargs < 2 ||
            travel_pointerness(passing->travel, passing->function->func, event->args[1]) == NO_POINTER)
                return;
        int a = arg_of(passing, 0).node, b = arg_of(passing, 1).node;
        if (a >= 0 && b >= 0)
                class_join(classes, class_pointee(classes, a), class_pointee(classes, b));
}

/* The function of the tree at argument ARG, if it is one. */
static struct function *callback(const struct passing *passing, int arg)
{
        const struct func *func = passing->function->func;
        const struct event *event = passing->call->event;
        if (arg < 0 || arg >= event->nargs || func->places.at[event->args[arg]].kind != PLACE_FUNC)
                return NULL;
        return program_resolve(passing->travel->program, passing->function->unit,
                               func->places.at[event->args[arg]].name);
}

/* A function of the tree that is called back may be given any of the arguments. */
static void calls_back(const struct passing *passing, const struct effect *effect)
{
        struct travel *travel = passing->travel;
        const struct event *event = passing->call->event;
        int arg = effect->at.nsteps ? -1 : effect->at.root;
        struct function *to = callback(passing, arg);
        if (arg >= 0 && arg < event->nargs &&
            passing->function->func->places.at[event->args[arg]].kind == PLACE_NULL)
                return;
        for (int i = 0; i < event->nargs; i++) {
                struct spoken from = arg_of(passing, i);
                if (i == arg)
                        continue;
                if (!to)
                        mark(passing, MARK_PASSED, MARK_OUT, &from, "",
                             " hands it to a function that is not known");
                for (int p = 0; to && p < to->func->nparams; p++) {
                        struct spoken param = spoken_end(travel_param(travel, to, p), false);
                        move(passing, &from, &param);
                }
        }
}

static void apply_effect(const struct passing *passing, const struct effect *effect)
{
        struct spoken at = spot_of_call(passing, &effect->at);
        switch (effect->kind) {
        case EFFECT_GIVES:
        case EFFECT_BORROWS:
                gives(passing, effect);
                break;
        case EFFECT_TAKES:
        case EFFECT_RESIZES:
                takes(passing, effect);
                break;
        case EFFECT_KEEPS:
                mark(passing, MARK_KEPT, MARK_OUT, &at, "", " keeps it");
                break;
        case EFFECT_COPIES:
                if (!effect->inside)
                        copies(passing, effect);
                break;
        case EFFECT_FILLS:
                if (effect->value.low != effect->value.high)
                        mark(passing, MARK_LENT, MARK_IN, &at, "",
                             " fills it with something that is not known");
                break;
        case EFFECT_CALLS:
                calls_back(passing, effect);
                break;
        case EFFECT_READS:
                break;
        }
}

/* --- what nobody says ---------------------------------------------------------------- */

/* Parameter I of a function type as written, "int (const char *, long)"; NULL when there is none. */
static const char *param_type(struct arena *arena, const char *type, int i)
{
        const char *at = type ? strchr(type, '(') : NULL, *start = at ? at + 1 : NULL;
        int depth = 0;
        for (at = start; at && *at; at++) {
                if (depth == 0 && (*at == ',' || *at == ')')) {
                        if (i-- == 0)
                                return arena_strndup(arena, start, (size_t)(at - start));
                        start = at + 1;
                        if (*at == ')')
                                return NULL;
                }
                depth += *at == '(';
                depth -= *at == ')';
        }
        return NULL;
}

/* A callee that looks at what it gets and promises not to write or release it. */
static bool only_reads(struct arena *arena, const char *type, int i)
{
        const char *param = param_type(arena, type, i);
        if (!param)
                return false;
        while (*param == ' ')
                param++;
        const char *star = strchr(param, '*');
        return !star || (!strncmp(param, "const ", 6) && !strchr(star + 1, '*'));
}

static const char *decl_type(const struct passing *passing)
{
        const struct event *event = passing->call->event;
        sym name = event->via ? event->via : event->callee;
        const struct decl *decl = name ? map_get(&passing->travel->program->decls, MAP_KEY(name)) : NULL;
        return decl && *decl->type ? decl->type : NULL;
}

static bool returns_pointer(const char *type)
{
        const char *end = type ? strchr(type, '(') : NULL, *star = type ? strchr(type, '*') : NULL;
        return !end || (star && star < end); /* of a macro no type is known */
}

/* The type of a variable, or, with a star, of one whose address is taken; NULL for other places. */
static const char *own_type(struct arena *arena, const struct func *func, int place)
{
        const struct place *p = &func->places.at[place];
        bool address = p->kind == PLACE_ADDR;
        int variable = address ? p->base : place;
        for (int i = 0; i < func->vars.n; i++)
                if (func->vars.at[i].place == variable)
                        return address ? arena_printf(arena, "%s *", func->vars.at[i].type)
                                       : func->vars.at[i].type;
        return NULL;
}

/*
 * A record goes to a function that is declared for such records: it knows what
 * is in them. One that asks for anything, or gets the record as something else, does not.
 */
static void show_record(const struct passing *passing, const char *type, int i)
{
        struct travel *travel = passing->travel;
        const struct func *func = passing->function->func;
        const char *wants = param_type(travel->arena, type, i);
        const char *has = own_type(travel->arena, func, passing->call->event->args[i]);
        while (wants && (*wants == ' ' || !strncmp(wants, "const ", 6)))
                wants += *wants == ' ' ? 1 : 6;
        bool whole = wants && !strchr(wants, '*');
        if (!wants || !strncmp(wants, "void", 4) || (has ? strcmp(has, wants) != 0 : whole))
                return;
        struct shown_record shown = {.node = arg_of(passing, i).node,
                                     .whole = whole,
                                     .type = has ? NULL : wants,
                                     .in = passing->function,
                                     .at = passing->at};
        shown.said =
            arena_printf(travel->arena, "the record it lies in is passed to '%s', of which nothing is known",
                         passing->name);
        if (shown.node >= 0)
                VEC_PUSH(travel->arena, &travel->shown, shown);
}

/* LENIENT: a function of a header of which models say that its functions keep nothing. */
static void opaque(const struct passing *passing, bool lenient)
{
        const char *type = decl_type(passing);
        struct spoken result = spoken_end(passing->result, false);
        for (int i = 0; i < passing->call->event->nargs; i++) {
                struct spoken from = arg_of(passing, i);
                if (!lenient)
                        show_record(passing, type, i);
                if (!lenient || !only_reads(passing->travel->arena, type, i))
                        mark(passing, MARK_PASSED, MARK_OUT, &from, "it is passed to ",
                             ", of which nothing is known");
        }
        if (returns_pointer(type))
                mark(passing, MARK_GIVEN, MARK_IN, &result, "", " returns it, of which nothing is known");
}

static bool speaks_of_result(const struct contract *contract)
{
        for (int i = 0; i < contract->effects.n; i++) {
                const struct effect *effect = &contract->effects.at[i];
                if ((effect->at.root == SPOT_RESULT && !effect->at.nsteps && effect->kind != EFFECT_READS) ||
                    effect->kind == EFFECT_RESIZES)
                        return true;
        }
        return false;
}

/* True when a line of a model speaks of this name, not only of its header. */
static bool is_named(const struct passing *passing)
{
        const struct models *models = passing->travel->program->models;
        const struct event *event = passing->call->event;
        const struct model *model = passing->call->model;
        return (event->callee && models_find(models, event->callee) == model) ||
               (event->via && models_find(models, event->via) == model);
}

static void apply_contract(const struct passing *passing, const struct contract *contract)
{
        struct spoken result = spoken_end(passing->result, false);
        for (int i = 0; i < contract->effects.n; i++)
                apply_effect(passing, &contract->effects.at[i]);
        if (contract->opaque)
                opaque(passing, false);
        else if (passing->call->model && !is_named(passing))
                opaque(passing, true);
        else if (!speaks_of_result(contract) && returns_pointer(decl_type(passing)))
                mark(passing, MARK_LENT, MARK_IN, &result, "it is not known what ", " returns");
}

/* --- bodies --------------------------------------------------------------------------- */

static void apply_body(const struct passing *passing, struct function *to)
{
        struct travel *travel = passing->travel;
        const struct event *event = passing->call->event;
        struct spoken returned = spoken_end(travel->results[to->index], false);
        struct spoken result = spoken_end(passing->result, false);
        move(passing, &returned, &result);
        for (int i = 0; i < event->nargs; i++) {
                struct spoken from = arg_of(passing, i);
                if (i >= to->func->nparams) {
                        mark(passing, MARK_PASSED, MARK_OUT, &from, "it is a variable argument of ", "");
                        continue;
                }
                struct spoken param = spoken_end(travel_param(travel, to, i), false);
                move(passing, &from, &param);
                if (travel_obscure(travel, passing->function->func, event->args[i]))
                        mark(passing, MARK_ADDRESS, MARK_IN, &param, "",
                             " is given a value that is not understood");
        }
}

/* What the call returns goes where the source says. */
static void deliver(const struct passing *passing)
{
        const struct event *event = passing->call->event;
        struct travel *travel = passing->travel;
        const struct func *func = passing->function->func;
        struct spoken result = spoken_end(passing->result, false);
        if (event->dst < 0)
                return;
        struct spoken to = {travel_place(travel, passing->function->unit, func, event->dst),
                            travel_ends(travel, passing->function->unit, func, event->dst)};
        move(passing, &result, &to);
        if (travel_obscure(travel, func, event->dst))
                mark(passing, MARK_ADDRESS, MARK_OUT, &result, "what ",
                     " returns is stored nobody knows where");
}

void travel_call(struct travel *travel, struct function *function, const struct call *call)
{
        const struct event *event = call->event;
        struct passing passing = {.travel = travel, .function = function, .call = call};
        passing.at = program_where(function->unit, event->at);
        passing.name = event->callee ? event->callee
                                     : place_source(travel->arena, function->func, event->target, NULL, NULL);
        passing.result = class_new(&travel->classes);
        passing.site = travel_released(travel, call);
        const struct contract *slot = call->slot ? call->slot->contract : NULL;
        if (call->contract)
                apply_contract(&passing, call->contract);
        for (int i = 0; i < call->to.n && !call->contract; i++)
                apply_body(&passing, call->to.at[i]);
        if (!call->contract && slot)
                apply_contract(&passing, slot);
        if (!call->contract && !slot && (call->open || !call->to.n))
                opaque(&passing, false);
        deliver(&passing);
}
