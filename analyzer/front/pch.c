/*
 * pch.c: see pch.h. Three conditions make sharing sound.
 *
 * 1. The source says nothing before the header but definitions and includes
 *    that can be told for certain (prefix.c). Those of its names that any file
 *    of the precompiled header mentions are part of its text, and so of its key;
 *    of what the command line defines likewise, as arguments.
 * 2. Nothing in the precompiled header defines a name that the source uses
 *    before it: coming first, it would change that text. The foreign headers
 *    that the source includes itself come in the same order as before, so what
 *    they define counts only for the text before them.
 * 3. Every include in it leads to the same file for the unit as for the one
 *    that was compiled.
 */
#include "front/pch.h"

#include "base/file.h"
#include "base/text.h"
#include "front/includes.h"
#include "front/prefix.h"
#include "front/words.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { CLOSURE_MAX = 4000, USERS_MIN = 2, FILE_MAX = 64 << 20 };

/* What stands in some files, as hashes of identifiers. */
struct said {
        struct map names;   /* all of them */
        struct map defines; /* those that are defined or undefined */
};

/* All that some headers can read, whatever is defined, and every name in it. */
struct closure {
        VEC(struct lookup_file *) files;
        struct map seen; /* of files */
        struct said *said;
        char hash[HASH_HEX];
        uint64_t leads; /* where each include in them leads */
        bool odd;       /* it includes what a macro names: there is no telling */
};

static uint64_t hash_of(const char *text)
{
        return hash_bytes(text, strlen(text));
}

static void take_name(void *context, uint64_t name)
{
        *map_at(&((struct said *)context)->names, name) = context;
}

static void read_names(struct said *said, const char *path)
{
        struct arena *scratch = arena_new();
        struct text text;
        if (file_read(scratch, path, FILE_MAX, &text)) {
                struct directives *found = directives_scan(scratch, &text);
                names_scan(&text, text.length, take_name, said);
                for (int i = 0; i < found->list.n; i++) {
                        const struct directive *line = &found->list.at[i];
                        if (line->kind == DIRECTIVE_DEFINE || line->kind == DIRECTIVE_UNDEF)
                                *map_at(&said->defines, hash_of(line->name)) = said;
                }
        }
        arena_drop(scratch);
}

static void add_file(struct pchs *pchs, struct closure *closure, const char *path)
{
        struct lookup_file *file = lookup_file(pchs->lookup, path);
        void **seen = map_at(&closure->seen, MAP_KEY(file));
        if (*seen || closure->files.n >= CLOSURE_MAX)
                return;
        *seen = file;
        closure->odd |= file->odd || !file->there;
        VEC_PUSH(pchs->arena, &closure->files, file);
}

static void add_include(struct pchs *pchs, struct closure *closure, const struct lookup_file *file,
                        const struct directive *line, const struct search *search)
{
        int at = 0;
        for (const char *folder; (folder = lookup_folder(pchs->lookup, file, line, search, &at));) {
                add_file(pchs, closure, path_clean(pchs->arena, folder, line->name));
                if (!line->next)
                        break;
        }
}

static struct said *said_new(struct arena *arena)
{
        struct said *said = NEW(arena, struct said);
        map_init(&said->names, arena);
        map_init(&said->defines, arena);
        return said;
}

/* Reads what the files of CLOSURE say, once for all closures of the same files. */
static struct said *listen(struct pchs *pchs, const struct closure *closure)
{
        struct said **slot = (struct said **)map_at(&pchs->said, hash_of(closure->hash));
        if (*slot)
                return *slot;
        *slot = said_new(pchs->arena);
        for (int i = 0; i < closure->files.n; i++)
                read_names(*slot, closure->files.at[i]->path);
        return *slot;
}

