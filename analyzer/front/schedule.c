/*
 * schedule.c: see schedule.h. One loop around poll(2); the parent computes
 * nothing while workers run. Which worker gets which item never shows in the
 * result.
 */
#include "front/schedule.h"

#include "front/process.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * Time is counted as processor time, so that a busy machine fails no unit, where
 * a worker may get nothing for long; one that computes nothing and would not, after
 * so many times its limit, is held by a file that never ends, or crawls.
 */
enum { TICK_MS = 50, CRAWL = 4, ENDLESS = 40 };
static const double idle_share = 0.02;

struct runner {
        struct schedule *schedule;
        struct item *items;
        int n, from; /* every item before `from` was begun */
        int left;    /* items that are not over */
        int busy;    /* items under way */
        void (*done)(void *context, struct item *item);
        void *context;
        const char *error;
};

static void finish(struct runner *runner, struct item *item, const char *failure)
{
        item->failure = failure;
        item->over = true;
        runner->left--;
        runner->done(runner->context, item);
}

/* What the loader or the worker said last before it died, for a worker that never lived. */
static const char *last_words(struct runner *runner)
{
        char said[4096];
        ssize_t n = pread(runner->schedule->errors, said, sizeof said - 1, 0);
        said[n > 0 ? n : 0] = 0;
        char *line = strtok(said, "\n");
        return arena_printf(runner->schedule->arena, "%s", line ? line : "it says nothing");
}

static bool is_running(const struct runner *runner, int at)
{
        for (int w = 0; w < runner->schedule->workers; w++)
                if (runner->schedule->item_of[w] == at)
                        return true;
        return false;
}

/*
 * The next item to begin, or -1. Items that killed a worker come last and
 * alone, so that nothing else can be what they died of.
 */
static int next_item(struct runner *runner)
{
        while (runner->from < runner->n && runner->items[runner->from].tries)
                runner->from++;
        for (int i = runner->from; i < runner->n; i++) {
                const struct item *item = &runner->items[i];
                if (!item->tries && (item->needs < 0 || runner->items[item->needs].over))
                        return i;
        }
        for (int i = 0; i < runner->from && !runner->busy; i++)
                if (!runner->items[i].over && !is_running(runner, i))
                        return i;
        return -1;
}

static void end_process(struct runner *runner, int w, const char *why)
{
        struct schedule *schedule = runner->schedule;
        struct process *process = &runner->schedule->processes[w];
        int at = runner->schedule->item_of[w];
        struct item *item = at >= 0 ? &runner->items[at] : NULL;
        double seconds = process_now() - process->started;
        bool memory;
        const char *how = process_end(process, schedule->arena, &memory);
        runner->schedule->item_of[w] = -1;
        if (!item)
                return;
        runner->busy--;
        item->seconds = seconds;
        if (!why && !memory && item->tries < 2 && !item->job.make_pch)
                return; /* once more, alone */
        if (!runner->schedule->proved && !why && !memory)
                runner->error = arena_printf(schedule->arena, "cannot work with '%s': %s: %s",
                                             schedule->program, how, last_words(runner));
        else
                finish(runner, item, why ? why : how);
}

static void begin(struct runner *runner, int w, int at)
{
        struct schedule *schedule = runner->schedule;
        struct process *process = &runner->schedule->processes[w];
        struct item *item = &runner->items[at];
        if (process->pid && item->tries) /* the second try gets a fresh worker */
                end_process(runner, w, NULL);
        if (!process->pid && !process_start(process, schedule->program, runner->schedule->errors)) {
                if (!runner->busy)
                        runner->error = arena_printf(schedule->arena, "cannot start '%s': %s",
                                                     schedule->program, strerror(errno));
                return;
        }
        struct arena *scratch = arena_new();
        struct out bytes = {.arena = scratch};
        if (item->needs >= 0 && !runner->items[item->needs].fed)
                item->job.pch = NULL;
        job_write(&bytes, &item->job);
        process_give(process, bytes.bytes, bytes.length);
        arena_drop(scratch);
        item->tries++;
        runner->schedule->item_of[w] = at;
        runner->busy++;
}

