/* spell.c: see spell.h. Bytes over 127 count as letters: identifiers and paths may be in UTF-8. */
#include "ir/spell.h"

#include <string.h>

static bool is_letter(unsigned char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
}

static bool is_inner(unsigned char c)
{
        return is_letter(c) || (c >= '0' && c <= '9') || c == '$' || c == '\'';
}

size_t spell_name(const char *at, const char *end)
{
        const char *p = at;
        if (p == end || !is_letter((unsigned char)*p))
                return 0;
        /* a dot belongs to the name only inside it: "f.count", but not the one of "x.[key]" */
        while (p < end &&
               (is_inner((unsigned char)*p) || (*p == '.' && p + 1 < end && is_inner((unsigned char)p[1]))))
                p++;
        return (size_t)(p - at);
}

size_t spell_word(const char *at, const char *end)
{
        const char *p = at;
        while (p < end && (unsigned char)*p > ' ' && *p != 0x7f && *p != '"' && *p != '\\')
                p++;
        return (size_t)(p - at);
}

size_t spell_key(const char *at, const char *end)
{
        const char *p = at;
        while (p < end && (unsigned char)*p >= ' ' && *p != 0x7f && !strchr("\"\\]", *p))
                p++;
        return (size_t)(p - at);
}

size_t spell_type(const char *at, const char *end)
{
        const char *p = at;
        for (int depth = 0; p < end; p++) {
                if ((unsigned char)*p < ' ' || *p == 0x7f || strchr("\"\\'", *p))
                        return 0;
                depth += *p == '(';
                if (*p == ')' && depth-- == 0)
                        return (size_t)(p - at);
                if (p + 1 == end && depth)
                        return 0;
        }
        return (size_t)(p - at);
}

void out_quoted(struct out *out, const char *text)
{
        out_char(out, '"');
        for (const char *p = text; *p; p++) {
                unsigned char c = (unsigned char)*p;
                if (c == '"' || c == '\\')
                        out_char(out, '\\'), out_char(out, *p);
                else if (c == '\n')
                        out_text(out, "\\n");
                else if (c == '\t')
                        out_text(out, "\\t");
                else if (c < ' ' || c == 0x7f)
                        out_format(out, "\\x%02x", c);
                else
                        out_char(out, *p);
        }
        out_char(out, '"');
}

void out_spelled(struct out *out, const char *text, size_t (*measure)(const char *, const char *))
{
        size_t length = strlen(text);
        if (length && measure(text, text + length) == length)
                out_bytes(out, text, length);
        else
                out_quoted(out, text);
}
