/*
 * emit.c: blocks and events of the function at hand. In: what lowering found.
 * Out: appended to the current block. Knows no syntax.
 */
#include "lower.h"

#include "base/arena.h"

static struct block *current(struct lower *l)
{
        return &l->body->func->blocks.at[l->body->block];
}

int new_block(struct lower *l)
{
        return func_block(l->unit, l->body->func);
}

void go_on_in(struct lower *l, int block)
{
        l->body->block = block;
}

static void finish(struct lower *l, enum end_kind end, int place, struct loc at)
{
        struct block *block = current(l);
        block->end = end;
        block->place = place;
        block->at = at;
        go_on_in(l, new_block(l));
}

void end_goto(struct lower *l, int block, struct loc at)
{
        VEC_PUSH(l->scratch, &current(l)->next, block);
        finish(l, END_GOTO, -1, at);
}

void end_return(struct lower *l, int place, struct loc at)
{
        finish(l, END_RETURN, place, at);
}

void end_stop(struct lower *l, struct loc at)
{
        finish(l, END_STOP, -1, at);
}

/* A comparison with zero is a test of the other side; a constant decides at once. */
void end_if(struct lower *l, int place, int yes, int no, struct loc at)
{
        const struct place *places = l->body->func->places.at, *test = &places[place];
        if (test->kind == PLACE_ARITH && (test->op == ARITH_EQ || test->op == ARITH_NE)) {
                const struct place *right = &places[test->index];
                bool zero = right->kind == PLACE_NULL || (right->kind == PLACE_CONST && !right->value);
                if (zero && test->op == ARITH_EQ) {
                        end_if(l, test->base, no, yes, at);
                        return;
                }
                if (zero) {
                        end_if(l, test->base, yes, no, at);
                        return;
                }
        }
        if (test->kind == PLACE_CONST || test->kind == PLACE_NULL) {
                end_goto(l, test->kind == PLACE_CONST && test->value ? yes : no, at);
                return;
        }
        VEC_PUSH(l->scratch, &current(l)->next, yes);
        VEC_PUSH(l->scratch, &current(l)->next, no);
        finish(l, END_IF, place, at);
}

void emit(struct lower *l, struct event event)
{
        VEC_PUSH(l->scratch, &current(l)->events, event);
}

void emit_assign(struct lower *l, int dst, int src, struct range at)
{
        if (dst == src)
                return; /* x = cond ? x : y */
        emit(l, (struct event){.kind = EVENT_ASSIGN, .dst = dst, .src = src, .target = -1, .at = at});
}

void emit_lost(struct lower *l, struct range at)
{
        l->body->func->lost++;
        if (!l->body->constant)
                emit(l, (struct event){.kind = EVENT_LOST, .dst = -1, .src = -1, .target = -1, .at = at});
}

void emit_errors(struct lower *l, CXCursor cursor)
{
        struct body *body = l->body;
        if (body->error >= l->errors.n || l->errors.at[body->error].source != body->source)
                return;
        CXSourceRange extent = clang_getCursorExtent(cursor);
        struct spot to = spot_file(&l->sources, clang_getRangeEnd(extent));
        if (to.source != body->source || l->errors.at[body->error].offset >= to.offset)
                return;
        emit_lost(l, cursor_range(&l->sources, cursor));
        uint32_t line = spot_loc(&l->sources, l->errors.at[body->error]).line;
        for (; body->error < l->errors.n; body->error++) {
                struct spot at = l->errors.at[body->error];
                if (at.source != to.source || at.offset >= to.offset)
                        break;
                /* errors on further lines are other statements, which left nothing to lower */
                uint32_t next = spot_loc(&l->sources, at).line;
                body->func->lost += next != line;
                line = next;
        }
}

bool is_too_deep(struct lower *l)
{
        if (l->depth <= NESTING)
                return false;
        if (!l->body->deep)
                emit_lost(l, (struct range){0});
        return l->body->deep = true;
}

int new_temp(struct lower *l)
{
        return place_temp(l->unit, l->body->func, ++l->body->temps);
}

int place_unknown(struct lower *l)
{
        return place_of(l->unit, l->body->func, (struct place){.kind = PLACE_UNKNOWN});
}

int place_null(struct lower *l)
{
        return place_of(l->unit, l->body->func, (struct place){.kind = PLACE_NULL});
}

int place_number(struct lower *l, int64_t value)
{
        return place_const(l->unit, l->body->func, value);
}
