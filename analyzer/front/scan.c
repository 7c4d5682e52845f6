/* scan.c: see scan.h. In: text. Out: directives. Cannot fail: what it does not understand is DIRECTIVE_ODD.
 */
#include "front/scan.h"

#include "base/hash.h"
#include "base/text.h"

#include <ctype.h>
#include <string.h>

static const struct word {
        const char *text;
        enum directive_kind kind;
} words[] = {
    {"include", DIRECTIVE_INCLUDE}, {"include_next", DIRECTIVE_INCLUDE},
    {"import", DIRECTIVE_INCLUDE},  {"define", DIRECTIVE_DEFINE},
    {"undef", DIRECTIVE_UNDEF},     {"ifndef", DIRECTIVE_IFNDEF},
    {"if", DIRECTIVE_IF},           {"ifdef", DIRECTIVE_IF},
    {"else", DIRECTIVE_ELSE},       {"elif", DIRECTIVE_ELSE},
    {"elifdef", DIRECTIVE_ELSE},    {"elifndef", DIRECTIVE_ELSE},
    {"endif", DIRECTIVE_ENDIF},     {"error", DIRECTIVE_PRAGMA},
    {"warning", DIRECTIVE_PRAGMA},  {"line", DIRECTIVE_PRAGMA},
    {"ident", DIRECTIVE_PRAGMA},    {"pragma", DIRECTIVE_PRAGMA},
};

static const char *skip_blank(const char *at)
{
        while (*at == ' ' || *at == '\t' || *at == '\f' || *at == '\v' || *at == '\r')
                at++;
        return at;
}

static const char *skip_name(const char *at)
{
        while (isalnum((unsigned char)*at) || *at == '_' || *at == '$')
                at++;
        return at;
}

/* From a quote to behind its partner; a literal ends with its line. */
static const char *skip_literal(const char *at, const char *end)
{
        char quote = *at++;
        while (at < end && *at != quote && *at != '\n')
                at += *at == '\\' && at + 1 < end ? 2 : 1;
        return at < end && *at == quote ? at + 1 : at;
}

static const char *skip_block(const char *at, const char *end)
{
        const char *close = memmem(at + 2, (size_t)(end - at - 2), "*/", 2);
        return close ? close + 2 : end;
}

/* Where a // comment ends: at the first newline without a backslash before it. */
static const char *skip_line(const char *at, const char *end)
{
        while (at < end) {
                const char *newline = memchr(at, '\n', (size_t)(end - at));
                if (!newline)
                        return end;
                const char *last = newline > at && newline[-1] == '\r' ? newline - 1 : newline;
                if (last == at || last[-1] != '\\')
                        return newline;
                at = newline + 1;
        }
        return end;
}

/* The bytes that a backslash and the newline behind it take at AT, else 0. */
static size_t splice(const char *at, const char *end)
{
        if (*at != '\\' || at + 1 == end)
                return 0;
        if (at[1] == '\r' && at + 2 < end && at[2] == '\n')
                return 3;
        return at[1] == '\n' ? 2 : 0;
}

/* The logical line from AT on without comments and splices; *NEXT is behind it. */
static const char *logical_line(struct arena *arena, const char *at, const char *end, const char **next)
{
        struct out line = {.arena = arena};
        char quote = 0;
        while (at < end && *at != '\n') {
                size_t skip = splice(at, end);
                bool comment = !skip && !quote && *at == '/' && at + 1 < end;
                if (skip) {
                        at += skip;
                } else if (comment && at[1] == '*') {
                        at = skip_block(at, end);
                        out_char(&line, ' ');
                } else if (comment && at[1] == '/') {
                        at = skip_line(at, end);
                } else {
                        if (*at == '\\' && quote && at + 1 < end)
                                out_char(&line, *at++);
                        else if (*at == quote)
                                quote = 0;
                        else if (!quote && (*at == '"' || *at == '\''))
                                quote = *at;
                        out_char(&line, *at++);
                }
        }
        *next = at;
        return out_string(&line);
}

static const char *trimmed(struct arena *arena, const char *text)
{
        size_t length = strlen(text);
        while (length && isspace((unsigned char)text[length - 1]))
                length--;
        return arena_strndup(arena, text, length);
}

