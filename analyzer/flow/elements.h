/*
 * elements.h: what the program stores in the elements of arrays that have no
 * name of their own: those a function obtains, declares or is given.
 */
#ifndef FLOW_ELEMENTS_H
#define FLOW_ELEMENTS_H

#include "flow/walk.h"

enum { ELEMENTS_MOST = 16 };

/* The keys of the cells that a store at ADDRESS, an element, goes to, beside that of value_cell; how many. */
int elements_stored(struct walk *walk, int address, sym *keys);

/* CONTENT, perhaps an array, is stored at ADDRESS, a field or a global. */
void elements_moved(struct walk *walk, int address, int content);

/* VALUE is released: if it is an element of an array, what arrays hold is asked of callers. */
void elements_released(struct walk *walk, int value);

/* Arrays are passed to what VISIT calls, and one may come back. */
void elements_called(const struct visit *visit);
void elements_returned(struct walk *walk, int value);

/* Carries what cells hold along the flows between them; once, when all functions were seen. */
void elements_settle(struct program *program);

/* All that VALUE, loaded out of an element, may be. NULL: nothing is known, or value_cell names it. */
const struct cell *elements_loaded(struct walk *walk, int value);

#endif
