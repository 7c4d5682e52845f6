/* GNU and C11 specialities. */
#include <api.h>
int f(int), g(long), h(char *);

int statement_expressions(int a)
{
        int x = ({
                int t = f(a);
                t + 1;
        });
        ({ f(x); });
        return ({
                if (x)
                        f(1);
                f(2);
        });
}

int selected(int i, char *s)
{
        return _Generic(i, long: g, char *: h, default: f)(i) + _Generic((s), char *: h)(s);
}

int builtins(int a, int *p, void *q)
{
        if (__builtin_expect(!!(a), 0))
                f(1);
        if (__builtin_expect(p != NULL && f(2), 1))
                f(3);
        int offset = __builtin_offsetof(Tuple, items);
        int old = __atomic_fetch_add(p, 1, 5);
        __atomic_store_n(p, f(old), 0);
        __sync_synchronize();
        int c = __builtin_choose_expr(1, f(4), g(5));
        a = __builtin_constant_p(a) ? 1 : 2;
        p = __builtin_assume_aligned(q, 16);
        return offset + c;
}

const char *names(void)
{
        const char *a = __func__;
        return a ? a : __FUNCTION__;
}

int nested(int n)
{
        typedef int local_int;
        struct local {
                local_int a;
        } s = {n};
        enum { LOCAL = 4 };
        extern int far;
        int far_function(int);
        return s.a + LOCAL + far + far_function(1);
}

void old_style(a, b) int a;
char *b;
{
        h(b), f(a);
}

_Static_assert(sizeof(int) == 4, "int");
static inline __attribute__((always_inline)) int small(int a)
{
        __label__ inner;
        if (a)
                goto inner;
        a = 1;
        switch (a) {
        case 1:
                a = 2;
                __attribute__((fallthrough));
        case 2:
                a = 3;
        }
inner:
        return a;
}

void *my_alloc(size_t n) __attribute__((malloc, alloc_size(1), ownership_returns(mine)));
__attribute__((returns_nonnull)) void *my_alloc(size_t n)
{
        return api_malloc(n + 8);
}
