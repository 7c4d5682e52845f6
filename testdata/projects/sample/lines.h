/* Reading a file line by line. */
#ifndef LINES_H
#define LINES_H

#include "buffer.h"

#include <stdio.h>

char *lines_default_separator(void);
int lines_read(FILE *file, char separator, struct buffer *into);

#endif
