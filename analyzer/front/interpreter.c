/*
 * interpreter.c: see interpreter.h. In: lines "name value" from a short
 * script. Does not judge whether the headers are there: who needs them asks.
 */
#include "front/interpreter.h"

#include "base/file.h"
#include "base/text.h"
#include "front/words.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { PATIENCE_MS = 60000 }; /* for what hangs: a busy machine must not come near it */

/*
 * The current folder is taken off the path first: in a source tree it would
 * supply half-built packages. Importing the array package costs more than all
 * the rest, so its folder is looked for, and only asked when it is not found.
 */
static const char script[] =
    "import sys\n"
    "sys.path = [p for p in sys.path if p]\n"
    "import sysconfig, os\n"
    "from importlib.util import find_spec\n"
    "def say(name, value):\n"
    "    if value: sys.stdout.write('%s %s\\n' % (name, str(value).replace('\\n', ' ')))\n"
    "say('executable', sys.executable)\n"
    "say('version', '.'.join(map(str, sys.version_info[:3])))\n"
    "for name in 'include', 'platinclude':\n"
    "    say('folder', sysconfig.get_path(name))\n"
    "say('flags', sysconfig.get_config_var('CFLAGS'))\n"
    "try: spec = find_spec('numpy')\n"
    "except Exception: spec = None\n"
    "found = None\n"
    "if spec and spec.origin:\n"
    "    for part in '_core', 'core':\n"
    "        folder = os.path.join(os.path.dirname(spec.origin), part, 'include')\n"
    "        if not found and os.path.isdir(os.path.join(folder, 'numpy')): found = folder\n"
    "    if not found:\n"
    "        try:\n"
    "            import numpy\n"
    "            found = numpy.get_include()\n"
    "        except Exception: pass\n"
    "say('arrays', found)\n";

struct interpreter *interpreter_start(struct arena *arena, const char *program)
{
        struct interpreter *made = NEW(arena, struct interpreter);
        made->program = program;
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) < 0) {
                made->error = arena_printf(arena, "cannot make a pipe: %s", strerror(errno));
                return made;
        }
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
        char *argv[] = {(char *)program, "-c", (char *)script, NULL};
        int error = posix_spawnp(&made->pid, program, &actions, NULL, argv, environ);
        posix_spawn_file_actions_destroy(&actions);
        close(ends[1]);
        made->output = ends[0];
        if (error) {
                close(ends[0]);
                made->pid = 0;
                made->error =
                    arena_printf(arena, "cannot run the interpreter '%s': %s", program, strerror(error));
        }
        return made;
}

static long now_ms(void)
{
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Everything it prints; false when it takes too long. */
static bool read_answer(int fd, struct out *answer)
{
        long until = now_ms() + PATIENCE_MS;
        char buffer[4096];
        for (;;) {
                long left = until - now_ms();
                struct pollfd ready = {.fd = fd, .events = POLLIN};
                if (left <= 0 || poll(&ready, 1, (int)left) == 0)
                        return false;
                ssize_t n = read(fd, buffer, sizeof buffer);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n <= 0)
                        return true;
                out_bytes(answer, buffer, (size_t)n);
        }
}

static void add_folder(struct arena *arena, struct interpreter *made, const char *folder)
{
        for (int i = 0; i < made->folders.n; i++)
                if (!strcmp(made->folders.at[i], folder))
                        return;
        VEC_PUSH(arena, &made->folders, folder);
}

/* Only what decides which code a header shows; a check level without optimisation is a warning at best. */
static void add_defines(struct arena *arena, struct interpreter *made, const char *flags)
{
        struct words words = words_split(arena, flags);
        for (int i = 0; i < words.n; i++) {
                const char *word = words.at[i];
                bool define = !strncmp(word, "-D", 2) || !strncmp(word, "-U", 2);
                if (define && word[2] && strncmp(word + 2, "_FORTIFY_SOURCE", 15))
                        VEC_PUSH(arena, &made->defines, word);
        }
}

static void read_line(struct arena *arena, struct interpreter *made, const char *line)
{
        const char *space = strchr(line, ' '), *value = space ? space + 1 : "";
        size_t n = space ? (size_t)(space - line) : 0;
        if (n == 10 && !strncmp(line, "executable", n))
                made->executable = value;
        else if (n == 7 && !strncmp(line, "version", n))
                made->version = value;
        else if (n == 6 && !strncmp(line, "folder", n))
                add_folder(arena, made, path_clean(arena, "/", value));
        else if (n == 6 && !strncmp(line, "arrays", n))
                made->arrays = path_clean(arena, "/", value);
        else if (n == 5 && !strncmp(line, "flags", n))
                add_defines(arena, made, value);
}

void interpreter_finish(struct arena *arena, struct interpreter *made)
{
        if (!made->pid)
                return;
        struct out answer = {.arena = arena};
        int status = 0;
        bool in_time = read_answer(made->output, &answer);
        if (!in_time)
                kill(made->pid, SIGKILL);
        close(made->output);
        while (waitpid(made->pid, &status, 0) < 0 && errno == EINTR)
                ;
        made->pid = 0;
        char *rest = arena_strndup(arena, out_string(&answer), answer.length), *line;
        while ((line = strsep(&rest, "\n")))
                read_line(arena, made, line);
        if (!made->executable) /* it does not know itself where nothing tells it the folders of programs */
                made->executable = made->program;
        if (!in_time)
                made->error = arena_printf(arena, "the interpreter '%s' did not answer within %d s",
                                           made->program, PATIENCE_MS / 1000);
        else if (status || !made->version || !made->folders.n)
                made->error =
                    arena_printf(arena, "'%s' does not behave like a Python 3 interpreter", made->program);
}
