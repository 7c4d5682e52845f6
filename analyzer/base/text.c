/* text.c: see text.h. */
#include "base/text.h"

#include <stdio.h>
#include <string.h>

static void room(struct out *out, size_t more)
{
        if (out->length + more + 1 <= out->room)
                return;
        size_t size = out->room ? out->room : 256;
        while (size < out->length + more + 1)
                size *= 2;
        out->bytes = arena_grow(out->arena, out->bytes, out->length, size);
        out->room = size;
}

void out_bytes(struct out *out, const char *bytes, size_t length)
{
        room(out, length);
        if (length)
                memcpy(out->bytes + out->length, bytes, length);
        out->length += length;
        out->bytes[out->length] = 0;
}

void out_text(struct out *out, const char *text)
{
        out_bytes(out, text, strlen(text));
}

void out_char(struct out *out, char c)
{
        out_bytes(out, &c, 1);
}

void out_long(struct out *out, long long value)
{
        char digits[24], *at = digits + sizeof digits;
        unsigned long long left = value < 0 ? 0ull - (unsigned long long)value : (unsigned long long)value;
        do
                *--at = (char)('0' + left % 10);
        while (left /= 10);
        if (value < 0)
                *--at = '-';
        out_bytes(out, at, (size_t)(digits + sizeof digits - at));
}

void out_format(struct out *out, const char *format, ...)
{
        va_list args, again;
        va_start(args, format);
        va_copy(again, args);
        int length = vsnprintf(NULL, 0, format, again);
        va_end(again);
        room(out, (size_t)length);
        vsnprintf(out->bytes + out->length, (size_t)length + 1, format, args);
        out->length += (size_t)length;
        va_end(args);
}

const char *out_string(struct out *out)
{
        return out->bytes ? out->bytes : "";
}

const char *plural(long n)
{
        return n == 1 ? "" : "s";
}
