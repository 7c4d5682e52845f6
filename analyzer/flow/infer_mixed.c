/*
 * infer_mixed.c: blocks of several families that meet in one variable and go
 * into one field. Comes in: what the scan of a body has found stored so; goes
 * out: a writer of the cell for each family, with the flags that go with it.
 */
#include "flow/infer_mixed.h"

#include "flow/flags.h"
#include "flow/infer_cell.h"

bool mixed_note(struct arena *arena, struct mixed *mixed, sym key, families set, const struct step *why)
{
        int first = family_next(set, -1);
        if ((set & FAMILY_UNKNOWN) || first < 0 || family_next(set, first) < 0)
                return false;
        for (int i = 0; i < mixed->list.n; i++)
                if (mixed->list.at[i].key == key && mixed->list.at[i].set == set)
                        return true;
        VEC_PUSH(arena, &mixed->list, (struct mixing){.key = key, .set = set, .why = why});
        return true;
}

static void mixed_store(void *data, const struct visit *visit, int address, int old, int content)
{
        struct mixed *mixed = data;
        struct walk *walk = visit->walk;
        (void)old;
        if (walk->subject.value < 0 || visit->state->status != BLOCK_OWNED)
                return;
        flags_late(visit, address, content);
        bool stored = content == walk->subject.value && !value_is_local(&walk->values, address);
        sym key = stored ? value_cell(&walk->values, walk->program->names, address) : NULL;
        for (int i = 0; key && i < mixed->list.n; i++) {
                struct mixing *mixing = &mixed->list.at[i];
                if (mixing->key != key || !(mixing->set & visit->state->family))
                        continue;
                mixing->told |= visit->state->family;
                const struct origin *origin = map_get(&walk->origins, (uint64_t)content + 1);
                cell_write(walk->program, visit, address, content, key, visit->state->family, origin->why);
        }
}

void infer_mixed(struct program *program, struct function *function, const struct live *live,
                 const struct subjects *subjects, struct mixed *mixed, int passes)
{
        families any = 0;
        for (int i = 0; i < mixed->list.n; i++)
                any |= mixed->list.at[i].set;
        for (int i = 0; any && i < subjects->list.n && passes < WALK_PASSES; i++) {
                const struct subject *subject = &subjects->list.at[i];
                if (!subject->event || !(subject->family & any))
                        continue;
                struct arena *arena = arena_new();
                struct observer observer = {.data = mixed, .store = mixed_store};
                struct walk walk;
                struct state *entry;
                walk_subject(&walk, program, function, arena, live, subject, &entry);
                walk_narrow(&walk);
                walk_run(&walk, entry, &observer);
                passes += walk.passes;
                arena_drop(arena);
        }
        for (int i = 0; i < mixed->list.n; i++) { /* those that could not be followed to the store */
                const struct mixing *mixing = &mixed->list.at[i];
                struct cell_note note = {.key = mixing->key, .set = mixing->set & ~mixing->told};
                note.why = steps_keep(program->arena, mixing->why);
                if (note.set)
                        VEC_PUSH(program->arena, &program->log->list, note);
        }
}
