/*
 * flow.h: the stages of the link half behind program_link, in the order in
 * which pipeline.c calls them.
 */
#ifndef FLOW_FLOW_H
#define FLOW_FLOW_H

#include "link/program.h"
#include "rule.h"

/*
 * Gives every function a contract: what it obtains, releases, keeps and hands
 * out, and what it does to the lock, each with its conditions. Fills the cells
 * with the families that are stored in them. Callees first; cycles repeat.
 */
void contracts_infer(struct program *program);

/*
 * Finds the lock states in which every function is entered, from the entry
 * points down the calls, breadth first, so that the first way found is a
 * shortest one. Fills function->contexts and function->entered.
 */
void gil_spread(struct program *program);

/* Runs the rules SELECTED (ended by NULL) over everything; what they find goes to OUT, unsettled. */
void rules_run(struct program *program, const struct rule *const *selected, struct findings *out);

/* A parameter that does not hold a number. */
struct apart {
        int param;
        int64_t number;
};

/* One way of entering a function. */
struct context {
        gil_set gil;
        struct test *facts; /* what is known of its parameters */
        int nfacts;
        struct apart *apart; /* what they are known not to be, where no span can say it */
        int napart;
        sym *given; /* per parameter: the function that is passed, NULL where not known; or NULL */
        const struct step *why; /* how control got here */
        bool library;           /* a described function of a library calls it */
        bool foreign;           /* foreign code may call it in another state than the one assumed */
        bool unsure; /* by a pointer that may hold several functions, chosen by what the path has tested */
        int depth;   /* calls from the entry point */
};

#endif
