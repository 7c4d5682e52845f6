/* file.c: see file.h. */
#include "base/file.h"

#include "base/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

bool file_read(struct arena *arena, const char *path, size_t limit, struct text *out)
{
        int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        if (fd < 0)
                return false;
        struct stat st;
        int error = 0;
        if (fstat(fd, &st) < 0)
                error = errno;
        else if (!S_ISREG(st.st_mode))
                error = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
        else if ((size_t)st.st_size > (limit ? limit : (size_t)1 << 30))
                error = EFBIG;
        if (!error) {
                size_t size = (size_t)st.st_size, have = 0;
                out->bytes = arena_alloc(arena, size + 1);
                while (have < size) {
                        ssize_t n = read(fd, out->bytes + have, size - have);
                        if (n < 0 && errno == EINTR)
                                continue;
                        if (n < 0)
                                error = errno;
                        if (n <= 0)
                                break;
                        have += (size_t)n;
                }
                out->bytes[have] = 0;
                out->length = have;
        }
        close(fd);
        errno = error;
        return !error;
}

static bool write_all(int fd, const char *bytes, size_t length)
{
        while (length) {
                ssize_t n = write(fd, bytes, length);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return false;
                bytes += n;
                length -= (size_t)n;
        }
        return true;
}

/* A template for a name beside PATH: PATH's own with a tail, shortened where both are too long for one. */
static char *name_beside(struct arena *arena, const char *path)
{
        static const char tail[] = ".XXXXXX";
        size_t length = strlen(path), most = (size_t)(path_base(path) - path) + NAME_MAX - (sizeof tail - 1);
        return arena_printf(arena, "%.*s%s", (int)(length < most ? length : most), path, tail);
}

bool file_write(const char *path, const void *bytes, size_t length, unsigned mode)
{
        struct arena *scratch = arena_new();
        char *temporary = name_beside(scratch, path);
        struct stat st;
        if (!mode && stat(path, &st) == 0)
                mode = st.st_mode & 07777;
        if (!mode) {
                mode_t mask = umask(0);
                umask(mask);
                mode = 0666 & ~mask;
        }
        int fd = mkostemp(temporary, O_CLOEXEC);
        bool done = fd >= 0 && write_all(fd, bytes, length) && fchmod(fd, mode) == 0;
        int error = errno;
        if (fd >= 0 && close(fd) < 0 && done) {
                done = false;
                error = errno;
        }
        if (done && rename(temporary, path) < 0) {
                done = false;
                error = errno;
        }
        if (fd >= 0 && !done)
                unlink(temporary);
        arena_drop(scratch);
        errno = error;
        return done;
}

/* Writes to what is open already or is no regular file; -1 when PATH is neither. */
static int write_in_place(const char *path, const void *bytes, size_t length)
{
        struct stat st, open_one;
        if (stat(path, &st) < 0)
                return -1;
        for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++)
                if (!fstat(fd, &open_one) && open_one.st_dev == st.st_dev && open_one.st_ino == st.st_ino)
                        return !fflush(stdout) && write_all(fd, bytes, length);
        if (S_ISREG(st.st_mode))
                return -1;
        int fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
        bool done = fd >= 0 && write_all(fd, bytes, length);
        int error = errno;
        if (fd >= 0 && close(fd) < 0 && done)
                return false;
        errno = error;
        return done;
}

bool file_deliver(const char *path, const void *bytes, size_t length)
{
        char real[PATH_MAX];
        int done = write_in_place(path, bytes, length);
        return done >= 0 ? done : file_write(realpath(path, real) ? real : path, bytes, length, 0);
}

char *path_join(struct arena *arena, const char *dir, const char *name)
{
        if (*name == '/' || !*dir || !strcmp(dir, "."))
                return arena_strndup(arena, name, strlen(name));
        return arena_printf(arena, "%s%s%s", dir, dir[strlen(dir) - 1] == '/' ? "" : "/", name);
}

char *path_clean(struct arena *arena, const char *base, const char *path)
{
        const char *in = path_join(arena, base, path);
        char *out = arena_alloc(arena, strlen(in) + 2), *end = out;
        while (*in) {
                while (*in == '/')
                        in++;
                size_t part = strcspn(in, "/");
                if (part == 2 && in[0] == '.' && in[1] == '.') {
                        while (end > out && *--end != '/')
                                ;
                } else if (part && !(part == 1 && *in == '.')) {
                        *end++ = '/';
                        memcpy(end, in, part);
                        end += part;
                }
                in += part;
        }
        if (end == out)
                *end++ = '/';
        *end = 0;
        return out;
}

const char *path_below(const char *root, const char *path)
{
        size_t n = strlen(root);
        if (!strcmp(root, "/"))
                return *path == '/' && path[1] ? path + 1 : ".";
        if (strncmp(root, path, n) || (path[n] && path[n] != '/'))
                return NULL;
        return path[n] ? path + n + 1 : ".";
}

char *path_dir(struct arena *arena, const char *path)
{
        const char *slash = strrchr(path, '/');
        if (!slash)
                return arena_strndup(arena, ".", 1);
        return arena_strndup(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

const char *path_base(const char *path)
{
        const char *slash = strrchr(path, '/');
        return slash ? slash + 1 : path;
}

const char *path_of_program(struct arena *arena)
{
        char self[PATH_MAX];
        const char *started = (const char *)getauxval(AT_EXECFN);
        ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
        if (n > 0)
                return arena_strndup(arena, self, (size_t)n);
        /* a bare root has no /proc */
        return started && realpath(started, self) ? arena_strndup(arena, self, strlen(self)) : NULL;
}
