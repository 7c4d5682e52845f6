/*
 * lower_operator.c: operators, conditions and assignments. In: an operator
 * expression. Out: arithmetic as places, && || ?: and , as control flow,
 * assignments as events.
 */
#include "lower.h"

#include "base/arena.h"

#include <string.h>

static int arith(struct lower *l, enum arith op, int left, int right)
{
        return place_arith(l->unit, l->body->func, op, left, right);
}

static bool arith_of(enum CXBinaryOperatorKind kind, enum arith *op)
{
        static const signed char of[] = {
            [CXBinaryOperator_Mul] = ARITH_MUL,       [CXBinaryOperator_Div] = ARITH_DIV,
            [CXBinaryOperator_Rem] = ARITH_MOD,       [CXBinaryOperator_Add] = ARITH_ADD,
            [CXBinaryOperator_Sub] = ARITH_SUB,       [CXBinaryOperator_Shl] = ARITH_SHL,
            [CXBinaryOperator_Shr] = ARITH_SHR,       [CXBinaryOperator_LT] = ARITH_LT,
            [CXBinaryOperator_GT] = ARITH_GT,         [CXBinaryOperator_LE] = ARITH_LE,
            [CXBinaryOperator_GE] = ARITH_GE,         [CXBinaryOperator_EQ] = ARITH_EQ,
            [CXBinaryOperator_NE] = ARITH_NE,         [CXBinaryOperator_And] = ARITH_AND,
            [CXBinaryOperator_Xor] = ARITH_XOR,       [CXBinaryOperator_Or] = ARITH_OR,
            [CXBinaryOperator_MulAssign] = ARITH_MUL, [CXBinaryOperator_DivAssign] = ARITH_DIV,
            [CXBinaryOperator_RemAssign] = ARITH_MOD, [CXBinaryOperator_AddAssign] = ARITH_ADD,
            [CXBinaryOperator_SubAssign] = ARITH_SUB, [CXBinaryOperator_ShlAssign] = ARITH_SHL,
            [CXBinaryOperator_ShrAssign] = ARITH_SHR, [CXBinaryOperator_AndAssign] = ARITH_AND,
            [CXBinaryOperator_XorAssign] = ARITH_XOR, [CXBinaryOperator_OrAssign] = ARITH_OR,
        };
        if (kind < CXBinaryOperator_Mul || (size_t)kind >= sizeof of || kind == CXBinaryOperator_Cmp)
                return false;
        *op = (enum arith)of[kind];
        return true;
}

/* --- control flow inside expressions ---------------------------------------------- */

static bool is_logical(CXCursor cursor)
{
        enum CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(cursor);
        return kind == CXBinaryOperator_LAnd || kind == CXBinaryOperator_LOr;
}

/* dst = 1 or 0 by a condition. */
static void into_truth(struct lower *l, int dst, CXCursor cursor, struct range at)
{
        int yes = new_block(l), no = new_block(l), behind = new_block(l);
        lower_condition(l, cursor, yes, no);
        go_on_in(l, yes);
        emit_assign(l, dst, place_number(l, 1), at);
        end_goto(l, behind, at.at);
        go_on_in(l, no);
        emit_assign(l, dst, place_number(l, 0), at);
        end_goto(l, behind, at.at);
        go_on_in(l, behind);
}

/* Both arms store into DST, or are dropped when it is -1. */
static void into_choice(struct lower *l, int dst, CXCursor cursor, struct range at)
{
        struct kids kids = cursor_kids(l, cursor);
        if (kids.n != 3)
                return;
        int arms[2] = {new_block(l), new_block(l)}, behind = new_block(l);
        lower_condition(l, kids.at[0], arms[0], arms[1]);
        for (int i = 0; i < 2; i++) {
                go_on_in(l, arms[i]);
                if (dst >= 0)
                        lower_into(l, dst, kids.at[1 + i], at);
                else
                        lower_dropped(l, kids.at[1 + i]);
                end_goto(l, behind, at.at);
        }
        go_on_in(l, behind);
}

