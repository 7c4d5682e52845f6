/* A library whose header says what its functions give and take. */
#ifndef TEXTLIB_H
#define TEXTLIB_H

#include <stddef.h>

void text_dispose(char *text);
char *text_join(const char *a, const char *b) __attribute__((malloc(text_dispose, 1)));

#endif
