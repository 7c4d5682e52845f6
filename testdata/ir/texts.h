#ifndef TEXTS_H
#define TEXTS_H
/* A header of the tree: its inline functions are lowered with the unit. */
static inline void from_header(void *p)
{
        if (p)
                API_FREE(p);
}
struct in_header {
        int a;
};
#endif
