/* Calls: direct, through pointers, that do not come back, that come back twice. */
#include <api.h>

struct hooks {
        void *(*alloc)(void *, size_t);
        void (*release)(void *, void *);
        void *context;
} hooks;
struct pair {
        void *first, *second;
};
struct pair make_pair(void *, void *);
typedef void (*visitor)(int);
visitor choose(int);
visitor visitors[4];
static int helper(int n);

void *direct(size_t n)
{
        char *p = (char *)api_malloc(n);
        p = api_realloc(p, 2 * n);
        api_free(p);
        hooks.context = api_malloc(8);
        return api_malloc(sizeof(struct pair));
}

void through_pointers(struct hooks *h, int i)
{
        void *block = h->alloc(h->context, 10);
        hooks.release(h->context, block);
        (*h->release)(NULL, block);
        choose(3)(4);
        visitors[i](i);
        ((visitor)h->context)(7);
}

void records(void *a)
{
        struct pair p = make_pair(a, NULL), q;
        q = make_pair(p.first, p.second);
        a = make_pair(a, a).second;
        q = p;
}

int leaves(int n)
{
        if (n < 0)
                api_fatal("negative");
        if (n == 0) {
                api_exit(1);
                helper(99);
        }
        if (n == 1)
                __builtin_unreachable();
        return helper(n);
}

int twice(struct api_env *env, char *p)
{
        if (setjmp(env) == 0)
                return 1;
        api_free(p);
        return 0;
}

static int helper(int n)
{
        api_printf("%d %s\n", n, "text");
        return helper(n - 1) + helper(n - 2);
}

int printer(const char *format, ...)
{
        __builtin_va_list ap;
        __builtin_va_start(ap, format);
        char *p = __builtin_va_arg(ap, char *);
        __builtin_va_end(ap);
        return *p;
}
