/*
 * capture.c: the program as a compiler, see capture.h. No text of the build
 * passes through a shell, and no call waits for another: each writes a file
 * of its own.
 */
#include "capture.h"

#include "message.h"

#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NOT_FOUND = 127 };

bool is_compiler_name(const char *name)
{
        static const char *const known[] = {"cc", "gcc", "clang", "c++", "g++", "clang++", "pymemlint-ld"};
        size_t length = strlen(name), version;
        while (length && strchr("0123456789.", name[length - 1]))
                length--;
        version = length < strlen(name) && length && name[length - 1] == '-' ? length - 1 : strlen(name);
        for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
                size_t n = strlen(known[i]);
                bool ends = version >= n && !strncmp(name + version - n, known[i], n);
                /* A prefix is a target: "x86_64-linux-gnu-". "ccache-cc" and the like have no second dash. */
                if (ends && (version == n ||
                             (name[version - n - 1] == '-' && strchr(name, '-') < name + version - n - 1)))
                        return true;
        }
        return false;
}

static bool is_source(const char *name)
{
        static const char *const ends[] = {".c", ".cc", ".cpp", ".cxx", ".c++", ".C"};
        size_t length = strlen(name);
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
                if (length > strlen(ends[i]) && !strcmp(name + length - strlen(ends[i]), ends[i]))
                        return *name != '-';
        return false;
}

/* Options whose next argument is no source. */
static bool takes_value(const char *argument)
{
        static const char *const with[] = {
            "-o",         "-I",    "-D",  "-U",  "-include", "-isystem", "-iquote", "-imacros",
            "-idirafter", "-MF",   "-MT", "-MQ", "-x",       "-L",       "-l",      "-Xlinker",
            "-Xclang",    "-arch", "-T",  "-u",  "-z",       "-isysroot"};
        for (size_t i = 0; i < sizeof with / sizeof *with; i++)
                if (!strcmp(argument, with[i]))
                        return true;
        return false;
}

/* A call that only preprocesses, asks for the version or for dependencies compiles nothing. */
static bool compiles(int argc, char **argv)
{
        static const char *const only[] = {"-E", "-M", "-MM", "--version", "-dumpversion", "-dumpmachine"};
        for (int i = 1; i < argc; i++)
                for (size_t j = 0; j < sizeof only / sizeof *only; j++)
                        if (!strcmp(argv[i], only[j]))
                                return false;
        return true;
}

static const char *output_of(int argc, char **argv)
{
        for (int i = 1; i + 1 < argc; i++)
                if (!strcmp(argv[i], "-o"))
                        return argv[i + 1];
        return "";
}

static json_t *text(const char *bytes)
{
        json_t *value = json_string(bytes);
        return value ? value : json_string_nocheck(bytes);
}

/* What the call was: folder, words, sources, objects and output. NULL when it needs no note. */
static json_t *note(struct words *words, int argc, char **argv)
{
        char here[PATH_MAX];
        json_t *arguments = json_array(), *sources = json_array(), *inputs = json_array();
        for (int i = 0; i < words->n; i++)
                json_array_append_new(arguments, text(words->at[i]));
        for (int i = 1; i < argc; i++) {
                size_t length = strlen(argv[i]);
                json_array_append_new(arguments, text(argv[i]));
                if (is_source(argv[i]))
                        json_array_append_new(sources, text(argv[i]));
                else if (length > 2 && !strcmp(argv[i] + length - 2, ".o") && *argv[i] != '-')
                        json_array_append_new(inputs, text(argv[i]));
                if (takes_value(argv[i]) && i + 1 < argc)
                        json_array_append_new(arguments, text(argv[++i]));
        }
        return json_pack("{ss so so so ss}", "directory", getcwd(here, sizeof here) ? here : "/", "arguments",
                         arguments, "sources", sources, "inputs", inputs, "output", output_of(argc, argv));
}

/* A name of its own first, the final one by renaming: whoever joins sees whole fragments only. */
static void write_note(struct arena *arena, const char *dir, struct words *words, int argc, char **argv)
{
        json_t *fragment = compiles(argc, argv) ? note(words, argc, argv) : NULL;
        char *name = arena_printf(arena, "%s/call-XXXXXX", dir);
        int fd = fragment ? mkstemp(name) : -1;
        if (fd >= 0 && !json_dumpfd(fragment, fd, JSON_COMPACT) && !close(fd))
                rename(name, arena_printf(arena, "%s.json", name));
        else if (fragment)
                warn("the call of '%s' cannot be noted in '%s': %s", argv[0], dir, strerror(errno));
        json_decref(fragment);
}

static void add_words(struct arena *arena, struct words *words, const char *text)
{
        for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
                size_t length = strcspn(text, " ");
                VEC_PUSH(arena, words, arena_strndup(arena, text, length));
                text += length;
        }
}

/* The file NAME on PATH that is not this program. */
static const char *search(struct arena *arena, const char *name)
{
        const char *path = getenv("PATH"), *program = path_of_program(arena);
        struct stat self, other;
        if (!path || !program || stat(program, &self))
                return NULL;
        while (*path) {
                size_t length = strcspn(path, ":");
                const char *file = path_join(arena, arena_strndup(arena, path, length), name);
                path += length + (path[length] == ':');
                if (!access(file, X_OK) && !stat(file, &other) && S_ISREG(other.st_mode) &&
                    (other.st_dev != self.st_dev || other.st_ino != self.st_ino))
                        return file;
        }
        return NULL;
}

/*
 * The words that run the real compiler: what the user's variable said, else the
 * same name further on in PATH.
 */
static struct words real_compiler(struct arena *arena, const char *name)
{
        struct words words = {0};
        bool cxx = strstr(name, "++"), linker = !strcmp(name, "pymemlint-ld");
        const char *told = getenv(linker ? CAPTURE_LDSHARED : cxx ? CAPTURE_CXX : CAPTURE_CC);
        if (told && (linker || !strcmp(name, "cc") || !strcmp(name, "c++")))
                add_words(arena, &words, told);
        else
                VEC_PUSH(arena, &words, name);
        const char *found = words.n ? search(arena, words.at[0]) : NULL;
        if (words.n && !strchr(words.at[0], '/'))
                words.at[0] = found ? found : "";
        return words;
}

/* A compiler may look for another one on PATH (ccache does): it must not find us again. */
static void leave_path(struct arena *arena, const char *argv0)
{
        const char *path = getenv("PATH"), *ours = path_dir(arena, argv0);
        struct out out = {.arena = arena};
        while (path && *path) {
                size_t length = strcspn(path, ":");
                if (strlen(ours) != length || strncmp(path, ours, length))
                        out_format(&out, "%s%.*s", out.length ? ":" : "", (int)length, path);
                path += length + (path[length] == ':');
        }
        if (out.length)
                setenv("PATH", out_string(&out), 1);
}

int capture_compiler(int argc, char **argv)
{
        struct arena *arena = arena_new();
        const char *name = path_base(argv[0]), *dir = getenv(CAPTURE_DIR);
        struct words words = real_compiler(arena, name);
        if (!words.n || !*words.at[0]) {
                complain("the compiler '%s' is not on PATH", name);
                return NOT_FOUND;
        }
        if (dir)
                write_note(arena, dir, &words, argc, argv);
        leave_path(arena, argv[0]);
        for (int i = 1; i < argc; i++)
                VEC_PUSH(arena, &words, argv[i]);
        VEC_PUSH(arena, &words, NULL);
        execv(words.at[0], (char **)words.at);
        complain("cannot run '%s': %s", words.at[0], strerror(errno));
        return NOT_FOUND;
}
