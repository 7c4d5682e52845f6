/*
 * infer_cell.c: what a function stores in the cells of the program. Comes in:
 * a store that the scan of a body meets; goes out: a writer of the cell, with
 * the families of what it brings.
 */
#include "flow/infer_cell.h"

#include "flow/elements.h"
#include "flow/flags.h"

#include <string.h>

/* The field out of which a released value is loaded on other paths than the one that brings it along. */
sym cell_link(struct program *program, const struct walk *walk, const struct meeting *meeting)
{
        for (int i = 0; i < meeting->values.n; i++) {
                const struct value *v = &walk->values.list.at[meeting->values.at[i]];
                if (v->kind == VALUE_CONTENT && walk->values.list.at[v->a].kind == VALUE_FIELD)
                        return value_cell(&walk->values, program->names, v->a);
        }
        return NULL;
}

/* "Record.member" of a field's key, the name of a global. */
const char *cell_text(sym key)
{
        const char *bar = strrchr(key, '|'),
                   *colon = strrchr(key, ':'); /* a static's file stands before it */
        return bar ? bar + 1 : colon ? colon + 1 : key + (*key == '$');
}

static bool is_noted(const struct cell_log *log, const struct cell_note *like, struct where at)
{
        for (int i = 0; i < log->list.n; i++) {
                const struct cell_note *note = &log->list.at[i];
                if (note->key == like->key && note->set == like->set && note->unknown == like->unknown &&
                    (!note->set || (note->why->at.file == at.file && note->why->at.line == at.line)))
                        return true;
        }
        return false;
}

/* CONTENT is what a reallocation of what stands at KEY returned. */
static bool is_renewed(const struct visit *visit, sym key, int content)
{
        const struct walk *walk = visit->walk;
        const struct origin *origin = content < 0 ? NULL : map_get(&walk->origins, (uint64_t)content + 1);
        const struct value *old = origin && origin->renews ? &walk->values.list.at[origin->renews] : NULL;
        return old && old->kind == VALUE_CONTENT &&
               value_cell(&walk->values, walk->program->names, old->a) == key;
}

/* What is stored goes into the log, and from there into the cells when nobody reads them. */
void cell_write(struct program *program, const struct visit *visit, int address, int content, sym key,
                families set, const struct step *why)
{
        struct cell_note note = {.key = key, .set = set & ~FAMILY_UNKNOWN};
        struct range at = visit->event->at;
        note.unknown = set & FAMILY_UNKNOWN;
        if (is_noted(program->log, &note, walk_where(visit->walk, at)))
                return;
        if (note.set) {
                note.why = steps_keep(program->arena, walk_step(visit->walk, STEP_STORE, at, why,
                                                                "it is stored in '%s'", cell_text(key)));
                note.when = flags_of(visit, address);
                note.renewed = is_renewed(visit, key, content);
        }
        VEC_PUSH(program->arena, &program->log->list, note);
}

/* An element of an array that has no name is written, or such an array is given one. */
void cell_write_element(struct program *program, const struct visit *visit, int address, int content)
{
        sym keys[ELEMENTS_MOST];
        const struct step *why = NULL;
        elements_moved(visit->walk, address, content);
        int n = elements_stored(visit->walk, address, keys);
        families set = n ? families_of_value(visit->walk, visit->state, content, &why) : 0;
        for (int i = 0; i < n; i++)
                cell_write(program, visit, address, content, keys[i], set, why);
}

/* A body of the tree that is called here stores into that field itself, and has said so. */
bool cell_of_callee(const struct visit *visit, sym key)
{
        int n = 0;
        struct function *const *to = visit->event->kind == EVENT_CALL ? visit_targets(visit, &n) : NULL;
        for (int t = 0; t < n; t++)
                for (int e = 0; e < to[t]->contract.effects.n; e++) {
                        const struct effect *effect = &to[t]->contract.effects.at[e];
                        if (effect->kind == EFFECT_GIVES && effect->at.nsteps &&
                            effect->at.steps[effect->at.nsteps - 1] == key)
                                return true;
                }
        return false;
}
