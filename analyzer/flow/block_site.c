/*
 * block_site.c: what happens to blocks of memory. A walk that follows nothing
 * judges what is released out of fields, globals and thin air; then one walk
 * per block follows it from where it is obtained, along every path.
 */
#include "flow/block_site.h"
#include "flow/dangling.h"
#include "flow/flags.h"
#include "flow/call.h"
#include "flow/drop.h"
#include "flow/skip.h"

#include <string.h>

/* --- the walk that follows nothing ------------------------------------------ */

static const char *not_owned(const struct walk *walk, int value)
{
        const struct value *v = &walk->values.list.at[value];
        switch (v->kind) {
        case VALUE_STRING:
                return "a string literal";
        case VALUE_FUNC:
                return "a function";
        case VALUE_VAR:
                return "memory on the stack";
        case VALUE_GLOBAL:
                return "the storage of a variable";
        default:
                return NULL;
        }
}

static void judge_loose(struct block_asking *block, const struct visit *visit, const struct effect *effect)
{
        struct walk *walk = visit->walk;
        int value = spot_value(visit, &effect->at);
        if (value < 0)
                return;
        const char *what = not_owned(walk, value);
        const struct origin *origin = map_get(&walk->origins, (uint64_t)value + 1);
        if (!what && origin && origin->borrowed && origin->call->event->callee)
                what = arena_printf(block->asking->out->arena, "memory that '%s' only lends",
                                    origin->call->event->callee);
        if (what) {
                struct site site = block_site(block->asking, visit, BLOCK_EVENT_NOT_OWNED);
                site.what = what;
                site.why = origin ? origin->why : NULL;
                site.to = effect->family;
                if (effect->kind ==
                    EFFECT_RESIZES) /* perhaps the owner's own, who puts the new one in its place */
                        site.confidence = CONFIDENCE_MEDIUM;
                site_ask(block->asking, ON_BLOCK, &site);
                return;
        }
        /* A helper judges what it loads out of fields itself; what is loaded here is judged here. */
        const char *last = effect->at.nsteps ? effect->at.steps[effect->at.nsteps - 1] : "*";
        bool loaded_here = walk->values.list.at[value].kind == VALUE_CONTENT && !strcmp(last, "*");
        if (!visit->call->to.n || loaded_here)
                judge_loaded(block->asking, visit, effect, value);
}

static void loose_call(void *data, const struct visit *visit)
{
        struct block_asking *block = data;
        struct contracts contracts = {0};
        visit_contracts(visit, visit->walk->arena, &contracts);
        if (contracts.list.n > TARGETS_TOLD_APART)
                return; /* one of them, with arguments meant for it */
        for (int i = 0; i < contracts.list.n; i++)
                for (int j = 0; j < contracts.list.at[i]->effects.n; j++) {
                        const struct effect *effect = &contracts.list.at[i]->effects.at[j];
                        if (effect_releases(effect) && !effect->maybe && effect->family &&
                            tests_possible(visit, effect->when, effect->nwhen))
                                judge_loose(block, visit, effect);
                }
}

/* --- the walks that follow one block ------------------------------------------ */

/* The name at the end of the key of a field or a global: "tag.member", "$file:name". */
static const char *last_name(const char *key)
{
        const char *name = key;
        for (; *key; key++)
                if (strchr("|.:$", *key))
                        name = key + 1;
        return name;
}

/* Where the block followed stood when the function was entered. */
static const char *entry_text(struct arena *arena, const struct walk *walk)
{
        struct spot spot;
        if (walk->subject.value < 0 || !spot_of(walk, walk->subject.value, &spot))
                return "an argument";
        const char *last = spot.nsteps ? last_name(spot.steps[spot.nsteps - 1]) : "*";
        if (strcmp(last, "*") != 0)
                return arena_printf(arena, "the field '%s'", last);
        if (spot.root == SPOT_GLOBAL)
                return arena_printf(arena, "the variable '%s'", last_name(spot.global));
        if (spot.root < 0 || spot.root >= walk->func->nparams)
                return "an argument";
        return arena_printf(arena, spot.nsteps ? "what '%s' points at" : "the argument '%s'",
                            walk->func->places.at[walk->func->vars.at[spot.root].place].name);
}

