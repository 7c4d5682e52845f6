/*
 * story_site.c: what a function does with a block that it obtained, told when
 * all of it is known: whether it becomes an object, whether it is zeroed as a
 * whole, whether an object keeps it, whether the lock is held all along. Judges
 * no release: that is block_site.c's.
 */
#include "flow/context.h"
#include "flow/records.h"
#include "flow/site.h"

enum { CALLEES = 3, FAR = 1000, FACTORS = 6 };

/* A size as its factors, so that n * 8 equals 8 * n. */
struct size {
        int64_t number;
        int factors[FACTORS]; /* sorted */
        int n;
        bool known;
};

struct telling {
        struct asking *asking;
        struct records *records;
        struct function *function;
        const int *distance; /* per function: calls down to where memory is made into an object */
        bool all;            /* some rule asks of every block */
        gil_set *gil;        /* per event number, when some rule wants to know */
};

struct story {
        struct telling *telling;
        const struct subject *subject;
        struct site site;
        bool met; /* the allocation was seen; `site` is filled */
        bool direct;
        struct size size;
        bool object, initialised; /* it becomes one; by a function whose business that is */
        bool hidden;              /* code that is not understood has it */
        bool released, leaves, zeroed;
        enum pointee pointee; /* what the variables that hold it point at */
};

/* --- sizes ------------------------------------------------------------------------ */

static void size_multiply(const struct walk *walk, struct size *size, int value)
{
        const struct value *v = &walk->values.list.at[value];
        if (v->kind == VALUE_CONST) {
                size->known &= !__builtin_mul_overflow(size->number, v->number, &size->number);
        } else if (v->kind == VALUE_ARITH && v->op == ARITH_MUL) {
                size_multiply(walk, size, v->a);
                size_multiply(walk, size, v->b);
        } else if (size->n == FACTORS) {
                size->known = false;
        } else {
                int at = size->n++;
                for (; at && size->factors[at - 1] > value; at--)
                        size->factors[at] = size->factors[at - 1];
                size->factors[at] = value;
        }
}

/* The size that a call of MODEL asks for. */
static struct size size_of(const struct visit *visit, const struct model *model)
{
        struct size size = {.number = 1, .known = model->size_args[0] >= 0};
        for (int i = 0; i < 2; i++)
                if (model->size_args[i] >= 0 && model->size_args[i] < visit->event->nargs)
                        size_multiply(visit->walk, &size, visit->args[model->size_args[i]]);
        return size;
}

static bool size_equal(const struct size *a, const struct size *b)
{
        bool equal = a->known && b->known && a->number == b->number && a->n == b->n;
        for (int i = 0; equal && i < a->n; i++)
                equal = a->factors[i] == b->factors[i];
        return equal;
}

/* --- the lock ------------------------------------------------------------------------ */

/* Code that nobody is seen to call is taken to hold the lock when it calls something that needs it. */
static bool needs_lock(const struct function *function)
{
        for (int i = 0; i < function->calls.n; i++) {
                const struct model *model = function->calls.at[i].model;
                for (int c = 0; model && !model->lock_api && c < model->contract.gil.n; c++)
                        if (!(model->contract.gil.at[c].needs & GIL_RELEASED))
                                return true;
        }
        return false;
}

/* The lock states at every call of the function, over all ways of entering it. */
static void find_lock(struct telling *telling, struct arena *arena)
{
        struct function *function = telling->function;
        telling->gil = lock_at_calls(telling->asking->program, function, arena);
        for (int c = 0; c < function->contexts.n; c++) {
                const struct context *context = function->contexts.at[c];
                bool unsure = context->foreign || context->unsure ||
                              (context->gil == GIL_ASSUMED && !needs_lock(function));
                for (int i = 0; unsure && i < function->calls.n; i++)
                        telling->gil[i] |= GIL_UNKNOWN;
        }
}

/* --- one block ------------------------------------------------------------------------- */

/* How many calls away from each function memory is made into an object; callees come first. */
static int *object_distances(const struct program *program, struct arena *arena)
{
        int *distance = NEW_ARRAY(arena, int, program->functions.n + 1);
        for (int i = 0; i < program->functions.n; i++)
                distance[i] = FAR;
        for (int i = 0; i < program->order.n; i++) {
                const struct function *function = program->order.at[i];
                int *mine = &distance[function->index];
                for (int c = 0; c < function->calls.n; c++) {
                        const struct call *call = &function->calls.at[c];
                        if (call->model && call->model->makes_object)
                                *mine = 0;
                        for (int t = 0; t < call->to.n; t++)
                                if (distance[call->to.at[t]->index] + 1 < *mine)
                                        *mine = distance[call->to.at[t]->index] + 1;
                }
        }
        return distance;
}

