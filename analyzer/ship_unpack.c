/*
 * ship_unpack.c: a parcel from bytes, see ship.h. The bytes may be anybody's:
 * no file is written, and no link leads, anywhere but below the folder that is
 * given, which is new and empty.
 */
#include "ship.h"

#include "base/hash.h"
#include "front/flags.h"
#include "front/includes.h"
#include "front/tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct unpacker {
        struct arena *arena;
        const char *sysroot, *at, *end;
        struct ship_parcel *parcel;
        struct project *project;
        struct project_unit *unit; /* the last one */
        const char *name;          /* of the record before: a root, a link, a file */
        int number;                /* of a unit that is done; -1: none is under way */
        bool names_file;           /* the last argument wants a file behind it */
        const char *error;
};

/* The next record; its bytes stay where they are. False at the end, or with an error. */
static bool next_record(struct unpacker *u, const char **word, struct text *text)
{
        const char *newline = u->at < u->end ? memchr(u->at, '\n', (size_t)(u->end - u->at)) : NULL;
        if (u->at == u->end || u->error)
                return false;
        u->error = "its records are damaged";
        if (!newline)
                return false;
        const char *space = memchr(u->at, ' ', (size_t)(newline - u->at));
        char *stop;
        unsigned long long length = space ? strtoull(space + 1, &stop, 10) : 0;
        if (!space || stop != newline || length >= (unsigned long long)(u->end - newline - 1) ||
            newline[1 + length] != '\n')
                return false;
        *word = arena_strndup(u->arena, u->at, (size_t)(space - u->at));
        *text = (struct text){(char *)newline + 1, (size_t)length};
        u->at = newline + 2 + length;
        u->error = NULL;
        return true;
}

/* An absolute path of the sender's, below the sysroot. */
static const char *inside(struct unpacker *u, const char *path)
{
        if (*path == '/' && (!path[1] || ship_is_tame(path + 1)))
                return arena_printf(u->arena, "%s%s", u->sysroot, strcmp(path, "/") ? path : "");
        u->error = "a path in it leads out of it";
        return u->sysroot;
}

/* An argument with its path, when it is one, moved. */
static const char *moved(struct unpacker *u, const char *arg)
{
        static const char *const options[] = {"-I", "-isystem", "-iquote", "-idirafter"};
        if (*arg == '/')
                return inside(u, arg);
        for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
                size_t n = strlen(options[i]);
                if (!strncmp(arg, options[i], n) && arg[n] == '/')
                        return arena_printf(u->arena, "%s%s", options[i], inside(u, arg + n));
        }
        return arg;
}

/* Only what a compiler's command may say to us: others of the parser's options run code. */
static void take_arg(struct unpacker *u, const char *arg)
{
        bool named = u->names_file;
        u->names_file = !named && (!strcmp(arg, "-include") || !strcmp(arg, "-imacros"));
        if (!named && !u->names_file) {
                const struct flags flags = flags_read(u->arena, &arg, *arg == '-', "/");
                if (flags.args.n != 1 || strcmp(flags.args.at[0], arg)) {
                        u->error = arena_printf(u->arena, "a unit in it has the argument '%s'", arg);
                        return;
                }
        }
        VEC_PUSH(u->arena, &u->unit->args, named && *arg != '/' ? arg : moved(u, arg));
}

/* The number of a unit of the plan. */
static int number_of(struct unpacker *u, const char *text)
{
        char *stop;
        long number = strtol(text, &stop, 10);
        if (*text >= '0' && *text <= '9' && !*stop && u->parcel->plan && number < u->parcel->plan->units.n)
                return (int)number;
        u->error = "it holds a unit that its plan does not know";
        return -1;
}

static void take_plan(struct unpacker *u, const char *text)
{
        struct text bytes = {(char *)text, strlen(text)};
        const char *error;
        u->parcel->plan_text = text;
        u->parcel->plan = ship_plan_read(u->arena, &bytes, &error);
        if (!u->parcel->plan)
                u->error = error;
}

static void take_unit(struct unpacker *u, const char *text)
{
        int number = number_of(u, text);
        if (number < 0)
                return;
        const struct ship_unit *plan = &u->parcel->plan->units.at[number];
        u->unit = NEW(u->arena, struct project_unit);
        *u->unit = (struct project_unit){
            .path = plan->path, .flags = plan->from, .object = plan->object, .file = "/", .directory = "/"};
        u->names_file = false;
        VEC_PUSH(u->arena, &u->project->units, u->unit);
        VEC_PUSH(u->arena, &u->parcel->numbers, number);
}

static bool make_folder(struct unpacker *u, const char *path)
{
        return ship_make_parents(u->arena, path_join(u->arena, path, "x"));
}

static void check_made(struct unpacker *u, bool good)
{
        if (!good && !u->error)
                u->error =
                    arena_printf(u->arena, "it cannot be laid out in '%s': %s", u->sysroot, strerror(errno));
}