const char *origin_text(const struct block_asking *block, const struct visit *visit)
{
        struct arena *arena = block->asking->out->arena;
        const struct walk *walk = visit->walk;
        const struct origin *origin = map_get(&walk->origins, (uint64_t)walk->subject.value + 1);
        if (!origin || !origin->call)
                return entry_text(arena, walk);
        const struct event *event = origin->call->event;
        const char *name = event->spelled ? event->spelled : event->callee;
        if (!name && event->target >= 0)
                name = place_source(arena, walk->func, event->target, walk->live->made,
                                    &walk->program->models->spelled);
        return name ? arena_printf(arena, "'%s'", name) : "a call";
}

/* p + 3, or p behind p++ in a loop: no start of a block. */
static bool is_ahead(const struct walk *walk, int value)
{
        bool ahead;
        return value_wanders(&walk->values, value, walk->subject.value, &ahead) && ahead;
}

/* Where such a block was reallocated it is told: nothing of its family ever began in the cell. */
static bool is_renewal(const struct cell *cell, families family)
{
        bool met = false, began = false;
        for (int i = 0; cell->begun && i < cell->written.n; i++) {
                met |= cell->written.at[i] == family;
                began |= cell->written.at[i] == family && !cell->renewed.at[i];
        }
        return met && !began;
}

/* A callee that releases what it finds in a field is judged itself when no store into that field fits it. */
static bool told_by_callee(const struct block_asking *block, const struct visit *visit,
                           const struct effect *effect)
{
        bool loaded = effect->at.nsteps >= 2;
        int bodies;
        visit_targets(visit, &bodies);
        if ((!loaded && !effect->link) || !bodies || visit->state->status == BLOCK_FREED)
                return false;
        const struct program *program = block->asking->program;
        sym key = loaded ? effect->at.steps[effect->at.nsteps - 1] : effect->link;
        const struct cell *cell = map_get(&program->cells, MAP_KEY(key));
        int met = 0;
        if (cell && is_renewal(cell, visit->state->family))
                return true;
        for (int i = 0; cell && i < cell->written.n; i++) {
                if ((cell->renewed.at[i] && cell->begun) || !flags_expected(cell->when.at[i], effect))
                        continue;
                met++;
                if (families_agree(program->models, cell->written.at[i], effect->family))
                        return false;
        }
        return met && !cell->unknown;
}

/* What nobody may release: lent, or of the stack. */
static const char *unowned_text(const struct visit *visit, const struct site *site)
{
        const struct walk *walk = visit->walk;
        const struct origin *origin = map_get(&walk->origins, (uint64_t)walk->subject.value + 1);
        if (origin && origin->lent)
                return arena_printf(site->arena, "memory that %s only lends", site->origin);
        return arena_printf(site->arena, "%s from %s",
                            families_text(site->arena, walk->program->models, site->from), site->origin);
}

static void on_release(void *data, const struct visit *visit, const struct effect *effect, int value,
                       bool exact)
{
        struct block_asking *block = data;
        struct site site = block_site(block->asking, visit, BLOCK_EVENT_RELEASE);
        bool fresh = visit->state->status != BLOCK_FREED;
        bool fixed = block->subject->is_fixed; /* no block: what perhaps releases one says nothing */
        if (release_is_own(visit) || (fixed && effect->maybe) || told_by_callee(block, visit, effect) ||
            (fresh && exact && release_may_fit(visit, effect)))
                return;
        site.to = effect->family;
        site.from = visit->state->family;
        site.resizes = effect->kind == EFFECT_RESIZES;
        site.keeps = effect->kind == EFFECT_KEEPS;
        site.origin = origin_text(block, visit), site.sole = release_is_sole(visit);
        if (effect->maybe)
                site.confidence = CONFIDENCE_MEDIUM;
        const struct model *model = visit_model(visit);
        if (visit->state->status == BLOCK_FREED && model && model->idempotent)
                return;
        sym owner = NULL;
        const struct effect *owned = visit->state->status == BLOCK_ESCAPED && exact
                                         ? release_by_owner(visit->walk, visit->state, &owner)
                                         : NULL;
        if (visit->state->status == BLOCK_FREED || owned) {
                site.block = BLOCK_EVENT_AGAIN;
                site.what = owner;
                if (owned)
                        site.why = steps_splice(visit->walk->arena, owned->why, site.why);
        } else if (!exact) {
                site.block = BLOCK_EVENT_NOT_OWNED;
                site.what = "an address inside a block";
                if (!is_ahead(visit->walk, value))
                        site.confidence = CONFIDENCE_MEDIUM;
        } else if (fixed) {
                site.block = BLOCK_EVENT_NOT_OWNED;
                site.what = not_owned(visit->walk, value);
        } else if (families_unowned(block->asking->program->models, site.from)) {
                site.block = BLOCK_EVENT_NOT_OWNED;
                site.what = unowned_text(visit, &site);
        }
        site_ask(block->asking, ON_BLOCK, &site);
}

