/* && || ! ?: and the comma become control flow, comparisons stay values. */
int f(int), g(int);
void *get(int);

void conditions(int a, int b, void *p)
{
        if (a && !b)
                f(1);
        if (!(a || f(2)) || (g(3) && !p))
                f(4);
        if (p == (void *)0)
                f(5);
        if (0 != f(6))
                f(7);
        if ((p = get(8)) == 0)
                f(8);
        if (f(9), g(9))
                f(10);
        if (a ? f(11) : g(11))
                f(12);
        if (!!a)
                f(13);
}

int values(int a, int b, int *p)
{
        int x = a && f(1);
        int y = a < b;
        int z = !p;
        x = a ? f(2) : g(3);
        y = (f(4), g(5));
        p = a ? p : (int *)get(6);
        a = 1 || f(7);
        return (a || b) + (x == y) - z;
}

int elvis(int a)
{
        int *p = get(0) ?: get(1);
        f(2) ?: g(3);
        return f(4) ?: *p;
}

void for_effect(int a, int b)
{
        a &&f(1);
        a ? (void)f(2) : (void)g(3);
        (void)(a || b);
        f(4), g(5);
}

int constants(int a)
{
        while (1) {
                if (0)
                        f(1);
                if (sizeof(long) == 8)
                        f(2);
                if (a)
                        break;
        }
        do {
                f(3);
        } while (0);
        return 3 * 4 + (1 << 4);
}
