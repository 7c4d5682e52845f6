/*
 * model_effect.c: the attributes that say what a call does with memory and
 * with functions it is given. In: one attribute of a line whose conditions are
 * known; out: effects appended to its contract. The grammar stands at the head
 * of model_read.c.
 */
#include "link/model_read.h"

#include <string.h>

static struct effect effect_of(const struct line *line, enum effect_kind kind)
{
        struct effect effect = {.kind = kind, .value = SPAN_ALL, .result = line->result};
        effect.at.root = effect.from.root = SPOT_RESULT;
        effect.when = line->when;
        effect.nwhen = line->nwhen;
        return effect;
}

static void effect_add(struct reader *reader, struct line *line, struct effect effect)
{
        if (!line->asleep)
                VEC_PUSH(reader->models->arena, &line->contract->effects, effect);
}

/* One effect of KIND for each spot of a list. */
static bool spots_add(struct reader *reader, struct line *line, struct cursor *cursor, struct effect effect)
{
        do {
                if (!value_spot(reader, cursor, &effect.at))
                        return false;
                effect_add(reader, line, effect);
        } while (value_next(cursor, ','));
        return true;
}

/* ---- memory ---- */

static bool word_gives(struct reader *reader, struct line *line, struct cursor *cursor)
{
        struct effect effect = effect_of(line, EFFECT_GIVES);
        if (!value_families(reader, cursor, &effect.family))
                return false;
        if (value_next(cursor, ':'))
                return spots_add(reader, line, cursor, effect);
        effect_add(reader, line, effect);
        return true;
}

static bool word_takes(struct reader *reader, struct line *line, struct cursor *cursor)
{
        struct effect effect = effect_of(line, EFFECT_TAKES);
        if (!value_families(reader, cursor, &effect.family))
                return false;
        if (value_next(cursor, ':'))
                return spots_add(reader, line, cursor, effect);
        effect.at.root = 0;
        effect_add(reader, line, effect);
        return true;
}

static bool word_resizes(struct reader *reader, struct line *line, struct cursor *cursor)
{
        struct effect effect = effect_of(line, EFFECT_RESIZES);
        if (!value_families(reader, cursor, &effect.family))
                return false;
        effect.at.root = 0;
        if (value_next(cursor, ':') && !value_spot(reader, cursor, &effect.at))
                return false;
        if (value_next(cursor, ':') && !value_spot(reader, cursor, &effect.from))
                return false;
        effect_add(reader, line, effect);
        struct effect gives = effect_of(line, EFFECT_GIVES); /* the new block */
        gives.family = effect.family;
        gives.at = effect.from;
        effect_add(reader, line, gives);
        return true;
}

/* keeps=SPOT,... or keeps=FAMILY:SPOT,... : families begin with a letter, and no family is called "result".
 */
static bool word_keeps(struct reader *reader, struct line *line, struct cursor *cursor)
{
        struct effect effect = effect_of(line, EFFECT_KEEPS);
        const char *colon = strchr(cursor->at, ':');
        if (colon) {
                if (!value_families(reader, cursor, &effect.family))
                        return false;
                value_next(cursor, ':');
        }
        return spots_add(reader, line, cursor, effect);
}

static bool word_borrows(struct reader *reader, struct line *line, struct cursor *cursor)
{
        struct effect effect = effect_of(line, EFFECT_BORROWS);
        int at = family_find(reader->models, "borrowed");
        effect.family = at < 0 ? FAMILY_UNKNOWN : (families)1 << at;
        return spots_add(reader, line, cursor, effect);
}

static bool word_fills(struct reader *reader, struct line *line, struct cursor *cursor)
{
        do {
                struct effect effect = effect_of(line, EFFECT_FILLS);
                if (!value_spot(reader, cursor, &effect.at))
                        return false;
                if (value_next(cursor, '=') && !value_span(reader, cursor, &effect.value))
                        return false;
                effect_add(reader, line, effect);
        } while (value_next(cursor, ','));
        return true;
}

static bool word_copies(struct reader *reader, struct line *line, struct cursor *cursor)
{
        struct effect effect = effect_of(line, EFFECT_COPIES);
        if (!value_spot(reader, cursor, &effect.at))
                return false;
        if (!value_next(cursor, '<') || !value_next(cursor, '-'))
                return read_fail(reader, cursor->col, "a copy is written TO<-FROM");
        if (!value_spot(reader, cursor, &effect.from))
                return false;
        effect_add(reader, line, effect);
        return true;
}

static bool word_inside(struct reader *reader, struct line *line, struct cursor *cursor)
{
        struct effect effect = effect_of(line, EFFECT_COPIES);
        effect.inside = true;
        if (!value_spot(reader, cursor, &effect.from))
                return false;
        effect_add(reader, line, effect);
        return true;
}

