/*
 * model_family.c: the lines of families and pairs: where memory comes from,
 * and what happens when a block of one family is released to another. In: the
 * words of one line; out: an entry of models->families or models->pairs.
 */
#include "link/model_read.h"

#include <ctype.h>
#include <string.h>

/* ---- family NAME title="..." release=NAME gil|nogil traced object resource unowned
 * only-objects target=WORD header=NAME compat=NAME ---- */

static const struct family_word {
        const char *name;
        size_t at; /* offset of a bool in struct family */
} family_words[] = {
    {"gil", offsetof(struct family, needs_gil)},
    {"nogil", 0},
    {"traced", offsetof(struct family, traced)},
    {"object", offsetof(struct family, object)},
    {"resource", offsetof(struct family, resource)},
    {"unowned", offsetof(struct family, unowned)},
    {"only-objects", offsetof(struct family, only_objects)},
};

static const struct family_name {
        const char *name;
        size_t at; /* offset of a sym in struct family */
} family_names[] = {
    {"title", offsetof(struct family, title)},   {"release", offsetof(struct family, release)},
    {"target", offsetof(struct family, target)}, {"header", offsetof(struct family, header)},
    {"compat", offsetof(struct family, compat)},
};

static bool family_word_read(struct reader *reader, struct family *family, const struct word *word)
{
        int n = sizeof family_words / sizeof *family_words;
        for (size_t i = 0; i < sizeof family_names / sizeof *family_names && word->value; i++)
                if (!strcmp(family_names[i].name, word->name)) {
                        *(sym *)((char *)family + family_names[i].at) =
                            name_of(reader->models->names, word->value);
                        return true;
                }
        for (int i = 0; i < n && !word->value; i++)
                if (!strcmp(family_words[i].name, word->name)) {
                        if (family_words[i].at)
                                *(bool *)((char *)family + family_words[i].at) = true;
                        return true;
                }
        return read_unknown(reader, word->col, "word of a family", word->name, family_words, n,
                            sizeof *family_words);
}

bool family_read(struct reader *reader, struct word *words, int nwords)
{
        struct models *models = reader->models;
        struct family family = {0};
        family.name = family.title = name_of(models->names, words[1].name);
        if (words[1].value || !isalpha((unsigned char)*family.name) || !strcmp(family.name, "any"))
                return read_fail(reader, words[1].col, "the name of a family is expected here");
        for (int i = 2; i < nwords; i++)
                if (!family_word_read(reader, &family, &words[i]))
                        return false;
        int at = family_find(models, family.name);
        if (at >= 0) {
                models->families.at[at] = family;
                return true;
        }
        if (models->families.n == FAMILY_MOST)
                return read_fail(reader, words[1].col, "more than %d families", (int)FAMILY_MOST);
        VEC_PUSH(models->arena, &models->families, family);
        return true;
}

/* ---- pair FROM TO same|bug small="" large="" debug="" threaded="" since= until= ---- */

static bool pair_version(struct reader *reader, const struct word *word, struct pair *pair, bool since)
{
        struct cursor cursor = {word->value, word->value_col};
        version version;
        bool numpy;
        if (!value_version(reader, &cursor, &version, &numpy) || !value_end(reader, &cursor))
                return false;
        if (since)
                *(numpy ? &pair->numpy_since : &pair->since) = version;
        else
                *(numpy ? &pair->numpy_until : &pair->until) = version;
        return true;
}

static const struct pair_word {
        const char *name;
        size_t at; /* offset of a text in struct pair */
} pair_words[] = {
    {"small", offsetof(struct pair, small)},
    {"large", offsetof(struct pair, large)},
    {"debug", offsetof(struct pair, debug)},
    {"threaded", offsetof(struct pair, threaded)},
    {"since", 0},
    {"until", 0},
};

static bool pair_word_read(struct reader *reader, struct pair *pair, const struct word *word)
{
        int n = sizeof pair_words / sizeof *pair_words;
        for (int i = 0; i < n && word->value; i++) {
                if (strcmp(pair_words[i].name, word->name) != 0)
                        continue;
                if (!pair_words[i].at)
                        return pair_version(reader, word, pair, !strcmp(word->name, "since"));
                const char **text = (const char **)((char *)pair + pair_words[i].at);
                *text = name_of(reader->models->names, word->value);
                return true;
        }
        return read_unknown(reader, word->col, "word of a pair", word->name, pair_words, n,
                            sizeof *pair_words);
}

bool pair_read(struct reader *reader, struct word *words, int nwords)
{
        struct models *models = reader->models;
        struct pair pair = {.file = reader->file};
        families from, to;
        struct cursor left = {words[1].name, words[1].col}, right = {words[2].name, words[2].col};
        if (!value_families(reader, &left, &from) || !value_end(reader, &left) ||
            !value_families(reader, &right, &to) || !value_end(reader, &right))
                return false;
        pair.same = !strcmp(words[3].name, "same");
        if (!pair.same && strcmp(words[3].name, "bug") != 0)
                return read_fail(reader, words[3].col, "a pair is 'same' or 'bug'");
        for (int i = 4; i < nwords; i++)
                if (!pair_word_read(reader, &pair, &words[i]))
                        return false;
        for (int a = family_next(from, -1); a >= 0; a = family_next(from, a))
                for (int b = family_next(to, -1); b >= 0; b = family_next(to, b)) {
                        pair.from = a;
                        pair.to = b;
                        VEC_PUSH(models->arena, &models->pairs, pair);
                }
        return true;
}
