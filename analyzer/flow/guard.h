/*
 * guard.h: what the condition of an #if says of the versions that compile it.
 */
#ifndef FLOW_GUARD_H
#define FLOW_GUARD_H

#include "link/model.h"

struct guarded {
        version since, until; /* from this one on, before this one; 0: nothing is said */
};

/* The versions for which CONDITION, as written, holds. Negated as a whole ("!(...)") it says the opposite. */
struct guarded guard_versions(const char *condition);

#endif
