/* key.c: see key.h. In: flags and hashes. Out: keys. Opens nothing that project.c has not read. */
#include "front/key.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "front/includes.h"
#include "ir/ir.h"

#include <string.h>

/* TEXT with its first part PREFIX, if that is a whole folder, exchanged for NAME. */
static const char *exchanged(struct arena *arena, const char *text, const char *prefix, const char *name)
{
        const char *at = strchr(text, '/');
        const char *below = at ? path_below(prefix, at) : NULL;
        return below ? arena_printf(arena, "%.*s%s/%s", (int)(at - text), text, name, below) : NULL;
}

const char *key_portable(struct arena *arena, const struct project *project, const char *text)
{
        for (int i = 0; i < project->roots.n; i++) {
                const char *made =
                    exchanged(arena, text, project->roots.at[i].dir, project->roots.at[i].name);
                if (made)
                        return made;
        }
        const char *made = exchanged(arena, text, project->tree, "<tree>");
        if (!made && project->sysroot)
                made = exchanged(arena, text, project->sysroot, "");
        return made ? made : text;
}

/* With its length in front, so that no two lists of texts look alike. */
static void put(struct out *out, const char *text)
{
        out_format(out, " %zu:%s", strlen(text), text);
}

const char *key_of_unit(struct arena *arena, const struct project *project, const struct project_unit *unit,
                        const struct clang_info *clang)
{
        struct out out = {.arena = arena};
        const char *hash = include_file(project->includes, unit->path)->hash;
        const char *parts[] = {PYMEMLINT_VERSION, clang->worker, clang->version, unit->path, unit->flags,
                               unit->object,      hash};
        out_format(&out, "%d", UNIT_FORMAT);
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
                put(&out, parts[i]);
        for (int i = 0; i < unit->args.n; i++)
                put(&out, key_portable(arena, project, unit->args.at[i]));
        char *hex = arena_alloc(arena, HASH_HEX);
        hash_hex(out.bytes, out.length, hex);
        return hex;
}
