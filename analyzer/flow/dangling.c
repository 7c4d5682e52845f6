/*
 * dangling.c: a field of an object that still points at a released block where a
 * function ends that is called from outside: what ends the object will release
 * it again. Comes in: how types end their objects, the exits of a walk that
 * follows a block; goes out: sites. Follows nothing itself.
 */
#include "flow/dangling.h"
#include "flow/call.h"
#include "flow/skip.h"

#include <string.h>

/* A function that ends objects, and what it releases of them. */
struct end_release {
        const struct function *end;
        const struct effect *effect;
};

/* It releases the field whatever the object's other fields hold. */
static bool is_certain(const struct effect *effect)
{
        bool field = effect->at.root == 0 && effect->at.nsteps == 2 && !strcmp(effect->at.steps[0], "*");
        for (int i = 0; i < effect->nwhen && field; i++)
                field = spot_equal(&effect->when[i].of, &effect->at);
        return field && effect->kind == EFFECT_TAKES && !effect->maybe && span_is_plain(effect->result);
}

static void add_end(struct map *releases, const struct function *end)
{
        for (int i = 0; i < end->contract.effects.n; i++) {
                const struct effect *effect = &end->contract.effects.at[i];
                if (!is_certain(effect))
                        continue;
                void **at = map_at(releases, MAP_KEY(effect->at.steps[1]));
                if (*at)
                        continue;
                struct end_release *release = *at = NEW(releases->arena, struct end_release);
                *release = (struct end_release){end, effect};
        }
}

const struct map *dangling_read(struct program *program, struct arena *arena)
{
        struct map *releases = NEW(arena, struct map);
        map_init(releases, arena);
        for (int u = 0; u < program->units.n; u++)
                for (int d = 0; d < program->units.at[u]->datas.n; d++) {
                        struct unit *unit = program->units.at[u];
                        struct type_slots slots = {0};
                        type_slots(program, arena, unit, unit->datas.at[d], &slots);
                        for (int i = 0; i < slots.list.n; i++) {
                                const struct type_slot *slot = &slots.list.at[i];
                                const struct function *end = !strcmp(slot->role, "dealloc") && slot->value
                                                                 ? program_resolve(program, unit, slot->value)
                                                                 : NULL;
                                if (end)
                                        *map_at(releases, MAP_KEY(end)) = releases; /* it ends some */
                                if (end && !end->recursive && end->contract.inferred)
                                        add_end(releases, end);
                        }
                }
        return releases;
}

static bool ends_object(const struct contract *contract)
{
        for (int i = 0; i < contract->effects.n; i++)
                if (effect_releases(&contract->effects.at[i]) && contract->effects.at[i].at.root == 0 &&
                    !contract->effects.at[i].at.nsteps)
                        return true;
        return false;
}

/* Nobody of the tree comes after it, and the object lives on when it ends. */
static bool is_last(const struct map *releases, const struct function *function)
{
        return function->address_taken && !function->callers.n && !function->recursive &&
               !map_get(releases, MAP_KEY(function)) && !ends_object(&function->contract);
}

/* The key of the field of SELF that still holds the block, or NULL. */
static sym field_left(const struct walk *walk, const struct state *state, int self)
{
        const struct subject *subject = &walk->subject;
        for (int i = 0; i < state->store.n; i++) {
                const struct value *v = &walk->values.list.at[state->store.at[i].address];
                if (state->store.at[i].content == subject->value && v->kind == VALUE_FIELD && v->a == self)
                        return v->name;
        }
        /* What stood there at entry is not written down. */
        const struct value *v = &walk->values.list.at[subject->value];
        const struct value *field = v->kind == VALUE_CONTENT ? &walk->values.list.at[v->a] : NULL;
        bool first = field && field->kind == VALUE_FIELD && field->a == self && state_peek(state, v->a) < 0 &&
                     state_is_first(state, &walk->values, v->a, subject->value);
        return first ? field->name : NULL;
}

/* A buffer or a lock knows that it was given back; memory does not. */
static bool is_memory(const struct models *models, families set)
{
        for (int i = family_next(set, -1); i >= 0; i = family_next(set, i))
                if (models->families.at[i].resource)
                        return false;
        return true;
}

void dangling_exit(struct block_asking *block, struct walk *walk, struct state *state, struct loc at)
{
        const struct map *releases = block->asking->ends;
        bool sure = !state->lost && !state->doubtful && !walk->overrun && !walk->func->uses_setjmp;
        if (state->status != BLOCK_FREED || !sure || walk->subject.value < 0 || !walk->func->nparams)
                return;
        sym key = field_left(walk, state, walk_param(walk, 0));
        const struct end_release *release = key ? map_get(releases, MAP_KEY(key)) : NULL;
        if (!release || !is_last(releases, walk->function) ||
            !is_memory(walk->program->models, release->effect->family | state->taken))
                return;
        struct event event = {.kind = EVENT_USE, .at = {at, 0, 0}};
        struct visit visit = {.walk = walk, .state = state, .event = &event};
        struct site site = block_site(block->asking, &visit, BLOCK_EVENT_DANGLES);
        const char *dot = strrchr(key, '.');
        site.called = function_name(release->end);
        site.what = dot ? dot + 1 : key;
        if (state->guessed || skip_decides(walk, state))
                site.confidence = CONFIDENCE_MEDIUM;
        site_ask(block->asking, ON_BLOCK, &site);
}
