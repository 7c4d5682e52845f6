/* crew.c: see crew.h. One counter hands out the items; whoever is free takes the next. */
#include "base/crew.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

enum { WORKERS_MOST = 64, STACK = 64 << 20 };

struct crew {
        void (*work)(void *data, int worker, int item);
        void *data;
        int n;
        atomic_int next;
};

struct worker {
        struct crew *crew;
        int number;
};

static void *labour(void *arg)
{
        const struct worker *worker = arg;
        struct crew *crew = worker->crew;
        for (int item; (item = atomic_fetch_add(&crew->next, 1)) < crew->n;)
                crew->work(crew->data, worker->number, item);
        return NULL;
}

int crew_size(int threads, int n)
{
        int most = threads < WORKERS_MOST ? threads : WORKERS_MOST;
        most = most < n ? most : n;
        return most > 1 ? most : 1;
}

void crew_run(int threads, int n, void (*work)(void *data, int worker, int item), void *data)
{
        struct crew crew = {.work = work, .data = data, .n = n};
        struct worker workers[WORKERS_MOST];
        pthread_t started[WORKERS_MOST];
        int size = crew_size(threads, n), nstarted = 0;
        pthread_attr_t attributes;
        pthread_attr_init(&attributes);
        pthread_attr_setstacksize(&attributes, STACK);
        for (int i = 1; i < size; i++) {
                workers[i] = (struct worker){&crew, i};
                if (pthread_create(&started[nstarted], &attributes, labour, &workers[i]))
                        break;
                nstarted++;
        }
        pthread_attr_destroy(&attributes);
        workers[0] = (struct worker){&crew, 0};
        labour(&workers[0]);
        for (int i = 0; i < nstarted; i++)
                pthread_join(started[i], NULL);
}
