/*
 * progress.c: one line that rewrites itself on a terminal, a plain line every
 * ten seconds elsewhere, so that a log of a CI run shows life and no noise.
 */
#include "progress.h"

#include "message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { EVERY = 10, PATH_WIDTH = 60 };

struct progress {
        bool terminal;
        time_t last; /* when something was said */
};

static time_t now(void)
{
        struct timespec time;
        clock_gettime(CLOCK_MONOTONIC, &time);
        return time.tv_sec;
}

/* The path's end is what tells files apart; control bytes must not steer the terminal. */
static void show(int done, int total, const char *path)
{
        size_t length = strlen(path);
        const char *from = length > PATH_WIDTH ? path + length - PATH_WIDTH : path;
        char shown[PATH_WIDTH + 1] = "";
        for (int i = 0; from[i]; i++)
                shown[i] = (unsigned char)from[i] < ' ' || from[i] == 127 ? '?' : from[i];
        fprintf(stderr, "\r[%d/%d] %s\033[K", done, total, shown);
        if (done == total)
                fprintf(stderr, "\r\033[K");
        fflush(stderr);
}

static void step(void *context, int done, int total, const char *path)
{
        struct progress *progress = context;
        if (progress->terminal) {
                show(done, total, path);
        } else if (now() - progress->last >= EVERY) {
                progress->last = now();
                remark("%d of %d unit%s read", done, total, plural(total));
        }
}

void progress_watch(struct arena *arena, struct options *opt)
{
        if (opt->quiet)
                return;
        const char *term = getenv("TERM");
        struct progress *progress = NEW(arena, struct progress);
        progress->terminal = isatty(STDERR_FILENO) && term && strcmp(term, "dumb");
        progress->last = now();
        opt->progress = step;
        opt->progress_context = progress;
}
