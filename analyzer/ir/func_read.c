/*
 * func_read.c: the lines of a function in a unit file. In: lines. Out: its
 * variables, blocks and events; that every target exists is checked when the
 * function is complete, because jumps go forward.
 */
#include "base/arena.h"
#include "ir/reader.h"
#include "ir/spell.h"

#include <string.h>

static int place(struct reader *r)
{
        struct func *func = r->func ? r->func : r->data->inits;
        return scan_place(&r->scan, r->unit, func, &r->vars);
}

static struct block *block(struct reader *r)
{
        return &r->func->blocks.at[r->block];
}

static int target(struct reader *r)
{
        scan_expect(&r->scan, "L");
        return (int)scan_number(&r->scan, 0, INT32_MAX);
}

static void read_call_tail(struct reader *r, struct event *event)
{
        struct scan *scan = &r->scan;
        if (scan_accept(scan, " via "))
                event->via = scan_spelled(scan, spell_name);
        if (scan_accept(scan, " in "))
                event->spelled = scan_spelled(scan, spell_name);
        event->noreturn = scan_flag(scan, " noreturn");
        event->cleanup = scan_flag(scan, " cleanup");
        reader_range(r, &event->at);
        if (!event->nargs || !scan_accept(scan, " args"))
                return;
        event->argat = NEW_ARRAY(r->unit->arena, struct range, event->nargs);
        for (int i = 0; i < event->nargs && !scan->error; i++)
                if (!reader_range(r, &event->argat[i]))
                        scan_expect(scan, " -");
}

/* Behind "call ". */
static void read_call(struct reader *r, int dst)
{
        struct event event = {.kind = EVENT_CALL, .dst = dst, .src = -1, .target = -1};
        VEC(int) args = {0};
        if (scan_accept(&r->scan, "*"))
                event.target = place(r);
        else
                event.callee = scan_spelled(&r->scan, spell_name);
        scan_expect(&r->scan, "(");
        while (!r->scan.error && !scan_accept(&r->scan, ")")) {
                if (args.n)
                        scan_expect(&r->scan, ", ");
                VEC_PUSH(r->unit->arena, &args, place(r));
        }
        event.args = args.at;
        event.nargs = args.n;
        read_call_tail(r, &event);
        VEC_PUSH(r->unit->arena, &block(r)->events, event);
}

void reader_store(struct reader *r, struct block *into)
{
        struct event event = {.src = -1, .target = -1};
        event.dst = place(r);
        event.kind = scan_accept(&r->scan, " :=") ? EVENT_COPY : EVENT_ASSIGN;
        if (event.kind == EVENT_ASSIGN)
                scan_expect(&r->scan, " =");
        scan_expect(&r->scan, " ");
        if (r->func && event.kind == EVENT_ASSIGN && scan_accept(&r->scan, "call ")) {
                read_call(r, event.dst);
                return;
        }
        event.src = place(r);
        reader_range(r, &event.at);
        VEC_PUSH(r->unit->arena, &into->events, event);
}

static void read_event(struct reader *r)
{
        struct event event = {.kind = EVENT_LOST, .dst = -1, .src = -1, .target = -1};
        if (scan_flag(&r->scan, "call")) {
                scan_expect(&r->scan, " ");
                read_call(r, -1);
                return;
        }
        if (scan_flag(&r->scan, "use")) {
                event.kind = EVENT_USE;
                scan_expect(&r->scan, " ");
                event.src = place(r);
        } else if (scan_flag(&r->scan, "scope")) {
                event.kind = EVENT_SCOPE;
                scan_expect(&r->scan, " ");
                event.dst = place(r);
        } else if (!scan_flag(&r->scan, "lost")) {
                reader_store(r, block(r));
                return;
        }
        reader_range(r, &event.at);
        VEC_PUSH(r->unit->arena, &block(r)->events, event);
}

static void read_targets(struct reader *r, int least, int most)
{
        while (!r->scan.error && block(r)->next.n < most && scan_accept(&r->scan, " L")) {
                r->scan.at--;
                VEC_PUSH(r->unit->arena, &block(r)->next, target(r));
        }
        if (block(r)->next.n < least)
                scan_fail(&r->scan, "block expected");
}

static void read_arms(struct reader *r)
{
        scan_expect(&r->scan, " ");
        while (!r->scan.error && !scan_accept(&r->scan, "else:")) {
                struct arm arm = {.low = scan_number(&r->scan, INT64_MIN, INT64_MAX)};
                arm.high = arm.low;
                if (scan_accept(&r->scan, ".."))
                        arm.high = scan_number(&r->scan, arm.low, INT64_MAX);
                scan_expect(&r->scan, ":");
                arm.next = target(r);
                VEC_PUSH(r->unit->arena, &block(r)->arms, arm);
                scan_expect(&r->scan, " ");
        }
        VEC_PUSH(r->unit->arena, &block(r)->next, target(r));
}

