/*
 * model_word.c: the attributes of a function, slot or format unit. In: the
 * words of one line; out: effects, a lock case and facts added to what the
 * line speaks of. What each attribute means is told in the grammar at the head
 * of model_read.c.
 *
 * Conditions (when=, if=, in=, by=) hold for the whole line wherever they
 * stand on it, so they are read in a first pass.
 */
#include "link/model_read.h"

#include <string.h>

/* ---- conditions ---- */

static bool word_when(struct reader *reader, struct line *line, struct cursor *cursor)
{
        VEC(struct test) tests = {0};
        do {
                struct test test;
                if (!value_spot(reader, cursor, &test.of))
                        return false;
                if (!value_next(cursor, ':'))
                        return read_fail(reader, cursor->col,
                                         "a condition is written PLACE:null, PLACE:1, ...");
                value_next(cursor, '=');
                if (!value_span(reader, cursor, &test.span))
                        return false;
                VEC_PUSH(reader->models->arena, &tests, test);
        } while (value_next(cursor, ','));
        line->when = tests.at;
        line->nwhen = tests.n;
        line->conditional = true;
        return true;
}

static bool word_if(struct reader *reader, struct line *line, struct cursor *cursor)
{
        line->conditional = true;
        return value_span(reader, cursor, &line->result);
}

static bool word_in(struct reader *reader, struct line *line, struct cursor *cursor)
{
        bool in_use;
        if (!value_versions(reader, cursor, &in_use))
                return false;
        line->asleep = line->asleep || !in_use;
        return true;
}

static bool word_by(struct reader *reader, struct line *line, struct cursor *cursor)
{
        VEC(sym) names = {0};
        do {
                sym name = value_name(reader, cursor, ",");
                if (!*name)
                        return read_fail(reader, cursor->col, "the name of a function is expected here");
                VEC_PUSH(reader->models->arena, &names, name);
        } while (value_next(cursor, ','));
        line->by = names.at;
        line->nby = names.n;
        return true;
}

/* ---- the lock ---- */

static bool word_gil(struct reader *reader, struct line *line, struct cursor *cursor)
{
        struct gil_case *gil = &line->gil;
        if (!value_gil(reader, cursor, &gil->needs))
                return false;
        line->gil_said = true;
        gil->leaves_held = GIL_HELD;
        gil->leaves_released = GIL_RELEASED;
        if (!*cursor->at)
                return true;
        if (!value_next(cursor, '-') || !value_next(cursor, '>'))
                return read_fail(reader, cursor->col, "a change of the lock is written gil=FROM->TO");
        if (!value_gil(reader, cursor, &gil->leaves_held))
                return false;
        gil->leaves_released = gil->leaves_held;
        return !value_next(cursor, '/') || value_gil(reader, cursor, &gil->leaves_released);
}

static bool word_saves(struct reader *reader, struct line *line, struct cursor *cursor)
{
        line->gil.has_saves = true;
        if (!value_spot(reader, cursor, &line->gil.saves))
                return false;
        line->gil.token_null_if_same = !value_next(cursor, ':');
        if (line->gil.token_null_if_same)
                return true;
        sym how = value_name(reader, cursor, "");
        return !strcmp(how, "opaque") || read_fail(reader, cursor->col, "a token is SPOT or SPOT:opaque");
}

static bool word_restores(struct reader *reader, struct line *line, struct cursor *cursor)
{
        line->gil.has_restores = true;
        return value_spot(reader, cursor, &line->gil.restores);
}

/* ---- facts about the name ---- */

static bool word_size(struct reader *reader, struct line *line, struct cursor *cursor)
{
        struct model *model = line->model;
        if (!strncmp(cursor->at, "type:", 5)) {
                model->size_is_type = true;
                cursor->at += 5;
                cursor->col += 5;
        }
        if (!value_int(reader, cursor, 0, 255, &model->size_args[0]))
                return false;
        return !value_next(cursor, '*') || value_int(reader, cursor, 0, 255, &model->size_args[1]);
}

static bool word_assigns(struct reader *reader, struct line *line, struct cursor *cursor)
{
        line->model->assigns_pointer = true;
        return value_int(reader, cursor, 0, 255, &line->model->pointer_arg);
}

static bool word_type(struct reader *reader, struct line *line, struct cursor *cursor)
{
        bool read = value_int(reader, cursor, 0, 255, &line->contract->of_type);
        line->contract->of_type++;
        return read;
}

