#ifndef XMEM_H
#define XMEM_H

#include <stddef.h>

/* Memory that survives the interpreter. */
void *xmem_get(size_t size);
char *xmem_copy(const char *text, size_t length);
void xmem_put(void *block);

#endif
