/*
 * run_emit.c: the graph of commands that reads a project in shards and links
 * them, for engines that run it: ninja, make, or anything that takes a list of
 * commands. In: a project. Out: files in opt->ship.into. Runs nothing. See run.h.
 */
#include "run.h"

#include "ship.h"
#include "shell.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* All that the writers of graphs need. Paths are absolute: engines run commands where they like. */
struct graph {
        struct run *run;
        const char *here, *dir;
        int shards;
};

static const char *file_in(const struct graph *graph, const char *format, int number)
{
        char name[64];
        snprintf(name, sizeof name, format, number);
        return path_join(graph->run->arena, graph->dir, name);
}

static const char *list_file(const struct graph *graph, int shard)
{
        return file_in(graph, "shard-%d.units", shard);
}

static const char *stamp_file(const struct graph *graph, int shard)
{
        return file_in(graph, "shard-%d.list", shard);
}

/* "cd HERE && pymemlint summarize ..." */
static const char *summarize_command(const struct graph *graph, int shard)
{
        struct out out = {.arena = graph->run->arena};
        out_text(&out, "cd ");
        shell_put(&out, graph->here);
        out_text(&out, " && ");
        shell_put_program(&out);
        out_text(&out, " summarize");
        shell_put_words(&out, &graph->run->opt->ship.summarize);
        out_text(&out, " -q --units ");
        shell_put(&out, list_file(graph, shard));
        out_text(&out, " --stamp ");
        shell_put(&out, stamp_file(graph, shard));
        out_text(&out, " -o ");
        shell_put(&out, file_in(graph, "units", 0));
        shell_put_words(&out, &graph->run->opt->paths);
        if (graph->run->opt->clang_args_given) {
                out_text(&out, " --");
                shell_put_words(&out, &graph->run->opt->clang_args);
        }
        return out_string(&out);
}

/* Findings are no reason for an engine to stop; units that are missing are. */
static const char *link_command(const struct graph *graph)
{
        struct out out = {.arena = graph->run->arena};
        out_text(&out, "cd ");
        shell_put(&out, graph->here);
        out_text(&out, " && ");
        shell_put_program(&out);
        out_text(&out, " link");
        shell_put_words(&out, &graph->run->opt->ship.link);
        out_text(&out, " --exit-zero --output ");
        shell_put(&out, arena_printf(out.arena, "sarif=%s", file_in(graph, "report.sarif", 0)));
        out_char(&out, ' ');
        shell_put(&out, file_in(graph, "units", 0));
        return out_string(&out);
}

/* TEXT with "$" doubled, as in values of both languages. */
static void put_value(struct out *out, const char *text)
{
        for (; *text; text++)
                out_text(out, *text == '$' ? "$$" : (char[]){*text, 0});
}

static void put_ninja_path(struct out *out, const char *path)
{
        for (; *path; path++) {
                if (strchr("$ :", *path))
                        out_char(out, '$');
                out_char(out, *path);
        }
}

static void write_ninja(const struct graph *graph, struct out *out)
{
        out_text(out, "# Written by 'pymemlint emit ninja'. Run it with 'ninja -C' and this folder.\n"
                      "ninja_required_version = 1.5\n\n"
                      "rule read\n  command = $words\n  description = reading $in\n"
                      "  depfile = $out.d\n  deps = gcc\n\n"
                      "rule join\n  command = $words\n  description = linking\n\n");
        for (int i = 1; i <= graph->shards; i++) {
                out_text(out, "build ");
                put_ninja_path(out, stamp_file(graph, i));
                out_text(out, ": read ");
                put_ninja_path(out, list_file(graph, i));
                out_text(out, "\n  words = ");
                put_value(out, summarize_command(graph, i));
                out_char(out, '\n');
        }
        out_text(out, "build ");
        put_ninja_path(out, file_in(graph, "report.sarif", 0));
        out_text(out, ": join");
        for (int i = 1; i <= graph->shards; i++) {
                out_char(out, ' ');
                put_ninja_path(out, stamp_file(graph, i));
        }
        out_text(out, "\n  words = ");
        put_value(out, link_command(graph));
        out_char(out, '\n');
}