static bool word_drops(struct reader *reader, struct line *line, struct cursor *cursor)
{
        bool read = value_int(reader, cursor, 0, 255, &line->contract->drops);
        line->contract->drops++;
        return read;
}

/* format=ARG:FIRST:TABLE */
static bool word_format(struct reader *reader, struct line *line, struct cursor *cursor)
{
        struct model *model = line->model;
        if (!value_int(reader, cursor, 0, 255, &model->format_arg))
                return false;
        model->format_first = model->format_arg + 1;
        if (value_next(cursor, ':') && !value_int(reader, cursor, 0, 255, &model->format_first))
                return false;
        if (!value_next(cursor, ':'))
                return read_fail(reader, cursor->col,
                                 "a format is written ARGUMENT:FIRST:TABLE, as in 1:2:parse");
        model->format_units = value_name(reader, cursor, "");
        return true;
}

static bool version_into(struct reader *reader, struct line *line, struct cursor *cursor, version *into)
{
        bool numpy;
        if (!value_version(reader, cursor, into, &numpy))
                return false;
        line->model->numpy = line->model->numpy || numpy;
        return true;
}

static bool word_since(struct reader *reader, struct line *line, struct cursor *cursor)
{
        return version_into(reader, line, cursor, &line->model->since);
}

static bool word_until(struct reader *reader, struct line *line, struct cursor *cursor)
{
        return version_into(reader, line, cursor, &line->model->until);
}

static bool word_deprecated(struct reader *reader, struct line *line, struct cursor *cursor)
{
        return version_into(reader, line, cursor, &line->model->deprecated);
}

static bool word_removed(struct reader *reader, struct line *line, struct cursor *cursor)
{
        return version_into(reader, line, cursor, &line->model->removed);
}

static bool word_alias(struct reader *reader, struct line *line, struct cursor *cursor)
{
        line->model->same_as = value_name(reader, cursor, "");
        return true;
}

static bool word_renamed(struct reader *reader, struct line *line, struct cursor *cursor)
{
        line->model->renamed = value_name(reader, cursor, "");
        return true;
}

static bool word_replaced(struct reader *reader, struct line *line, struct cursor *cursor)
{
        line->model->replaced = value_name(reader, cursor, "");
        return true;
}

static bool word_note(struct reader *reader, struct line *line, struct cursor *cursor)
{
        line->model->note = value_name(reader, cursor, "");
        return true;
}

enum word_flags {
        CONDITION = 1, /* read in the first pass */
        NAMES = 2,     /* speaks of a name: not for slots and units */
};

static const struct value_word {
        const char *name;
        bool (*read)(struct reader *, struct line *, struct cursor *);
        int flags;
} value_words[] = {
    {"when", word_when, CONDITION},
    {"if-result", word_if, CONDITION},
    {"in", word_in, CONDITION},
    {"by", word_by, CONDITION},
    {"gil", word_gil, 0},
    {"saves", word_saves, 0},
    {"restores", word_restores, 0},
    {"type", word_type, 0},
    {"drops", word_drops, 0},
    {"size", word_size, NAMES},
    {"assigns", word_assigns, NAMES},
    {"format", word_format, NAMES},
    {"since", word_since, NAMES},
    {"until", word_until, NAMES},
    {"deprecated", word_deprecated, NAMES},
    {"removed", word_removed, NAMES},
    {"alias", word_alias, NAMES},
    {"renamed", word_renamed, NAMES},
    {"replaced", word_replaced, NAMES},
    {"note", word_note, NAMES},
};