/* a ?: b: the children are a as common expression, a, a, b. */
static void into_elvis(struct lower *l, int dst, const struct kids *kids, struct range at)
{
        int yes = new_block(l), no = new_block(l), behind = new_block(l);
        int value = lower_value(l, kids->at[0]);
        end_if(l, value, yes, no, at.at);
        go_on_in(l, yes);
        if (dst >= 0)
                emit_assign(l, dst, value, at);
        end_goto(l, behind, at.at);
        go_on_in(l, no);
        if (dst >= 0)
                lower_into(l, dst, kids->at[3], at);
        else
                lower_dropped(l, kids->at[3]);
        end_goto(l, behind, at.at);
        go_on_in(l, behind);
}

static void condition_value(struct lower *l, CXCursor cursor, int yes, int no)
{
        int place = lower_value(l, cursor);
        end_if(l, place, yes, no, cursor_loc(&l->sources, cursor));
}

static void condition_choice(struct lower *l, CXCursor cursor, int yes, int no)
{
        struct kids kids = cursor_kids(l, cursor);
        int first = new_block(l), second = new_block(l);
        lower_condition(l, kids.at[0], first, second);
        go_on_in(l, first);
        lower_condition(l, kids.at[1], yes, no);
        go_on_in(l, second);
        lower_condition(l, kids.at[2], yes, no);
}

static bool condition_binary(struct lower *l, CXCursor cursor, int yes, int no)
{
        enum CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(cursor);
        if (!is_logical(cursor) && kind != CXBinaryOperator_Comma)
                return false;
        struct kids kids = cursor_kids(l, cursor);
        if (kids.n != 2)
                return false;
        if (kind == CXBinaryOperator_Comma) {
                lower_dropped(l, kids.at[0]);
        } else {
                int second = new_block(l);
                bool is_and = kind == CXBinaryOperator_LAnd;
                lower_condition(l, kids.at[0], is_and ? second : yes, is_and ? no : second);
                go_on_in(l, second);
        }
        lower_condition(l, kids.at[1], yes, no);
        return true;
}

void lower_condition(struct lower *l, CXCursor cursor, int yes, int no)
{
        for (CXCursor inner;; cursor = inner) {
                if (is_macro_call(l, cursor) || l->depth > NESTING)
                        break;
                enum CXCursorKind kind = clang_getCursorKind(cursor);
                if (kind == CXCursor_ParenExpr) {
                        inner = cursor_first(cursor);
                } else if (kind == CXCursor_UnexposedExpr) {
                        struct kids kids = cursor_kids(l, cursor);
                        if (cursor_is_odd(l, cursor, &kids))
                                break;
                        inner = kids.at[0];
                } else if (kind == CXCursor_CStyleCastExpr) {
                        inner = cursor_last(cursor);
                } else if (kind == CXCursor_CallExpr) {
                        inner = call_expected(l, cursor);
                        if (cursor_is_null(inner))
                                break;
                } else if (clang_getCursorUnaryOperatorKind(cursor) == CXUnaryOperator_LNot) {
                        int swap = yes;
                        yes = no, no = swap;
                        inner = cursor_first(cursor);
                } else {
                        l->depth++;
                        bool done = kind == CXCursor_BinaryOperator && condition_binary(l, cursor, yes, no);
                        if (!done && kind == CXCursor_ConditionalOperator)
                                condition_choice(l, cursor, yes, no), done = true;
                        l->depth--;
                        if (done)
                                return;
                        break;
                }
        }
        condition_value(l, cursor, yes, no);
}

/* --- assignments ------------------------------------------------------------------------ */

/* Conversions may hide the call of a macro, and must not be taken off it. */
static CXCursor peeled_to_macro(struct lower *l, CXCursor cursor)
{
        CXCursor inner = cursor;
        for (; !cursor_is_null(inner) && !is_macro_call(l, cursor); inner = cursor_inner(l, cursor))
                cursor = inner;
        return cursor;
}

