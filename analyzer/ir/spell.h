/*
 * spell.h: how words are spelled in the text form of a unit, shared by its
 * writer and its reader. Nothing here knows what a unit is.
 */
#ifndef IR_SPELL_H
#define IR_SPELL_H

#include "base/text.h"

#include <stdbool.h>

/* How many bytes of AT, which ends at END, are a bare name: an identifier, with inner dots and quotes. */
size_t spell_name(const char *at, const char *end);

/* How many bytes of AT can stand for a path or another single word without quotes. */
size_t spell_word(const char *at, const char *end);

/* How many bytes of AT can stand in ".[...]" without quotes. */
size_t spell_key(const char *at, const char *end);

/* How many bytes of AT up to a closing parenthesis of its own are a type that needs no quotes. */
size_t spell_type(const char *at, const char *end);

/* Appends TEXT in quotes with escapes. */
void out_quoted(struct out *out, const char *text);

/* Appends TEXT bare when all of it is what MEASURE accepts, else in quotes. */
void out_spelled(struct out *out, const char *text, size_t (*measure)(const char *, const char *));

#endif
