/*
 * run_hover.c: what there is to say of a line and a word on it: the lock state
 * with its story, where the memory behind a pointer comes from and goes to,
 * what a call is known to do. See run.h. The places of a variable are taken
 * together, whatever the order of statements.
 */
#include "run.h"

#include "link/program.h"
#include "query/gilmap.h"
#include "query/travel.h"

#include <string.h>

enum { MOST_SITES = 8 };

struct hover {
        struct run *run;
        struct out out;
        sym file;
        unsigned line;
        const char *word;
        bool member;
};

static const char *state_text(enum lock_column state)
{
        static const char *const texts[LOCK_COLUMNS] = {
            [LOCK_HELD] = "held",
            [LOCK_RELEASED] = "**released**",
            [LOCK_EITHER] = "held on some ways, **released** on others",
            [LOCK_ASSUMED] = "held, as callers outside the tree are taken to do",
            [LOCK_NOT_KNOWN] = "not understood",
            [LOCK_UNREACHABLE] = "never reached",
        };
        return texts[state];
}

static void put_story(struct out *out, const struct step *step)
{
        if (!step)
                return;
        put_story(out, step->because);
        out_format(out, "- %s:%u: %s\n", step->at.file, step->at.line, step->said);
}

/* The state of the line, and the last reason for one before it. */
static void put_state(struct hover *hover)
{
        if (!hover->run->map)
                hover->run->map = gilmap_make(hover->run->arena, hover->run->program);
        const struct gilmap *map = hover->run->map;
        for (int i = 0; i < map->files.n; i++) {
                const struct map_file *file = map->files.at[i];
                if (file->path != hover->file || hover->line > file->nlines || !file->states[hover->line])
                        continue;
                const struct step *why = NULL;
                for (int r = 0; r < file->reasons.n && file->reasons.at[r].line <= hover->line; r++)
                        why = file->reasons.at[r].why;
                out_format(&hover->out, "GIL: %s\n\n",
                           state_text((enum lock_column)(file->states[hover->line] - 1)));
                put_story(&hover->out, why);
                out_char(&hover->out, '\n');
        }
}

/* --- memory ------------------------------------------------------------------------------ */

/* "buf'2" is a later variable "buf"; a field's key ends with its member. */
static bool is_word(const struct hover *hover, const struct place *place)
{
        size_t length = strlen(hover->word);
        switch (place->kind) {
        case PLACE_FIELD: {
                const char *dot = strrchr(place->name, '.');
                return hover->member && dot && !strcmp(dot + 1, hover->word);
        }
        case PLACE_GLOBAL: {
                const char *dot = strrchr(place->name, '.');
                return !hover->member && !strcmp(dot ? dot + 1 : place->name, hover->word);
        }
        case PLACE_LOCAL:
        case PLACE_PARAM:
                return !hover->member && !strncmp(place->name, hover->word, length) &&
                       (!place->name[length] || place->name[length] == '\'');
        default:
                return false;
        }
}

/* Where blocks can come from, or can go. */
struct found_sites {
        const struct memory_site *at[MOST_SITES];
        int n, more;
        families families;
};

static void add_site(struct found_sites *found, const struct memory_site *site)
{
        found->families |= site->family;
        for (int i = 0; i < found->n; i++)
                if (found->at[i] == site)
                        return;
        if (found->n < MOST_SITES)
                found->at[found->n++] = site;
        else
                found->more++;
}

/* The vertices that are reached, by their stamps of this round. */
static void add_reached(struct hover *hover, struct graph *graph, int start, bool sources,
                        struct found_sites *found)
{
        const struct memory_sites *sites = hover->run->sites;
        graph_reach(graph, start, sources);
        for (int i = 0; i < sites->list.n; i++) {
                const struct memory_site *site = sites->list.at[i];
                if (sources ? !site->gives : !site->takes)
                        continue;
                int node = sources ? travel_obtained(hover->run->travel, site->call)
                                   : travel_released(hover->run->travel, site->call);
                if (node >= 0 && 2 * node < graph->n && graph->stamp[2 * node] == graph->round)
                        add_site(found, site);
        }
}

