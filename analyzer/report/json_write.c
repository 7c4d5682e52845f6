/* json_write.c: see json_write.h. It reads nothing and keeps nothing. */
#include "report/json_write.h"

#include "report/source.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static void write_escaped(struct out *out, uint32_t c)
{
        static const char letters[] = "\bb\ff\nn\rr\tt\"\"\\\\";
        for (const char *at = letters; c && *at; at += 2)
                if ((uint32_t)*at == c) {
                        out_char(out, '\\');
                        out_char(out, at[1]);
                        return;
                }
        /* DEL and the line separators are legal in JSON and break those who paste it into a script */
        if (c < 0x20 || c == 0x7f || c == 0x2028 || c == 0x2029)
                out_format(out, "\\u%04x", c);
        else
                utf8_put(out, c);
}

/* How many bytes from AT on stand for themselves. */
static size_t plain_run(const char *at, const char *end)
{
        const char *from = at;
        while (at < end && (unsigned char)*at >= 0x20 && (unsigned char)*at < 0x7f && *at != '"' &&
               *at != '\\')
                at++;
        return (size_t)(at - from);
}

static void write_string(struct out *out, const char *text, size_t length)
{
        out_char(out, '"');
        for (const char *end = text + length; text < end;) {
                size_t plain = plain_run(text, end);
                out_bytes(out, text, plain);
                text += plain;
                if (text < end)
                        write_escaped(out, utf8_next(&text, end));
        }
        out_char(out, '"');
}

static void new_line(struct json *json)
{
        static const char blanks[2 * JSON_DEPTH + 1] =
            "                                                                ";
        if (json->compact)
                return;
        out_char(json->out, '\n');
        out_bytes(json->out, blanks, 2 * (size_t)json->depth);
}

/* Comma, line and key of the next member. */
static void begin(struct json *json, const char *key)
{
        if (json->depth) {
                if (json->filled[json->depth])
                        out_char(json->out, ',');
                new_line(json);
        }
        json->filled[json->depth] = true;
        if (key) {
                write_string(json->out, key, strlen(key));
                out_text(json->out, json->compact ? ":" : ": ");
        }
}

void json_open(struct json *json, const char *key, char kind)
{
        begin(json, key);
        assert(json->depth + 1 < JSON_DEPTH);
        out_char(json->out, kind);
        json->depth++;
        json->close[json->depth] = kind == '{' ? '}' : ']';
        json->filled[json->depth] = false;
}

void json_close(struct json *json)
{
        bool filled = json->filled[json->depth];
        char close = json->close[json->depth];
        json->depth--;
        if (filled)
                new_line(json);
        out_char(json->out, close);
        if (!json->depth)
                out_char(json->out, '\n');
}

void json_text_bytes(struct json *json, const char *key, const char *text, size_t length)
{
        begin(json, key);
        write_string(json->out, text, length);
}

void json_text(struct json *json, const char *key, const char *text)
{
        if (text)
                json_text_bytes(json, key, text, strlen(text));
}

void json_format(struct json *json, const char *key, const char *format, ...)
{
        struct arena *scratch = arena_new();
        va_list args;
        va_start(args, format);
        json_text(json, key, arena_vprintf(scratch, format, args));
        va_end(args);
        arena_drop(scratch);
}

void json_number(struct json *json, const char *key, long long number)
{
        begin(json, key);
        out_long(json->out, number);
}

void json_bool(struct json *json, const char *key, bool value)
{
        begin(json, key);
        out_text(json->out, value ? "true" : "false");
}
