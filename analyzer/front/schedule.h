/*
 * schedule.h: many jobs on a few worker processes. In: items with jobs, in
 * the order they are to be begun. Out: for each its answer, or a sentence why
 * there is none. A worker that dies or overruns its time is replaced.
 */
#ifndef FRONT_SCHEDULE_H
#define FRONT_SCHEDULE_H

#include "base/file.h"
#include "front/job.h"

#include <stdbool.h>

struct item {
        struct job job;
        double limit; /* seconds it may take */
        int needs;    /* an earlier item that must be over first, or -1 */
        bool fed;     /* set by its reader when others may use what it made; else they go without its `pch` */
        /* Results. */
        bool over;
        struct text answer;  /* valid when `failure` is NULL */
        const char *failure; /* a sentence, or NULL */
        double seconds;      /* wall time of the last try */
        int tries;
};

struct schedule {
        struct arena *arena; /* answers and sentences live here */
        const char *program; /* of the worker */
        int workers;
        struct process *processes;
        int *item_of; /* per process: what it works on, or -1 */
        int errors;   /* a file of what workers say on standard error */
        bool proved;  /* some worker has answered something */
};

/* A schedule of WORKERS processes of PROGRAM; none is started before there is work. */
struct schedule *schedule_open(struct arena *arena, const char *program, int workers);

/*
 * Runs all items and calls DONE once for each that is over, in the order in
 * which that happens. NULL, or one sentence when the worker cannot be run at all.
 */
const char *schedule_run(struct schedule *schedule, struct item *items, int n,
                         void (*done)(void *context, struct item *item), void *context);

/* Ends the processes. */
void schedule_close(struct schedule *schedule);

#endif