static void put_sites(struct hover *hover, const char *verb, const struct found_sites *found)
{
        struct arena *arena = hover->out.arena;
        if (!found->n)
                return;
        out_format(&hover->out, "%s **%s**:\n", verb,
                   families_names(arena, hover->run->models, found->families));
        for (int i = 0; i < found->n; i++) {
                struct where at = site_where(found->at[i]);
                out_format(&hover->out, "- `%s` at %s:%u\n", site_written(arena, found->at[i]), at.file,
                           at.line);
        }
        if (found->more)
                out_format(&hover->out, "- and %d more\n", found->more);
        out_char(&hover->out, '\n');
}

static void put_memory(struct hover *hover, const struct function *function)
{
        struct run *run = hover->run;
        struct func *func = function->func;
        struct found_sites from = {0}, to = {0};
        VEC(struct end) ends = {0};
        if (!run->travel) {
                run->sites = sites_find(run->arena, run->program);
                run->travel = travel_find(run->arena, run->program, run->sites);
        }
        for (int p = 0; p < func->places.n; p++) {
                if (!is_word(hover, &func->places.at[p]))
                        continue;
                struct ends copies = travel_ends(run->travel, function->unit, func, p);
                for (int i = 0; i < copies.n; i++)
                        VEC_PUSH(hover->out.arena, &ends, copies.at[i]);
        }
        /* Made behind the last node. */
        struct graph *graph = ends.n ? graph_make(hover->out.arena, run->travel) : NULL;
        for (int i = 0; i < ends.n; i++) {
                add_reached(hover, graph, graph_vertex(run->travel, ends.at[i]), true, &from);
                add_reached(hover, graph, graph_vertex(run->travel, ends.at[i]), false, &to);
        }
        if (from.n || to.n)
                out_format(&hover->out, "`%s`\n\n", hover->word);
        put_sites(hover, "memory of family", &from);
        put_sites(hover, "goes back to", &to);
}

/* --- calls ------------------------------------------------------------------------------------ */

static void put_calls(struct hover *hover, const struct function *function)
{
        for (int i = 0; i < function->calls.n; i++) {
                const struct call *call = &function->calls.at[i];
                const struct event *event = call->event;
                if (program_where(function->unit, event->at).line != hover->line || !call->name ||
                    (strcmp(call->name, hover->word) &&
                     (!event->spelled || strcmp(event->spelled, hover->word))))
                        continue;
                out_format(&hover->out, "calls `%s`", call->name);
                if (call->model)
                        out_format(&hover->out, ", known from %s:%d", call->model->file, call->model->line);
                for (int t = 0; t < call->to.n; t++)
                        out_format(&hover->out, ", defined at %s:%u", call->to.at[t]->at.file,
                                   call->to.at[t]->at.line);
                if (!call->model && !call->to.n)
                        out_text(&hover->out, ", of which nothing is known");
                out_text(&hover->out, "\n\n");
                return;
        }
}

const char *run_hover(struct run *run, struct arena *arena, const char *file, unsigned line, const char *word,
                      bool member)
{
        struct hover hover = {.run = run,
                              .out = {.arena = arena},
                              .file = name_known(run->names, file),
                              .line = line,
                              .word = word,
                              .member = member};
        if (!hover.file)
                return NULL;
        put_state(&hover);
        for (int i = 0; *word && i < run->program->functions.n; i++) {
                const struct function *function = run->program->functions.at[i];
                if (function->at.file != hover.file || function->at.line > line ||
                    function->at.end_line < line)
                        continue;
                put_calls(&hover, function);
                put_memory(&hover, function);
        }
        return hover.out.length ? out_string(&hover.out) : NULL;
}
