/*
 * scan.h: the preprocessor directives of one file, in order. In: its text.
 * Out: includes, definitions and conditionals as they are written. Evaluates
 * no condition and expands no macro.
 */
#ifndef FRONT_SCAN_H
#define FRONT_SCAN_H

#include "base/file.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum directive_kind {
        DIRECTIVE_INCLUDE, /* `name` is the header, `quote` tells "x" from <x> */
        DIRECTIVE_DEFINE,  /* `name` and, behind it, parameters and body in `rest` */
        DIRECTIVE_UNDEF,   /* `name` */
        DIRECTIVE_IFNDEF,  /* `name` */
        DIRECTIVE_IF,      /* any other opening of a section; `name` is its word, `rest` as written */
        DIRECTIVE_ELSE,    /* else, elif and their kin, likewise */
        DIRECTIVE_ENDIF,
        DIRECTIVE_PRAGMA, /* `rest` */
        DIRECTIVE_ODD,    /* an include of a macro, or nothing we know */
};

struct directive {
        enum directive_kind kind;
        bool quote, next;        /* "x"; include_next */
        const char *name, *rest; /* never NULL */
        size_t at;               /* byte in the text where it begins */
};

struct directives {
        VEC(struct directive) list;
        bool generated; /* the first line says that a program wrote the file */
};

/* Reads TEXT into ARENA; continued lines are joined, comments are skipped. */
struct directives *directives_scan(struct arena *arena, const struct text *text);

/* Calls TAKE with the hash of every identifier in the first LENGTH bytes of TEXT, outside comments and
 * literals. */
void names_scan(const struct text *text, size_t length, void (*take)(void *context, uint64_t name),
                void *context);

#endif
