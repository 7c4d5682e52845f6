/*
 * finished.c: see finished.h. The key is made of the question, the parser and
 * everything the project says; below it lie the trace of the run that found
 * the answer, which must hold, and the answer: "LENGTH\n", trace, answer.
 */
#include "front/finished.h"

#include "base/hash.h"
#include "base/text.h"
#include "front/clang.h"
#include "front/includes.h"
#include "front/process.h"
#include "front/trace.h"

#include <stdlib.h>
#include <string.h>

#define KIND "reports"

/* With its length in front, so that no two lists of texts look alike. */
static void put(struct out *out, const char *text)
{
        out_long(out, text ? (long long)strlen(text) : -1);
        out_char(out, ':');
        out_text(out, text ? text : "");
}

static void put_unit(struct out *out, const struct project *project, const struct project_unit *unit)
{
        put(out, unit->path);
        put(out, unit->file);
        put(out, unit->directory);
        put(out, unit->flags);
        put(out, unit->object);
        put(out, include_file(project->includes, unit->path)->hash);
        out_format(out, "%zu %d %d %d", unit->size, unit->api, unit->generated, unit->args.n);
        for (int i = 0; i < unit->args.n; i++)
                put(out, unit->args.at[i]);
}

static void put_texts(struct out *out, const char *const *texts, int n)
{
        out_format(out, "[%d]", n);
        for (int i = 0; i < n; i++)
                put(out, texts[i]);
}

static void put_project(struct out *out, const struct project *project)
{
        put(out, project->tree);
        put(out, project->database);
        put(out, project->python);
        put(out, project->python_version);
        put(out, project->prelude);
        put_texts(out, project->notes.at, project->notes.n);
        put_texts(out, project->stubs.at, project->stubs.n);
        for (int i = 0; i < project->skips.n; i++) {
                put(out, project->skips.at[i].path);
                put(out, project->skips.at[i].why);
        }
        for (int i = 0; i < project->roots.n; i++) {
                put(out, project->roots.at[i].name);
                put(out, project->roots.at[i].dir);
        }
        for (int i = 0; i < project->units.n; i++)
                put_unit(out, project, project->units.at[i]);
}

/* The key of the answer to QUESTION; NULL when it is not known which parser there is. */
static const char *key_of(struct cache *cache, struct arena *arena, const struct project *project,
                          const struct text *question)
{
        struct out out = {.arena = arena};
        struct clang_info clang;
        const char *error, *program = process_program(arena, &error);
        if (!program || !clang_recall(cache, arena, clang_worker(arena, program), &clang))
                return NULL;
        put(&out, PYMEMLINT_VERSION);
        put(&out, clang.worker);
        put(&out, clang.version);
        put(&out, clang.library);
        out_bytes(&out, question->bytes, question->length);
        put_project(&out, project);
        char *key = arena_alloc(arena, HASH_HEX);
        hash_hex(out.bytes, out.length, key);
        return key;
}

bool finished_recall(struct arena *arena, const struct project *project, const struct pool_options *options,
                     const struct text *question, struct text *answer, const char **note)
{
        struct cache *cache = options->no_cache ? NULL : cache_open(arena, options->cache_dir);
        const char *key = cache ? key_of(cache, arena, project, question) : NULL;
        struct text kept;
        bool found = key && cache_load(cache, arena, KIND, key, &kept) && !cache->note;
        *note = cache ? cache->note : NULL;
        if (!found)
                return false;
        char *behind;
        unsigned long long length = strtoull(kept.bytes, &behind, 10);
        size_t head = (size_t)(behind - kept.bytes) + 1;
        if (*behind != '\n' || head > kept.length || length > kept.length - head)
                return false;
        struct text trace = {.bytes = kept.bytes + head, .length = (size_t)length};
        answer->bytes = trace.bytes + trace.length;
        answer->length = kept.length - head - trace.length;
        return trace_holds(project, &trace);
}

void finished_keep(const struct project *project, const struct pool_options *options,
                   const struct units *units, const struct text *question, const struct text *answer)
{
        if (!units->trace || options->no_cache)
                return;
        struct arena *arena = arena_new();
        struct cache *cache = cache_open(arena, options->cache_dir);
        struct out out = {.arena = arena};
        const char *key = key_of(cache, arena, project, question);
        out_format(&out, "%zu\n", strlen(units->trace));
        out_text(&out, units->trace);
        out_bytes(&out, answer->bytes, answer->length);
        if (key)
                cache_store(cache, KIND, key, out.bytes, out.length);
        arena_drop(arena);
}
