/*
 * prefix.c: see prefix.h. A small and careful preprocessor: a condition counts
 * only when it asks whether a name is defined and that is certain; what stands
 * under any other one must neither define nor include.
 */
#include "front/prefix.h"

#include "base/file.h"
#include "front/includes.h"

#include <string.h>

enum { SECTIONS_MAX = 64, DEPTH_MAX = 32 };

enum truth { TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN };

struct walk {
        struct arena *arena;
        struct lookup *lookup;
        const struct search *search;
        struct prefix *prefix;
        struct map macros;  /* hash of a name -> `defined` or `undefined` */
        struct map visited; /* of absolute paths */
        bool foreign;       /* a header outside the tree was included: anything may be defined */
        bool found;         /* the header was reached */
};

static const char defined[] = "defined", undefined[] = "undefined";

static uint64_t hash_of(const char *text)
{
        return hash_bytes(text, strlen(text));
}

static void refuse(struct walk *walk, const char *why)
{
        if (!walk->prefix->why)
                walk->prefix->why = why;
}

static void set_macro(struct walk *walk, const char *name, size_t n, bool is_defined)
{
        *map_at(&walk->macros, hash_bytes(name, n)) = (void *)(is_defined ? defined : undefined);
}

static enum truth is_defined(const struct walk *walk, const char *name)
{
        /* Names of other systems and languages, which no compiler for this one defines. */
        static const char *const others[] = {"_WIN32",      "_WIN64",      "_MSC_VER",  "__APPLE__",
                                             "__cplusplus", "__MINGW32__", "__CYGWIN__"};
        static const char *const plain[] = {"linux", "unix", "i386"};
        const char *known = map_get(&walk->macros, hash_of(name));
        if (known)
                return known == defined ? TRUTH_YES : TRUTH_NO;
        for (size_t i = 0; i < sizeof others / sizeof *others; i++)
                if (!strcmp(name, others[i]))
                        return TRUTH_NO;
        for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
                if (!strcmp(name, plain[i]))
                        return TRUTH_UNKNOWN;
        return *name == '_' || walk->foreign ? TRUTH_UNKNOWN : TRUTH_NO;
}

/* A condition: "ifdef X" comes as "X" with the word, "if defined(X)" and "if !defined X" as they are. */
static enum truth evaluate(struct walk *walk, const struct directive *line, bool guard)
{
        const char *at = line->rest;
        if (line->kind == DIRECTIVE_IFNDEF) {
                enum truth truth = guard ? TRUTH_NO : is_defined(walk, line->name);
                return truth == TRUTH_UNKNOWN ? truth : !truth;
        }
        bool no = *at == '!';
        at += no;
        at += strspn(at, " \t");
        if (!strcmp(line->name, "ifdef"))
                return is_defined(walk, line->rest);
        if (strncmp(at, "defined", 7))
                return TRUTH_UNKNOWN;
        at += 7;
        at += strspn(at, " \t(");
        size_t n = strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
        if (!n || at[n + strspn(at + n, " \t)")])
                return TRUTH_UNKNOWN;
        enum truth truth = is_defined(walk, arena_strndup(walk->arena, at, n));
        return truth == TRUTH_UNKNOWN ? truth : no ? !truth : truth;
}

static void take_name(void *context, uint64_t name)
{
        *map_at(&((struct walk *)context)->prefix->names, name) = context;
}

/* One conditional section that is open. */
struct section {
        enum truth now, any; /* whether this part is read; whether one part was */
};

struct file_walk {
        struct walk *walk;
        const char *path, *folder;
        struct section sections[SECTIONS_MAX];
        int nsections, depth;
};

static enum truth reading(const struct file_walk *file)
{
        enum truth truth = TRUTH_YES;
        for (int i = 0; i < file->nsections; i++) {
                if (file->sections[i].now == TRUTH_NO)
                        return TRUTH_NO;
                if (file->sections[i].now == TRUTH_UNKNOWN)
                        truth = TRUTH_UNKNOWN;
        }
        return truth;
}

static void walk_file(struct walk *walk, const char *path, int depth);

static void walk_include(struct file_walk *file, const struct directive *line)
{
        struct walk *walk = file->walk;
        const struct lookup_file at = {.folder = file->folder};
        int next = 0;
        const char *folder = lookup_folder(walk->lookup, &at, line, walk->search, &next);
        if (!strcmp(line->name, API_HEADER)) {
                walk->found = true;
                walk->prefix->api = folder;
                walk->prefix->api_by_name = next > walk->search->nquote + 1;
                if (!folder)
                        refuse(walk, "the header is not there");
                return;
        }
        if (line->next || !folder) { /* what is missing now may define anything elsewhere */
                refuse(walk, "an include that leads nowhere");
                return;
        }
        const char *path = path_clean(walk->arena, folder, line->name);
        if (path_below(walk->lookup->project->tree, path)) {
                walk_file(walk, path, file->depth + 1);
                return;
        }
        if (next <= walk->search->nquote + 1)
                refuse(walk, "a foreign header beside the source");
        if (!walk->foreign)
                walk->prefix->early = walk->prefix->names.n;
        walk->foreign = true;
        VEC_PUSH(walk->arena, &walk->prefix->lines, *line);
}

