/* Macros from outside the tree, directly and inside the tree's own macros. */
#include <api.h>

#define MY_NEW(n) API_NEW(char, (n) + 1)
#define MY_FREE(p) do { API_DEL(p); (p) = NULL; } while (0)
#define MY_ITEM(o) API_ITEM(o, 0)
#define MY_ALIAS api_free
#define MY_BOTH(a, b) (API_CHECK(a) && API_CHECK(b))
#define MY_NONE(x) use_object(API_NONE, x)
#define MY_BEGIN API_BEGIN
#define DEFINE_GETTER(name)                                                                                  \
        Object *get_##name(Tuple *t)                                                                         \
        {                                                                                                    \
                return API_ITEM(t, 2);                                                                       \
        }

void use_object(Object *, int);
int count(void);

void expressions(Object *o, int n)
{
        char *p = API_NEW(char, n);
        struct type **q = API_NEW(struct type *, count() + n);
        long *r = API_NEW_OLD(long, 2);
        API_RESIZE(p, char, n * 2);
        if (API_RESIZE(r, long, 5) == NULL)
                return;
        Object *item = API_ITEM(o, n + 1);
        API_ITEM(o, 1) = item;
        if (!API_CHECK(o) || API_CHECK(API_ITEM(o, count())))
                api_decref(o);
        api_decref(item);
        use_object(API_NONE, API_MAX(n, 3));
        n = API_TAG(p[0], p[n]);
}

void aliases(void *p, void *q, long *dims)
{
        API_FREE(p);
        API_DEL(q);
        MY_ALIAS(p);
        void (*fp)(void *) = API_DEL;
        fp(q);
        Object *a = api_array(2, dims);
        a = api_array_simple(1, &dims[1]);
        a = &api_type;
        a->count = api_type.count;
}

void own_macros(Object *o, Object *other, int n)
{
        char *p = MY_NEW(n), *q = MY_NEW(count());
        MY_FREE(p);
        if (MY_ITEM(o))
                MY_NONE(n);
        if (MY_BOTH(o, other))
                api_free(q);
}

Object *statements(Object *self, Object *o, int n)
{
        API_BEGIN
        count();
        API_END
        void *_save = NULL;
        API_BEGIN_IF(n);
        API_CLEAR(o);
        {
                MY_BEGIN
                api_assert(n > 0);
                api_assert_gnu(API_CHECK(o));
                api_restore(_save);
                }
        }
        api_errno = 0;
        if (api_errno == 4)
                API_DIE();
        API_RETURN_NONE;
}

DEFINE_GETTER(third)

int traverse(Tuple *t, int (*visit)(void *, void *), void *arg)
{
        API_VISIT(t->items[0]);
        return 0;
}
