/*
 * pch.h: precompiled headers of the interpreter's API. In: units that are to
 * be parsed. Out: which of them may share which precompiled header, and the
 * jobs that make those that are not there yet. Sound by construction: a header
 * is shared only by units for which everything that its text depends on is the
 * same, and that do not notice that it now comes first.
 */
#ifndef FRONT_PCH_H
#define FRONT_PCH_H

#include "front/deps.h"
#include "front/key.h"
#include "front/project.h"

struct pch {
        const char *key, *text;                /* `text` is the header's source */
        const char *source, *file, *temporary; /* where they lie; `temporary` while it is made */
        bool ready;                            /* `file` is there */
        int users;
        struct job job; /* that makes it */
};

struct pchs {
        struct arena *arena;
        const struct project *project;
        struct lookup *lookup;
        struct deps *deps;
        const struct clang_info *clang;
        const char *(*place)(void *context, const char *key); /* a path for a file of that key, or NULL */
        void *context;
        VEC(struct pch *) list;
        struct map closures; /* what a list of headers brings; see pch.c */
        struct map said;     /* what stands in the files of one */
};

/* The precompiled header that fits UNIT, or NULL; counts the unit among its users. */
struct pch *pch_of(struct pchs *pchs, const struct project_unit *unit);

/* Whether it is worth having: made already, or enough users. Writes its source when it has to be made. */
bool pch_wanted(struct pchs *pchs, struct pch *pch);

/* The worker has made it: gives it its name. */
bool pch_finish(struct pchs *pchs, struct pch *pch);

/* Removes its files if they lie in FOLDER. */
void pch_remove(struct pchs *pchs, const struct pch *pch, const char *folder);

#endif
