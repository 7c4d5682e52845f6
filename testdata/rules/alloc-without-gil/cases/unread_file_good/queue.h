#ifndef QUEUE_H
#define QUEUE_H
#include <Python.h>

/* Takes the GIL back with the state in SLOT. */
void queue_enter(PyThreadState **slot);
#endif
