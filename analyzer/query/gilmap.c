/*
 * gilmap.c: see gilmap.h. A line has the states of all code on it; a line
 * without code of its own inside of a function goes on with those before it.
 */
#include "query/gilmap.h"

#include "query/locks.h"

#include <stdlib.h>
#include <string.h>

struct line_state {
        gil_set states;
        bool met; /* some code is on it */
        const struct step *why[LOCK_STATES];
};

struct drawing {
        struct arena *arena;
        struct program *program;
        struct locks *locks;
        struct gilmap *map;
        struct map by_path; /* sym -> struct map_file * */
};

static struct map_file *file_of(struct drawing *drawing, sym path)
{
        struct map_file **slot = (struct map_file **)map_at(&drawing->by_path, MAP_KEY(path));
        if (!*slot) {
                *slot = NEW(drawing->arena, struct map_file);
                (*slot)->path = path;
                VEC_PUSH(drawing->arena, &drawing->map->files, *slot);
        }
        return *slot;
}

static void reserve(struct drawing *drawing, struct map_file *file, uint32_t nlines)
{
        if (nlines <= file->nlines)
                return;
        if (nlines >= file->room) { /* function after function: by doubling */
                file->room = 2 * nlines + 2;
                file->states =
                    arena_grow(drawing->arena, file->states, file->states ? file->nlines + 1 : 0, file->room);
        }
        file->nlines = nlines;
}

/* --- one function ------------------------------------------------------------------- */

static void meet(struct line_state *lines, const struct function *function, const struct range *at,
                 const struct lock_point *point)
{
        uint32_t last = at->end_line ? at->end_line : at->at.line;
        if (function->unit->files.at[at->at.file] != function->at.file)
                return;
        for (uint32_t line = at->at.line; line <= last; line++) {
                if (line < function->at.line || line > function->at.end_line)
                        continue;
                struct line_state *here = &lines[line - function->at.line];
                here->met = true;
                here->states |= point->states;
                for (int s = 0; s < LOCK_STATES; s++)
                        here->why[s] = here->why[s] ? here->why[s] : point->why[s];
        }
}

static void meet_function(const struct locks *locks, const struct function *function,
                          struct line_state *lines)
{
        static const struct lock_point lost = {.states = GIL_UNKNOWN};
        const struct func *func = function->func;
        for (int b = 0; b < func->blocks.n; b++) {
                const struct block *block = &func->blocks.at[b];
                for (int e = 0; e < block->events.n; e++) {
                        const struct event *event = &block->events.at[e];
                        bool unread = event->kind == EVENT_LOST;
                        meet(lines, function, &event->at, unread ? &lost : lock_at(locks, function, b, e));
                }
                struct range end = {.at = block->at};
                if (block->at.line && block->end != END_STOP)
                        meet(lines, function, &end, lock_at(locks, function, b, block->events.n));
        }
}

/* What the head of the function, and code before any event, is in. */
static struct line_state entry_of(const struct function *function)
{
        static const gil_set bits[LOCK_STATES] = {GIL_HELD, GIL_RELEASED, GIL_ASSUMED, GIL_UNKNOWN};
        struct line_state entry = {.states = function->entered, .met = true};
        for (int c = 0; c < function->contexts.n; c++)
                for (int s = 0; s < LOCK_STATES; s++)
                        if ((function->contexts.at[c]->gil & bits[s]) && !entry.why[s])
                                entry.why[s] = function->contexts.at[c]->why;
        return entry;
}

/* The story to tell of a state: of the one that is not the usual, where there are two. */
static const struct step *story_of(const struct line_state *line)
{
        static const int order[LOCK_STATES] = {1, 3, 0, 2};
        for (int i = 0; i < LOCK_STATES; i++)
                if (line->why[order[i]])
                        return line->why[order[i]];
        return NULL;
}

static void draw_function(struct drawing *drawing, const struct function *function, struct arena *scratch)
{
        struct map_file *file = file_of(drawing, function->at.file);
        uint32_t first = function->at.line, n = function->at.end_line - first + 1;
        if (function->at.end_line < first)
                return;
        struct line_state *lines = NEW_ARRAY(scratch, struct line_state, n + 1);
        reserve(drawing, file, function->at.end_line);
        meet_function(drawing->locks, function, lines);
        struct line_state now = entry_of(function);
        for (uint32_t i = 0; i < n; i++) {
                enum lock_column before = lock_column_of(now.states);
                if (lines[i].met)
                        now = lines[i];
                enum lock_column state = lock_column_of(now.states);
                file->states[first + i] = (unsigned char)(1 + state);
                if (i && state == before)
                        continue;
                struct map_reason reason = {first + i, state, story_of(&now)};
                VEC_PUSH(drawing->arena, &file->reasons, reason);
        }
}

