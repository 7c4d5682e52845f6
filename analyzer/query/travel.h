/*
 * travel.h: on which ways a block of memory can travel through a program.
 *
 * Two views of the same statements. *Classes* say which pointers may be one,
 * so that what is behind a pointer is one cell whatever the pointer is called;
 * they join what is assigned, both ways. *Edges* say where a value goes: from
 * a variable, field, parameter, result or cell into another, one way. The order
 * of statements plays no part in either, so that no way is missed: better two
 * groups seen as one than one as two. A field is one for all objects of its
 * record.
 *
 * Where values come from outside the tree, or go there, there is a mark.
 */
#ifndef QUERY_TRAVEL_H
#define QUERY_TRAVEL_H

#include "query/classes.h"
#include "query/sites.h"

enum mark_kind {
        MARK_KEPT,     /* code outside the tree keeps it, and may release it */
        MARK_PASSED,   /* it goes to code of which nothing is known */
        MARK_GIVEN,    /* an API hands it out: the tree did not allocate it */
        MARK_TAKEN,    /* an API other than a plain release takes it back */
        MARK_LENT,     /* memory of another owner */
        MARK_EXPORTED, /* functions that other trees can call hand it out or take it */
        MARK_CALLED,   /* a function that is called from outside gets or returns it */
        MARK_FOREIGN,  /* a record of code outside the tree holds it */
        MARK_ADDRESS,  /* a number or value that is not understood */
        MARK_CALLABLE, /* no obstacle, an assumption: nobody outside calls this extern function */
        MARKS
};

/* Where a value can be: a node of its own, or the cell that all nodes of its class are. */
struct end {
        int node;
        bool cell;
};

enum { ENDS = 8 };

/* What a value can be a copy of: one, as a rule; both operands of a sum where nobody knows the pointer. */
struct ends {
        struct end at[ENDS];
        int n;
};

enum { MARK_IN = 1, MARK_OUT = 2 }; /* values come from there; values go there */

struct mark {
        enum mark_kind kind;
        struct end at;
        int way;
        const struct step *why; /* one step: where and what */
};

struct edge {
        struct end from, to;
};

struct global_node {
        sym name;                /* without its unit */
        const struct unit *unit; /* NULL: extern */
        int node;
};

struct field_node {
        sym key;
        int node;
};

/* A field that is reached through a pointer, or, `held`, in a variable. */
struct object_field {
        int object, field; /* nodes */
        bool held;
};

/*
 * A record, by its address or as it is, that goes to code of which nothing is
 * known but that it has the type.
 */
struct shown_record {
        int node;
        bool whole;       /* not by its address */
        const char *type; /* as the code declares it; NULL when the variable has that type, too */
        const struct function *in;
        struct where at;
        const char *said;
};

struct travel {
        struct arena *arena;
        struct program *program;
        struct classes classes;
        struct map places; /* hash of func and place -> node + 1 */
        struct map keys;   /* sym of a field or variable -> node + 1 */
        int *results;      /* per function: node of what it returns */
        VEC(struct edge) edges;
        VEC(struct mark) marks;
        VEC(struct mark) deep; /* of what nodes point at; put into marks at the end */
        VEC(struct field_node) fields;
        VEC(struct global_node) globals;
        VEC(struct object_field) objects;
        VEC(struct shown_record) shown;
        VEC(int) raw;     /* nodes of pointers through which plain values are stored */
        struct map kinds; /* what is known of how values are used; see travel_kind.c */
        struct map sites; /* struct call * -> node of its block + 1; a resized one's new block is the next */
};

/* Reads the whole program. Everything lives in ARENA. */
struct travel *travel_find(struct arena *arena, struct program *program, const struct memory_sites *sites);

/* The node that a site releases or resizes, and the one that it obtains. */
int travel_released(const struct travel *travel, const struct call *call);
int travel_obtained(const struct travel *travel, const struct call *call);

/* The node of a place of FUNC, which belongs to UNIT; -1 for numbers and constants. */
int travel_place(struct travel *travel, const struct unit *unit, const struct func *func, int place);

/* What the value of the place is a copy of. */
struct ends travel_ends(struct travel *travel, const struct unit *unit, const struct func *func, int place);

/* The node of parameter I of a function, and of a field. */
int travel_param(struct travel *travel, const struct function *function, int i);
int travel_field(struct travel *travel, sym key);

/* Values go from FROM to TO; the classes of A and B are joined. Either may be none. */
void travel_move(struct travel *travel, const struct ends *from, struct end to, int a, int b);

/* True when PLACE is, or is reached through, a value that is not understood. */
bool travel_obscure(const struct travel *travel, const struct func *func, int place);

/* travel_mark.c: marks an end; marks all ends, and both ways what lies behind NODE (-1: nothing). */
void travel_mark(struct travel *travel, enum mark_kind kind, int way, struct end at,
                 const struct function *in, struct where where, const char *said);
void travel_mark_all(struct travel *travel, enum mark_kind kind, int way, const struct ends *ends, int node,
                     const struct function *in, struct where where, const char *said);

/* The last thing to do, when all classes are known. */
void travel_marks_deepen(struct travel *travel);

/* travel_kind.c: whether a value is an address; in order of certainty. */
enum pointerness { NO_POINTER, MAYBE_POINTER, POINTER };
enum pointerness travel_pointerness(const struct travel *travel, const struct func *func, int place);

/* Finds out how values are used; the first thing to do. */
void travel_kinds(struct travel *travel);

/* travel_call.c: what a call moves, and what it marks. */
void travel_call(struct travel *travel, struct function *function, const struct call *call);

/* travel_edge.c: where the tree ends: entry points, tables, records of others. */
void travel_edges(struct travel *travel);

/* travel_graph.c: the edges as a graph. Vertices: 2 * node, and 2 * class + 1 for cells. */
struct graph {
        struct arena *arena;
        int n;
        int *first, *to;   /* successors of v: to[first[v]] .. to[first[v + 1] - 1] */
        int *rfirst, *rto; /* predecessors */
        int *stamp, *queue, round;
};

/* The ways of TRAVEL as a graph that can be asked, in ARENA. TRAVEL must not grow any more. */
struct graph *graph_make(struct arena *arena, struct travel *travel);

/* The number of the vertex that stands for END. */
int graph_vertex(struct travel *travel, struct end end);

/* The vertices reached from START, itself included, are graph->queue[0..]; returns how many. */
int graph_reach(struct graph *graph, int start, bool backwards);

#endif