/* Adds all that the files of CLOSURE include, and so on. */
static void complete(struct pchs *pchs, struct closure *closure, const struct search *search)
{
        for (int i = 0; i < closure->files.n; i++)
                for (int j = 0; j < closure->files.at[i]->includes->list.n; j++)
                        add_include(pchs, closure, closure->files.at[i],
                                    &closure->files.at[i]->includes->list.at[j], search);
        closure->odd |= closure->files.n >= CLOSURE_MAX;
        struct out out = {.arena = arena_new()};
        for (int i = 0; i < closure->files.n; i++)
                out_format(&out, "%s %s\n", closure->files.at[i]->path, closure->files.at[i]->hash);
        hash_hex(out_string(&out), out.length, closure->hash);
        arena_drop(out.arena);
        closure->said = listen(pchs, closure);
        for (int i = 0; i < closure->files.n; i++)
                closure->leads =
                    hash_pair(closure->leads, deps_signature(pchs->deps, closure->files.at[i], search));
}

/* The closure stored under KEY; an empty one when it is new. */
static struct closure *closure_at(struct pchs *pchs, uint64_t key)
{
        struct closure **slot = (struct closure **)map_at(&pchs->closures, key);
        if (!*slot) {
                *slot = NEW(pchs->arena, struct closure);
                map_init(&(*slot)->seen, pchs->arena);
        }
        return *slot;
}

/* What the interpreter's header brings. */
static struct closure *closure_of_api(struct pchs *pchs, const struct prefix *prefix,
                                      const struct search *search)
{
        struct closure *closure = closure_at(pchs, hash_pair(search->all, hash_of(prefix->api)));
        if (!closure->files.n) {
                add_file(pchs, closure, path_join(pchs->arena, prefix->api, API_HEADER));
                complete(pchs, closure, search);
        }
        return closure;
}

/* What the foreign headers bring that come before it. */
static struct closure *closure_of_others(struct pchs *pchs, const struct prefix *prefix,
                                         const struct search *search)
{
        const struct lookup_file nowhere = {.folder = "/"};
        uint64_t key = search->all;
        for (int i = 0; i < prefix->lines.n; i++)
                if (prefix->lines.at[i].kind == DIRECTIVE_INCLUDE)
                        key = hash_pair(key, hash_of(prefix->lines.at[i].name));
        struct closure *closure = closure_at(pchs, key);
        for (int i = 0; i < prefix->lines.n && !*closure->hash; i++)
                if (prefix->lines.at[i].kind == DIRECTIVE_INCLUDE)
                        add_include(pchs, closure, &nowhere, &prefix->lines.at[i], search);
        if (!*closure->hash)
                complete(pchs, closure, search);
        return closure;
}

/* Condition 2. */
static bool is_disturbed(const struct prefix *prefix, const struct closure *api, const struct closure *others)
{
        for (int i = 0; i < prefix->names.n; i++) {
                uint64_t name = prefix->names.entries[i].key;
                if (map_get(&api->said->defines, name) ||
                    (i < prefix->early && map_get(&others->said->defines, name)))
                        return true;
        }
        return false;
}

/* Condition 3. */
static bool leads_alike(struct pchs *pchs, const struct closure *closure, const struct search *one,
                        const struct search *other)
{
        for (int i = 0; i < closure->files.n; i++)
                if (deps_signature(pchs->deps, closure->files.at[i], one) !=
                    deps_signature(pchs->deps, closure->files.at[i], other))
                        return false;
        return true;
}

/* The lines of PREFIX with the definitions between two includes by name: none stands on another one, so that
 * units that differ in their order say the same. */
static struct directive *in_order(struct arena *arena, const struct prefix *prefix)
{
        int n = prefix->lines.n;
        struct directive *lines = NEW_ARRAY(arena, struct directive, n + 1);
        for (int i = 0; i < n; i++) {
                const struct directive *line = &prefix->lines.at[i];
                int at = i;
                for (; at > 0 && line->kind == DIRECTIVE_DEFINE && lines[at - 1].kind == DIRECTIVE_DEFINE &&
                       strcmp(lines[at - 1].name, line->name) > 0;
                     at--)
                        lines[at] = lines[at - 1];
                lines[at] = *line;
        }
        return lines;
}

