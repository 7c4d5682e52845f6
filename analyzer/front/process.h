/*
 * process.h: one worker process and the pipes to it. In: jobs as bytes. Out:
 * its answers as bytes, or how it ended. Never blocks, except to reap what it
 * killed. Knows nothing of units.
 */
#ifndef FRONT_PROCESS_H
#define FRONT_PROCESS_H

#include "base/text.h"

#include <stdbool.h>
#include <sys/types.h>

struct process {
        pid_t pid; /* 0: not running */
        int to, from;
        struct arena *arena; /* of the job and the answer under way */
        const char *job;     /* what is left to be written, NULL when it is */
        size_t job_left;
        struct out answer; /* what has arrived */
        bool busy;         /* a job was given and not yet answered */
        double started;    /* wall clock of the job */
        double cpu;        /* processor time of the process when the job began */
};

enum process_event {
        PROCESS_WAITS,    /* nothing to report yet */
        PROCESS_ANSWERED, /* process_answer has it */
        PROCESS_ENDED,    /* it died or spoke nonsense: process_end, then process_start again */
};

/* The worker's program: $PYMEMLINT_FRONT, beside this program, or in ../libexec/pymemlint. NULL with *ERROR.
 */
const char *process_program(struct arena *arena, const char **error);

/* Starts PROGRAM under limits of memory; errors of its loader go to the file ERRORS. False with errno set. */
bool process_start(struct process *process, const char *program, int errors);

/* Gives a job; the process must be running and not busy. BYTES are copied. */
void process_give(struct process *process, const char *bytes, size_t length);

/* Moves bytes as far as they go without waiting. READABLE and WRITABLE: what poll(2) said. */
enum process_event process_move(struct process *process, bool readable, bool writable);

/* The bytes of the answer behind its length; they live until the next job. */
struct text process_answer(struct process *process);

/* Processor seconds the process spent on the job under way. */
double process_spent(const struct process *process);

/* True while one of its threads computes or reads a disk, or would if the machine let it: it waits for
 * nobody. */
bool process_wants_cpu(const struct process *process);

/* Kills it if it still runs, and says in ARENA what happened to it: "crashed (segmentation fault)". */
const char *process_end(struct process *process, struct arena *arena, bool *memory);

/* Wall clock in seconds. */
double process_now(void);

#endif
