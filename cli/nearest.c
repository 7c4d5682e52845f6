/* nearest.c: see nearest.h. The distance is that of optimal string alignment. */
#include "nearest.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { LONGEST = 64, MOST = 3 };

static int smaller(int a, int b)
{
        return a < b ? a : b;
}

static bool same(char a, char b)
{
        return tolower((unsigned char)a) == tolower((unsigned char)b);
}

int edit_distance(const char *a, const char *b)
{
        /* Only the last three rows of the table are needed; longer words are cut, they are no names. */
        int before[LONGEST + 1] = {0}, last[LONGEST + 1], now[LONGEST + 1];
        int la = smaller((int)strlen(a), LONGEST), lb = smaller((int)strlen(b), LONGEST);
        for (int j = 0; j <= lb; j++)
                last[j] = j;
        for (int i = 1; i <= la; i++) {
                now[0] = i;
                for (int j = 1; j <= lb; j++) {
                        now[j] = last[j - 1] + !same(a[i - 1], b[j - 1]);
                        now[j] = smaller(now[j], smaller(last[j], now[j - 1]) + 1);
                        if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]))
                                now[j] = smaller(now[j], before[j - 2] + 1);
                }
                memcpy(before, last, sizeof last);
                memcpy(last, now, sizeof now);
        }
        return last[lb];
}

/* A start of the word counts as near: "fam" for "family". */
static int distance(const char *word, const char *known)
{
        size_t length = strlen(word);
        if (length >= 3 && !strncasecmp(word, known, length))
                return 1;
        return edit_distance(word, known);
}

const char *nearest_hint(struct arena *arena, const char *word, const struct words *known)
{
        struct out out = {.arena = arena};
        int limit = 1 + (int)strlen(word) / 4, given = 0, best = limit + 1;
        for (int i = 0; i < known->n; i++)
                best = smaller(best, distance(word, known->at[i]));
        for (int i = 0; best <= limit && i < known->n && given < MOST; i++)
                if (distance(word, known->at[i]) == best)
                        out_format(&out, "%s'%s'", given++ ? " or " : "; did you mean ", known->at[i]);
        if (given)
                out_char(&out, '?');
        return out_string(&out);
}