/* The text of condition 1, or NULL when a definition there stands on another one. */
static const char *text_of(struct pchs *pchs, const struct prefix *prefix, const struct closure *api,
                           const struct closure *others)
{
        struct out out = {.arena = pchs->arena}, undo = out;
        struct said *body = said_new(pchs->arena);
        const struct directive *lines = in_order(pchs->arena, prefix);
        for (int i = 0; i < prefix->lines.n; i++) {
                const struct directive *line = &lines[i];
                if (line->kind == DIRECTIVE_INCLUDE) {
                        out_format(&out, "#include <%s>\n", line->name);
                        continue;
                }
                if (!map_get(&api->said->names, hash_of(line->name)) &&
                    !map_get(&others->said->names, hash_of(line->name)))
                        continue;
                struct text rest = {.bytes = (char *)line->rest, .length = strlen(line->rest)};
                names_scan(&rest, rest.length, take_name, body);
                out_format(&out, "#define %s%s\n", line->name, line->rest); /* with the space between them */
                out_format(&undo, "#undef %s\n", line->name); /* the source may ask whether it did this */
        }
        for (int i = 0; i < prefix->lines.n; i++)
                if (prefix->lines.at[i].kind == DIRECTIVE_DEFINE &&
                    map_get(&body->names, hash_of(prefix->lines.at[i].name)))
                        return NULL;
        if (prefix->api_by_name)
                out_text(&out, "#include <" API_HEADER ">\n");
        else
                out_format(&out, "#include \"%s/" API_HEADER "\"\n", prefix->api);
        out_bytes(&out, undo.bytes, undo.length);
        return out_string(&out);
}

static struct pch *pch_new(struct pchs *pchs, const char *key, const char *text)
{
        struct pch *pch = NEW(pchs->arena, struct pch);
        pch->key = key;
        pch->text = text;
        VEC_PUSH(pchs->arena, &pchs->list, pch);
        const char *place = pchs->place(pchs->context, key);
        if (!place)
                return pch;
        pch->file = place;
        pch->source = arena_printf(pchs->arena, "%s.h", place);
        pch->temporary = arena_printf(pchs->arena, "%s.%d", place, (int)getpid());
        pch->ready = access(pch->file, R_OK) == 0 && access(pch->source, R_OK) == 0;
        return pch;
}

static struct pch *find(struct pchs *pchs, const char *key)
{
        for (int i = 0; i < pchs->list.n; i++)
                if (!strcmp(pchs->list.at[i]->key, key))
                        return pchs->list.at[i];
        return NULL;
}

/* The arguments for the header: those of the unit but for folders that only concern the unit's own "...". */
static struct words shared_args(struct pchs *pchs, const struct project_unit *unit)
{
        struct words args = {0};
        for (int i = 0; i < unit->args.n; i++)
                if (strncmp(unit->args.at[i], "-iquote", 7))
                        VEC_PUSH(pchs->arena, &args, unit->args.at[i]);
        return args;
}

/* The name that an argument of the command line defines or undefines, 0: it does neither. */
static uint64_t macro_of(const char *arg)
{
        bool macro = !strncmp(arg, "-D", 2) || !strncmp(arg, "-U", 2);
        return macro ? hash_bytes(arg + 2, strcspn(arg + 2, "=(")) : 0;
}

static void listen_to(struct said *said, const char *text)
{
        struct text spoken = {.bytes = (char *)text, .length = strlen(text)};
        names_scan(&spoken, spoken.length, take_name, said);
}

/*
 * Those of ARGS that matter to the header TEXT. What the command defines besides
 * is in no file of the closures, not in TEXT and in no other definition: the
 * parser takes it with the unit.
 */
static struct words heard_args(struct pchs *pchs, const struct words *args, const struct closure *api,
                               const struct closure *others, const char *text)
{
        struct said *said = said_new(pchs->arena);
        struct words heard = {0};
        listen_to(said, text);
        for (int i = 0; i < args->n; i++)
                if (macro_of(args->at[i]) && strchr(args->at[i], '='))
                        listen_to(said, strchr(args->at[i], '='));
        for (int i = 0; i < args->n; i++) {
                uint64_t name = macro_of(args->at[i]);
                if (!name || map_get(&api->said->names, name) || map_get(&others->said->names, name) ||
                    map_get(&said->names, name))
                        VEC_PUSH(pchs->arena, &heard, args->at[i]);
        }
        return heard;
}

