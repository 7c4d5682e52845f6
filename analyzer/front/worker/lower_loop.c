/*
 * lower_loop.c: while, do and for. In: a loop. Out: its blocks. libclang shows
 * of a `for` only the clauses that are there; which ones they are is read from
 * the text between its parentheses.
 */
#include "lower.h"

#include "lex.h"

#include <string.h>

enum { CLAUSE_INIT = 1, CLAUSE_CONDITION = 2, CLAUSE_STEP = 4 };

/* The offsets of the two semicolons of the loop at FROM; false when it is not written plainly. */
static bool find_semicolons(struct spot from, unsigned semicolons[2])
{
        const char *text = from.source ? from.source->text : NULL;
        int depth = 0, n = 0;
        if (!text || from.offset + 3 > from.source->length || memcmp(text + from.offset, "for", 3) != 0)
                return false;
        size_t end = from.source->length, at = lex_skip(text, from.offset + 3, end);
        for (; at < end; at = lex_skip(text, lex_token(text, at, end), end)) {
                if (strchr("([{", text[at])) {
                        depth++;
                } else if (strchr(")]}", text[at])) {
                        if (--depth == 0)
                                return n == 2;
                } else if (text[at] == ';' && depth == 1) {
                        if (n < 2)
                                semicolons[n] = (unsigned)at;
                        n++;
                }
        }
        return false;
}

static bool is_step(CXCursor cursor)
{
        enum CXUnaryOperatorKind unary = clang_getCursorUnaryOperatorKind(cursor);
        return clang_getCursorKind(cursor) == CXCursor_CompoundAssignOperator ||
               unary == CXUnaryOperator_PostInc || unary == CXUnaryOperator_PostDec ||
               unary == CXUnaryOperator_PreInc || unary == CXUnaryOperator_PreDec;
}

/* Without text to go by: an assignment begins a loop, a count goes on, anything else is the condition. */
static int guess_clause(CXCursor cursor, int i, int n)
{
        bool assigns = clang_getCursorBinaryOperatorKind(cursor) == CXBinaryOperator_Assign;
        if (i == 0 && (assigns || clang_getCursorKind(cursor) == CXCursor_DeclStmt))
                return CLAUSE_INIT;
        return (i > 0 || n == 1) && (is_step(cursor) || assigns) ? CLAUSE_STEP : CLAUSE_CONDITION;
}

/* Sorts the N clauses of a loop into their three seats; empty ones stay null. */
static void sort_clauses(struct lower *l, CXCursor loop, const struct kids *kids, CXCursor seats[3])
{
        unsigned semicolons[2];
        int n = kids->n - 1;
        CXSourceRange extent = clang_getCursorExtent(loop);
        struct spot from = spot_spelled(&l->sources, clang_getRangeStart(extent));
        bool plain = n < 3 && find_semicolons(from, semicolons);
        for (int i = 0; i < n; i++) {
                int clause = guess_clause(kids->at[i], i, n);
                CXSourceRange part = clang_getCursorExtent(kids->at[i]);
                struct spot at = spot_spelled(&l->sources, clang_getRangeStart(part));
                if (spot_in_macro(clang_getRangeStart(part)) && !spot_in_macro(clang_getRangeStart(extent)))
                        at = spot_file(&l->sources, clang_getRangeStart(part));
                if (n >= 3)
                        clause = 1 << i;
                else if (plain && at.source == from.source)
                        clause = at.offset < semicolons[0]   ? CLAUSE_INIT
                                 : at.offset < semicolons[1] ? CLAUSE_CONDITION
                                                             : CLAUSE_STEP;
                seats[clause >> 1] = kids->at[i];
        }
}

static void lower_body(struct lower *l, CXCursor cursor, int to_break, int to_continue)
{
        struct jump jump = {l->body->jump, l->body->scope, to_break, to_continue};
        l->body->jump = &jump;
        lower_statement(l, cursor);
        l->body->jump = jump.up;
}

/* init; head: if (condition) body else behind; step: ...; goto head */
static void lower_for(struct lower *l, CXCursor cursor, const struct kids *kids, struct loc at)
{
        CXCursor seats[3] = {clang_getNullCursor(), clang_getNullCursor(), clang_getNullCursor()};
        if (kids->n > 1)
                sort_clauses(l, cursor, kids, seats);
        scope_open(l);
        if (!cursor_is_null(seats[0]))
                lower_statement(l, seats[0]);
        int head = new_block(l), body = new_block(l), step = new_block(l), behind = new_block(l);
        end_goto(l, head, at);
        go_on_in(l, head);
        if (cursor_is_null(seats[1])) {
                end_goto(l, body, at);
        } else {
                emit_errors(l, seats[1]);
                lower_condition(l, seats[1], body, behind);
        }
        go_on_in(l, body);
        lower_body(l, kids->at[kids->n - 1], behind, step);
        end_goto(l, step, at);
        go_on_in(l, step);
        if (!cursor_is_null(seats[2]))
                lower_dropped(l, seats[2]);
        end_goto(l, head, at);
        go_on_in(l, behind);
        scope_close(l, at);
}

static void lower_while(struct lower *l, const struct kids *kids, struct loc at)
{
        int head = new_block(l), body = new_block(l), behind = new_block(l);
        end_goto(l, head, at);
        go_on_in(l, head);
        emit_errors(l, kids->at[kids->n - 2]);
        lower_condition(l, kids->at[kids->n - 2], body, behind);
        go_on_in(l, body);
        lower_body(l, kids->at[kids->n - 1], behind, head);
        end_goto(l, head, at);
        go_on_in(l, behind);
}

static void lower_do(struct lower *l, const struct kids *kids, struct loc at)
{
        int body = new_block(l), test = new_block(l), behind = new_block(l);
        end_goto(l, body, at);
        go_on_in(l, body);
        lower_body(l, kids->at[0], behind, test);
        end_goto(l, test, at);
        go_on_in(l, test);
        emit_errors(l, kids->at[1]);
        lower_condition(l, kids->at[1], body, behind);
        go_on_in(l, behind);
}

void lower_loop(struct lower *l, CXCursor cursor)
{
        struct kids kids = cursor_kids(l, cursor);
        struct loc at = cursor_loc(&l->sources, cursor);
        enum CXCursorKind kind = clang_getCursorKind(cursor);
        if (kids.n < (kind == CXCursor_ForStmt ? 1 : 2))
                emit_lost(l, cursor_range(&l->sources, cursor));
        else if (kind == CXCursor_ForStmt)
                lower_for(l, cursor, &kids, at);
        else if (kind == CXCursor_WhileStmt)
                lower_while(l, &kids, at);
        else
                lower_do(l, &kids, at);
}