static bool word_reads(struct reader *reader, struct line *line, struct cursor *cursor)
{
        return spots_add(reader, line, cursor, effect_of(line, EFFECT_READS));
}

/* ---- calls back ---- */

static bool time_of(const char *name, enum call_time *time)
{
        static const char *const names[] = {"during", "later", "thread"};
        for (int i = 0; i < 3; i++)
                if (!strcmp(names[i], name)) {
                        *time = (enum call_time)i;
                        return true;
                }
        return false;
}

/* ARRAY/NIN+NOUT=NUMBER, see struct rows. */
static bool call_rows(struct reader *reader, struct cursor *cursor, struct rows *rows)
{
        int *const to[] = {&rows->array, &rows->wide[0], &rows->wide[1], &rows->number};
        for (int i = 0; i < 4; i++)
                if ((i && !value_next(cursor, "/+="[i - 1])) || !value_int(reader, cursor, i < 3, 255, to[i]))
                        return read_fail(reader, cursor->col, "rows are written ARRAY/NIN+NOUT=NUMBER");
        return true;
}

/* What follows the spots: [:during|later|thread][:STATE][:rows:ROWS]. A thread starts without the lock,
 * "later" is anybody's. */
static bool call_manner(struct reader *reader, struct cursor *cursor, struct effect *effect)
{
        bool said = false;
        while (value_next(cursor, ':')) {
                struct cursor start = *cursor;
                sym word = value_name(reader, cursor, ":");
                if (time_of(word, &effect->time))
                        continue;
                if (!strcmp(word, "rows")) {
                        if (!value_next(cursor, ':') || !call_rows(reader, cursor, &effect->rows))
                                return false;
                        continue;
                }
                *cursor = start;
                said = true;
                if (!value_gil(reader, cursor, &effect->gil))
                        return false;
        }
        if (!said && effect->time == CALL_THREAD)
                effect->gil = GIL_RELEASED;
        if (!said && effect->time == CALL_LATER && !effect->nby)
                effect->gil = GIL_UNKNOWN;
        return true;
}

/* Behind a spot: "(1,nonnull)", what the function there is given, argument by argument. */
static bool call_passed(struct reader *reader, struct cursor *cursor, struct effect *effect)
{
        enum { MOST_ARGS = 255 };
        VEC(struct passed) list = {0};
        if (!value_next(cursor, '('))
                return true;
        do {
                struct passed passed = {.arg = -1, .span = SPAN_ALL};
                bool number = *cursor->at >= '0' && *cursor->at <= '9';
                if (number ? !value_int(reader, cursor, 0, MOST_ARGS, &passed.arg)
                           : !value_span(reader, cursor, &passed.span))
                        return false;
                VEC_PUSH(reader->models->arena, &list, passed);
        } while (value_next(cursor, ','));
        if (!value_next(cursor, ')'))
                return read_fail(reader, cursor->col, "')' is expected behind the arguments of a call");
        effect->passed = list.at;
        effect->npassed = list.n;
        return true;
}

static bool word_calls(struct reader *reader, struct line *line, struct cursor *cursor)
{
        struct effect effect = effect_of(line, EFFECT_CALLS);
        VEC(struct effect) effects = {0};
        do {
                effect.npassed = 0;
                if (!value_spot(reader, cursor, &effect.at) || !call_passed(reader, cursor, &effect))
                        return false;
                VEC_PUSH(reader->models->arena, &effects, effect);
        } while (value_next(cursor, ','));
        effect.by = line->by;
        effect.nby = line->nby;
        if (!call_manner(reader, cursor, &effect))
                return false;
        for (int i = 0; i < effects.n; i++) {
                effect.at = effects.at[i].at;
                effect.passed = effects.at[i].passed;
                effect.npassed = effects.at[i].npassed;
                effect_add(reader, line, effect);
        }
        return true;
}

/* ---- the table ---- */

static const struct effect_word {
        const char *name;
        bool (*read)(struct reader *, struct line *, struct cursor *);
} effect_table[] = {
    {"gives", word_gives},     {"takes", word_takes},   {"resizes", word_resizes}, {"keeps", word_keeps},
    {"borrows", word_borrows}, {"fills", word_fills},   {"copies", word_copies},   {"reads", word_reads},
    {"calls", word_calls},     {"inside", word_inside},
};

bool effect_read(struct reader *reader, struct line *line, const struct word *word, bool *found)
{
        for (size_t i = 0; i < sizeof effect_table / sizeof *effect_table; i++)
                if (!strcmp(effect_table[i].name, word->name)) {
                        struct cursor cursor = {word->value, word->value_col};
                        *found = true;
                        return effect_table[i].read(reader, line, &cursor) && value_end(reader, &cursor);
                }
        *found = false;
        return true;
}

void effect_hint(struct hint *hint)
{
        hint_try(hint, effect_table, sizeof effect_table / sizeof *effect_table, sizeof *effect_table);
}
