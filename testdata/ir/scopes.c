/* What happens where variables end: cleanup functions, storage whose address was taken. */
int f(int), g(int *);
void drop(int **);
void unlock(int *);
#define AUTO __attribute__((cleanup(drop)))
int *make(int);

int on_return(int n)
{
        AUTO int *p = make(1);
        if (n)
                return *p;
        {
                int lock __attribute__((cleanup(unlock))) = 1;
                AUTO int *q = make(2);
                if (f(n))
                        return f(*q);
        }
        return 0;
}

void in_loops(int n)
{
        while (n--) {
                AUTO int *p = make(n);
                if (f(1))
                        continue;
                if (f(2))
                        break;
                f(3);
        }
}

int gotos(int n)
{
again:;
        AUTO int *p = make(1);
        {
                AUTO int *q = make(2);
                if (f(1))
                        goto again;
                if (f(2))
                        goto out;
        }
        f(3);
out:
        return 0;
}

void addressed(int n)
{
        int outer;
        g(&outer);
        for (int i = 0; i < n; i++) {
                int inner, list[4], untouched;
                untouched = g(&inner) + g(list);
                if (untouched)
                        break;
        }
        if (n) {
                int late;
                if (f(n))
                        goto end;
                g(&late);
        }
end:;
}
