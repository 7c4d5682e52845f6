/* scan.c: see scan.h. Numbers are checked for overflow, text for control characters. */
#include "ir/scan.h"

#include "base/arena.h"
#include "base/text.h"

#include <string.h>

void scan_fail(struct scan *scan, const char *message)
{
        if (!scan->error)
                scan->error = arena_printf(scan->arena, "line %d: %s", scan->line, message);
        scan->at = scan->end;
}

static void take_line(struct scan *scan)
{
        size_t left = (size_t)(scan->stop - scan->rest);
        const char *newline = memchr(scan->rest, '\n', left);
        scan->line++;
        scan->at = scan->rest;
        scan->end = newline ? newline : scan->stop;
        scan->rest = newline ? newline + 1 : scan->stop;
        if (!newline)
                scan_fail(scan, "the line does not end");
        scan->indent = 0;
        while (scan->at < scan->end && *scan->at == ' ')
                scan->at++, scan->indent++;
}

bool scan_line(struct scan *scan)
{
        while (!scan->error && scan->rest < scan->stop) {
                take_line(scan);
                if (scan->at < scan->end && *scan->at != '#')
                        return true;
        }
        return false;
}

bool scan_accept(struct scan *scan, const char *text)
{
        size_t length = strlen(text);
        if ((size_t)(scan->end - scan->at) < length || memcmp(scan->at, text, length) != 0)
                return false;
        scan->at += length;
        return true;
}

bool scan_flag(struct scan *scan, const char *word)
{
        const char *before = scan->at;
        if (!scan_accept(scan, word))
                return false;
        if (scan->at == scan->end || *scan->at == ' ')
                return true;
        scan->at = before;
        return false;
}

void scan_expect(struct scan *scan, const char *text)
{
        if (!scan->error && !scan_accept(scan, text))
                scan_fail(scan, arena_printf(scan->arena, "'%s' expected", text));
}

static bool is_digit(const struct scan *scan)
{
        return scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9';
}

int64_t scan_number(struct scan *scan, int64_t low, int64_t high)
{
        bool minus = scan_accept(scan, "-");
        int64_t value = 0;
        bool fits = is_digit(scan);
        /* counted downwards, because the smallest number has no positive twin */
        for (; is_digit(scan); scan->at++)
                fits = fits && !__builtin_mul_overflow(value, 10, &value) &&
                       !__builtin_sub_overflow(value, *scan->at - '0', &value);
        if (!minus)
                fits = fits && !__builtin_sub_overflow(0, value, &value);
        if (fits && value >= low && value <= high)
                return value;
        scan_fail(scan, fits ? "number out of range" : "number expected");
        return low;
}

static int hex(char c)
{
        const char *digits = "0123456789abcdef", *found = c ? strchr(digits, c) : NULL;
        return found ? (int)(found - digits) : -1;
}

/* The character behind a backslash; 0 when it is no escape of ours. */
static char unescape(struct scan *scan)
{
        char c = scan->at < scan->end ? *scan->at++ : 0;
        switch (c) {
        case 'n':
                return '\n';
        case 't':
                return '\t';
        case '"':
        case '\\':
                return c;
        case 'x':
                if (scan->end - scan->at >= 2 && hex(scan->at[0]) >= 0 && hex(scan->at[1]) >= 0) {
                        scan->at += 2;
                        return (char)(hex(scan->at[-2]) * 16 + hex(scan->at[-1]));
                }
        }
        return 0;
}

sym scan_quoted(struct scan *scan)
{
        struct out out = {.arena = scan->arena};
        scan_expect(scan, "\"");
        while (scan->at < scan->end && *scan->at != '"') {
                char c = *scan->at++;
                if (c == '\\')
                        c = unescape(scan);
                else if ((unsigned char)c < ' ' || c == 0x7f)
                        c = 0;
                if (!c) {
                        scan_fail(scan, "bad character in quotes");
                        return name_of(scan->names, "");
                }
                out_char(&out, c);
        }
        scan_expect(scan, "\"");
        return name_of(scan->names, scan->error ? "" : out_string(&out));
}

sym scan_spelled(struct scan *scan, size_t (*measure)(const char *, const char *))
{
        if (scan->at < scan->end && *scan->at == '"') {
                sym quoted = scan_quoted(scan);
                if (!*quoted)
                        scan_fail(scan, "name expected");
                return quoted;
        }
        size_t length = measure(scan->at, scan->end);
        if (!length)
                scan_fail(scan, "name expected");
        sym name = name_of_bytes(scan->names, scan->at, length);
        scan->at += length;
        return name;
}

bool scan_loc(struct scan *scan, uint32_t file, int nfiles, struct loc *loc)
{
        *loc = (struct loc){.file = file};
        if (!scan_accept(scan, " @"))
                return false;
        if (scan_accept(scan, "f")) {
                loc->file = (uint32_t)scan_number(scan, 0, nfiles - 1);
                scan_expect(scan, ":");
        }
        loc->line = (uint32_t)scan_number(scan, 1, UINT32_MAX);
        scan_expect(scan, ":");
        loc->col = (uint32_t)scan_number(scan, 0, UINT32_MAX);
        return true;
}

bool scan_range(struct scan *scan, uint32_t file, int nfiles, struct range *range)
{
        *range = (struct range){0};
        if (!scan_loc(scan, file, nfiles, &range->at))
                return false;
        if (scan_accept(scan, "-")) {
                range->end_line = (uint32_t)scan_number(scan, 1, UINT32_MAX);
                scan_expect(scan, ":");
                range->end_col = (uint32_t)scan_number(scan, 0, UINT32_MAX);
        }
        return true;
}

void scan_end(struct scan *scan)
{
        if (scan->at < scan->end)
                scan_fail(scan, "unexpected text at the end of the line");
}
