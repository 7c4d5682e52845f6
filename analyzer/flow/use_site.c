/*
 * use_site.c: what is done with the block that a walk follows: dereferences and
 * calls that it is passed to. Told are uses of released blocks, and the first
 * use of a block that may be null and was not tested. Follows nothing itself.
 */
#include "flow/block_site.h"
#include "flow/call.h"

/* The steps in the callee that dereferences POINTER, behind WHY. RELEASED: it releases it too. */
static const struct step *read_by(const struct visit *visit, int pointer, const struct step *why,
                                  bool *released)
{
        struct walk *walk = visit->walk;
        const struct step *read = NULL;
        for (int i = 0; visit->contract && i < visit->contract->effects.n; i++) {
                const struct effect *effect = &visit->contract->effects.at[i];
                bool reads = effect->kind == EFFECT_READS;
                if (!(reads || effect_releases(effect)) || spot_value(visit, &effect->at) != pointer)
                        continue;
                *released |= !reads;
                if (reads && !read && tests_certain(visit, effect->when, effect->nwhen))
                        read = effect->why;
        }
        if (!read)
                return why;
        why = walk_step(walk, STEP_CALL, visit->event->at, why, "'%s' calls '%s'",
                        function_name(walk->function), call_spelled(walk->program, visit->event));
        return steps_splice(walk->arena, read, why);
}

/* The first use of a block that nobody has asked about; the steps are those of the callee, if it is there. */
static void use_untested(struct block_asking *block, const struct visit *visit, const struct step *why)
{
        struct site site = block_site(block->asking, visit, BLOCK_EVENT_UNCHECKED);
        site.origin = origin_text(block, visit);
        bool earlier = site.at.line < block->first_use.at.line ||
                       (site.at.line == block->first_use.at.line && site.at.col < block->first_use.at.col);
        site.why = steps_keep(site.arena, why);
        if (!block->unchecked || earlier) /* blocks are not visited in the order of their lines */
                block->first_use = site;
        block->unchecked = true;
}

void block_used(void *data, const struct visit *visit, int pointer)
{
        struct block_asking *block = data;
        const struct walk *walk = visit->walk;
        const struct state *state = visit->state;
        if (walk->subject.value < 0 || !value_within(&walk->values, pointer, walk->subject.value))
                return;
        bool released = false;
        const struct step *why = read_by(visit, pointer, state->why, &released);
        if (state->status == BLOCK_FREED && !released) { /* else told as a second release */
                struct site site = block_site(block->asking, visit, BLOCK_EVENT_USE);
                site.origin = origin_text(block, visit);
                site.why = why;
                site_ask(block->asking, ON_BLOCK, &site);
        } else if (state->status == BLOCK_OWNED && walk->subject.null_possible &&
                   (state->untested ||
                    span_equal(state_span(state, &walk->values, walk->subject.value), SPAN_ALL))) {
                use_untested(block, visit, why);
        }
}

/* Another finding speaks of what the call does to its argument ARG. */
static bool is_told(const struct contract *contract, int arg)
{
        for (int i = 0; i < contract->effects.n; i++) {
                const struct effect *effect = &contract->effects.at[i];
                bool tells = effect_releases(effect) || effect->kind == EFFECT_COPIES ||
                             (effect->kind == EFFECT_READS && !effect->nwhen);
                if (effect->at.root == arg && tells)
                        return true;
        }
        return false;
}

/* A released block that is passed on is used by whoever gets it. */
void block_passed(void *data, const struct visit *visit)
{
        struct block_asking *block = data;
        const struct walk *walk = visit->walk;
        if (visit->state->status != BLOCK_FREED || walk->subject.value < 0)
                return;
        struct contracts contracts = {0};
        visit_contracts(visit, walk->arena, &contracts);
        for (int i = 0; i < visit->event->nargs; i++) {
                const struct contract *contract = contracts.list.at[0];
                bool number = visit->call->model && visit->call->model->traces; /* the address, as a number */
                if (!value_within(&walk->values, visit->args[i], walk->subject.value) || number ||
                    is_told(contract, i))
                        continue;
                struct site site = block_site(block->asking, visit, BLOCK_EVENT_USE);
                site.origin = origin_text(block, visit);
                if (!visit->call->model || contract->opaque)
                        site.confidence = CONFIDENCE_MEDIUM;
                site_ask(block->asking, ON_BLOCK, &site);
        }
}