/* --- links ------------------------------------------------------------------------------ */

static void add_calls(struct drawing *drawing, const struct function *function, struct map *by_function)
{
        for (int c = 0; c < function->calls.n; c++) {
                const struct call *call = &function->calls.at[c];
                struct where at = program_where(function->unit, call->event->at);
                for (int t = 0; t < call->to.n; t++) {
                        const struct function *to = call->to.at[t];
                        struct map_function *target = map_get(by_function, MAP_KEY(to));
                        VEC_PUSH(drawing->arena, &target->callers,
                                 (struct map_caller){function_name(function), at});
                        if (call->event->spelled || t)
                                continue;
                        struct map_call link = {at, function_name(to), to->at};
                        VEC_PUSH(drawing->arena, &file_of(drawing, at.file)->calls, link);
                }
        }
}

static int by_path(const void *a, const void *b)
{
        return strcmp((*(struct map_file *const *)a)->path, (*(struct map_file *const *)b)->path);
}

static int by_line(const void *a, const void *b)
{
        const struct map_reason *x = a, *y = b;
        return (x->line > y->line) - (x->line < y->line);
}

static int by_place(const void *a, const void *b)
{
        const struct map_call *x = a, *y = b;
        int lines = (x->at.line > y->at.line) - (x->at.line < y->at.line);
        return lines ? lines : (x->at.col > y->at.col) - (x->at.col < y->at.col);
}

static int by_definition(const void *a, const void *b)
{
        const struct map_function *x = a, *y = b;
        return (x->at.line > y->at.line) - (x->at.line < y->at.line);
}

/* The functions of all files, in arrays that no longer grow, so that links can point into them. */
static void add_functions(struct drawing *drawing)
{
        struct program *program = drawing->program;
        struct map by_function;
        map_init(&by_function, drawing->arena);
        struct map_function *all = NEW_ARRAY(drawing->arena, struct map_function, program->functions.n + 1);
        for (int i = 0; i < program->functions.n; i++) {
                const struct function *function = program->functions.at[i];
                all[i].name = function_name(function);
                all[i].at = function->at;
                for (int c = 0; c < function->contexts.n; c++)
                        VEC_PUSH(drawing->arena, &all[i].entries, function->contexts.at[c]->why);
                *map_at(&by_function, MAP_KEY(function)) = &all[i];
        }
        for (int i = 0; i < program->functions.n; i++)
                add_calls(drawing, program->functions.at[i], &by_function);
        for (int i = 0; i < program->functions.n; i++)
                VEC_PUSH(drawing->arena, &file_of(drawing, all[i].at.file)->functions, all[i]);
}

static void settle_file(struct gilmap *map, struct map_file *file)
{
        for (uint32_t line = 1; line <= file->nlines; line++)
                if (file->states[line]) {
                        file->counts[file->states[line] - 1]++;
                        map->counts[file->states[line] - 1]++;
                }
        if (file->reasons.n)
                qsort(file->reasons.at, (size_t)file->reasons.n, sizeof *file->reasons.at, by_line);
        if (file->calls.n)
                qsort(file->calls.at, (size_t)file->calls.n, sizeof *file->calls.at, by_place);
        if (file->functions.n)
                qsort(file->functions.at, (size_t)file->functions.n, sizeof *file->functions.at,
                      by_definition);
}

struct gilmap *gilmap_make(struct arena *arena, struct program *program)
{
        struct drawing drawing = {.arena = arena, .program = program, .map = NEW(arena, struct gilmap)};
        map_init(&drawing.by_path, arena);
        drawing.locks = locks_find(arena, program);
        for (int i = 0; i < program->units.n; i++)
                file_of(&drawing, program->units.at[i]->path);
        struct arena *scratch = arena_new();
        for (int i = 0; i < program->functions.n; i++) {
                draw_function(&drawing, program->functions.at[i], scratch);
                arena_reset(scratch);
        }
        arena_drop(scratch);
        add_functions(&drawing);
        struct gilmap *map = drawing.map;
        qsort(map->files.at, (size_t)map->files.n, sizeof *map->files.at, by_path);
        for (int i = 0; i < map->files.n; i++)
                settle_file(map, map->files.at[i]);
        return map;
}
