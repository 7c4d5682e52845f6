/*
 * text.h: text that grows at its end, in an arena. In: bytes, numbers, formats.
 * Out: one zero-terminated string. It knows no encoding and cannot fail.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/arena.h"

#include <stddef.h>

struct out {
        struct arena *arena;
        char *bytes; /* zero-terminated once something was put; NULL before */
        size_t length, room;
};

/* Appends. */
void out_bytes(struct out *out, const char *bytes, size_t length);
void out_text(struct out *out, const char *text);
void out_char(struct out *out, char c);
void out_long(struct out *out, long long value);
void out_format(struct out *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* "" for one, else "s". */
const char *plural(long n);

/* The text so far, "" when nothing was put. */
const char *out_string(struct out *out);

#endif