/* A pragma that changes nothing for the lines behind it, or a line that speaks to people only. */
static bool is_harmless(const struct directive *line)
{
        static const char *const words[] = {"once",       "GCC diagnostic", "clang diagnostic",
                                            "GCC poison", "warning",        "message",
                                            "region",     "endregion",      "comment"};
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
                if (!strncmp(line->rest, words[i], strlen(words[i])))
                        return true;
        return strcmp(line->name, "pragma") != 0 || !*line->rest;
}

static void walk_section(struct file_walk *file, const struct directive *line, bool guard)
{
        if (line->kind == DIRECTIVE_ENDIF) {
                file->nsections -= file->nsections > 0;
                return;
        }
        if (line->kind == DIRECTIVE_ELSE) {
                if (!file->nsections)
                        return;
                struct section *section = &file->sections[file->nsections - 1];
                /* Of an elif only that much is certain: it is not read when a part before it was. */
                bool plain = !*line->rest;
                section->now = section->any == TRUTH_YES           ? TRUTH_NO
                               : section->any == TRUTH_NO && plain ? TRUTH_YES
                                                                   : TRUTH_UNKNOWN;
                if (section->any == TRUTH_NO)
                        section->any = section->now;
                return;
        }
        if (file->nsections == SECTIONS_MAX) {
                refuse(file->walk, "too many nested conditions");
                return;
        }
        enum truth truth = evaluate(file->walk, line, guard);
        file->sections[file->nsections++] = (struct section){.now = truth, .any = truth};
}

static void walk_line(struct file_walk *file, const struct directive *line)
{
        struct walk *walk = file->walk;
        enum truth truth = reading(file);
        if (truth == TRUTH_NO || (line->kind == DIRECTIVE_PRAGMA && is_harmless(line)))
                return;
        if (truth == TRUTH_UNKNOWN || line->kind == DIRECTIVE_ODD || line->kind == DIRECTIVE_PRAGMA ||
            line->kind == DIRECTIVE_UNDEF) {
                refuse(walk, "a directive whose effect is not certain");
                return;
        }
        if (line->kind == DIRECTIVE_INCLUDE) {
                walk_include(file, line);
                return;
        }
        set_macro(walk, line->name, strlen(line->name), true);
        VEC_PUSH(walk->arena, &walk->prefix->lines, *line);
}

static bool is_guard(const struct directives *list, int at)
{
        return at == 0 && list->list.n > 1 && list->list.at[0].kind == DIRECTIVE_IFNDEF &&
               list->list.at[1].kind == DIRECTIVE_DEFINE &&
               !strcmp(list->list.at[0].name, list->list.at[1].name);
}

static void scan_part(struct walk *walk, const struct text *text, size_t from, size_t to)
{
        struct text part = {.bytes = text->bytes + from, .length = to - from};
        names_scan(&part, part.length, take_name, walk);
}

static void walk_file(struct walk *walk, const char *path, int depth)
{
        void **visited = map_at(&walk->visited, hash_of(path));
        struct text text;
        if (*visited)
                return; /* tree headers are read once, by a guard or else by us */
        *visited = walk;
        if (depth > DEPTH_MAX || !file_read(walk->arena, path, 0, &text)) {
                refuse(walk, "an include that cannot be followed");
                return;
        }
        struct file_walk file = {
            .walk = walk, .path = path, .folder = path_dir(walk->arena, path), .depth = depth};
        struct directives *list = directives_scan(walk->arena, &text);
        size_t from = 0;
        for (int i = 0; i < list->list.n && !walk->found && !walk->prefix->why; i++) {
                const struct directive *line = &list->list.at[i];
                scan_part(walk, &text, from, line->at);
                from = line->at;
                if (line->kind == DIRECTIVE_IF || line->kind == DIRECTIVE_IFNDEF ||
                    line->kind == DIRECTIVE_ELSE || line->kind == DIRECTIVE_ENDIF)
                        walk_section(&file, line, depth > 0 && is_guard(list, i));
                else
                        walk_line(&file, line);
        }
        if (!walk->found)
                scan_part(walk, &text, from, text.length);
}

/* -D and -U of the command; an include of the command is text before the first line. */
static void read_args(struct walk *walk, const struct project_unit *unit)
{
        for (int i = 0; i < unit->args.n; i++) {
                const char *arg = unit->args.at[i];
                if (!strncmp(arg, "-D", 2) || !strncmp(arg, "-U", 2))
                        set_macro(walk, arg + 2, strcspn(arg + 2, "=("), arg[1] == 'D');
                else if (!strcmp(arg, "-include") || !strcmp(arg, "-imacros") || !strncmp(arg, "--target", 8))
                        refuse(walk, "an include or a target on the command line");
        }
}

struct prefix prefix_read(struct arena *arena, struct lookup *lookup, const struct project_unit *unit,
                          const struct search *search)
{
        struct prefix prefix = {.why = NULL};
        struct walk walk = {.arena = arena, .lookup = lookup, .search = search, .prefix = &prefix};
        map_init(&prefix.names, arena);
        map_init(&walk.macros, arena);
        map_init(&walk.visited, arena);
        read_args(&walk, unit);
        if (!prefix.why)
                walk_file(&walk, unit->file, 0);
        if (!walk.foreign)
                prefix.early = prefix.names.n;
        if (!walk.found)
                refuse(&walk, "the header is not reached for certain");
        return prefix;
}