/* Another variable holds the address of the one that ADDRESS lies in. */
static bool is_pointed_at(const struct walk *walk, const struct state *state, int address)
{
        int base = value_base(&walk->values, address);
        for (int i = 0; i < state->store.n; i++)
                if (value_base(&walk->values, state->store.at[i].content) == base)
                        return true;
        return false;
}

static bool reachable(const struct walk *walk, const struct state *state)
{
        for (int i = 0; i < state->store.n; i++) {
                const struct held *held = &state->store.at[i];
                if (!value_within(&walk->values, held->content, walk->subject.value))
                        continue;
                if (!value_is_local(&walk->values, held->address) ||
                    is_pointed_at(walk, state, held->address))
                        return true;
        }
        return false;
}

static bool exists(const struct walk *walk, const struct state *state, bool shown)
{
        return (state->status == BLOCK_OWNED || shown) && !state->stored && !state->doubtful &&
               !walk->func->uses_setjmp && !state->lost &&
               !families_unowned(walk->program->models, state->family) && !walk->overrun &&
               !span_is_zero(state_span(state, &walk->values, walk->subject.value));
}

static void on_exit_leak(void *data, struct walk *walk, struct state *state, int value, struct loc at,
                         int index)
{
        struct block_asking *block = data;
        (void)index;
        dangling_exit(block, walk, state, at);
        if (state->replaced && !span_not_zero(state_span(state, &walk->values, state->replaced)))
                VEC_PUSH(block->asking->out->arena, &block->ended.list, state->replaced);
        bool ahead;
        bool shown = shown_exit(block, walk, state, value);
        if (walk->subject.value < 0 || !exists(walk, state, shown) || reachable(walk, state) ||
            (value >= 0 && (value_within(&walk->values, value, walk->subject.value) ||
                            value_wanders(&walk->values, value, walk->subject.value, &ahead))))
                return;
        struct event event = {.kind = EVENT_USE, .at = {at, 0, 0}};
        struct visit visit = {.walk = walk, .state = state, .event = &event};
        struct site site = block_site(block->asking, &visit, BLOCK_EVENT_LEAK);
        if (state->guessed || skip_decides(walk, state))
                site.confidence = CONFIDENCE_MEDIUM;
        site.from = state->family;
        site.origin = origin_text(block, &visit);
        site.why = steps_keep(site.arena, site.why);
        if (shown)
                VEC_PUSH(site.arena, &block->shown.list, (struct loss){site, state->shown});
        else
                site_ask(block->asking, ON_BLOCK, &site);
}

/* The size that was asked for is 0 on this path: a null result is no failure. */
static bool asks_for_nothing(const struct visit *visit, const struct call *call)
{
        const struct model *model = call->model;
        struct visit probe = *visit;
        for (int i = 0; model && i < 2; i++) {
                int arg = model->size_args[i];
                if (arg < 0 || arg >= call->event->nargs)
                        continue;
                int size = walk_value(visit->walk, &probe, call->event->args[arg]);
                if (span_is_zero(state_span(visit->state, &visit->walk->values, size)))
                        return true;
        }
        return false;
}

/* The value is what a reallocation of the block returned. */
static bool from_resize(const struct walk *walk, int content)
{
        const struct origin *origin = map_get(&walk->origins, (uint64_t)content + 1);
        struct contracts contracts = {0};
        if (!origin || !origin->call)
                return false;
        call_contracts(walk->program, origin->call, walk->arena, &contracts);
        for (int c = 0; c < contracts.list.n; c++)
                for (int i = 0; i < contracts.list.at[c]->effects.n; i++) {
                        const struct effect *effect = &contracts.list.at[c]->effects.at[i];
                        bool on_success =
                            effect->kind == EFFECT_TAKES && !span_overlap(effect->result, SPAN_ZERO);
                        if (effect->kind == EFFECT_RESIZES ||
                            (on_success && contracts.list.at[c]->result_maybe_null))
                                return true;
                }
        return false;
}

/* The block is an argument that its function takes on success alone: the caller still has it, and is judged
 * for what it does with the result. */
