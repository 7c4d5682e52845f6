/* switch: falling through, ranges, default anywhere, labels inside other statements. */
int f(int);
enum colour { RED, GREEN = 7, BLUE };

int falls_through(enum colour c)
{
        int n = 0;
        switch (c) {
        case RED:
        case GREEN:
                n = 1;
                /* falls through */
        case BLUE:
                n += 2;
                break;
        default:
                return -1;
        }
        return n;
}

int ranges(int c)
{
        switch (c) {
        default:
                f(0);
                break;
        case 'a' ... 'z':
                return 1;
        case -5 ... - 1:
                f(2);
        }
        return 0;
}

void no_default(int c)
{
        switch (f(c)) {
                f(99); /* never reached */
        case 1: {
                f(1);
                break;
        }
        }
}

/* Duff's device: labels inside the loop */
void device(char *to, const char *from, int count)
{
        int n = (count + 3) / 4;
        switch (count % 4) {
        case 0:
                do {
                        *to++ = *from++;
                case 3:
                        *to++ = *from++;
                case 2:
                        *to++ = *from++;
                case 1:
                        *to++ = *from++;
                } while (--n > 0);
        }
}

void in_a_loop(int n)
{
        while (n) {
                switch (n--) {
                case 1:
                        continue;
                case 2:
                        break;
                }
                f(n);
        }
}

void nested(int a, int b)
{
        switch (a) {
        case 1:
                switch (b) {
                case 1:
                        f(11);
                        break;
                default:
                        f(12);
                }
                break;
        case 2:
                f(2);
        }
}
