/*
 * crew.h: the same work on many items, by several threads at once. What an
 * item's work reads must not change meanwhile; what it writes must be its own
 * or its worker's.
 */
#ifndef BASE_CREW_H
#define BASE_CREW_H

/*
 * Calls WORK(DATA, worker, item) once for every item from 0 up to N, and comes
 * back when all are done. There are at most THREADS workers, numbered from 0;
 * one of them is the caller. Items are begun in order. Fewer threads when the
 * system has no more to give.
 */
void crew_run(int threads, int n, void (*work)(void *data, int worker, int item), void *data);

/* Workers that crew_run has at most for N items: so many need room of their own. */
int crew_size(int threads, int n);

#endif
