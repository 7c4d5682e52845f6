/*
 * place_text.h: the spelling of places and operators, for the writer and the
 * reader of unit files. What others need of it is in ir.h.
 */
#ifndef IR_PLACE_TEXT_H
#define IR_PLACE_TEXT_H

#include "base/text.h"
#include "ir/ir.h"

/* Appends a place (not -1) as in the unit file. */
void place_print(struct out *out, const struct func *func, int place);

/* "+" for ARITH_ADD. */
const char *arith_text(enum arith op);

#endif
