/* What stands in the text only. pymemlint: nothing */
#include <api.h>
#include "texts.h"

#define WRAP(p, n) api_realloc(p, \
                               (n) * sizeof(*p)) /* api_free */
#define VERSION 3
#if VERSION > 2 && \
        defined(API_H)
#define KNOWN API_NEW
#else
#define KNOWN api_malloc
#endif
#ifdef MISSING
void a(void) { api_free(0); }
#elif VERSION == 3
void b(void) { api_free(0); /* pymemlint: ignore[family-mismatch] freed by libfoo */ }
#ifndef VERSION
int c;
#endif
#else
int d;
#endif
#if VERSION > 2 /* its first line opens another one, which is skipped */
#if VERSION > 3
int f;
#endif
#endif
#ifdef __cplusplus
extern "C" {
#else
int g;
#endif
#if VERSION > 3
#define NEVER 1
#elif VERSION > 2
int h;
#define ONCE 1
#else
int i;
#endif

void e(void *p)
{
        const char *s = "// pymemlint: ignore[not-this]";
        // pymemlint: ignore-next-line[leak-on-path, double-free] both are meant
        api_free(p);
        /* pymemlint: ignore-begin[PML2] */
        api_free((void *)s);
        /* pymemlint: ignore-end */
        p = WRAP(p, 3);
        /*
         * pymemlint: ignore[a] over
         * two lines
         */
        from_header(p); // pymemlint: ignore
}
// pymemlint: ignore-file[x]
// pymemlint: ignore-begin[never-closed]
