/*
 * model_value.c: the small parts that attribute values are made of: spots,
 * spans of numbers, sets of families, lock states, versions. In: a cursor into
 * one value; out: the thing, or an error with its column. Knows no attribute.
 */
#include "link/model_read.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool value_next(struct cursor *cursor, char c)
{
        if (*cursor->at != c)
                return false;
        cursor->at++;
        cursor->col++;
        return true;
}

static bool next_text(struct cursor *cursor, const char *text)
{
        size_t length = strlen(text);
        if (strncmp(cursor->at, text, length) != 0)
                return false;
        cursor->at += length;
        cursor->col += (int)length;
        return true;
}

bool value_end(struct reader *reader, const struct cursor *cursor)
{
        if (!*cursor->at)
                return true;
        return read_fail(reader, cursor->col, "'%s' is not understood here", cursor->at);
}

sym value_name(struct reader *reader, struct cursor *cursor, const char *stops)
{
        size_t length = strcspn(cursor->at, stops);
        sym name = name_of_bytes(reader->models->names, cursor->at, length);
        cursor->at += length;
        cursor->col += (int)length;
        return name;
}

bool value_int(struct reader *reader, struct cursor *cursor, int least, int most, int *number)
{
        char *end;
        if (!isdigit((unsigned char)*cursor->at) && *cursor->at != '-')
                return read_fail(reader, cursor->col, "a number is expected here");
        errno = 0;
        long value = strtol(cursor->at, &end, 0);
        if (end == cursor->at || errno || value < least || value > most)
                return read_fail(reader, cursor->col, "a number from %d to %d is expected here", least, most);
        cursor->col += (int)(end - cursor->at);
        cursor->at = end;
        *number = (int)value;
        return true;
}

/* ---- spots ---- */

static bool root_read(struct reader *reader, struct cursor *cursor, struct spot *spot)
{
        enum { MOST_ARGS = 255 };
        if (next_text(cursor, "result"))
                spot->root = SPOT_RESULT;
        else if (next_text(cursor, "..."))
                spot->root = SPOT_VARARGS;
        else if (value_next(cursor, '$')) {
                spot->root = SPOT_GLOBAL;
                spot->global = value_name(reader, cursor, ",:<>=-");
                if (!*spot->global)
                        return read_fail(reader, cursor->col, "the name of a global is expected behind '$'");
        } else if (isdigit((unsigned char)*cursor->at))
                return value_int(reader, cursor, 0, MOST_ARGS, &spot->root);
        else
                return read_fail(
                    reader, cursor->col,
                    "an argument's number from 0, 'result', '...' or '$global' is expected here");
        return true;
}

static bool step_add(struct reader *reader, struct cursor *cursor, struct spot *spot, sym step)
{
        if (spot->nsteps == SPOT_STEPS)
                return read_fail(reader, cursor->col, "at most %d steps lead to a place", (int)SPOT_STEPS);
        spot->steps[spot->nsteps++] = step;
        return true;
}

/* A field key ends where the value goes on; "->" inside a list does, a lone '-' or '<' is part of a file's
 * name. */
static size_t key_length(const char *at)
{
        size_t n = 0;
        while (at[n] && !strchr(",:=", at[n]) && strncmp(at + n, "->", 2) != 0 &&
               strncmp(at + n, "<-", 2) != 0)
                n++;
        return n;
}

bool value_spot(struct reader *reader, struct cursor *cursor, struct spot *spot)
{
        struct names *names = reader->models->names;
        int stars = 0;
        memset(spot, 0, sizeof *spot);
        while (value_next(cursor, '*'))
                stars++;
        if (!root_read(reader, cursor, spot))
                return false;
        while (next_text(cursor, "->")) {
                size_t length = key_length(cursor->at);
                if (!memchr(cursor->at, '.', length))
                        return read_fail(reader, cursor->col, "a field 'tag.member' is expected behind '->'");
                if (!step_add(reader, cursor, spot, name_of(names, "*")) ||
                    !step_add(reader, cursor, spot, name_of_bytes(names, cursor->at, length)))
                        return false;
                cursor->at += length;
                cursor->col += (int)length;
        }
        while (stars--)
                if (!step_add(reader, cursor, spot, name_of(names, "*")))
                        return false;
        return true;
}

/* ---- spans ---- */

static const struct span_name {
        const char *name;
        struct span span;
} span_names[] = {
    {"any", {INT64_MIN, INT64_MAX, false}},
    {"null", {0, 0, false}},
    {"zero", {0, 0, false}},
    {"nonnull", {INT64_MIN, INT64_MAX, true}},
    {"nonzero", {INT64_MIN, INT64_MAX, true}},
    {"negative", {INT64_MIN, -1, true}},
    {"positive", {1, INT64_MAX, true}},
    {"nonneg", {0, INT64_MAX, false}},
};

