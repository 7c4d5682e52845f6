/* plan_include.c: #include lines in a source; see plan_fix.h. Looks at text alone. */
#include "report/plan_fix.h"

#include "report/source.h"

#include <ctype.h>
#include <string.h>

/* The word behind "#" at the start of a line, and what follows it; "" when the line is no directive. */
static void directive(struct line line, char word[16], const char **rest, const char *end)
{
        const char *at = line.bytes;
        size_t n = 0;
        while (at < end && isblank((unsigned char)*at))
                at++;
        word[0] = '\0';
        *rest = end;
        if (at == end || *at != '#')
                return;
        for (at++; at < end && isblank((unsigned char)*at);)
                at++;
        while (at < end && isalpha((unsigned char)*at) && n < 15)
                word[n++] = *at++;
        word[n] = '\0';
        while (at < end && isblank((unsigned char)*at))
                at++;
        *rest = at;
}

/* A header's own guard opens its first line of code and is no condition for us. */
static bool is_guard(const struct source *source, int number)
{
        struct line line = source_line(source, (uint32_t)number);
        struct line next = source_line(source, (uint32_t)number + 1);
        const char *name, *again;
        char first[16], second[16];
        directive(line, first, &name, line.bytes + line.length);
        directive(next, second, &again, next.bytes + next.length);
        size_t length = (size_t)(line.bytes + line.length - name);
        while (length && isspace((unsigned char)name[length - 1]))
                length--;
        return !strcmp(first, "ifndef") && !strcmp(second, "define") &&
               (size_t)(next.bytes + next.length - again) >= length && !memcmp(name, again, length);
}

bool includes_header(const struct source *source, const char *name)
{
        size_t length = strlen(name);
        int depth = 0;
        for (int i = 1; i <= source->nlines; i++) {
                struct line line = source_line(source, (uint32_t)i);
                const char *end = line.bytes + line.length, *at;
                char word[16];
                directive(line, word, &at, end);
                if (!strncmp(word, "if", 2))
                        depth += !is_guard(source, i);
                depth -= !strcmp(word, "endif");
                if (strcmp(word, "include") != 0 || at == end || depth > 0)
                        continue;
                const char *close = memchr(at + 1, *at == '<' ? '>' : '"', (size_t)(end - at - 1));
                if (close && (size_t)(close - at - 1) >= length && !memcmp(close - length, name, length) &&
                    (close[-(long)length - 1] == '/' || close - length == at + 1))
                        return true;
        }
        return false;
}

/* Behind the comments that a file opens with. */
static size_t behind_comments(const struct source *source)
{
        const char *at = source->bytes, *end = at + source->length, *line = at;
        while (at < end) {
                if (isspace((unsigned char)*at)) {
                        line = *at == '\n' ? at + 1 : line;
                        at++;
                } else if (end - at > 1 && at[0] == '/' && at[1] == '*') {
                        const char *close = memmem(at, (size_t)(end - at), "*/", 2);
                        at = close ? close + 2 : end;
                } else if (end - at > 1 && at[0] == '/' && at[1] == '/') {
                        const char *close = memchr(at, '\n', (size_t)(end - at));
                        at = close ? close : end;
                } else {
                        break;
                }
        }
        return (size_t)(line - source->bytes);
}

size_t include_place(const struct source *source)
{
        int depth = 0;
        for (int i = 1; i <= source->nlines; i++) {
                struct line line = source_line(source, (uint32_t)i);
                const char *rest;
                char word[16];
                directive(line, word, &rest, line.bytes + line.length);
                if (!strncmp(word, "if", 2))
                        depth += !is_guard(source, i);
                else if (!strcmp(word, "endif"))
                        depth--;
                else if (!strcmp(word, "include") && depth <= 0)
                        return (size_t)(line.bytes - source->bytes);
        }
        return behind_comments(source);
}