static bool caller_has_it(const struct function *function, const struct subject *subject)
{
        const struct contract *contract = &function->contract;
        bool taken = false;
        if (subject->event || !is_pointer_param(function->func, &subject->at))
                return false;
        for (int i = 0; i < contract->effects.n; i++) {
                const struct effect *effect = &contract->effects.at[i];
                if (!spot_equal(&effect->at, &subject->at) || !effect_releases(effect))
                        continue;
                if (effect->maybe ||
                    (effect->kind == EFFECT_TAKES && span_overlap(effect->result, SPAN_ZERO)))
                        return false;
                taken = true;
        }
        return taken;
}

static void on_store(void *data, const struct visit *visit, int address, int old, int content)
{
        struct block_asking *block = data;
        const struct walk *walk = visit->walk;
        if (walk->subject.value < 0 || old != walk->subject.value ||
            value_within(&walk->values, content, old) ||
            state_holds(visit->state, &walk->values, old, address))
                return;
        bool resized = from_resize(walk, content);
        const struct origin *origin = resized ? map_get(&walk->origins, (uint64_t)content + 1) : NULL;
        if (origin &&
            (asks_for_nothing(visit, origin->call) || caller_has_it(walk->function, &walk->subject)))
                return;
        bool held =
            (visit->state->status == BLOCK_OWNED && !visit->state->stored && !visit->state->doubtful) ||
            (resized && visit->state->status == BLOCK_BORROWED);
        if (!held || span_is_zero(state_span(visit->state, &walk->values, old)) || visit->state->lost ||
            families_unowned(walk->program->models, visit->state->family))
                return;
        struct site site =
            block_site(block->asking, visit, resized ? BLOCK_EVENT_RESIZE_LOST : BLOCK_EVENT_LOST);
        site.from = visit->state->family;
        site.origin = origin_text(block, visit);
        site.why = steps_keep(site.arena, site.why);
        if (resized)
                VEC_PUSH(site.arena, &block->resized.list, (struct loss){site, content});
        else
                site_ask(block->asking, ON_BLOCK, &site);
}

static bool is_among(const struct numbers *numbers, int number)
{
        for (int i = 0; i < numbers->list.n; i++)
                if (numbers->list.at[i] == number)
                        return true;
        return false;
}

static void tell_losses(struct block_asking *block, const struct losses *losses, const struct numbers *when,
                        const struct numbers *unless)
{
        for (int i = 0; i < losses->list.n; i++) {
                struct loss *loss = &losses->list.at[i];
                if (is_among(when, loss->what) && !(unless && is_among(unless, loss->what)))
                        site_ask(block->asking, ON_BLOCK, &loss->site);
        }
}

/* The passes that it took. */
static int follow(struct asking *asking, struct function *function, const struct live *live,
                  const struct subject *subject, const struct drop *const *drops)
{
        struct arena *arena = arena_new();
        struct block_asking block = {.asking = asking, .subject = subject};
        struct observer observer = {&block, block_passed, on_release, block_used, on_store, on_exit_leak};
        struct walk walk;
        struct state *entry;
        walk_subject(&walk, asking->program, function, arena, live, subject, &entry);
        walk_narrow(&walk);
        walk.drops = drops;
        walk_run(&walk, entry, &observer);
        if (block.unchecked)
                site_ask(asking, ON_BLOCK, &block.first_use);
        tell_losses(&block, &block.resized, &block.ended, NULL);
        tell_losses(&block, &block.shown, &block.back, &block.kept);
        arena_drop(arena);
        return walk.passes;
}

static void function_blocks(struct asking *asking, struct function *function, void *data)
{
        const struct ends *ends = data;
        if (!function->moves_memory)
                return;
        struct arena *arena = arena_new();
        const struct live *live = live_new(arena, function->func);
        struct block_asking block = {.asking = asking};
        struct observer observer = {.data = &block, .call = loose_call};
        struct subjects subjects = {0}, *kept = NEW(asking->out->arena, struct subjects);
        subjects_find(asking->program, function, arena, live, &observer, &subjects);
        for (int i = 0; i < subjects.list.n; i++)
                VEC_PUSH(asking->out->arena, &kept->list, subjects.list.at[i]);
        asking->subjects[function->index] = kept;
        int passes = 0;
        const struct drop *const *drops =
            drops_find(asking->program, ends, function, arena, live, &subjects, &passes);
        for (int i = 0; i < subjects.list.n && passes < WALK_PASSES; i++)
                passes += follow(asking, function, live, &subjects.list.at[i], drops);
        arena_drop(arena);
}

void block_sites(struct asking *asking)
{
        struct arena *arena = arena_new();
        asking->ends = dangling_read(asking->program, arena);
        asking_functions(asking, function_blocks, ends_read(asking->program, arena));
        arena_drop(arena);
}
