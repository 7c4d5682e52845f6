/*
 * shell.h: words as a POSIX shell reads them back. In: any text. Out: text that
 * a shell splits into the same words. Runs nothing.
 */
#ifndef SHELL_H
#define SHELL_H

#include "base/text.h"
#include "pipeline.h"

/* WORD, quoted where it must be. */
void shell_put(struct out *out, const char *word);

/* Each word behind a space. */
void shell_put_words(struct out *out, const struct words *words);

/* This program: where PYMEMLINT says on the machine that runs it, else where it is here. */
void shell_put_program(struct out *out);

#endif