static void begin_all(struct runner *runner)
{
        for (int w = 0; w < runner->schedule->workers && !runner->error; w++) {
                if (runner->schedule->item_of[w] >= 0)
                        continue;
                int at = next_item(runner);
                if (at < 0)
                        return;
                begin(runner, w, at);
        }
}

static void take_answer(struct runner *runner, int w)
{
        struct schedule *schedule = runner->schedule;
        struct process *process = &runner->schedule->processes[w];
        struct item *item = &runner->items[runner->schedule->item_of[w]];
        struct text answer = process_answer(process);
        item->answer.bytes = arena_strndup(schedule->arena, answer.bytes, answer.length);
        item->answer.length = answer.length;
        item->seconds = process_now() - process->started;
        runner->schedule->item_of[w] = -1;
        runner->busy--;
        runner->schedule->proved = true;
        finish(runner, item, NULL);
}

/* Why the worker W must be ended now, or NULL. */
static const char *overrun(const struct runner *runner, int w)
{
        const struct process *process = &runner->schedule->processes[w];
        double limit = runner->items[runner->schedule->item_of[w]].limit,
               wall = process_now() - process->started;
        if (wall < limit)
                return NULL;
        double spent = process_spent(process);
        struct arena *arena = runner->schedule->arena;
        bool rests = wall >= CRAWL * limit && !process_wants_cpu(process);
        if (rests && spent < idle_share * wall)
                return arena_printf(arena, "the parser waited %.0f s for a file that gives nothing", wall);
        if (spent >= limit || rests || wall >= ENDLESS * limit)
                return arena_printf(arena, "the parser did not come to an end within %.0f s", limit);
        return NULL;
}

static void wait_and_move(struct runner *runner)
{
        struct schedule *schedule = runner->schedule;
        struct pollfd ready[2 * schedule->workers];
        for (int w = 0; w < schedule->workers; w++) {
                struct process *process = &runner->schedule->processes[w];
                ready[2 * w] = (struct pollfd){.fd = process->pid ? process->from : -1, .events = POLLIN};
                ready[2 * w + 1] =
                    (struct pollfd){.fd = process->pid && process->job ? process->to : -1, .events = POLLOUT};
        }
        if (poll(ready, (nfds_t)(2 * schedule->workers), TICK_MS) < 0)
                return;
        for (int w = 0; w < schedule->workers; w++) {
                if (!runner->schedule->processes[w].pid)
                        continue;
                enum process_event event = process_move(&runner->schedule->processes[w], ready[2 * w].revents,
                                                        ready[2 * w + 1].revents);
                const char *why = NULL;
                if (event == PROCESS_ANSWERED)
                        take_answer(runner, w);
                else if (event == PROCESS_ENDED)
                        end_process(runner, w, NULL);
                else if (runner->schedule->item_of[w] >= 0 && (why = overrun(runner, w)))
                        end_process(runner, w, why);
        }
}

struct schedule *schedule_open(struct arena *arena, const char *program, int workers)
{
        struct schedule *schedule = NEW(arena, struct schedule);
        schedule->arena = arena;
        schedule->program = program;
        schedule->workers = workers;
        schedule->processes = NEW_ARRAY(arena, struct process, workers);
        schedule->item_of = NEW_ARRAY(arena, int, workers);
        memset(schedule->item_of, -1, sizeof(int) * (size_t)workers);
        schedule->errors = memfd_create("worker", MFD_CLOEXEC);
        return schedule;
}

const char *schedule_run(struct schedule *schedule, struct item *items, int n,
                         void (*done)(void *context, struct item *item), void *context)
{
        struct runner runner = {
            .schedule = schedule, .items = items, .n = n, .left = n, .done = done, .context = context};
        struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
        sigaction(SIGPIPE, &ignore, &before);
        while (runner.left && !runner.error) {
                begin_all(&runner);
                if (!runner.error)
                        wait_and_move(&runner);
        }
        sigaction(SIGPIPE, &before, NULL);
        return runner.error;
}

void schedule_close(struct schedule *schedule)
{
        bool memory;
        for (int w = 0; w < schedule->workers; w++) {
                if (schedule->processes[w].pid)
                        process_end(&schedule->processes[w], schedule->arena, &memory);
                arena_drop(schedule->processes[w].arena);
        }
        close(schedule->errors);
}
