/*
 * json_write.h: JSON as it is written, from first brace to last, without a
 * document in memory. Keys come out in the order of the calls. Members whose
 * value is NULL are left out.
 */
#ifndef REPORT_JSON_WRITE_H
#define REPORT_JSON_WRITE_H

#include "base/text.h"

#include <stdbool.h>

#define JSON_DEPTH 32

struct json {
        struct out *out;
        bool compact; /* one line */
        int depth;
        bool filled[JSON_DEPTH]; /* per level: something stands in it */
        char close[JSON_DEPTH];
};

/* Opens an object ('{') or array ('['); KEY is NULL inside an array and at the top. */
void json_open(struct json *json, const char *key, char kind);

/* Closes what was opened last; at the top it ends the line. */
void json_close(struct json *json);

/* One member or element each. TEXT is repaired to UTF-8 and escaped; NULL writes nothing. */
void json_text(struct json *json, const char *key, const char *text);
void json_text_bytes(struct json *json, const char *key, const char *text, size_t length);
void json_format(struct json *json, const char *key, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void json_number(struct json *json, const char *key, long long number);
void json_bool(struct json *json, const char *key, bool value);

#endif