static void put_make_path(struct out *out, const char *path)
{
        for (; *path; path++) {
                if (strchr(" #:\\", *path))
                        out_char(out, '\\');
                out_text(out, *path == '$' ? "$" : "");
                out_char(out, *path);
        }
}

static void write_make(const struct graph *graph, struct out *out)
{
        out_text(out, "# Written by 'pymemlint emit make'. Run it with 'make -C' and this folder.\n");
        put_make_path(out, file_in(graph, "report.sarif", 0));
        out_char(out, ':');
        for (int i = 1; i <= graph->shards; i++) {
                out_char(out, ' ');
                put_make_path(out, stamp_file(graph, i));
        }
        out_text(out, "\n\t");
        put_value(out, link_command(graph));
        out_char(out, '\n');
        for (int i = 1; i <= graph->shards; i++) {
                out_char(out, '\n');
                put_make_path(out, stamp_file(graph, i));
                out_text(out, ": ");
                put_make_path(out, list_file(graph, i));
                out_text(out, "\n\t");
                put_value(out, summarize_command(graph, i));
                out_text(out, "\n-include ");
                put_make_path(out, arena_printf(out->arena, "%s.d", stamp_file(graph, i)));
                out_char(out, '\n');
        }
}

static void write_list(const struct graph *graph, struct out *out)
{
        for (int i = 1; i <= graph->shards; i++)
                out_format(out, "%s\n", summarize_command(graph, i));
}

/* Which units each shard reads. Stays as it is while sources change, or an engine would miss what moved. */
static bool write_shards(const struct graph *graph)
{
        struct arena *arena = graph->run->arena;
        const struct project *project = graph->run->project;
        const struct ship_plan *plan = ship_plan_of(arena, project, "", graph->dir);
        const int *shards = ship_shards(arena, project, graph->shards);
        for (int i = 0; i < graph->shards; i++) {
                struct out out = {.arena = arena};
                for (int j = 0; j < plan->units.n; j++)
                        if (shards[j] == i)
                                out_format(&out, "%s\n", plan->units.at[j].name);
                if (!run_write_file(graph->run, list_file(graph, i + 1), &out))
                        return false;
        }
        return true;
}

enum verdict run_emit(struct run *run)
{
        static const struct {
                const char *engine, *file, *how, *rest;
                void (*write)(const struct graph *graph, struct out *out);
        } engines[] = {
            {"ninja", "build.ninja", "run ninja -C", "", write_ninja},
            {"make", "Makefile", "run make -j -C", "", write_make},
            {"list", "commands", "run each line of", "/commands, then sh link there", write_list},
        };
        char here[PATH_MAX];
        struct graph graph = {.run = run, .shards = run->opt->ship.shards};
        struct out out = {.arena = run->arena}, link = {.arena = run->arena};
        int which = 0;
        while (strcmp(engines[which].engine, run->opt->ship.engine))
                which++;
        graph.here = getcwd(here, sizeof here) ? here : "/";
        graph.dir = path_clean(run->arena, graph.here, run->opt->ship.into);
        if (!graph.shards || graph.shards > run->project->units.n)
                graph.shards = run->project->units.n;
        engines[which].write(&graph, &out);
        out_format(&link, "%s\n", link_command(&graph));
        if (!write_shards(&graph) ||
            !run_write_file(graph.run, path_join(run->arena, graph.dir, engines[which].file), &out) ||
            (engines[which].write == write_list &&
             !run_write_file(graph.run, path_join(run->arena, graph.dir, "link"), &link)))
                return VERDICT_USAGE;
        if (!run->opt->quiet)
                run->opt->say(LEVEL_NOTE, arena_printf(run->arena, "%d unit%s in %d part%s: %s %s%s",
                                                       run->project->units.n, plural(run->project->units.n),
                                                       graph.shards, plural(graph.shards), engines[which].how,
                                                       run->opt->ship.into, engines[which].rest));
        return VERDICT_CLEAN;
}
