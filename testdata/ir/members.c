/* The tree's own macros that go on behind a macro from outside: a member of what it gives, a call through one. */
#include <api.h>

#define SECOND(o) API_ITEM(o, 1)
#define LENGTH(o) (API_CAST(o)->count)
#define AGAIN(o, n) API_CHECK(o) + (n)

static long lengths(Object *a, Object *b, int n)
{
        void *item = SECOND(b);
        return LENGTH(a) + AGAIN(b, n) + (item != NULL);
}

#define DIRECT(o) api_self(o)->put(o)

void drop(void *table)
{
        DIRECT(table);
        lengths(NULL, NULL, 1);
}
