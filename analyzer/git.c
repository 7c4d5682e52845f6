/* git.c: see git.h. Plumbing only: merge-base, ls-tree, cat-file. */
#include "git.h"

#include "base/file.h"
#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_WORDS = 16, HASH_MAX = 64 };

/* A running git whose standard output is read from `from`. */
struct git {
        pid_t pid;
        FILE *from;
};

/* Starts git in DIR with the words behind it, input from the file INPUT or none. */
static bool start(const char *dir, const char *input, const char *const *words, struct git *git)
{
        const char *argv[MOST_WORDS + 12] = {"git",
                                             "--no-pager",
                                             "--no-replace-objects",
                                             "-c",
                                             "core.fsmonitor=false",
                                             "-c",
                                             "core.hooksPath=/dev/null",
                                             "-C",
                                             dir};
        int n = 9, ends[2];
        for (int i = 0; words[i] && i < MOST_WORDS; i++)
                argv[n++] = words[i];
        if (pipe2(ends, O_CLOEXEC))
                return false;
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input ? input : "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        int error = posix_spawnp(&git->pid, "git", &actions, NULL, (char **)argv, environ);
        posix_spawn_file_actions_destroy(&actions);
        close(ends[1]);
        git->from = error ? NULL : fdopen(ends[0], "r");
        if (!git->from)
                close(ends[0]);
        errno = error;
        return git->from != NULL;
}

/* True when git ended well. */
static bool finish(struct git *git)
{
        int status;
        fclose(git->from);
        while (waitpid(git->pid, &status, 0) < 0)
                if (errno != EINTR)
                        return false;
        return WIFEXITED(status) && !WEXITSTATUS(status);
}

/* All that git prints, the last line end taken off; NULL when it fails. */
static const char *ask(struct arena *arena, const char *dir, const char *const *words, size_t *length)
{
        struct git git;
        struct out out = {.arena = arena};
        char bytes[65536];
        if (!start(dir, NULL, words, &git))
                return NULL;
        for (size_t n; (n = fread(bytes, 1, sizeof bytes, git.from)) > 0;)
                out_bytes(&out, bytes, n);
        if (!finish(&git))
                return NULL;
        if (length)
                *length = out.length;
        else if (out.length && out.bytes[out.length - 1] == '\n')
                out.bytes[out.length - 1] = 0;
        return out_string(&out);
}

#define ASK(arena, dir, ...) ask((arena), (dir), (const char *const[]){__VA_ARGS__, NULL}, NULL)

const char *git_top(struct arena *arena, const char *dir, const char **error)
{
        const char *top = ASK(arena, dir, "rev-parse", "--show-toplevel");
        if (!top)
                *error = arena_printf(arena, "'%s' is in no git work tree, or there is no git program", dir);
        return top;
}

const char *git_merge_base(struct arena *arena, const char *top, const char *ref, const char **error)
{
        const char *shallow = ASK(arena, top, "rev-parse", "--is-shallow-repository");
        bool cut = shallow && !strcmp(shallow, "true");
        const char *commit = arena_printf(arena, "%s^{commit}", ref);
        commit = ASK(arena, top, "rev-parse", "--verify", "--quiet", "--end-of-options", commit);
        if (!commit) {
                *error =
                    arena_printf(arena, "git knows no commit '%s'%s", ref,
                                 cut ? "; this clone is shallow: fetch it, or 'git fetch --unshallow'" : "");
                return NULL;
        }
        const char *base = ASK(arena, top, "merge-base", commit, "HEAD");
        if (!base)
                *error = arena_printf(arena, "'%s' and HEAD have no common commit here%s", ref,
                                      cut ? "; this clone is shallow: 'git fetch --unshallow' brings the rest"
                                          : "");
        return base;
}

/* A remote's name as a URL that may be shown: "git@host:a/b" is written out, who logs in is left out. */
static const char *public_url(struct arena *arena, const char *url)
{
        const char *scheme = strstr(url, "://"), *colon = strchr(url, ':');
        if (!scheme) {
                const char *at = memchr(url, '@', colon ? (size_t)(colon - url) : 0);
                return at ? arena_printf(arena, "ssh://%.*s/%s", (int)(colon - at - 1), at + 1, colon + 1)
                          : NULL;
        }
        if (!strncmp(url, "file:", 5)) /* tells of this machine alone */
                return NULL;
        const char *host = scheme + 3, *at = memrchr(host, '@', strcspn(host, "/"));
        return arena_printf(arena, "%.*s%s", (int)(host - url), url, at ? at + 1 : host);
}

