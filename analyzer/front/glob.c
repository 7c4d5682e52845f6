/* glob.c: see glob.h. In: a pattern and a path. Out: yes or no. Touches no file. */
#include "front/glob.h"

#include <fnmatch.h>
#include <limits.h>
#include <string.h>

/* One component of PATTERN against one of PATH; both end at a slash or at the end. */
static bool matches_part(const char *pattern, size_t np, const char *path, size_t ns)
{
        char wanted[NAME_MAX + 1], part[NAME_MAX + 1];
        if (np > NAME_MAX || ns > NAME_MAX)
                return false;
        memcpy(wanted, pattern, np);
        memcpy(part, path, ns);
        wanted[np] = part[ns] = 0;
        return fnmatch(wanted, part, 0) == 0;
}

static const char *behind(const char *at, size_t part)
{
        return at + part + (at[part] == '/');
}

static bool matches(const char *pattern, const char *path)
{
        size_t np = strcspn(pattern, "/"), ns = strcspn(path, "/");
        if (!*pattern)
                return true;
        if (np == 2 && !strncmp(pattern, "**", 2))
                return matches(behind(pattern, np), path) || (*path && matches(pattern, behind(path, ns)));
        return *path && matches_part(pattern, np, path, ns) && matches(behind(pattern, np), behind(path, ns));
}

bool glob_matches(const char *pattern, const char *path)
{
        if (!strncmp(pattern, "./", 2))
                pattern += 2;
        const char *slash = strchr(pattern, '/');
        bool anywhere = !slash || !slash[1];
        if (*pattern == '/')
                return matches(pattern + 1, path);
        for (const char *at = path; *at; at = behind(at, strcspn(at, "/"))) {
                if (matches(pattern, at))
                        return true;
                if (!anywhere)
                        break;
        }
        return false;
}
