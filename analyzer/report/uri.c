/*
 * uri.c: see uri.h. It knows no scheme but "file".
 */
#include "report/uri.h"

#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const char *uri_of(struct arena *arena, const char *path)
{
        struct out out = {.arena = arena};
        for (; *path; path++) {
                unsigned char c = (unsigned char)*path;
                if (isalnum(c) || strchr("-._~/", c) || (c != ':' && strchr("!$&'()*+,;=@", c)))
                        out_char(&out, (char)c);
                else
                        out_format(&out, "%%%02X", c);
        }
        return out_string(&out);
}

const char *uri_path(struct arena *arena, const char *uri)
{
        struct out out = {.arena = arena};
        if (!strncmp(uri, "file://", 7))
                uri = strchrnul(uri + 7, '/'); /* behind the host */
        for (; *uri; uri++) {
                if (*uri == '%' && isxdigit((unsigned char)uri[1]) && isxdigit((unsigned char)uri[2])) {
                        long c = strtol((char[]){uri[1], uri[2], 0}, NULL, 16);
                        /* a zero byte would end the path early */
                        out_char(&out, c ? (char)c : '?');
                        uri += 2;
                } else {
                        out_char(&out, *uri);
                }
        }
        return out_string(&out);
}
