/* ship_unit.c: the first line of a shipped unit file, see ship.h. Judges bytes; the unit itself is read by
 * unit_read(). */
#include "ship.h"

#include "base/hash.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define MAGIC "# pymemlint "
enum { HEX = HASH_HEX - 1, LONGEST_HEAD = 1000 };

void ship_unit_write(struct arena *arena, const struct ship_plan *plan, const char *flags,
                     const struct unit *unit, struct out *out)
{
        struct text text;
        char sum[HASH_HEX];
        unit_write(arena, unit, &text);
        hash_hex(text.bytes, text.length, sum);
        out_format(out, MAGIC "%s [%s] flags=%s sum=%s\n", plan->version, plan->variant, flags, sum);
        out_bytes(out, text.bytes, text.length);
}

/* The hash behind WORD at *AT, which moves behind it. NULL when there is none. */
static const char *take_hash(struct arena *arena, const char **at, const char *word)
{
        size_t length = strlen(word);
        if (strncmp(*at, word, length) || strspn(*at + length, "0123456789abcdef") < HEX)
                return NULL;
        const char *hash = arena_strndup(arena, *at + length, HEX);
        *at += length + HEX;
        return hash;
}

static bool read_line(struct arena *arena, const char *line, struct ship_head *head, const char **sum)
{
        const char *space, *bracket;
        if (strncmp(line, MAGIC, strlen(MAGIC)))
                return false;
        line += strlen(MAGIC);
        space = strchr(line, ' ');
        bracket = space && space[1] == '[' ? strstr(space, "] flags=") : NULL;
        if (!bracket)
                return false;
        head->version = arena_strndup(arena, line, (size_t)(space - line));
        head->variant = arena_strndup(arena, space + 2, (size_t)(bracket - space - 2));
        line = bracket + 1;
        head->flags = take_hash(arena, &line, " flags=");
        *sum = head->flags ? take_hash(arena, &line, " sum=") : NULL;
        return *sum && !*line;
}

bool ship_head_read(struct arena *arena, const struct text *bytes, struct ship_head *head, const char **error)
{
        char actual[HASH_HEX];
        const char *end = memchr(bytes->bytes, '\n', bytes->length), *sum;
        size_t length = end ? (size_t)(end - bytes->bytes) : 0;
        if (!end || length > LONGEST_HEAD ||
            !read_line(arena, arena_strndup(arena, bytes->bytes, length), head, &sum)) {
                *error = "its unit file is none that 'summarize' wrote";
                return false;
        }
        hash_hex(end + 1, bytes->length - length - 1, actual);
        if (!strcmp(actual, sum))
                return true;
        *error = "its unit file is damaged: the content does not fit the checksum";
        return false;
}

bool ship_is_tame(const char *path)
{
        for (const char *at = path; *at;) {
                size_t length = strcspn(at, "/");
                if (!length || (length == 2 && !strncmp(at, "..", 2)))
                        return false;
                at += length + (at[length] == '/');
        }
        return *path != 0;
}

bool ship_make_parents(struct arena *arena, const char *path)
{
        const char *dir = path_dir(arena, path);
        if (!mkdir(dir, 0777) || errno == EEXIST)
                return true;
        return errno == ENOENT && strcmp(dir, path) && ship_make_parents(arena, dir) &&
               (!mkdir(dir, 0777) || errno == EEXIST);
}