/* Folders matter only by where includes lead, and that the closures know. */
static bool is_folder(const char *arg)
{
        static const char *const options[] = {"-I/", "-isystem/", "-idirafter/"};
        for (size_t i = 0; i < sizeof options / sizeof *options; i++)
                if (!strncmp(arg, options[i], strlen(options[i])))
                        return true;
        return false;
}

static const char *key_of(struct pchs *pchs, const struct words *args, const struct closure *api,
                          const struct closure *others, const char *text)
{
        struct out out = {.arena = pchs->arena};
        out_format(&out, "%s\n%s\n%s %016llx\n%s %016llx\n%s\n", pchs->clang->worker, pchs->clang->version,
                   api->hash, (unsigned long long)api->leads, others->hash, (unsigned long long)others->leads,
                   text);
        for (int i = 0; i < args->n; i++)
                if (!is_folder(args->at[i]))
                        out_format(&out, "%zu:%s\n", strlen(args->at[i]), args->at[i]);
        char *key = arena_alloc(pchs->arena, HASH_HEX);
        hash_hex(out.bytes, out.length, key);
        return key;
}

struct pch *pch_of(struct pchs *pchs, const struct project_unit *unit)
{
        if (!unit->api)
                return NULL;
        struct search own = lookup_search(pchs->lookup, unit->args.at, unit->args.n);
        struct prefix prefix = prefix_read(pchs->arena, pchs->lookup, unit, &own);
        if (prefix.why || !own.whole)
                return NULL;
        struct words args = shared_args(pchs, unit);
        struct search search = lookup_search(pchs->lookup, args.at, args.n);
        struct closure *api = closure_of_api(pchs, &prefix, &search);
        struct closure *others = closure_of_others(pchs, &prefix, &search);
        if (api->odd || others->odd || is_disturbed(&prefix, api, others) ||
            !leads_alike(pchs, api, &own, &search) || !leads_alike(pchs, others, &own, &search))
                return NULL;
        const char *text = text_of(pchs, &prefix, api, others);
        if (!text)
                return NULL;
        args = heard_args(pchs, &args, api, others, text);
        const char *key = key_of(pchs, &args, api, others, text);
        struct pch *pch = find(pchs, key);
        if (!pch) {
                pch = pch_new(pchs, key, text);
                pch->job = project_job(pchs->project, unit);
                pch->job.path = pch->source;
                pch->job.make_pch = pch->temporary;
                pch->job.args.at = args.at;
                pch->job.args.n = pch->job.args.room = args.n;
                project_enclose(pchs->project, &pch->job);
        }
        pch->users++;
        return pch;
}

/*
 * The header's source must never be replaced: libclang remembers its time and
 * would refuse what was compiled from it. So it is linked to its name, not renamed.
 */
static bool write_source(struct pchs *pchs, const struct pch *pch)
{
        const char *fresh = arena_printf(pchs->arena, "%s.%d", pch->source, (int)getpid());
        if (access(pch->source, R_OK) == 0)
                return true;
        if (!file_write(fresh, pch->text, strlen(pch->text), 0))
                return false;
        link(fresh, pch->source);
        unlink(fresh);
        return access(pch->source, R_OK) == 0;
}

bool pch_wanted(struct pchs *pchs, struct pch *pch)
{
        if (!pch->file)
                return false;
        return pch->ready || (pch->users >= USERS_MIN && write_source(pchs, pch));
}

/* What the worker writes beside a precompiled header: the macros in it. */
static const char *beside(struct arena *arena, const char *file)
{
        return arena_printf(arena, "%s.macros", file);
}

bool pch_finish(struct pchs *pchs, struct pch *pch)
{
        rename(beside(pchs->arena, pch->temporary), beside(pchs->arena, pch->file));
        pch->ready = rename(pch->temporary, pch->file) == 0;
        return pch->ready;
}

void pch_remove(struct pchs *pchs, const struct pch *pch, const char *folder)
{
        if (!pch->file || !path_below(folder, pch->file))
                return;
        unlink(beside(pchs->arena, pch->temporary));
        unlink(beside(pchs->arena, pch->file));
        unlink(pch->temporary);
        unlink(pch->source);
        unlink(pch->file);
}
