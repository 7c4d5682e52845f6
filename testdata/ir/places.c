/* What expressions denote: fields, elements, pointers, unions, literals. */
#include <api.h>

struct inner {
        int a;
        union {
                char *text;
                long number;
        };
        struct {
                int x, y;
        };
};
typedef struct {
        struct inner in, *next;
        char name[8];
        union {
                int i;
                float f;
        } u;
        unsigned bit : 3;
} Box;
typedef struct {
        int left;
} Other;

Box shared[3];
static int counter;
int f(int, ...);

void fields(Box *box, Box own, Other *other)
{
        box->in.a = own.next->a;
        box->next->text = "a\tb\"\0c";
        own.in.number = box->in.x + own.in.y;
        own.u.i = 1;
        box->u.f = 2.5f;
        box->bit = other->left;
        shared[1].in.a = shared[counter].in.a;
        (*box).in = own.in;
        *box = shared[2];
}

void elements(int *p, int (*rows)[4], long i)
{
        int a[4], m[2][3];
        p[0] = p[i];
        a[1] = *(p + i);
        2 [a] = a[i];
        m[1][i] = rows[i][2];
        p = a + 1;
        p = &a[i];
        p = m[1];
        p += i;
        p = p - 3;
        *p++ = (*p)++;
        --*p;
        i = &p[i] - p;
}

void addresses(Box *box)
{
        int n, *p = &n, **pp = &p;
        **pp = *&n;
        char *name = box->name;
        char (*whole)[8] = &box->name;
        p = &box->in.a;
        pp = &(int *){&box->in.a};
        f(1, &shared, &counter, name, whole, &*p);
}

long arithmetic(long a, unsigned b)
{
        a = -a + ~b;
        a <<= 2;
        a ^= b % 3;
        b |= (a & 0xff) >> 1;
        a = (char)b * (long)1.5;
        return a / 10 - 'x' + 0x10UL + 010 + 0b11;
}

size_t sizes(int n, Box *box)
{
        int a[n];
        return n * sizeof(Box) + sizeof(*box) + sizeof a + sizeof(unsigned long) + sizeof("abc") + _Alignof(Box) +
               sizeof(struct inner *);
}

void functions(int (*fp)(int, ...))
{
        fp = f;
        fp = &f;
        fp(1);
        (*fp)(2);
        (&f)(3);
        (fp ? fp : f)(4);
        static int count = 3;
        static int *where = &count;
        count++, (*where)--;
}

int use(int null, int call, int scope)
{
        return null + call + scope;
}

int shadows(int n)
{
        int k = n;
        {
                int k = 1;
                n = k;
        }
        for (int k = 0; k < n; k++)
                f(k);
        return k;
}
