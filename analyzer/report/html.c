/*
 * html.c: an HTML report from a SARIF log. Comes in: the log's path and the
 * tree its paths are relative to. Goes out: a folder of static pages. See
 * html_read.c for what is read and html_page.c for what is written.
 */
#include "report/html.h"

#include "base/file.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* The page of one finding; its memory goes before the next. */
static bool write_finding(struct html_log *log, int number, const char *dir, const char **error)
{
        struct arena *scratch = arena_new();
        struct out page = {.arena = scratch};
        char *name = arena_printf(scratch, "finding-%d.html", number + 1);
        const char *wrong = NULL;
        html_finding_page(log, number, &page);
        bool done = html_write(scratch, dir, name, &page, &wrong);
        if (!done)
                *error = arena_printf(log->arena, "%s", wrong);
        arena_drop(scratch);
        return done;
}

bool report_html(struct arena *arena, const char *log_path, const char *tree, const char *dir,
                 const char **error)
{
        struct html_log *log = html_read(arena, log_path, tree, error);
        struct out index = {.arena = arena}, style = {.arena = arena};
        if (!log)
                return false;
        if (mkdir(dir, 0777) < 0 && errno != EEXIST) {
                *error = arena_printf(arena, "cannot make folder '%s': %s", dir, strerror(errno));
                return false;
        }
        html_style(&style);
        html_index(log, &index);
        if (!html_write(arena, dir, "style.css", &style, error))
                return false;
        for (int i = 0; i < log->findings.n; i++)
                if (!write_finding(log, i, dir, error))
                        return false;
        return html_write(arena, dir, "index.html", &index, error);
}
