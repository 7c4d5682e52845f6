/* Assembler statements: what goes in is passed, what comes out is not known. */
struct pair {
        char *first, *second;
};

int operands(char *p, int n, char **q, struct pair pair)
{
        int r, plain;
        unsigned a, d;
        long wide = n;
        __asm__ volatile("foo %0" : "=r"(r) : "r"(p), "m"(*q) : "memory");
        __asm__("x" : "+m"(*p), [out] "=&r"(p) : "i"(3), [in] "r"(n + 1));
        __asm__ volatile("cpuid" : "=a"(a), "=d"(d) : "a"(n));
        __asm__("" : "+r"(wide));
        __asm__("" : : "m"(pair), "m"(plain));
        __asm__ volatile("" : : : "memory");
        __asm__("nop");
        return r + (int)a;
}

#define OUTPUT "=r"
#define BARRIER(p) __asm__ volatile("" : "+r"(p) : : "memory")

char *spelled(char *p, char *q)
{
        BARRIER(p);
        /* a constraint that cannot be read here: it may be any */
        __asm__ volatile("" : OUTPUT(p) : "r"(q), "r"(q[1]));
        return p;
}

int jumps(char *p)
{
        asm goto("jmp %l1" : : "r"(p) : : out);
        return 0;
out:
        return 1;
}
