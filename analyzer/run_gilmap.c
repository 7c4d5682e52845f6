/*
 * run_gilmap.c: from a linked program to its map: shaded sources on the
 * standard output, or pages. See run.h.
 */
#include "run.h"

#include "report/gilmap.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The file of the map that the user names, from where he stands or as the map calls it. */
static const struct map_file *find_file(struct run *run, const struct gilmap *map, const char *name)
{
        char here[4096];
        const char *clean = getcwd(here, sizeof here) ? path_clean(run->arena, here, name) : name;
        const char *below = path_below(run->project->tree, clean);
        for (int i = 0; i < map->files.n; i++)
                if (!strcmp(map->files.at[i]->path, name) ||
                    (below && !strcmp(map->files.at[i]->path, below)))
                        return map->files.at[i];
        run->error = arena_printf(run->arena, "--show: no unit of this program reads '%s'", name);
        return NULL;
}

static bool write_shown(struct run *run, struct report *report, const struct gilmap *map, struct out *out)
{
        const struct words *show = &run->opt->table.show;
        report->color = color_wanted(run->opt->color, isatty(STDOUT_FILENO));
        for (int i = 0; i < show->n; i++) {
                const struct map_file *file = find_file(run, map, show->at[i]);
                if (!file)
                        return false;
                if (i)
                        out_char(out, '\n');
                gilmap_file_write(report, file, out);
        }
        if (!show->n && map->files.n == 1)
                gilmap_file_write(report, map->files.at[0], out);
        return true;
}

enum verdict run_gilmap(struct run *run, struct report *report)
{
        const struct options *opt = run->opt;
        const struct gilmap *map = gilmap_make(run->arena, run->program);
        struct out out = {.arena = run->arena};
        enum table_format format = TABLE_TEXT;
        table_format_find(opt->table.format, &format);
        if (opt->table.html) {
                if (!gilmap_html(report, map, opt->table.html, run_threads(run), &run->error))
                        return VERDICT_USAGE;
                if (!opt->quiet)
                        opt->say(LEVEL_NOTE,
                                 arena_printf(run->arena, "%d pages in '%s', begin with '%s'",
                                              map->files.n + 1, opt->table.html,
                                              path_join(run->arena, opt->table.html, "index.html")));
                return run_table_verdict(run, false);
        }
        if (format == TABLE_JSON)
                gilmap_json(map, PYMEMLINT_VERSION, &out);
        else if (!write_shown(run, report, map, &out))
                return VERDICT_USAGE;
        if (!out.length)
                document_write(gilmap_document(run->arena, map), format, &out);
        return run_print(run, &out) ? run_table_verdict(run, false) : VERDICT_USAGE;
}
