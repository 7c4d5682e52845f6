/* Initialisers of locals: what is mentioned, what is zeroed, left-out braces, designators. */
struct point {
        int x, y;
        char *name;
};
struct shape {
        struct point from, to;
        int sides[3];
        union {
                int i;
                char *p;
        } u;
};
int f(void);
void *make(void);

void records(struct point other)
{
        struct point a = {1, f()};
        struct point b = {.name = make(), .x = 2};
        struct point c = {0}, d = other, e = {};
        struct shape s = {{1, 2}, .sides = {[1] = 5}, .u.p = make()};
        struct shape flat = {1, 2, 0, 3, 4, 0, 7, 8, 9};
        struct shape mixed = {.to.y = 4, 0, {6}};
        struct shape copied = {other, .to = a};
}

void arrays(int n)
{
        int a[3] = {n, f()};
        int b[4] = {[2] = 7, 8};
        int c[] = {[0 ... 2] = 9};
        char text[] = "abc", more[8] = "x", list[2] = {'a'};
        char *names[3] = {"one", make()};
        struct point points[2] = {{1, 2}, {.name = "n"}};
        struct point flat[2] = {1, 2, 0, 3};
        int scalar = {5};
        int grid[2][2] = {{1}, {2, 3}};
}

void literals(void)
{
        struct point *p = &(struct point){.x = 1};
        struct point q;
        q = (struct point){f(), 2};
        int *list = (int[]){1, 2};
        p = q.x ? p : &q;
}
