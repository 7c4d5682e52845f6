/* goto in all forms. */
int f(int);

int error_path(int n)
{
        int result = -1;
        if (f(n) < 0)
                goto fail;
        if (f(n + 1) < 0)
                goto done;
        result = 0;
done:
        f(7);
fail:
        return result;
}

void backwards(int n)
{
again:
        if (f(n--))
                goto again;
}

void into_block(int n)
{
        if (n)
                goto inside;
        {
                f(1);
        inside:
                f(2);
        }
}

int computed(int op)
{
        static const void *const labels[] = {&&add, &&stop};
next:
        goto *labels[op];
add:
        op = f(op);
        goto next;
stop:
        return op;
unused:
        return f(99);
}

void assembler(int n)
{
        asm goto("nop" : : "r"(n) : : one, two);
        f(0);
one:
        f(1);
two:
        f(2);
        __asm__ volatile("nop" : : "r"(f(3)));
}