void lower_into(struct lower *l, int dst, CXCursor cursor, struct range at)
{
        int result;
        CXCursor inner = peeled_to_macro(l, cursor);
        enum CXCursorKind kind = clang_getCursorKind(inner);
        if (lower_macro_call(l, inner, dst, true, &result))
                return;
        if (kind == CXCursor_CallExpr && cursor_is_null(call_expected(l, inner))) {
                lower_call(l, inner, dst, true);
        } else if (kind == CXCursor_ConditionalOperator) {
                into_choice(l, dst, inner, at);
        } else if (clang_getCursorBinaryOperatorKind(inner) == CXBinaryOperator_Comma && !l->body->constant) {
                lower_dropped(l, cursor_first(inner));
                lower_into(l, dst, cursor_last(inner), at);
        } else if (kind == CXCursor_BinaryOperator && is_logical(inner)) {
                into_truth(l, dst, inner, at);
        } else if (kind == CXCursor_UnexposedExpr) {
                struct kids kids = cursor_kids(l, inner);
                if (is_elvis(&kids))
                        into_elvis(l, dst, &kids, at);
                else
                        emit_assign(l, dst, lower_value(l, cursor), at);
        } else if (type_is_record(clang_getCursorType(cursor))) {
                struct event copy = {.kind = EVENT_COPY, .dst = dst, .target = -1, .at = at};
                copy.src = lower_place(l, cursor);
                if (copy.src != dst)
                        emit(l, copy);
        } else {
                emit_assign(l, dst, lower_value(l, cursor), at);
        }
}

static int lower_assign(struct lower *l, CXCursor cursor, const struct kids *kids)
{
        int dst = lower_place(l, kids->at[0]);
        lower_into(l, dst, kids->at[1], cursor_range(&l->sources, cursor));
        return dst;
}

static int lower_compound_assign(struct lower *l, CXCursor cursor, const struct kids *kids)
{
        enum arith op;
        int right = lower_value(l, kids->at[1]), dst = lower_place(l, kids->at[0]);
        int value = arith_of(clang_getCursorBinaryOperatorKind(cursor), &op) ? arith(l, op, dst, right)
                                                                             : place_unknown(l);
        emit_assign(l, dst, value, cursor_range(&l->sources, cursor));
        return dst;
}

int lower_binary(struct lower *l, CXCursor cursor, bool want)
{
        enum CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(cursor);
        struct kids kids = cursor_kids(l, cursor);
        enum arith op;
        int64_t value;
        if (kids.n != 2)
                return place_unknown(l);
        if (l->body->constant && (kind == CXBinaryOperator_Comma || is_logical(cursor)))
                return cursor_constant(cursor, &value) ? place_number(l, value) : place_unknown(l);
        if (kind == CXBinaryOperator_Assign)
                return lower_assign(l, cursor, &kids);
        if (kind >= CXBinaryOperator_MulAssign && kind <= CXBinaryOperator_OrAssign)
                return lower_compound_assign(l, cursor, &kids);
        if (kind == CXBinaryOperator_Comma) {
                lower_dropped(l, kids.at[0]);
                if (want)
                        return lower_value(l, kids.at[1]);
                lower_dropped(l, kids.at[1]);
                return place_unknown(l);
        }
        if (is_logical(cursor)) {
                int temp = new_temp(l);
                into_truth(l, temp, cursor, cursor_range(&l->sources, cursor));
                return temp;
        }
        int left = lower_value(l, kids.at[0]), right = lower_value(l, kids.at[1]);
        return arith_of(kind, &op) ? arith(l, op, left, right) : place_unknown(l);
}

/* x++ and its kin; the old value is kept only where somebody wants it. */
static int lower_count(struct lower *l, CXCursor cursor, enum CXUnaryOperatorKind kind, bool want)
{
        int place = lower_place(l, cursor_first(cursor)), value = place;
        bool post = kind == CXUnaryOperator_PostInc || kind == CXUnaryOperator_PostDec;
        bool up = kind == CXUnaryOperator_PostInc || kind == CXUnaryOperator_PreInc;
        struct range at = cursor_range(&l->sources, cursor);
        if (post && want) {
                value = new_temp(l);
                emit_assign(l, value, place, at);
        }
        emit_assign(l, place, arith(l, up ? ARITH_ADD : ARITH_SUB, place, place_number(l, 1)), at);
        return value;
}

static int lower_address(struct lower *l, CXCursor operand)
{
        int place = lower_place(l, operand);
        const struct place *what = &l->body->func->places.at[place];
        if (what->kind == PLACE_FUNC || what->kind == PLACE_STRING || what->kind == PLACE_UNKNOWN)
                return place;
        if (type_is_function(clang_getCursorType(operand)))
                return place;
        local_addressed(l, place);
        return place_addr(l->unit, l->body->func, place);
}

