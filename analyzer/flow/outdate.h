/*
 * outdate.h: what a call leaves of the numbers that were stored before it where
 * others can reach them: in globals, behind pointers that it gets, in the status
 * that functions of a library set.
 */
#ifndef FLOW_OUTDATE_H
#define FLOW_OUTDATE_H

#include "flow/state.h"

/* ADDRESS is where functions of a library leave a status. */
void outdate_note(struct values *values, int address);

/* Every such status may have been set by EVENT. */
void outdate_statuses(struct state *state, struct values *values, int event);

/* The globals that WRITES tells of may have been written by EVENT; tokens that it left there stay. */
void outdate_globals(struct state *state, struct values *values, const struct keys *writes, int event);

/* Numbers that were stored behind POINTER may have been overwritten by EVENT. */
void outdate_numbers(struct state *state, struct values *values, int pointer, int event);

#endif
