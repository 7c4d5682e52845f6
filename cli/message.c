/* message.c: see message.h. Knows no option, so --quiet is decided by callers. */
#include "message.h"

#include "pipeline.h"

#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>

/* One write per message, so that lines of several processes do not mix. */
static void say(const char *kind, const char *format, va_list args)
{
        char line[4096];
        vsnprintf(line, sizeof line, format, args);
        /* Names of files are anybody's bytes: none of them may steer the terminal. */
        for (char *c = line; *c; c++)
                if ((unsigned char)*c < ' ' || *c == 127)
                        *c = '?';
        fprintf(stderr, "pymemlint: %s%s\n", kind, line);
}

bool folder_is_there(const char *option, const char *path)
{
        struct stat st;
        if (!path || (stat(path, &st) == 0 && S_ISDIR(st.st_mode)))
                return true;
        complain("--%s: '%s' is no folder", option, path);
        return false;
}

int complain(const char *format, ...)
{
        va_list args;
        va_start(args, format);
        say("error: ", format, args);
        va_end(args);
        return VERDICT_USAGE;
}

void warn(const char *format, ...)
{
        va_list args;
        va_start(args, format);
        say("warning: ", format, args);
        va_end(args);
}

void remark(const char *format, ...)
{
        va_list args;
        va_start(args, format);
        say("", format, args);
        va_end(args);
}