static void take_link(struct unpacker *u, const char *target)
{
        const char *path = inside(u, u->name), *to = inside(u, target);
        if (!u->error)
                check_made(u, ship_make_parents(u->arena, path) && (!symlink(to, path) || errno == EEXIST));
}

static void take_bytes(struct unpacker *u, const struct text *text)
{
        if (u->number >= 0) {
                VEC_PUSH(u->arena, &u->parcel->done, (struct ship_done){u->number, *text});
                u->number = -1;
                return;
        }
        const char *path = inside(u, u->name);
        if (!u->error)
                check_made(u, ship_make_parents(u->arena, path) &&
                                  file_write(path, text->bytes, text->length, 0600));
}

static void take_of_unit(struct unpacker *u, const char *word, const char *text)
{
        if (!u->unit)
                u->error = "it says something of no unit";
        else if (!strcmp(word, "source"))
                u->unit->file = inside(u, text);
        else if (!strcmp(word, "directory"))
                u->unit->directory = inside(u, text);
        else if (!strcmp(word, "size"))
                u->unit->size = strtoull(text, NULL, 10);
        else if (!strcmp(word, "api"))
                u->unit->api = *text == '1';
        else if (!strcmp(word, "arg"))
                take_arg(u, text);
}

static void take(struct unpacker *u, const char *word, const struct text *bytes)
{
        static const char *const names[] = {"root", "link", "file"};
        if (!strcmp(word, "bytes")) {
                take_bytes(u, bytes);
                return;
        }
        const char *text = arena_strndup(u->arena, bytes->bytes, bytes->length);
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
                if (!strcmp(word, names[i])) {
                        u->name = text;
                        return;
                }
        if (!strcmp(word, "plan"))
                take_plan(u, text);
        else if (!strcmp(word, "clang"))
                u->parcel->clang = text;
        else if (!strcmp(word, "tree"))
                u->project->tree = inside(u, text);
        else if (!strcmp(word, "resource"))
                u->project->resource = inside(u, text);
        else if (!strcmp(word, "below"))
                VEC_PUSH(u->arena, &u->project->roots, (struct root){u->name, inside(u, text)});
        else if (!strcmp(word, "stub"))
                VEC_PUSH(u->arena, &u->project->stubs, text);
        else if (!strcmp(word, "unit"))
                take_unit(u, text);
        else if (!strcmp(word, "done"))
                u->number = number_of(u, text);
        else if (!strcmp(word, "folder"))
                check_made(u, make_folder(u, inside(u, text)));
        else if (!strcmp(word, "to"))
                take_link(u, text);
        else
                take_of_unit(u, word, text);
}

/* The first line; false when it is none, or what follows is not what was written. */
static bool read_head(struct unpacker *u, const struct text *bytes)
{
        static const char begin[] = "# pymemlint ", middle[] = " parcel sum=";
        char sum[HASH_HEX];
        const char *newline = memchr(bytes->bytes, '\n', bytes->length);
        u->error = "it is no parcel that 'summarize --self-contained' wrote";
        if (!newline || strncmp(bytes->bytes, begin, strlen(begin)))
                return false;
        const char *line =
            arena_strndup(u->arena, bytes->bytes, (size_t)(newline - bytes->bytes)) + strlen(begin);
        const char *found = strstr(line, middle);
        if (!found)
                return false;
        u->error = "it was packed by another version of pymemlint";
        if (strncmp(line, PYMEMLINT_VERSION " ", strlen(PYMEMLINT_VERSION) + 1))
                return false;
        u->at = newline + 1;
        u->end = bytes->bytes + bytes->length;
        hash_hex(u->at, (size_t)(u->end - u->at), sum);
        u->error = strcmp(found + strlen(middle), sum)
                       ? "it is damaged: the content does not fit the checksum"
                       : NULL;
        return !u->error;
}

struct ship_parcel *ship_unpack(struct arena *arena, const struct text *bytes, const char *sysroot,
                                const char **error)
{
        struct ship_parcel *parcel = NEW(arena, struct ship_parcel);
        struct project *project = parcel->project = NEW(arena, struct project);
        struct unpacker u = {.arena = arena, .sysroot = sysroot, .parcel = parcel, .project = project};
        struct text text;
        const char *word;
        u.name = "/";
        u.number = -1;
        project->arena = arena;
        project->sysroot = project->tree = project->resource = sysroot;
        if (read_head(&u, bytes))
                while (next_record(&u, &word, &text))
                        take(&u, word, &text);
        if (!u.error && (!parcel->plan || !parcel->clang))
                u.error = "it has no plan";
        *error = u.error;
        if (u.error)
                return NULL;
        project->python = parcel->plan->python;
        project->python_version = parcel->plan->python_version;
        project->includes = includes_new(arena, tree_read(arena, project->tree, DEPTH_OF_TREE, NULL, 0));
        return parcel;
}