bool git_state(struct arena *arena, const char *dir, struct git_state *state)
{
        const char *said = ASK(arena, dir, "rev-parse", "--show-toplevel", "HEAD", "--abbrev-ref", "HEAD");
        char *rest = arena_strndup(arena, said ? said : "", said ? strlen(said) : 0);
        const char *top = strsep(&rest, "\n");
        if (strcmp(top, dir))
                return false;
        state->commit = strsep(&rest, "\n");
        state->branch = strsep(&rest, "\n");
        const char *url = state->branch ? ASK(arena, dir, "config", "--get", "remote.origin.url") : NULL;
        state->url = url ? public_url(arena, url) : NULL;
        return state->url != NULL;
}

/* ---- export ---- */

struct blob {
        const char *id, *path;
};

/* A path that stays below the folder it is joined to. */
static bool is_tame(const char *path)
{
        for (const char *at = path; *at;) {
                size_t length = strcspn(at, "/");
                if (!length || (length == 1 && *at == '.') || (length == 2 && !strncmp(at, "..", 2)) ||
                    (length == 4 && !strncasecmp(at, ".git", 4)))
                        return false;
                at += length + (at[length] == '/');
        }
        return *path != 0;
}

static bool make_parents(struct arena *arena, const char *path)
{
        const char *dir = path_dir(arena, path);
        return !mkdir(dir, 0700) || errno == EEXIST ||
               (errno == ENOENT && make_parents(arena, dir) && !mkdir(dir, 0700));
}

/* "MODE blob ID\tPATH", zero-ended each. */
static const struct blob *list(struct arena *arena, const char *top, const char *commit,
                               bool (*wanted)(const char *), int *n)
{
        size_t length = 0;
        const char *const words[] = {"ls-tree", "-r", "-z", "--full-tree", commit, NULL};
        const char *text = ask(arena, top, words, &length);
        VEC(struct blob) blobs = {0};
        for (const char *at = text; text && at < text + length; at += strlen(at) + 1) {
                const char *tab = strchr(at, '\t'), *id = tab ? memrchr(at, ' ', (size_t)(tab - at)) : NULL;
                /* 100644 and 100755 are files; links and submodules are neither. */
                if (id && !strncmp(at, "100", 3) && is_tame(tab + 1) && wanted(tab + 1))
                        VEC_PUSH(
                            arena, &blobs,
                            (struct blob){arena_strndup(arena, id + 1, (size_t)(tab - id - 1)), tab + 1});
        }
        *n = blobs.n;
        return blobs.at;
}

/* One answer of cat-file --batch: "ID blob SIZE\n", that many bytes, a line end. */
static bool receive(FILE *from, const char *path)
{
        char head[HASH_MAX + 64];
        unsigned long long size;
        if (!fgets(head, sizeof head, from) || sscanf(head, "%*s blob %llu", &size) != 1)
                return false;
        int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        FILE *to = fd < 0 ? NULL : fdopen(fd, "w");
        char bytes[65536];
        bool good = to != NULL;
        while (size && !feof(from) && !ferror(from)) {
                size_t want = size < sizeof bytes ? (size_t)size : sizeof bytes,
                       n = fread(bytes, 1, want, from);
                good = good && fwrite(bytes, 1, n, to) == n;
                size -= n;
        }
        if (to)
                good = !fclose(to) && good;
        return getc(from) == '\n' && good;
}

bool git_export(struct arena *arena, const char *top, const char *commit, const char *target,
                bool (*wanted)(const char *path), const char **error)
{
        int n;
        const struct blob *blobs = list(arena, top, commit, wanted, &n);
        const char *ids = path_join(arena, target, ".wanted");
        struct out out = {.arena = arena};
        struct git git;
        for (int i = 0; i < n; i++)
                out_format(&out, "%s\n", blobs[i].id);
        *error = arena_printf(arena, "the files of commit %s cannot be had from git", commit);
        if (!file_write(ids, out_string(&out), out.length, 0600) ||
            !start(top, ids, (const char *const[]){"cat-file", "--batch", NULL}, &git))
                return false;
        bool good = true;
        for (int i = 0; i < n && good; i++) {
                const char *path = path_join(arena, target, blobs[i].path);
                good = make_parents(arena, path) && receive(git.from, path);
        }
        good = finish(&git) && good;
        unlink(ids);
        return good;
}
