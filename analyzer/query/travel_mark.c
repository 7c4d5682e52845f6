/* travel_mark.c: marks where values cross the border of the tree; see travel.h. */
#include "query/travel.h"

static void put(struct travel *travel, enum mark_kind kind, int way, struct end at, const struct step *why)
{
        if (at.node >= 0)
                VEC_PUSH(travel->arena, &travel->marks, (struct mark){kind, at, way, why});
}

static const struct step *step_of(struct travel *travel, const struct function *in, struct where where,
                                  const char *said)
{
        struct step *step = NEW(travel->arena, struct step);
        step->kind = STEP_STORE;
        step->at = where;
        step->func = in ? function_name(in) : NULL;
        step->said = said;
        return step;
}

void travel_mark(struct travel *travel, enum mark_kind kind, int way, struct end at,
                 const struct function *in, struct where where, const char *said)
{
        put(travel, kind, way, at, step_of(travel, in, where, said));
}

void travel_mark_all(struct travel *travel, enum mark_kind kind, int way, const struct ends *ends, int node,
                     const struct function *in, struct where where, const char *said)
{
        const struct step *why = step_of(travel, in, where, said);
        for (int i = 0; i < ends->n; i++)
                put(travel, kind, way, ends->at[i], why);
        if (node >= 0)
                VEC_PUSH(travel->arena, &travel->deep, (struct mark){kind, {node, false}, way, why});
}

/* Whoever has a pointer sees, and may change, what it points at. */
void travel_marks_deepen(struct travel *travel)
{
        struct map seen;
        map_init(&seen, travel->arena);
        for (int i = 0; i < travel->deep.n; i++) {
                const struct mark *mark = &travel->deep.at[i];
                int node = class_known_pointee(&travel->classes, mark->at.node);
                while (node >= 0) {
                        void **slot = map_at(&seen, (uint64_t)node * MARKS + mark->kind + 1);
                        if (*slot)
                                break;
                        *slot = travel;
                        put(travel, mark->kind, MARK_IN | MARK_OUT, (struct end){node, true}, mark->why);
                        node = class_known_pointee(&travel->classes, node);
                }
        }
}
