/* process.c: see process.h. Forks, so it is only called while the program has one thread. */
#include "front/process.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WORKER "pymemlint-front"

enum { LENGTH_LINE = 24 };

static const size_t memory_limit = (size_t)2500 << 20, answer_limit = (size_t)1 << 31;

const char *process_program(struct arena *arena, const char **error)
{
        const char *named = getenv("PYMEMLINT_FRONT");
        if (named && *named) {
                if (access(named, X_OK) == 0)
                        return named;
                *error = arena_printf(arena, "cannot run '%s', which PYMEMLINT_FRONT names: %s", named,
                                      strerror(errno));
                return NULL;
        }
        const char *self = path_of_program(arena), *here = path_dir(arena, self ? self : "");
        const char *beside = path_join(arena, here, WORKER);
        const char *installed = path_clean(arena, here, "../libexec/pymemlint/" WORKER);
        if (access(beside, X_OK) == 0)
                return beside;
        if (access(installed, X_OK) == 0)
                return installed;
        *error =
            arena_printf(arena, "cannot find the worker: there is no '%s' and no '%s'", beside, installed);
        return NULL;
}

double process_now(void)
{
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static double cpu_of(pid_t pid)
{
        clockid_t clock;
        struct timespec used;
        if (clock_getcpuclockid(pid, &clock) || clock_gettime(clock, &used) < 0)
                return 0;
        return (double)used.tv_sec + (double)used.tv_nsec * 1e-9;
}

double process_spent(const struct process *process)
{
        return cpu_of(process->pid) - process->cpu;
}

/* The letter of a thread's state in proc(5); 0 where the system does not tell. */
static char state_of(pid_t pid, const char *thread)
{
        char path[PATH_MAX], line[512];
        snprintf(path, sizeof path, "/proc/%d/task/%s/stat", (int)pid, thread);
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        ssize_t n = fd < 0 ? -1 : read(fd, line, sizeof line - 1);
        if (fd >= 0)
                close(fd);
        line[n > 0 ? n : 0] = 0;
        const char *name = strrchr(line, ')'); /* the name stands in parentheses */
        return name && name[1] ? name[2] : 0;
}

bool process_wants_cpu(const struct process *process)
{
        char path[64];
        snprintf(path, sizeof path, "/proc/%d/task", (int)process->pid);
        DIR *threads = opendir(path);
        bool wants = false;
        for (struct dirent *entry; threads && !wants && (entry = readdir(threads));) {
                char state = *entry->d_name == '.' ? 0 : state_of(process->pid, entry->d_name);
                wants = state == 'R' || state == 'D';
        }
        if (threads)
                closedir(threads);
        return wants;
}

static void limit(int resource, rlim_t value)
{
        struct rlimit now;
        if (getrlimit(resource, &now) == 0 && (now.rlim_max == RLIM_INFINITY || now.rlim_max > value))
                setrlimit(resource, &(struct rlimit){value, value});
}

/* The child between fork and exec. */
static void become_worker(const char *program, int in, int out, int errors)
{
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* a worker that hangs must not outlive us */
        signal(SIGPIPE, SIG_DFL);
        /* Where headers are searched is said by arguments, so that keys and the cache know of it. */
        unsetenv("CPATH");
        unsetenv("C_INCLUDE_PATH");
        unsetenv("SDKROOT");
        limit(RLIMIT_CORE, 0);
#ifndef __SANITIZE_ADDRESS__ /* the sanitizer reserves terabytes of address space */
        limit(RLIMIT_AS, memory_limit);
#endif
        if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(errors, 2) < 0)
                _exit(126);
        execl(program, program, (char *)NULL);
        _exit(127);
}

