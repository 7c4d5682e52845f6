/* lsp_text.c: positions, words and URIs of documents, see lsp.h. Text may be any bytes. */
#include "lsp.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static int hex(char c)
{
        return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

char *path_of_uri(struct arena *arena, const char *uri)
{
        char real[PATH_MAX];
        if (strncmp(uri, "file:///", 8))
                return NULL;
        char *path = arena_strndup(arena, uri + 7, strlen(uri + 7)), *to = path;
        for (const char *from = path; *from; from++) {
                bool coded = *from == '%' && hex(from[1]) >= 0 && hex(from[2]) >= 0;
                *to++ = coded ? (char)(hex(from[1]) * 16 + hex(from[2])) : *from;
                from += coded ? 2 : 0;
        }
        *to = 0;
        return realpath(path, real) ? arena_strndup(arena, real, strlen(real)) : path_clean(arena, "/", path);
}

const char *uri_of_path(struct arena *arena, const char *path)
{
        struct out out = {.arena = arena};
        out_text(&out, "file://");
        for (; *path; path++)
                if (isalnum((unsigned char)*path) || strchr("/-._~", *path))
                        out_char(&out, *path);
                else
                        out_format(&out, "%%%02X", (unsigned char)*path);
        return out_string(&out);
}

const char *line_of(const struct text *text, unsigned line, size_t *length)
{
        const char *at = text->bytes, *end = text->bytes + text->length;
        while (at && --line && (at = memchr(at, '\n', (size_t)(end - at))))
                at++;
        if (!at) {
                *length = 0;
                return "";
        }
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        *length = (size_t)((stop ? stop : end) - at);
        return at;
}

/* UTF-16 units that the byte C begins: none when it goes on with a character. */
static unsigned units(char c)
{
        unsigned char byte = (unsigned char)c;
        return byte >= 0xf0 ? 2 : (byte & 0xc0) != 0x80;
}

unsigned column_sent(const char *line, size_t length, unsigned byte)
{
        unsigned sent = 0;
        for (size_t i = 0; i < length && i + 1 < byte; i++)
                sent += units(line[i]);
        return sent;
}

unsigned column_received(const char *line, size_t length, unsigned unit)
{
        size_t i = 0;
        for (unsigned sent = 0; i < length && (sent < unit || !units(line[i])); i++)
                sent += units(line[i]);
        return (unsigned)i + 1;
}

static bool in_word(char c)
{
        return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

const char *word_at(struct arena *arena, const char *line, size_t length, unsigned column, bool *member)
{
        size_t at = column - 1, first, last;
        *member = false;
        if (at > length)
                return "";
        for (first = at; first && in_word(line[first - 1]); first--)
                ;
        for (last = at; last < length && in_word(line[last]); last++)
                ;
        for (at = first; at && (line[at - 1] == ' ' || line[at - 1] == '\t'); at--)
                ;
        *member = (at >= 1 && line[at - 1] == '.') || (at >= 2 && !strncmp(line + at - 2, "->", 2));
        return arena_strndup(arena, line + first, last - first);
}