/* Words without a value set one bool. */
static const struct bare_word {
        const char *name;
        size_t of_contract, of_model; /* offsets of bools; one of them is used */
} bare_words[] = {
    {"may-fail", offsetof(struct contract, result_maybe_null), 0},
    {"never-null", offsetof(struct contract, result_never_null), 0},
    {"noreturn", offsetof(struct contract, noreturn), 0},
    {"opaque", offsetof(struct contract, opaque), 0},
    {"macro", 0, offsetof(struct model, macro)},
    {"reads-object", 0, offsetof(struct model, reads_object)},
    {"idempotent", 0, offsetof(struct model, idempotent)},
    {"tells-failure", 0, offsetof(struct model, tells_failure)},
    {"sets-failure", 0, offsetof(struct model, sets_failure)},
    {"returns-twice", 0, offsetof(struct model, twice)},
    {"jumps", 0, offsetof(struct model, jumps)},
    {"pure", 0, offsetof(struct model, pure)},
    {"status", 0, offsetof(struct model, status)},
    {"allocator", 0, offsetof(struct model, allocator)},
    {"object-allocator", 0, offsetof(struct model, object_allocator)},
    {"zeroed", 0, offsetof(struct model, zeroed)},
    {"zeroes", 0, offsetof(struct model, zeroes)},
    {"makes-object", 0, offsetof(struct model, makes_object)},
    {"counts-nothing", 0, offsetof(struct model, counts_nothing)},
    {"traces", 0, offsetof(struct model, traces)},
    {"lock-api", 0, offsetof(struct model, lock_api)},
    {"removes-call", 0, offsetof(struct model, removes_call)},
    {"nearly", 0, offsetof(struct model, renamed_nearly)},
    {"soft", 0, offsetof(struct model, soft)},
    {"numpy-alias", 0, offsetof(struct model, alias)},
};

enum { NVALUE = sizeof value_words / sizeof *value_words, NBARE = sizeof bare_words / sizeof *bare_words };

/* "unknown attribute", with the nearest of all attributes. */
static bool unknown(struct reader *reader, const struct word *word)
{
        struct hint hint = {.word = word->name};
        effect_hint(&hint);
        hint_try(&hint, value_words, NVALUE, sizeof *value_words);
        hint_try(&hint, bare_words, NBARE, sizeof *bare_words);
        if (!hint.distance)
                return read_fail(reader, word->col,
                                 word->value ? "'%s' takes no value" : "'%s' needs a value", word->name);
        return hint_fail(reader, word->col, "attribute", &hint);
}

static bool bare_read(struct reader *reader, struct line *line, const struct word *word)
{
        for (int i = 0; i < NBARE; i++) {
                const struct bare_word *bare = &bare_words[i];
                if (strcmp(bare->name, word->name) != 0)
                        continue;
                if (bare->of_model && !line->model)
                        return read_fail(reader, word->col, "'%s' speaks of functions only", word->name);
                char *base = bare->of_model ? (char *)line->model : (char *)line->contract;
                *(bool *)(base + bare->of_model + bare->of_contract) = true;
                return true;
        }
        return unknown(reader, word);
}

static bool value_read(struct reader *reader, struct line *line, const struct word *word, bool conditions)
{
        bool found;
        for (int i = 0; i < NVALUE; i++) {
                const struct value_word *known = &value_words[i];
                if (strcmp(known->name, word->name) != 0)
                        continue;
                if (((known->flags & CONDITION) != 0) != conditions)
                        return true;
                if ((known->flags & NAMES) && !line->model)
                        return read_fail(reader, word->col, "'%s' speaks of functions only", word->name);
                struct cursor cursor = {word->value, word->value_col};
                return known->read(reader, line, &cursor) && value_end(reader, &cursor);
        }
        if (conditions)
                return true;
        return effect_read(reader, line, word, &found) && (found || unknown(reader, word));
}

/* The line's lock case. "any" without a change says nothing, unless another line of the name must not hold
 * here. */
static void gil_add(struct reader *reader, struct line *line)
{
        struct gil_case *gil = &line->gil;
        bool same = gil->leaves_held == GIL_HELD && gil->leaves_released == GIL_RELEASED;
        if (line->asleep || !line->gil_said)
                return;
        if (gil->has_restores && same)
                gil->leaves_held = gil->leaves_released = GIL_UNKNOWN;
        else if (gil->needs == GIL_ANY && same && !line->conditional)
                return;
        gil->when = line->when;
        gil->nwhen = line->nwhen;
        gil->result = line->result;
        VEC_PUSH(reader->models->arena, &line->contract->gil, *gil);
}

bool words_read(struct reader *reader, struct line *line, const struct word *words, int nwords)
{
        line->result = SPAN_ALL;
        for (int pass = 0; pass < 2; pass++)
                for (int i = 0; i < nwords; i++) {
                        bool fine = words[i].value ? value_read(reader, line, &words[i], pass == 0)
                                                   : pass == 0 || bare_read(reader, line, &words[i]);
                        if (!fine)
                                return false;
                }
        gil_add(reader, line);
        return true;
}
