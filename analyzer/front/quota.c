/* quota.c: see quota.h. Knows both versions of control groups: cpu.max, and cpu.cfs_quota_us with its period.
 */
#include "front/quota.h"

#include "base/arena.h"
#include "base/file.h"

#include <stdlib.h>
#include <string.h>

enum { LARGEST = 1 << 16 };

/* The first number of the file NAME in DIR, and behind it what it ends at; -1 without one ("max"). */
static long number_in(struct arena *arena, const char *dir, const char *name, const char **rest)
{
        struct text text;
        char *end;
        if (!file_read(arena, path_join(arena, dir, name), LARGEST, &text))
                return -1;
        long number = strtol(text.bytes, &end, 10);
        *rest = end;
        return end == text.bytes ? -1 : number;
}

/* What the group DIR may use, in whole processors; 0: as much as it likes. */
static int of_group(struct arena *arena, const char *dir)
{
        const char *rest = "", *last;
        long quota = number_in(arena, dir, "cpu.max", &rest), period = strtol(rest, NULL, 10);
        if (quota < 0) {
                quota = number_in(arena, dir, "cpu.cfs_quota_us", &rest);
                period = number_in(arena, dir, "cpu.cfs_period_us", &last);
        }
        if (quota <= 0 || period <= 0 || quota / period >= 100000)
                return 0;
        return (int)((quota + period - 1) / period);
}

/* The group GROUP ("/a/b") below TOP and all above it. */
static int of_way(struct arena *arena, const char *top, const char *group)
{
        int least = 0;
        for (const char *dir = path_clean(arena, top, group + strspn(group, "/"));;
             dir = path_dir(arena, dir)) {
                int cores = path_below(top, dir) ? of_group(arena, dir) : 0;
                if (cores && (!least || cores < least))
                        least = cores;
                if (!path_below(top, dir) || !strcmp(dir, top))
                        return least;
        }
}

int quota_cores(const char *groups, const char *mount)
{
        struct arena *arena = arena_new();
        struct text text;
        int least = 0;
        char *lines =
            file_read(arena, groups, LARGEST, &text) ? arena_strndup(arena, text.bytes, text.length) : NULL;
        for (char *line; lines && (line = strsep(&lines, "\n"));) {
                /* "0::/group" of the second version, "4:cpu,cpuacct:/group" of the first */
                const char *kinds = strchr(line, ':'), *group = kinds ? strchr(kinds + 1, ':') : NULL;
                if (!group || (group != kinds + 1 && strncmp(kinds, ":cpu:", 5) &&
                               !memmem(kinds, (size_t)(group - kinds), "cpu,", 4)))
                        continue;
                int cores =
                    of_way(arena, group == kinds + 1 ? mount : path_join(arena, mount, "cpu"), group + 1);
                if (cores && (!least || cores < least))
                        least = cores;
        }
        arena_drop(arena);
        return least;
}
