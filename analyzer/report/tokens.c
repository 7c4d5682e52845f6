/*
 * tokens.c: see tokens.h. It knows comments, literals, names and where a
 * preprocessor line ends, and nothing of grammar or macros.
 */
#include "report/tokens.h"

#include <ctype.h>
#include <string.h>

#define STATEMENT_REACH 200 /* tokens to either side */

struct reader {
        struct arena *arena;
        const char *bytes;
        size_t length, at;
        struct tokens tokens;
        bool line_start, directive;
};

static char peek(const struct reader *reader, size_t ahead)
{
        return reader->at + ahead < reader->length ? reader->bytes[reader->at + ahead] : 0;
}

static void add_token(struct reader *reader, size_t from, size_t length)
{
        VEC_PUSH(reader->arena, &reader->tokens.all, (struct token){(uint32_t)from, (uint32_t)length});
}

static void end_line(struct reader *reader)
{
        if (reader->directive)
                add_token(reader, reader->at, 0);
        reader->directive = false;
        reader->line_start = true;
        reader->at++;
}

/* True when a comment, a blank or a line's end was read. */
static bool skip_blank(struct reader *reader)
{
        char c = peek(reader, 0), next = peek(reader, 1);
        if (c == '\n') {
                end_line(reader);
        } else if (c == '\\' && (next == '\n' || (next == '\r' && peek(reader, 2) == '\n'))) {
                reader->at += next == '\r' ? 3 : 2;
        } else if (isspace((unsigned char)c)) {
                reader->at++;
        } else if (c == '/' && next == '/') {
                while (reader->at < reader->length && peek(reader, 0) != '\n')
                        reader->at++;
        } else if (c == '/' && next == '*') {
                const char *end =
                    memmem(reader->bytes + reader->at + 2, reader->length - reader->at - 2, "*/", 2);
                reader->at = end ? (size_t)(end + 2 - reader->bytes) : reader->length;
        } else {
                return false;
        }
        return true;
}

/* The length of the literal, name or sign that begins here. */
static size_t token_length(const struct reader *reader)
{
        char c = peek(reader, 0);
        size_t n = 1;
        if (c == '"' || c == '\'') {
                while (reader->at + n < reader->length && peek(reader, n) != c && peek(reader, n) != '\n')
                        n += peek(reader, n) == '\\' ? 2 : 1;
                n += peek(reader, n) == c;
                return reader->at + n > reader->length ? reader->length - reader->at : n;
        }
        if (isalnum((unsigned char)c) || c == '_')
                while (isalnum((unsigned char)peek(reader, n)) || peek(reader, n) == '_')
                        n++;
        return n;
}

struct tokens tokens_of(struct arena *arena, const struct source *source)
{
        struct reader reader = {
            .arena = arena, .bytes = source->bytes, .length = source->length, .line_start = true};
        while (reader.at < reader.length) {
                if (skip_blank(&reader))
                        continue;
                if (reader.line_start && peek(&reader, 0) == '#') {
                        add_token(&reader, reader.at, 0);
                        reader.directive = true;
                }
                reader.line_start = false;
                size_t length = token_length(&reader);
                add_token(&reader, reader.at, length);
                reader.at += length;
        }
        return reader.tokens;
}

/* Nothing of a statement reaches over this token. */
static bool is_edge(const struct source *source, struct token token)
{
        return !token.length || (token.length == 1 && strchr(";{}", source->bytes[token.at]));
}

/* The last token that begins at or before OFFSET; the first one when there is none. */
static int token_at(const struct tokens *tokens, size_t offset)
{
        int low = 0, high = tokens->all.n;
        while (high - low > 1) {
                int middle = low + (high - low) / 2;
                if (tokens->all.at[middle].at <= offset)
                        low = middle;
                else
                        high = middle;
        }
        return low;
}

void statement_write(const struct tokens *tokens, const struct source *source, size_t offset, struct out *out)
{
        if (!tokens->all.n)
                return;
        int at = token_at(tokens, offset), first = at, last = at;
        while (first > 0 && at - first < STATEMENT_REACH && !is_edge(source, tokens->all.at[first - 1]))
                first--;
        while (last + 1 < tokens->all.n && last - at < STATEMENT_REACH &&
               !is_edge(source, tokens->all.at[last + 1]))
                last++;
        for (int i = first; i <= last; i++) {
                out_bytes(out, source->bytes + tokens->all.at[i].at, tokens->all.at[i].length);
                out_char(out, ' ');
        }
}
