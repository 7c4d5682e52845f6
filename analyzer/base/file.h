/*
 * file.h: whole files in and out, and names of files. In: paths as users write
 * them. Out: bytes, other paths, errno where something cannot be had. It keeps
 * nothing open, prints nothing, and follows links only where it says so.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct text {
        char *bytes; /* zero-terminated, the zero is not counted */
        size_t length;
};

/*
 * Reads a regular file of at most LIMIT bytes (0: 1 GiB) into ARENA. Returns
 * false with errno set when it cannot be had; EINVAL when it is not a regular
 * file, so that a FIFO or a device never blocks, EFBIG over the limit.
 */
bool file_read(struct arena *arena, const char *path, size_t limit, struct text *out);

/*
 * Writes LENGTH bytes to a temporary name beside PATH and renames it, so that
 * a reader sees the old or the new content and nothing between. MODE 0: that
 * of the file that was there, else 0666 less the umask. False with errno set.
 */
bool file_write(const char *path, const void *bytes, size_t length, unsigned mode);

/*
 * The same for a place that a person named: a pipe, a device and what is the
 * standard output already are written to and stay what they are, and a link
 * stays one. Not for places that somebody else may have put something in.
 */
bool file_deliver(const char *path, const void *bytes, size_t length);

/* DIR/NAME in ARENA; NAME alone when it is absolute or DIR is "" or ".". */
char *path_join(struct arena *arena, const char *dir, const char *name);

/*
 * The absolute path without ".", ".." and double slashes; links are not followed.
 * BASE: what relative is to.
 */
char *path_clean(struct arena *arena, const char *base, const char *path);

/*
 * PATH relative to ROOT (both clean and absolute), or NULL when it does not lie
 * below. "." for ROOT itself.
 */
const char *path_below(const char *root, const char *path);

/* The folder part; "." when there is none. */
char *path_dir(struct arena *arena, const char *path);

/* The part behind the last slash. */
const char *path_base(const char *path);

/* Where the running program lies, links followed, in ARENA; NULL with errno set when nobody tells. */
const char *path_of_program(struct arena *arena);

#endif
