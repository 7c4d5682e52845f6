/* classes.c: see classes.h. */
#include "query/classes.h"

int class_new(struct classes *classes)
{
        struct class_node node = {.parent = classes->nodes.n, .pointee = -1};
        VEC_PUSH(classes->arena, &classes->nodes, node);
        return classes->nodes.n - 1;
}

int class_of(struct classes *classes, int node)
{
        struct class_node *at = classes->nodes.at;
        while (at[node].parent != node) {
                at[node].parent = at[at[node].parent].parent;
                node = at[node].parent;
        }
        return node;
}

int class_known_pointee(struct classes *classes, int node)
{
        int pointee = classes->nodes.at[class_of(classes, node)].pointee;
        return pointee < 0 ? -1 : class_of(classes, pointee);
}

int class_pointee(struct classes *classes, int node)
{
        int root = class_of(classes, node);
        if (classes->nodes.at[root].pointee < 0) {
                int fresh = class_new(classes);
                classes->nodes.at[root].pointee = fresh;
        }
        return class_of(classes, classes->nodes.at[root].pointee);
}

void class_join(struct classes *classes, int a, int b)
{
        /* What is pointed at follows in a loop: a list whose nodes point at each other has no end. */
        while (a >= 0 && b >= 0) {
                a = class_of(classes, a);
                b = class_of(classes, b);
                if (a == b)
                        return;
                struct class_node *at = classes->nodes.at;
                if (at[a].rank < at[b].rank) {
                        int keep = a;
                        a = b;
                        b = keep;
                }
                at[a].rank += at[a].rank == at[b].rank;
                at[b].parent = a;
                int below = at[b].pointee, other = at[a].pointee;
                if (other < 0)
                        at[a].pointee = below;
                a = other;
                b = below;
        }
}