int lower_unary(struct lower *l, CXCursor cursor, bool want)
{
        enum CXUnaryOperatorKind kind = clang_getCursorUnaryOperatorKind(cursor);
        CXCursor operand = cursor_first(cursor);
        switch (kind) {
        case CXUnaryOperator_PostInc:
        case CXUnaryOperator_PostDec:
        case CXUnaryOperator_PreInc:
        case CXUnaryOperator_PreDec:
                return lower_count(l, cursor, kind, want);
        case CXUnaryOperator_AddrOf:
                return lower_address(l, operand);
        case CXUnaryOperator_Minus:
                return arith(l, ARITH_SUB, place_number(l, 0), lower_value(l, operand));
        case CXUnaryOperator_Not:
                return arith(l, ARITH_XOR, lower_value(l, operand), place_number(l, -1));
        case CXUnaryOperator_LNot:
                return arith(l, ARITH_EQ, lower_value(l, operand),
                             type_is_pointer(clang_getCursorType(operand)) ? place_null(l)
                                                                           : place_number(l, 0));
        case CXUnaryOperator_Plus:
        case CXUnaryOperator_Extension:
        case CXUnaryOperator_Real:
                return lower_value(l, operand);
        default:
                lower_dropped(l, operand);
                return place_unknown(l);
        }
}

/* --- for effect only -------------------------------------------------------------------- */

static bool reads_memory(struct lower *l, int place)
{
        const struct place *at = &l->body->func->places.at[place];
        if (at->kind == PLACE_DEREF)
                return true;
        if (at->kind == PLACE_ARITH || at->kind == PLACE_ELEM)
                return reads_memory(l, at->base) || reads_memory(l, at->index);
        return at->kind == PLACE_FIELD && reads_memory(l, at->base);
}

static void drop_value(struct lower *l, CXCursor cursor)
{
        int place = lower_value(l, cursor);
        if (!l->body->constant && reads_memory(l, place))
                emit(l, (struct event){.kind = EVENT_USE,
                                       .dst = -1,
                                       .src = place,
                                       .target = -1,
                                       .at = cursor_range(&l->sources, cursor)});
}

static void drop_unexposed(struct lower *l, CXCursor cursor)
{
        struct kids kids = cursor_kids(l, cursor);
        if (!cursor_is_odd(l, cursor, &kids))
                lower_dropped(l, kids.at[0]);
        else if (is_elvis(&kids))
                into_elvis(l, -1, &kids, cursor_range(&l->sources, cursor));
        else
                lower_odd(l, cursor, &kids, false);
}

static void drop_kind(struct lower *l, CXCursor cursor)
{
        switch (clang_getCursorKind(cursor)) {
        case CXCursor_UnexposedExpr:
                drop_unexposed(l, cursor);
                break;
        case CXCursor_ParenExpr:
        case CXCursor_CStyleCastExpr:
                lower_dropped(l, cursor_last(cursor));
                break;
        case CXCursor_CallExpr:
                lower_call(l, cursor, -1, false);
                break;
        case CXCursor_ConditionalOperator:
                into_choice(l, -1, cursor, cursor_range(&l->sources, cursor));
                break;
        case CXCursor_StmtExpr:
                lower_compound(l, cursor_first(cursor), false);
                break;
        case CXCursor_BinaryOperator:
        case CXCursor_CompoundAssignOperator:
                if (is_logical(cursor)) {
                        int behind = new_block(l);
                        lower_condition(l, cursor, behind, behind);
                        go_on_in(l, behind);
                        break;
                }
                if (clang_getCursorBinaryOperatorKind(cursor) >= CXBinaryOperator_Assign)
                        lower_binary(l, cursor, false);
                else
                        drop_value(l, cursor);
                break;
        case CXCursor_UnaryOperator: {
                enum CXUnaryOperatorKind kind = clang_getCursorUnaryOperatorKind(cursor);
                if (kind == CXUnaryOperator_Extension)
                        lower_dropped(l, cursor_first(cursor));
                else if (kind <= CXUnaryOperator_PreDec)
                        lower_unary(l, cursor, false);
                else
                        drop_value(l, cursor);
                break;
        }
        default:
                drop_value(l, cursor);
        }
}

void lower_dropped(struct lower *l, CXCursor cursor)
{
        int result;
        if (cursor_is_null(cursor) || is_too_deep(l))
                return;
        l->depth++;
        if (!lower_macro_call(l, cursor, -1, false, &result))
                drop_kind(l, cursor);
        l->depth--;
}
