/*
 * guard.c: see guard.h. Two shapes are read: a comparison with a number that
 * packs a whole version (0x030C0000), on either side; and one of a minor
 * version with a small number. `||` is read as if it were `&&`.
 */
#include "flow/guard.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum side { SIDE_NONE, SIDE_SINCE, SIDE_ABOVE, SIDE_BEFORE, SIDE_UPTO };

static const char *skip(const char *at)
{
        return at + strspn(at, " \t(");
}

/* The comparison that begins at AT; *END behind it. */
static enum side side_at(const char *at, const char **end)
{
        bool equal = (*at == '<' || *at == '>') && at[1] == '=';
        *end = at + 1 + equal;
        if (*at == '>')
                return equal ? SIDE_SINCE : SIDE_ABOVE;
        if (*at == '<')
                return equal ? SIDE_UPTO : SIDE_BEFORE;
        return SIDE_NONE;
}

static enum side mirrored(enum side side)
{
        static const enum side table[] = {SIDE_NONE, SIDE_UPTO, SIDE_BEFORE, SIDE_ABOVE, SIDE_SINCE};
        return table[side];
}

/* WHOLE: nothing of that version comes behind the number, so that "above" is the next one. */
static void note(struct guarded *out, enum side side, version number, bool whole)
{
        switch (side) {
        case SIDE_SINCE:
                out->since = number;
                break;
        case SIDE_ABOVE:
                out->since = number + whole;
                break;
        case SIDE_BEFORE:
                out->until = number;
                break;
        case SIDE_UPTO:
                out->until = number + whole;
                break;
        default:
                break;
        }
}

/* A packed version at AT: the comparison stands before it or behind it. */
static void packed(struct guarded *out, const char *condition, const char *at, const char **end)
{
        char *behind;
        unsigned long value = strtoul(at, &behind, 16);
        *end = behind;
        if (value < 0x02000000 || value > 0xffffffff)
                return;
        const char *before = at;
        while (before > condition && strchr(" \t(", before[-1]))
                before--;
        enum side side = SIDE_NONE;
        const char *unused;
        if (before > condition && before[-1] == '=')
                side = before - condition > 1 ? side_at(before - 2, &unused) : SIDE_NONE;
        else if (before > condition)
                side = side_at(before - 1, &unused);
        if (side == SIDE_NONE)
                side = mirrored(side_at(behind + strspn(behind, "uUlL \t)"), &unused));
        note(out, side, (version)(value >> 16), (value & 0xf000) == 0xf000);
}

/* A minor version compared with a small number; the major one is 3. */
static void minor(struct guarded *out, const char *at)
{
        const char *number;
        enum side side = side_at(at + strspn(at, " \t)"), &number);
        number = skip(number);
        if (side != SIDE_NONE && isdigit((unsigned char)*number) && strncmp(number, "0x", 2) != 0)
                note(out, side, VERSION(3, strtoul(number, NULL, 10)), true);
}

struct guarded guard_versions(const char *condition)
{
        static const char word[] = "MINOR_VERSION";
        struct guarded found = {0};
        for (const char *at = condition; *at;) {
                if (!strncmp(at, "0x", 2)) {
                        packed(&found, condition, at, &at);
                } else if (!strncmp(at, word, sizeof word - 1)) {
                        at += sizeof word - 1;
                        minor(&found, at);
                } else {
                        at++;
                }
        }
        if (!strncmp(condition, "!(", 2))
                return (struct guarded){.since = found.until, .until = found.since};
        return found;
}
