/*
 * classes.h: which pointers may be one: union-find over nodes, each of which
 * stands for what a place can hold. When two nodes become one, so do the nodes
 * of what they point at (Steensgaard, POPL 1996). Knows nothing of programs.
 */
#ifndef QUERY_CLASSES_H
#define QUERY_CLASSES_H

#include "base/vec.h"

struct class_node {
        int parent, rank;
        int pointee; /* of the root: a node, or -1 */
};

struct classes {
        struct arena *arena;
        VEC(struct class_node) nodes;
};

/* A new node that equals no other. */
int class_new(struct classes *classes);

/* The node that stands for all that are equal to NODE. */
int class_of(struct classes *classes, int node);

/* What NODE points at, made when nobody asked before. */
int class_pointee(struct classes *classes, int node);

/* The same, -1 when nobody asked before. */
int class_known_pointee(struct classes *classes, int node);

/* A and B may be one from now on, and what they point at. Either may be -1: nothing happens. */
void class_join(struct classes *classes, int a, int b);

#endif