static struct directive read_include(struct arena *arena, const char *at)
{
        struct directive made = {.kind = DIRECTIVE_ODD, .name = "", .rest = trimmed(arena, at)};
        char close = *at == '"' ? '"' : *at == '<' ? '>' : 0;
        const char *end = close ? strchr(at + 1, close) : NULL;
        if (!end || end == at + 1)
                return made;
        made.kind = DIRECTIVE_INCLUDE;
        made.quote = close == '"';
        made.name = arena_strndup(arena, at + 1, (size_t)(end - at - 1));
        return made;
}

static struct directive read_directive(struct arena *arena, const char *line)
{
        struct directive made = {.kind = DIRECTIVE_ODD, .name = "", .rest = ""};
        const char *at = skip_blank(line), *end = skip_name(at);
        if (end == at || isdigit((unsigned char)*at)) /* a lone #, or where a preprocessor says it was */
                return (struct directive){.kind = DIRECTIVE_PRAGMA, .name = "", .rest = ""};
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
                if (strlen(words[i].text) == (size_t)(end - at) &&
                    !strncmp(words[i].text, at, (size_t)(end - at)))
                        made.kind = words[i].kind;
        const char *word = arena_strndup(arena, at, (size_t)(end - at));
        if (made.kind == DIRECTIVE_INCLUDE) {
                bool next = !strncmp(at, "include_next", 12);
                made = read_include(arena, skip_blank(end));
                made.next = next;
                return made;
        }
        at = skip_blank(end);
        if (made.kind == DIRECTIVE_DEFINE || made.kind == DIRECTIVE_UNDEF || made.kind == DIRECTIVE_IFNDEF) {
                end = skip_name(at);
                made.name = arena_strndup(arena, at, (size_t)(end - at));
                at = end;
        }
        if (made.kind == DIRECTIVE_IF || made.kind == DIRECTIVE_ELSE || made.kind == DIRECTIVE_PRAGMA)
                made.name = word;
        made.rest = trimmed(arena, at);
        return made;
}

/* What ends a stretch of ordinary text. */
static bool is_special(char c)
{
        return c == '\n' || c == '"' || c == '\'' || c == '/' || c == '#';
}

static bool says_generated(const struct text *text)
{
        const char *end = memchr(text->bytes, '\n', text->length);
        size_t length = end ? (size_t)(end - text->bytes) : text->length;
        return memmem(text->bytes, length, "Generated by ", 13) ||
               memmem(text->bytes, length, "generated by ", 13);
}

struct directives *directives_scan(struct arena *arena, const struct text *text)
{
        struct directives *made = NEW(arena, struct directives);
        const char *at = text->bytes, *end = at + text->length;
        made->generated = says_generated(text);
        bool fresh = true; /* nothing but blanks and comments on this line so far */
        while (at < end) {
                if (*at == '#' && fresh) {
                        size_t where = (size_t)(at - text->bytes);
                        const char *line = logical_line(arena, at + 1, end, &at);
                        VEC_PUSH(arena, &made->list, read_directive(arena, line));
                        made->list.at[made->list.n - 1].at = where;
                } else if (*at == '/' && at + 1 < end && at[1] == '*') {
                        at = skip_block(at, end);
                } else if (*at == '/' && at + 1 < end && at[1] == '/') {
                        at = skip_line(at, end);
                } else if (*at == '"' || *at == '\'') {
                        at = skip_literal(at, end);
                        fresh = false;
                } else if (*at == '\n') {
                        fresh = true;
                        at++;
                } else if (is_special(*at)) {
                        fresh = false;
                        at++;
                } else {
                        const char *from = at;
                        while (at < end && !is_special(*at))
                                at++;
                        fresh = fresh && skip_blank(from) >= at;
                }
        }
        return made;
}

void names_scan(const struct text *text, size_t length, void (*take)(void *context, uint64_t name),
                void *context)
{
        const char *at = text->bytes, *end = at + (length < text->length ? length : text->length);
        while (at < end) {
                const char *from = at;
                if (*at == '/' && at + 1 < end && at[1] == '*') {
                        at = skip_block(at, end);
                } else if (*at == '/' && at + 1 < end && at[1] == '/') {
                        at = skip_line(at, end);
                } else if (*at == '"' || *at == '\'') {
                        at = skip_literal(at, end);
                } else if (isalnum((unsigned char)*at) || *at == '_' || *at == '$') {
                        at = skip_name(at);
                        if (!isdigit((unsigned char)*from))
                                take(context, hash_bytes(from, (size_t)(at - from)));
                } else {
                        at++;
                }
        }
}
