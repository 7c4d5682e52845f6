/* run_flags.c: the units and their flags as a compile_commands.json. See run.h. Parses nothing. */
#include "run.h"

#include <jansson.h>

static json_t *entry_of(const struct project *project, const struct project_unit *unit)
{
        struct job job = project_job(project, unit);
        json_t *words = json_array();
        json_array_append_new(words, json_string("clang"));
        for (int i = 0; i < job.args.n; i++)
                json_array_append_new(words, json_string(job.args.at[i]));
        json_array_append_new(words, json_string(unit->file));
        return json_pack("{ss ss so ss}", "directory", unit->directory, "file", unit->file, "arguments",
                         words, "origin", unit->flags);
}

enum verdict run_flags(struct run *run)
{
        struct out out = {.arena = run->arena};
        json_t *array = json_array();
        for (int i = 0; i < run->project->units.n; i++)
                json_array_append_new(array, entry_of(run->project, run->project->units.at[i]));
        size_t size = json_dumpb(array, NULL, 0, JSON_INDENT(1));
        char *bytes = arena_alloc(run->arena, size + 1);
        json_dumpb(array, bytes, size, JSON_INDENT(1));
        json_decref(array);
        out_bytes(&out, bytes, size);
        out_char(&out, '\n');
        return run_print(run, &out) ? VERDICT_CLEAN : VERDICT_USAGE;
}