/* Is what follows a position and not a place? Functions are spelled with "@" too, but never with a digit. */
static bool at_loc(const struct scan *scan)
{
        const char *p = scan->at + 2;
        if (p >= scan->end || scan->at[1] != '@')
                return false;
        if (*p == 'f')
                for (p++; p < scan->end && *p >= '0' && *p <= '9';)
                        if (++p < scan->end && *p == ':')
                                return true;
        return scan->at[2] >= '0' && scan->at[2] <= '9';
}

static void read_place_end(struct reader *r)
{
        scan_expect(&r->scan, " ");
        block(r)->place = place(r);
}

/* The line that ends a block; false when it is none. */
static bool read_end(struct reader *r)
{
        static const struct {
                const char *word;
                enum end_kind kind;
                int least, most;
        } ends[] = {{"goto", END_GOTO, 1, 1},     {"if", END_IF, 2, 2},
                    {"switch", END_SWITCH, 0, 0}, {"any", END_ANY, 0, INT32_MAX},
                    {"return", END_RETURN, 0, 0}, {"stop", END_STOP, 0, 0}};
        size_t i = 0, n = sizeof ends / sizeof *ends;
        while (i < n && !scan_flag(&r->scan, ends[i].word))
                i++;
        if (i == n)
                return false;
        block(r)->end = ends[i].kind;
        if (ends[i].kind == END_IF || ends[i].kind == END_SWITCH)
                read_place_end(r);
        if (ends[i].kind == END_RETURN && r->scan.at < r->scan.end && !at_loc(&r->scan))
                read_place_end(r);
        if (ends[i].kind == END_SWITCH)
                read_arms(r);
        read_targets(r, ends[i].least, ends[i].most);
        reader_loc(r, &block(r)->at);
        VEC_PUSH(r->unit->arena, &r->ends, r->scan.line);
        r->block = -1;
        return true;
}

static void read_var(struct reader *r, enum place_kind kind)
{
        struct var var = {0};
        sym called = reader_name(r);
        var.type = reader_quoted(r);
        var.array = scan_flag(&r->scan, " array");
        var.cleanup = scan_flag(&r->scan, " cleanup");
        if (r->scan.error)
                return;
        intptr_t *slot = (intptr_t *)map_at(&r->vars, MAP_KEY(called));
        if (*slot)
                scan_fail(&r->scan, "the variable is declared twice");
        if (kind == PLACE_PARAM && r->func->nparams++ < r->func->vars.n)
                scan_fail(&r->scan, "parameters come before locals");
        var.place = place_named(r->unit, r->func, kind, called);
        *slot = var.place + 1;
        VEC_PUSH(r->unit->arena, &r->func->vars, var);
}

/* " L3": labels count up from 0. */
static void read_label(struct reader *r)
{
        int number = target(r);
        if (number != r->label)
                scan_fail(&r->scan, arena_printf(r->unit->arena, "block L%d expected", r->label));
        if (r->block >= 0)
                scan_fail(&r->scan, "the block before has no end");
        r->label++;
        r->block = number ? func_block(r->unit, r->func) : 0;
}

void reader_func_line(struct reader *r)
{
        if (r->scan.indent == 1) {
                if (scan_flag(&r->scan, "param"))
                        read_var(r, PLACE_PARAM);
                else if (scan_flag(&r->scan, "local"))
                        read_var(r, PLACE_LOCAL);
                else
                        read_label(r);
        } else if (r->block < 0) {
                scan_fail(&r->scan, "no block is open");
        } else if (r->scan.indent != 2) {
                scan_fail(&r->scan, "two spaces expected");
        } else if (!read_end(r)) {
                read_event(r);
        }
}

static void check_target(struct reader *r, int block, int to)
{
        if (to < r->func->blocks.n)
                return;
        r->scan.line = r->ends.at[block];
        scan_fail(&r->scan, "no such block");
}

/* All targets exist, now that the function is complete. */
void reader_func_end(struct reader *r)
{
        if (!r->func || r->scan.error)
                return;
        if (r->block >= 0 || !r->label)
                scan_fail(&r->scan, "the last block of the function before has no end");
        for (int i = 0; i < r->ends.n; i++) {
                const struct block *block = &r->func->blocks.at[i];
                for (int k = 0; k < block->next.n; k++)
                        check_target(r, i, block->next.at[k]);
                for (int k = 0; k < block->arms.n; k++)
                        check_target(r, i, block->arms.at[k].next);
        }
}

void reader_func(struct reader *r)
{
        struct func *func = func_new(r->unit, reader_name(r));
        func->is_static = reader_linkage(r);
        func->result = reader_quoted(r);
        reader_range(r, &func->at);
        func->variadic = scan_flag(&r->scan, " variadic");
        func->uses_setjmp = scan_flag(&r->scan, " setjmp");
        if (scan_accept(&r->scan, " lost="))
                func->lost = (int)scan_number(&r->scan, 1, INT32_MAX);
        if (scan_flag(&r->scan, " attr"))
                func->attributes = reader_quoted(r);
        if (scan_flag(&r->scan, " macro"))
                func->macro = reader_name(r);
        r->func = func;
        r->block = -1;
        r->label = 0;
        r->ends.n = 0;
}
