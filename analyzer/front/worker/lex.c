/* lex.c: see lex.h. */
#include "lex.h"

bool lex_is_start(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
               (unsigned char)c >= 0x80;
}

bool lex_is_part(char c)
{
        return lex_is_start(c) || (c >= '0' && c <= '9');
}

size_t lex_comment(const char *text, size_t at, size_t end)
{
        if (text[at + 1] == '/') {
                while (at < end && text[at] != '\n')
                        at += text[at] == '\\' && at + 1 < end ? 2 : 1;
                return at < end ? at : end;
        }
        for (at += 2; at + 1 < end; at++)
                if (text[at] == '*' && text[at + 1] == '/')
                        return at + 2;
        return end;
}

size_t lex_skip(const char *text, size_t at, size_t end)
{
        while (at < end) {
                char c = text[at], next = at + 1 < end ? text[at + 1] : 0;
                if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f')
                        at++;
                else if (c == '\\' && (next == '\n' || next == '\r'))
                        at += 2;
                else if (c == '/' && (next == '/' || next == '*'))
                        at = lex_comment(text, at, end);
                else
                        break;
        }
        return at;
}

static size_t skip_literal(const char *text, size_t at, size_t end)
{
        char quote = text[at++];
        while (at < end && text[at] != quote && text[at] != '\n')
                at += text[at] == '\\' ? 2 : 1;
        return at < end ? at + 1 : end;
}

size_t lex_token(const char *text, size_t at, size_t end)
{
        if (at >= end)
                return end;
        if (text[at] == '"' || text[at] == '\'')
                return skip_literal(text, at, end);
        if (lex_is_part(text[at])) {
                while (at < end && lex_is_part(text[at]))
                        at++;
                return at;
        }
        return at + 1;
}

size_t lex_arguments(const char *text, size_t at, size_t end, struct lex_span *spans, int most, int *count)
{
        int depth = 0, n = 0;
        size_t from = 0, last = 0; /* of the argument so far: its first token, the end of its last one */
        *count = 0;
        for (size_t to; at < end; at = lex_skip(text, to, end)) {
                to = lex_token(text, at, end);
                bool closes = text[at] == ')' && depth == 1, splits = text[at] == ',' && depth == 1;
                if (closes || splits) {
                        /* f() has no argument, f(,) has two empty ones */
                        if (n < most && (splits || n || from))
                                spans[n] = from ? (struct lex_span){from, last} : (struct lex_span){at, at};
                        n += splits || n || from;
                        from = 0;
                        if (closes) {
                                *count = n < most ? n : most;
                                return to;
                        }
                        continue;
                }
                if (depth && !from)
                        from = at;
                last = to;
                depth += text[at] == '(';
                depth -= text[at] == ')';
        }
        return 0;
}
