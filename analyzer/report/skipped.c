/* skipped.c: see skipped.h. A lexer of identifiers, no more. */
#include "report/skipped.h"

#include "report/source.h"

#include <ctype.h>
#include <string.h>

static bool is_word(char c)
{
        return isalnum((unsigned char)c) || c == '_';
}

/* Behind a comment, a text or a character that starts at AT; AT itself when none does. */
static const char *behind_other(const char *at, const char *end, bool *comment)
{
        if (*comment || (at + 1 < end && at[0] == '/' && at[1] == '*')) {
                const char *from = *comment ? at : at + 2;
                for (*comment = true; from + 1 < end; from++)
                        if (from[0] == '*' && from[1] == '/') {
                                *comment = false;
                                return from + 2;
                        }
                return end;
        }
        if (at + 1 < end && at[0] == '/' && at[1] == '/')
                return end;
        if (*at != '"' && *at != '\'')
                return at;
        for (const char *from = at + 1; from < end; from++) {
                if (*from == '\\')
                        from++;
                else if (*from == *at)
                        return from + 1;
        }
        return end;
}

static bool is_member(const char *start, const char *at)
{
        while (at > start && isspace((unsigned char)at[-1]))
                at--;
        return at > start && (at[-1] == '.' || (at[-1] == '>' && at - 1 > start && at[-2] == '-'));
}

static void read_line(struct report *report, const struct where *where, struct line line, bool *comment,
                      struct plan_wish *wish)
{
        const char *at = line.bytes, *end = at + line.length;
        while (at < end) {
                const char *behind = behind_other(at, end, comment);
                if (behind != at) {
                        at = behind;
                        continue;
                }
                const char *start = at;
                while (at < end && is_word(*at))
                        at++;
                if (at == start) {
                        at++;
                        continue;
                }
                struct plan_skipped word = {.word = name_of_bytes(report->names, start, (size_t)(at - start)),
                                            .at = *where,
                                            .member = is_member(line.bytes, start)};
                word.at.col = (uint32_t)(start - line.bytes) + 1;
                if (!isdigit((unsigned char)*start))
                        VEC_PUSH(report->arena, &wish->skipped, word);
        }
}

void skipped_read(struct report *report, const struct skipped_range *ranges, int n, struct plan_wish *wish)
{
        for (int i = 0; i < n; i++) {
                const struct source *source = source_of(report, ranges[i].file);
                bool comment = false;
                for (uint32_t line = ranges[i].first;
                     source->bytes && line <= ranges[i].last && line <= (uint32_t)source->nlines; line++) {
                        struct where where = {.file = ranges[i].file, .line = line};
                        if (line >= 1)
                                read_line(report, &where, source_line(source, line), &comment, wish);
                }
        }
}