bool process_start(struct process *process, const char *program, int errors)
{
        int job[2], answer[2];
        if (pipe2(job, O_CLOEXEC) < 0)
                return false;
        if (pipe2(answer, O_CLOEXEC) < 0) {
                close(job[0]);
                close(job[1]);
                return false;
        }
        *process = (struct process){.arena = process->arena ? process->arena : arena_new()};
        process->pid = fork();
        if (process->pid == 0)
                become_worker(program, job[0], answer[1], errors);
        int error = errno;
        close(job[0]);
        close(answer[1]);
        process->to = job[1];
        process->from = answer[0];
        fcntl(process->to, F_SETFL, O_NONBLOCK);
        fcntl(process->from, F_SETFL, O_NONBLOCK);
        if (process->pid > 0)
                return true;
        close(process->to);
        close(process->from);
        process->pid = 0;
        errno = error;
        return false;
}

void process_give(struct process *process, const char *bytes, size_t length)
{
        arena_reset(process->arena);
        process->answer = (struct out){.arena = process->arena};
        process->job = arena_strndup(process->arena, bytes, length);
        process->job_left = length;
        process->busy = true;
        process->started = process_now();
        process->cpu = cpu_of(process->pid);
}

static bool write_job(struct process *process)
{
        while (process->job) {
                ssize_t n = write(process->to, process->job, process->job_left);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return errno == EAGAIN;
                process->job += n;
                process->job_left -= (size_t)n;
                if (!process->job_left)
                        process->job = NULL;
        }
        return true;
}

/* Splits "123\n..." into the length it promises and where the bytes begin. 0 when there is no whole line yet.
 */
static size_t answer_head(const struct out *answer, size_t *promised)
{
        const char *newline = answer->length ? memchr(answer->bytes, '\n', answer->length) : NULL;
        if (!newline)
                return 0;
        char *end;
        *promised = strtoul(answer->bytes, &end, 10);
        if (end != newline)
                *promised = SIZE_MAX;
        return (size_t)(newline - answer->bytes) + 1;
}

static enum process_event read_answer(struct process *process)
{
        char buffer[1 << 16];
        for (;;) {
                ssize_t n = read(process->from, buffer, sizeof buffer);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0 && errno == EAGAIN)
                        return PROCESS_WAITS;
                if (n <= 0 || !process->busy) /* it is gone, or speaks without being asked */
                        return PROCESS_ENDED;
                out_bytes(&process->answer, buffer, (size_t)n);
                size_t promised = 0, head = answer_head(&process->answer, &promised);
                if (head ? promised > answer_limit : process->answer.length > LENGTH_LINE)
                        return PROCESS_ENDED;
                if (head && process->answer.length > head + promised)
                        return PROCESS_ENDED;
                if (head && process->answer.length == head + promised) {
                        process->busy = false;
                        return PROCESS_ANSWERED;
                }
        }
}

enum process_event process_move(struct process *process, bool readable, bool writable)
{
        /* A worker that ended may have answered first: what is there is read before a broken pipe counts. */
        if (readable) {
                enum process_event event = read_answer(process);
                if (event != PROCESS_WAITS)
                        return event;
        }
        return writable && process->job && !write_job(process) ? PROCESS_ENDED : PROCESS_WAITS;
}

struct text process_answer(struct process *process)
{
        size_t length = 0, head = answer_head(&process->answer, &length);
        return (struct text){.bytes = process->answer.bytes + head, .length = length};
}

const char *process_end(struct process *process, struct arena *arena, bool *memory)
{
        int status = 0;
        struct rusage used = {0};
        close(process->to);
        close(process->from);
        kill(process->pid, SIGKILL);
        while (wait4(process->pid, &status, 0, &used) < 0 && errno == EINTR)
                ;
        process->pid = 0;
        process->busy = false;
        /* Libraries, stack and holes count against the limit, but not as resident. */
        *memory = (size_t)used.ru_maxrss * 1024 > memory_limit / 10 * 7;
        if (*memory)
                return arena_printf(arena, "the parser needed more than %zu MB of memory",
                                    memory_limit >> 20);
        if (WIFSIGNALED(status))
                return arena_printf(arena, "the parser crashed (%s)", strsignal(WTERMSIG(status)));
        return arena_printf(arena, "the parser ended (status %d)", WEXITSTATUS(status));
}
