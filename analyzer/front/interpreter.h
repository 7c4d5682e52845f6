/*
 * interpreter.h: what one Python says of itself. In: the name of a program.
 * Out: the folders of its headers and the macros it was built with. The
 * program runs beside us: it is started, other work is done, it is asked.
 */
#ifndef FRONT_INTERPRETER_H
#define FRONT_INTERPRETER_H

#include "base/vec.h"

#include <sys/types.h>

struct interpreter {
        const char *program;       /* as the user named it */
        const char *executable;    /* what it calls itself */
        const char *version;       /* "3.11.2" */
        VEC(const char *) folders; /* of its headers, without repetition */
        const char *arrays;        /* of the array package's headers, NULL when it has none */
        VEC(const char *) defines; /* -D and -U of its own build */
        const char *error;         /* one sentence when it could not be asked, else NULL */
        pid_t pid;                 /* while it runs */
        int output;
};

/* Starts PROGRAM without a shell; errors are kept for interpreter_finish. */
struct interpreter *interpreter_start(struct arena *arena, const char *program);

/* Waits for its answer (some seconds at most) and fills the struct in. Once only. */
void interpreter_finish(struct arena *arena, struct interpreter *interpreter);

#endif
