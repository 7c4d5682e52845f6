/*
 * site.c: rules_run. Walks every function once more with everything known and
 * asks the rules at each site. Comes in: contracts, contexts, cells. Goes out:
 * findings as the rules word them, unsettled.
 */
#include "flow/site.h"

#include "base/crew.h"

#include <stdarg.h>
#include <string.h>

const struct step *site_fault(const struct site *site, const char *format, ...)
{
        struct step *step = NEW(site->arena, struct step);
        va_list args;
        va_start(args, format);
        step->said = arena_vprintf(site->arena, format, args);
        va_end(args);
        step->kind = STEP_FAULT;
        step->at = site->at;
        step->func = site->func;
        step->because = steps_keep(site->arena, site->why);
        return step;
}

void site_ask(struct asking *asking, enum rule_hook hook, struct site *site)
{
        site->hook = hook;
        for (int i = 0; asking->rules[i]; i++)
                if (asking->rules[i]->at & hook)
                        asking->rules[i]->check(site, asking->out);
}

bool asking_about(const struct asking *asking, enum rule_hook hook)
{
        for (int i = 0; asking->rules[i]; i++)
                if (asking->rules[i]->at & hook)
                        return true;
        return false;
}

struct site site_at(const struct asking *asking, const struct visit *visit)
{
        const struct walk *walk = visit->walk;
        struct site site = {.models = asking->program->models, .arena = asking->out->arena};
        site.at = walk_where(walk, visit->event->at);
        site.func = function_name(walk->function);
        site.confidence = visit->state && visit->state->lost ? CONFIDENCE_MEDIUM : CONFIDENCE_HIGH;
        if (visit->event->kind != EVENT_CALL)
                return site;
        const struct event *event = visit->event;
        site.callee = event->callee;
        site.model = visit->call ? visit_model(visit) : NULL;
        const char *called = call_spelled(asking->program, event);
        site.called = called ? called
                             : place_source(asking->out->arena, walk->func, event->target, walk->live->made,
                                            &asking->program->models->spelled);
        return site;
}

struct shared_asking {
        struct asking *asking;
        void (*judge)(struct asking *asking, struct function *function, void *data);
        void *data;
        struct program *programs; /* per worker: a copy with memory of its own */
        struct arena **arenas;    /* per worker: for what is found */
        struct findings *found;   /* per function */
};

static void judge_one(void *data, int worker, int item)
{
        struct shared_asking *shared = data;
        struct asking mine = *shared->asking;
        mine.program = &shared->programs[worker];
        mine.out = &shared->found[item];
        mine.out->arena = shared->arenas[worker];
        mine.out->data = shared->asking->out->data;
        shared->judge(&mine, mine.program->functions.at[item], shared->data);
}

void asking_functions(struct asking *asking,
                      void (*judge)(struct asking *asking, struct function *function, void *data), void *data)
{
        struct program *program = asking->program;
        struct arena *scratch = arena_new();
        int n = program->functions.n, size = crew_size(program->threads, n);
        struct shared_asking shared = {.asking = asking, .judge = judge, .data = data};
        shared.programs = NEW_ARRAY(scratch, struct program, size);
        shared.arenas = NEW_ARRAY(scratch, struct arena *, size);
        shared.found = NEW_ARRAY(scratch, struct findings, n);
        for (int i = 0; i < size; i++) {
                shared.programs[i] = *program;
                shared.programs[i].arena = arena_child(program->arena);
                shared.arenas[i] = arena_child(asking->out->arena);
        }
        names_share(program->names, size > 1);
        crew_run(program->threads, n, judge_one, &shared);
        names_share(program->names, false);
        for (int f = 0; f < n; f++)
                for (int i = 0; i < shared.found[f].list.n; i++)
                        VEC_PUSH(asking->out->arena, &asking->out->list, shared.found[f].list.at[i]);
        arena_drop(scratch);
}

void rules_run(struct program *program, const struct rule *const *selected, struct findings *out)
{
        struct asking asking = {.program = program, .rules = selected, .out = out};
        asking.subjects = NEW_ARRAY(out->arena, struct subjects *, program->functions.n);
        if (asking_about(&asking, ON_CALL) || asking_about(&asking, ON_EXIT))
                lock_sites(&asking);
        if (asking_about(&asking, ON_BLOCK))
                block_sites(&asking);
        if (asking_about(&asking, ON_NAME))
                name_sites(&asking);
        if (asking_about(&asking, ON_TYPE))
                type_sites(&asking);
        if (asking_about(&asking, ON_STORE))
                store_sites(&asking);
        if (asking_about(&asking, ON_SIZE))
                size_sites(&asking);
        if (asking_about(&asking, ON_MIX) || asking_about(&asking, ON_STORY))
                story_sites(&asking);
}