static bool bound_read(struct reader *reader, struct cursor *cursor, int64_t *bound)
{
        char *end;
        errno = 0;
        *bound = strtoll(cursor->at, &end, 0);
        if (end == cursor->at || errno)
                return read_fail(reader, cursor->col, "a number is expected here");
        cursor->col += (int)(end - cursor->at);
        cursor->at = end;
        return true;
}

bool value_span(struct reader *reader, struct cursor *cursor, struct span *span)
{
        if (isalpha((unsigned char)*cursor->at)) {
                struct cursor start = *cursor;
                sym name = value_name(reader, cursor, ",:=)");
                int n = sizeof span_names / sizeof *span_names;
                for (int i = 0; i < n; i++)
                        if (!strcmp(span_names[i].name, name)) {
                                *span = span_names[i].span;
                                return true;
                        }
                return read_unknown(reader, start.col, "condition", name, span_names, n, sizeof *span_names);
        }
        struct cursor start = *cursor;
        if (!bound_read(reader, cursor, &span->low))
                return false;
        span->high = span->low;
        span->nonzero = span->low != 0;
        if (next_text(cursor, "..") && !bound_read(reader, cursor, &span->high))
                return false;
        if (span->high < span->low)
                return read_fail(reader, start.col, "this range is empty");
        span->nonzero = span->low > 0 || span->high < 0;
        return true;
}

/* ---- families, lock states, versions ---- */

bool value_families(struct reader *reader, struct cursor *cursor, families *set)
{
        const struct models *models = reader->models;
        *set = 0;
        do {
                struct cursor start = *cursor;
                sym name = value_name(reader, cursor, "|:,");
                int at = family_find(models, name);
                if (at >= 0)
                        *set |= (families)1 << at;
                else if (!strcmp(name, "any"))
                        *set |= FAMILY_UNKNOWN;
                else
                        return read_unknown(reader, start.col, "family", name, models->families.at,
                                            models->families.n, sizeof *models->families.at);
        } while (value_next(cursor, '|'));
        return true;
}

static const struct gil_name {
        const char *name;
        gil_set set;
} gil_names[] = {
    {"held", GIL_HELD},
    {"released", GIL_RELEASED},
    {"any", GIL_ANY},
    {"assumed", GIL_ASSUMED},
    {"unknown", GIL_UNKNOWN},
    {"before", GIL_UNKNOWN},
    {"forbidden", GIL_RELEASED},
    {"caller", 0},
    {"never", 0},
};

bool value_gil(struct reader *reader, struct cursor *cursor, gil_set *set)
{
        struct cursor start = *cursor;
        sym name = value_name(reader, cursor, "-:,/");
        int n = sizeof gil_names / sizeof *gil_names;
        for (int i = 0; i < n; i++)
                if (!strcmp(gil_names[i].name, name)) {
                        *set = gil_names[i].set;
                        return true;
                }
        return read_unknown(reader, start.col, "state", name, gil_names, n, sizeof *gil_names);
}

bool value_version(struct reader *reader, struct cursor *cursor, version *out, bool *numpy)
{
        int major, minor;
        *numpy = next_text(cursor, "numpy-");
        if (!value_int(reader, cursor, 0, 255, &major))
                return false;
        if (*cursor->at != '.' || cursor->at[1] == '.')
                return read_fail(reader, cursor->col, "a version is written 3.12 or numpy-2.5");
        value_next(cursor, '.');
        if (!value_int(reader, cursor, 0, 255, &minor))
                return false;
        *out = VERSION(major, minor);
        return true;
}

bool value_versions(struct reader *reader, struct cursor *cursor, bool *in_use)
{
        const struct models *models = reader->models;
        version low = 0, high = (version)-1;
        bool numpy = next_text(cursor, "numpy-"), ignored;
        bool open = *cursor->at == '.';
        if (!open && !value_version(reader, cursor, &low, &ignored))
                return false;
        if (!open && *cursor->at != '.')
                high = low;
        if (next_text(cursor, "..") && *cursor->at && !value_version(reader, cursor, &high, &ignored))
                return false;
        if (high < low || (open && high == (version)-1))
                return read_fail(reader, cursor->col, "versions are written 3.12.., ..3.11 or 3.8..3.11");
        version numpy_used = models->numpy ? models->numpy : (version)-1;
        *in_use =
            numpy ? low <= numpy_used && (numpy_used <= high || high == (version)-1)
                  : low <= models->python_max &&
                        models->python_max <= high; /* the newest decides: paths of two versions never mix */
        return true;
}
