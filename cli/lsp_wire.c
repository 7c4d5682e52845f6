/* lsp_wire.c: messages with a length in front, see lsp.h. Knows JSON, and nothing of what is said. */
#include "lsp.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LONGEST_HEAD = 4096, LARGEST_BODY = 64 << 20, CHUNK = 65536 };

/* The length that a head of LENGTH bytes announces, or -1. */
static long body_length(const char *head, size_t length)
{
        static const char name[] = "content-length:";
        for (const char *line = head; line < head + length;) {
                const char *end = memmem(line, (size_t)(head + length - line), "\r\n", 2);
                char *stop;
                if (!strncasecmp(line, name, sizeof name - 1)) {
                        const char *number = line + sizeof name - 1;
                        number += strspn(number, " \t");
                        long value = *number >= '0' && *number <= '9' ? strtol(number, &stop, 10) : -1;
                        return value >= 0 && value <= LARGEST_BODY && stop <= end ? value : -1;
                }
                line = end + 2;
        }
        return -1;
}

/* A whole message at the front of what was read. False with *BROKEN when there will never be one. */
static bool take(struct wire *wire, json_t **out, bool *broken)
{
        const char *end = wire->length ? memmem(wire->bytes, wire->length, "\r\n\r\n", 4) : NULL;
        if (!end) {
                *broken = wire->length > LONGEST_HEAD;
                return false;
        }
        size_t head = (size_t)(end + 4 - wire->bytes);
        long body = body_length(wire->bytes, head - 2);
        *broken = body < 0 || head > LONGEST_HEAD;
        if (*broken || wire->length < head + (size_t)body)
                return false;
        *out = json_loadb(wire->bytes + head, (size_t)body, JSON_ALLOW_NUL, NULL);
        wire->length -= head + (size_t)body;
        memmove(wire->bytes, wire->bytes + head + body, wire->length);
        return true;
}

/* Room for another chunk; what a large message took is given back once it is gone. */
static void make_room(struct wire *wire)
{
        if (wire->room - wire->length > CHUNK)
                return;
        struct arena *old = wire->arena;
        size_t room = 2 * wire->length + 2 * CHUNK;
        wire->arena = arena_new();
        wire->bytes = arena_grow(wire->arena, wire->bytes, wire->length, room);
        wire->room = room;
        arena_drop(old);
}

enum wire_state wire_read(struct wire *wire, int milliseconds, json_t **out)
{
        for (bool broken;;) {
                *out = NULL;
                if (take(wire, out, &broken))
                        return WIRE_MESSAGE;
                if (broken)
                        return WIRE_BROKEN;
                if (wire->ended)
                        return WIRE_ENDED;
                struct pollfd poll_in = {.fd = wire->in, .events = POLLIN};
                int ready = poll(&poll_in, 1, milliseconds);
                if (!ready)
                        return WIRE_QUIET;
                make_room(wire);
                ssize_t n = ready < 0 ? -1 : read(wire->in, wire->bytes + wire->length, CHUNK);
                if (n > 0)
                        wire->length += (size_t)n;
                else if (n == 0 || (errno != EINTR && errno != EAGAIN))
                        wire->ended = true;
        }
}

static bool send_bytes(int out, const char *bytes, size_t length)
{
        while (length) {
                ssize_t n = write(out, bytes, length);
                if (n < 0 && errno != EINTR)
                        return false;
                bytes += n > 0 ? n : 0;
                length -= n > 0 ? (size_t)n : 0;
        }
        return true;
}

bool wire_send(struct wire *wire, json_t *message)
{
        struct arena *scratch = arena_new();
        size_t size = json_dumpb(message, NULL, 0, JSON_COMPACT);
        char *bytes = arena_alloc(scratch, size + 1);
        const char *head = arena_printf(scratch, "Content-Length: %zu\r\n\r\n", size);
        json_dumpb(message, bytes, size, JSON_COMPACT);
        bool good = send_bytes(wire->out, head, strlen(head)) && send_bytes(wire->out, bytes, size);
        json_decref(message);
        arena_drop(scratch);
        return good;
}