static void meet(struct story *story, const struct visit *visit)
{
        const struct model *model = visit_model(visit);
        struct telling *telling = story->telling;
        if (!story->met) {
                story->site = site_at(telling->asking, visit);
                story->direct = model != NULL;
                bool by_result = story->subject->at.root == SPOT_RESULT && !story->subject->at.nsteps;
                for (int i = 0; by_result && i < visit->call->to.n;
                     i++) /* what hands out `void *` leaves it to its caller */
                        story->direct |=
                            records_pointee(telling->records, visit->call->to.at[i]->func->result) ==
                            POINTEE_UNKNOWN;
                story->site.origin = arena_printf(story->site.arena, "'%s'", story->site.called);
                if (model)
                        story->size = size_of(visit, model);
        }
        story->met = true;
        if (telling->gil)
                story->site.gil |= telling->gil[visit->call - telling->function->calls.at];
}

/* The block is filled with zeros, all of it, before anything else could be in it. */
static void judge_zeroes(struct story *story, const struct visit *visit, const struct model *model)
{
        const struct walk *walk = visit->walk;
        struct size size = size_of(visit, model);
        if (story->zeroed || visit->args[0] != walk->subject.value || !size_equal(&size, &story->size) ||
            story->site.model->role != ROLE_ALLOC)
                return;
        for (int i = 1; i < model->size_args[0]; i++)
                if (!span_is_zero(state_span(visit->state, &walk->values, visit->args[i])))
                        return;
        struct site site = site_at(story->telling->asking, visit);
        story->zeroed = true;
        site.story = STORY_EVENT_ZEROED;
        site.from = visit->state->family;
        site.origin = story->site.origin;
        site.why = visit->state->why;
        site_ask(story->telling->asking, ON_STORY, &site);
}

static void passed(struct story *story, const struct visit *visit, const struct model *model, int arg)
{
        bool exact = visit->args[arg] == visit->walk->subject.value;
        if (model && model->makes_object && arg == 0) {
                story->object = true;
                story->initialised |= exact;
        } else if (model && model->zeroes && arg == 0 && story->site.model) {
                judge_zeroes(story, visit, model);
        } else if (!model && !visit->call->to.n) {
                story->hidden = true;
        }
        for (int i = 0; i < visit->call->to.n; i++)
                story->object |= story->telling->distance[visit->call->to.at[i]->index] <= CALLEES;
}

static void story_call(void *data, const struct visit *visit)
{
        struct story *story = data;
        const struct walk *walk = visit->walk;
        if (visit->number == story->subject->event)
                meet(story, visit);
        else if (walk->subject.value >= 0 && visit->state->status != BLOCK_NONE && story->met)
                for (int i = 0; i < visit->event->nargs; i++)
                        if (value_within(&walk->values, visit->args[i], walk->subject.value))
                                passed(story, visit, visit_model(visit), i);
}

static void story_release(void *data, const struct visit *visit, const struct effect *effect, int value,
                          bool exact)
{
        struct story *story = data;
        (void)effect;
        (void)value;
        (void)exact;
        story->released = true;
        if (story->telling->gil)
                story->site.gil |= story->telling->gil[visit->call - story->telling->function->calls.at];
}

/* The field of an object that an address belongs to, itself or as an element of the array kept there. */
static sym owner_of(const struct telling *telling, const struct walk *walk, int address)
{
        const struct value *v = &walk->values.list.at[address];
        if (v->kind == VALUE_FIELD)
                return records_in_object(telling->records, v->name) ? v->name : owner_of(telling, walk, v->a);
        if (v->kind != VALUE_ARITH)
                return NULL;
        const struct value *start = &walk->values.list.at[v->a];
        return owner_of(telling, walk, start->kind == VALUE_CONTENT ? start->a : v->a);
}

static void story_store(void *data, const struct visit *visit, int address, int old, int content)
{
        struct story *story = data;
        const struct walk *walk = visit->walk;
        const struct value *v = &walk->values.list.at[address];
        (void)old;
        if (walk->subject.value < 0 || content != walk->subject.value)
                return;
        if (!value_is_local(&walk->values, address)) {
                sym owner = owner_of(story->telling, walk, address);
                story->leaves = true;
                if (owner)
                        story->site.owner = owner;
        } else if (v->kind == VALUE_VAR) {
                sym type = func_type(walk->func, v->a);
                enum pointee pointee =
                    type ? records_pointee(story->telling->records, type) : POINTEE_UNKNOWN;
                story->pointee = pointee > story->pointee ? pointee : story->pointee;
        }
}

static void story_exit(void *data, struct walk *walk, struct state *state, int value, struct loc at,
                       int block)
{
        struct story *story = data;
        (void)at;
        (void)block;
        if (walk->subject.value < 0 || state->status == BLOCK_NONE || state->status == BLOCK_FREED)
                return;
        story->leaves = true;
        if (value < 0 || !value_within(&walk->values, value, walk->subject.value))
                return;
        enum pointee pointee = records_pointee(story->telling->records, walk->func->result);
        story->pointee = pointee > story->pointee ? pointee : story->pointee;
}

/* --- what is told ------------------------------------------------------------------------ */

