/*
 * run_explain.c: answers about the program itself, not about what is wrong in
 * it: the units as text, and what is known at a line. See run.h.
 */
#include "run.h"

#include "flow/flow.h"
#include "link/program.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum verdict run_dump(struct run *run)
{
        int failed = 0;
        for (int i = 0; i < run->units->n; i++) {
                struct text text;
                struct out out = {.arena = run->arena};
                unit_write(run->arena, run->units->at[i], &text);
                out_bytes(&out, text.bytes, text.length);
                if (!run_print(run, &out))
                        return VERDICT_USAGE;
                failed += run->units->at[i]->status == UNIT_FAILED;
        }
        return failed ? VERDICT_INCOMPLETE : VERDICT_CLEAN;
}

static const char *states_name(struct arena *arena, gil_set set)
{
        static const char *const names[] = {"held", "released",
                                            "held by assumption (nothing in the tree calls it)", "not known"};
        struct out out = {.arena = arena};
        for (int i = 0; i < 4; i++)
                if (set & (1u << i))
                        out_format(&out, "%s%s", out.length ? ", " : "", names[i]);
        return out.length ? out_string(&out) : "never entered";
}

static void put_steps(struct out *out, const struct step *step)
{
        if (!step)
                return;
        put_steps(out, step->because);
        out_format(out, "    %s:%u: %s\n", step->at.file, step->at.line, step->said);
}

static bool covers(const struct where *at, sym file, unsigned line)
{
        return at->file == file && at->line <= line && line <= (at->end_line ? at->end_line : at->line);
}

/* How control comes to the function, one witness for each lock state. */
static void put_function(struct run *run, struct out *out, const struct function *function)
{
        out_format(out, "in '%s', %s:%u\n", function_name(function), function->at.file, function->at.line);
        out_format(out, "  GIL on entry: %s\n", states_name(run->arena, function->entered));
        for (int i = 0; i < function->contexts.n; i++) {
                const struct context *context = function->contexts.at[i];
                out_format(out, "  entered with the GIL %s:\n", states_name(run->arena, context->gil));
                put_steps(out, context->why);
        }
        if (function->recursive)
                out_text(out, "  calls itself, directly or not\n");
        if (function->func->lost)
                out_format(
                    out,
                    "  %d statement%s of it could not be read: nothing is concluded from what is missing\n",
                    function->func->lost, plural(function->func->lost));
}

static void put_call(struct out *out, const struct call *call)
{
        out_format(out, "  calls '%s'", call->name ? call->name : "a pointer");
        if (call->model)
                out_format(out, ", known from %s:%d", call->model->file, call->model->line);
        for (int i = 0; i < call->to.n; i++)
                out_format(out, "%s%s", i ? ", " : ", which is ", function_name(call->to.at[i]));
        if (!call->model && call->open)
                out_text(out, ", of which nothing is known");
        out_char(out, '\n');
}

static void put_events(struct run *run, struct out *out, const struct function *function, unsigned line)
{
        const struct func *func = function->func;
        for (int i = 0; i < function->calls.n; i++)
                if (program_where(function->unit, function->calls.at[i].event->at).line == line)
                        put_call(out, &function->calls.at[i]);
        for (int b = 0; b < func->blocks.n; b++)
                for (int e = 0; e < func->blocks.at[b].events.n; e++) {
                        const struct event *event = &func->blocks.at[b].events.at[e];
                        if (event->at.at.line != line)
                                continue;
                        if (event->kind == EVENT_LOST)
                                out_text(out, "  a statement here could not be read\n");
                        if (event->kind == EVENT_ASSIGN)
                                out_format(out, "  %s = %s\n",
                                           place_source(run->arena, func, event->dst, NULL, NULL),
                                           place_source(run->arena, func, event->src, NULL, NULL));
                }
}

static void put_findings(struct out *out, const struct report *report, sym file, unsigned line)
{
        for (int i = 0; i < report->found->list.n; i++) {
                const struct finding *finding = report->found->list.at[i];
                if (finding->at.file != file || finding->at.line != line)
                        continue;
                out_format(out, "  finding %s%s: %s\n", finding->rule->code,
                           finding->suppressed ? " (suppressed)"
                           : finding->known    ? " (in the baseline)"
                                               : "",
                           finding->said);
                put_steps(out, finding->because);
        }
}

static void put_unit(struct out *out, const struct unit *unit)
{
        static const char *const statuses[] = {"whole", "partial", "failed"};
        out_format(out, "%s: %s, flags %s, %d statements kept, %d lost\n", unit->path, statuses[unit->status],
                   unit->flags, unit->kept, unit->lost);
        for (int i = 0; i < unit->diags.n; i++)
                out_format(out, "  %s:%u: %s\n", unit->files.at[unit->diags.at[i].at.file],
                           unit->diags.at[i].at.line, unit->diags.at[i].text);
}

/* The units that read FILE as source or header. */
static int put_units(struct run *run, struct out *out, sym file)
{
        int n = 0;
        for (int i = 0; i < run->units->n; i++) {
                const struct unit *unit = run->units->at[i];
                bool has = unit->path == file;
                for (int j = 0; j < unit->files.n; j++)
                        has |= unit->files.at[j] == file;
                if (has) {
                        put_unit(out, unit);
                        n++;
                }
        }
        return n;
}

enum verdict run_explain(struct run *run, struct report *report)
{
        struct out out = {.arena = run->arena};
        char here[4096];
        const char *asked = run->opt->at_file;
        const char *clean = getcwd(here, sizeof here) ? path_clean(run->arena, here, asked) : asked;
        const char *below = path_below(run->project->tree, clean);
        sym file = name_of(run->names, below ? below : asked);
        unsigned line = run->opt->at_line;
        if (!put_units(run, &out, file)) {
                run->error = arena_printf(run->arena, "no unit of this program reads '%s'", asked);
                return VERDICT_USAGE;
        }
        int inside = 0;
        for (int i = 0; i < run->program->functions.n; i++) {
                const struct function *function = run->program->functions.at[i];
                if (!covers(&function->at, file, line))
                        continue;
                put_function(run, &out, function);
                put_events(run, &out, function, line);
                inside++;
        }
        if (!inside)
                out_format(&out, "line %u lies in no function that was read\n", line);
        put_findings(&out, report, file, line);
        return run_print(run, &out) ? VERDICT_CLEAN : VERDICT_USAGE;
}
