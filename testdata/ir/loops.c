/* All loops, with and without their clauses. */
int f(int), g(void);

void whiles(int n)
{
        while (n > 0) {
                if (f(n))
                        continue;
                if (g())
                        break;
                n--;
        }
        do
                f(n);
        while (g() && n++ < 10);
}

void all_clauses(int n)
{
        for (int i = 0, k = n; i < k; i++, k--)
                f(i);
}

void no_init(int n)
{
        for (; n; n--)
                f(1);
}

void no_condition(int n)
{
        for (n = 0;; n++)
                if (f(n))
                        break;
}

void no_step(int n)
{
        for (n = 0; n < 10;)
                n += f(n);
}

void only_init(int n)
{
        for (n = f(2);;)
                g();
}

void only_condition(int n)
{
        for (; f(n);)
                n++;
}

void only_step(int n)
{
        for (;; f(n)) {
                if (n == 3)
                        continue;
                if (g())
                        return;
        }
}

void nothing(void)
{
        for (;;)
                g();
}

#define EACH(i, n) for (i = 0; i < (n); i++)
#define UNTIL(e) for (; !(e);)
void made_by_macros(int i, int n)
{
        EACH (i, n)
                f(i);
        UNTIL(g())
                f(n);
}

void nested(int n)
{
        for (int i = 0; i < n; i++)
                for (int k = i; /* ; */ k < n; k++) {
                        if (k == ';')
                                break;
                        f(k);
                }
}