static bool is_family(const struct models *models, families set, bool object)
{
        for (int i = family_next(set, -1); i >= 0; i = family_next(set, i)) {
                const struct family *family = &models->families.at[i];
                bool plain =
                    !family->object && !family->only_objects && !family->resource && !family->unowned;
                if (object ? !family->only_objects : !plain)
                        return false;
        }
        return set && !(set & FAMILY_UNKNOWN);
}

static void tell_mix(struct story *story)
{
        const struct models *models = story->site.models;
        if (story->initialised && is_family(models, story->subject->family, false)) {
                story->site.becomes_object = true;
        } else {
                bool plain = story->pointee == POINTEE_PLAIN || story->pointee == POINTEE_RECORD ||
                             (story->pointee == POINTEE_UNKNOWN &&
                              (story->site.owner || (story->released && !story->leaves)));
                if (story->object || story->hidden || !plain || !story->direct ||
                    !is_family(models, story->subject->family, true))
                        return;
                if (story->pointee == POINTEE_RECORD && story->leaves)
                        story->site.confidence = CONFIDENCE_MEDIUM;
        }
        site_ask(story->telling->asking, ON_MIX, &story->site);
}

static bool shows_memory(const struct function *function)
{
        for (int i = 0; i < function->calls.n; i++)
                if (function->calls.at[i].model && function->calls.at[i].model->traces)
                        return true;
        return false;
}

static void tell(struct story *story)
{
        struct site *site = &story->site;
        if (!story->met)
                return;
        site->from = story->subject->family;
        tell_mix(story);
        if (!site->model)
                return;
        site->becomes_object = story->object;
        site->story = STORY_EVENT_WHOLE;
        site->size = story->size.known && !story->size.n ? story->size.number : -1;
        site->stays = story->released && !story->leaves && !story->hidden;
        site->shown = shows_memory(story->telling->function);
        site_ask(story->telling->asking, ON_STORY, site);
}

/* The passes that it took. */
static int follow(struct telling *telling, const struct live *live, const struct subject *subject)
{
        struct arena *arena = arena_new();
        struct story story = {.telling = telling, .subject = subject};
        struct observer observer = {.data = &story,
                                    .call = story_call,
                                    .release = story_release,
                                    .store = story_store,
                                    .exit = story_exit};
        struct walk walk;
        struct state *entry;
        walk_subject(&walk, telling->asking->program, telling->function, arena, live, subject, &entry);
        walk_narrow(&walk);
        walk_run(&walk, entry, &observer);
        tell(&story);
        arena_drop(arena);
        return walk.passes;
}

/* --- which functions are worth it --------------------------------------------------------- */

static bool makes_objects(const struct function *function)
{
        for (int i = 0; i < function->calls.n; i++)
                if (function->calls.at[i].model && function->calls.at[i].model->makes_object)
                        return true;
        return false;
}

/* It obtains memory that is for objects only, or makes objects. */
static bool may_mix(const struct models *models, const struct function *function)
{
        if (makes_objects(function))
                return true;
        for (int i = 0; i < function->calls.n; i++) {
                const struct call *call = &function->calls.at[i];
                for (int t = -1; t < call->to.n; t++) {
                        if (t < 0 && !call->model)
                                continue;
                        const struct contract *contract =
                            t < 0 ? &call->model->contract : &call->to.at[t]->contract;
                        for (int e = 0; e < contract->effects.n; e++)
                                if (is_family(models, contract->effects.at[e].family, true))
                                        return true;
                }
        }
        return false;
}

/* Some rule may say something of the block, see tell(). */
static bool is_asked(const struct telling *telling, const struct subject *subject)
{
        const struct models *models = telling->asking->program->models;
        if (!subject->event || subject->is_fixed)
                return false;
        return telling->all || is_family(models, subject->family, true) ||
               (makes_objects(telling->function) && is_family(models, subject->family, false));
}

static void function_stories(struct asking *asking, struct function *function, void *data)
{
        struct telling telling = *(const struct telling *)data;
        telling.asking = asking;
        telling.function = function;
        if (!function->moves_memory || !(telling.all || may_mix(asking->program->models, function)))
                return;
        struct arena *arena = arena_new();
        const struct live *live = live_new(arena, function->func);
        struct subjects found = {0}, *subjects = asking->subjects[function->index];
        if (!subjects) {
                subjects = &found;
                subjects_find(asking->program, function, arena, live, NULL, subjects);
        }
        if (telling.all && subjects->list.n)
                find_lock(&telling, arena);
        int passes = 0;
        for (int i = 0; i < subjects->list.n && passes < WALK_PASSES; i++)
                if (is_asked(&telling, &subjects->list.at[i]))
                        passes += follow(&telling, live, &subjects->list.at[i]);
        arena_drop(arena);
}

void story_sites(struct asking *asking)
{
        struct arena *arena = arena_new();
        struct records records;
        struct telling telling = {.records = &records, .all = asking_about(asking, ON_STORY)};
        telling.distance = object_distances(asking->program, arena);
        records_find(&records, asking->program, arena);
        asking_functions(asking, function_stories, &telling);
        arena_drop(arena);
}
