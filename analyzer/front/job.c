/*
 * job.c: see job.h. In: a job as a struct, or the bytes that came through a
 * pipe. Out: the other of the two. Does no reading or writing of pipes itself:
 * both ends share this file, and they read and write differently.
 */
#include "front/job.h"

#include <stddef.h>
#include <string.h>

/* The single strings of a job, in the order they travel. */
static const struct field {
        const char *name;
        size_t offset;
} fields[] = {
    {"tree", offsetof(struct job, tree)},
    {"path", offsetof(struct job, path)},
    {"directory", offsetof(struct job, directory)},
    {"flags", offsetof(struct job, flags)},
    {"object", offsetof(struct job, object)},
    {"key", offsetof(struct job, key)},
    {"pch", offsetof(struct job, pch)},
    {"make_pch", offsetof(struct job, make_pch)},
};

enum { NFIELDS = sizeof fields / sizeof *fields };

static void put(struct out *out, const char *name, const char *value)
{
        out_text(out, name);
        out_char(out, '=');
        out_bytes(out, value, strlen(value) + 1);
}

void job_write(struct out *out, const struct job *job)
{
        struct out body = {.arena = out->arena};
        for (int i = 0; i < NFIELDS; i++) {
                const char *value = *(const char *const *)((const char *)job + fields[i].offset);
                if (value)
                        put(&body, fields[i].name, value);
        }
        if (job->info)
                put(&body, "info", "");
        for (int i = 0; i < job->args.n; i++)
                put(&body, "arg", job->args.at[i]);
        /* A root's name has no space in it, its folder may. */
        for (int i = 0; i < job->roots.n; i++)
                put(&body, "root",
                    arena_printf(out->arena, "%s %s", job->roots.at[i].name, job->roots.at[i].dir));
        out_format(out, "%zu\n", body.length);
        out_bytes(out, out_string(&body), body.length);
}

static bool read_root(struct arena *arena, const char *value, struct job *job)
{
        const char *space = strchr(value, ' ');
        if (!space)
                return false;
        VEC_PUSH(
            arena, &job->roots,
            (struct root){.name = arena_strndup(arena, value, (size_t)(space - value)), .dir = space + 1});
        return true;
}

static bool read_field(struct arena *arena, const char *name, const char *value, struct job *job)
{
        for (int i = 0; i < NFIELDS; i++) {
                if (strcmp(name, fields[i].name))
                        continue;
                *(const char **)((char *)job + fields[i].offset) = value;
                return true;
        }
        if (!strcmp(name, "arg")) {
                VEC_PUSH(arena, &job->args, value);
                return true;
        }
        if (!strcmp(name, "root"))
                return read_root(arena, value, job);
        return !strcmp(name, "info") && (job->info = true);
}

bool job_read(struct arena *arena, const char *bytes, size_t length, struct job *job)
{
        *job = (struct job){.tree = "/", .directory = "/", .flags = "given", .object = "", .key = "-"};
        char *at = arena_strndup(arena, bytes, length), *end = at + length;
        while (at < end) {
                size_t size = strlen(at);
                char *equals = strchr(at, '=');
                if (!equals || at + size == end)
                        return false; /* no name, or the last zero is missing */
                *equals = 0;
                if (!read_field(arena, at, equals + 1, job))
                        return false;
                at += size + 1;
        }
        return job->info || job->path;
}
