/*
 * toml.h: TOML text into a tree. The C side of toml.cpp, which is the only
 * place that knows the library.
 */
#ifndef CLI_TOML_H
#define CLI_TOML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct arena;

enum toml_kind { TOML_TABLE, TOML_ARRAY, TOML_TEXT, TOML_INTEGER, TOML_FLOAT, TOML_BOOL, TOML_DATE };

/* A value with its place in the text, lines and columns from 1. */
struct toml_value {
        enum toml_kind kind;
        const char *key;            /* its name in the table it belongs to, "" in an array */
        unsigned line, col;         /* of the value */
        unsigned key_line, key_col; /* of the key */
        const char *text;           /* TEXT */
        int64_t integer;            /* INTEGER, BOOL */
        struct toml_value *items;   /* TABLE in order of the text, ARRAY */
        int n;
};

/*
 * The top table of TEXT, in ARENA. NULL when it is not TOML: *ERROR is then a
 * clause, *LINE and *COL its place.
 */
const struct toml_value *toml_read(struct arena *arena, const char *text, size_t length, const char **error,
                                   unsigned *line, unsigned *col);

/* The item of a table, or NULL. */
const struct toml_value *toml_get(const struct toml_value *table, const char *key);

/* "a table", "a list", "a text", ... for messages. */
const char *toml_kind_name(enum toml_kind kind);

#ifdef __cplusplus
}
#endif

#endif
