/*
 * lower_stmt.c: statements to blocks. In: a statement. Out: events and edges;
 * afterwards the current block is where control goes on. Expressions and loops
 * have files of their own.
 */
#include "lower.h"

#include "base/arena.h"

/* A chain of else if is one loop here: generated code has long ones. */
static void lower_if(struct lower *l, CXCursor cursor)
{
        struct loc at = cursor_loc(&l->sources, cursor);
        int behind = new_block(l);
        for (bool chained = true; chained;) {
                struct kids kids = cursor_kids(l, cursor);
                if (kids.n < 2) {
                        emit_lost(l, cursor_range(&l->sources, cursor));
                        end_goto(l, behind, at);
                        break;
                }
                int yes = new_block(l), no = kids.n > 2 ? new_block(l) : behind;
                emit_errors(l, kids.at[0]);
                lower_condition(l, kids.at[0], yes, no);
                go_on_in(l, yes);
                lower_statement(l, kids.at[1]);
                end_goto(l, behind, at);
                go_on_in(l, no);
                chained = kids.n > 2 && clang_getCursorKind(kids.at[2]) == CXCursor_IfStmt;
                if (chained)
                        cursor = kids.at[2], l->kept++, at = cursor_loc(&l->sources, cursor);
                else if (kids.n > 2)
                        lower_statement(l, kids.at[2]), end_goto(l, behind, at);
        }
        go_on_in(l, behind);
}

static void lower_switch(struct lower *l, CXCursor cursor)
{
        struct loc at = cursor_loc(&l->sources, cursor);
        struct kids kids = cursor_kids(l, cursor);
        if (kids.n < 2) {
                emit_lost(l, cursor_range(&l->sources, cursor));
                return;
        }
        emit_errors(l, kids.at[0]);
        int place = lower_value(l, kids.at[kids.n - 2]), from = l->body->block, behind = new_block(l);
        struct choice choice = {.up = l->body->choice, .otherwise = -1};
        struct jump jump = {
            .up = l->body->jump, .scope = l->body->scope, .to_break = behind, .to_continue = -1};
        l->body->choice = &choice;
        l->body->jump = &jump;
        go_on_in(l, new_block(l)); /* what stands before the first label is never reached */
        lower_statement(l, kids.at[kids.n - 1]);
        end_goto(l, behind, at);
        l->body->choice = choice.up;
        l->body->jump = jump.up;
        struct block *block = &l->body->func->blocks.at[from];
        block->end = END_SWITCH;
        block->place = place;
        block->at = at;
        VEC_PUSH(l->scratch, &block->next, choice.otherwise >= 0 ? choice.otherwise : behind);
        for (int i = 0; i < choice.arms.n; i++)
                VEC_PUSH(l->scratch, &block->arms, choice.arms.at[i]);
        go_on_in(l, behind);
}

static bool case_value(struct lower *l, CXCursor cursor, int64_t *value)
{
        int place = lower_value(l, cursor);
        const struct place *constant = &l->body->func->places.at[place];
        if (constant->kind != PLACE_CONST)
                return cursor_constant(cursor, value);
        *value = constant->value;
        return true;
}

/* case 1: case 2 ... 5: statement, and default: falls through from above into a block of its own. */
static void lower_case(struct lower *l, CXCursor cursor)
{
        struct loc at = cursor_loc(&l->sources, cursor);
        struct kids kids = cursor_kids(l, cursor);
        struct choice *choice = l->body->choice;
        int block = new_block(l), values = 0;
        end_goto(l, block, at);
        go_on_in(l, block);
        if (clang_getCursorKind(cursor) == CXCursor_CaseStmt) {
                struct arm arm = {.next = block};
                values = kids.n > 2 ? 2 : 1;
                bool known = kids.n && case_value(l, kids.at[0], &arm.low);
                arm.high = arm.low;
                if (known && values == 2)
                        known = case_value(l, kids.at[1], &arm.high) && arm.high >= arm.low;
                if (choice && known)
                        VEC_PUSH(l->scratch, &choice->arms, arm);
                else
                        emit_lost(l, (struct range){.at = at});
        } else if (choice) {
                choice->otherwise = block;
        }
        if (kids.n > values)
                lower_statement(l, kids.at[kids.n - 1]);
}

/* break and continue leave the scopes up to the loop's. */
static void lower_leave(struct lower *l, CXCursor cursor, bool is_break)
{
        struct loc at = cursor_loc(&l->sources, cursor);
        struct jump *jump = l->body->jump;
        while (jump && !is_break && jump->to_continue < 0)
                jump = jump->up;
        if (!jump) {
                emit_lost(l, cursor_range(&l->sources, cursor));
                return;
        }
        scope_leave(l, jump->scope, at);
        end_goto(l, is_break ? jump->to_break : jump->to_continue, at);
}

/* A value that nothing can change any more. */
static bool is_fixed(struct lower *l, int place)
{
        enum place_kind kind = l->body->func->places.at[place].kind;
        return kind == PLACE_CONST || kind == PLACE_NULL || kind == PLACE_STRING || kind == PLACE_FUNC ||
               kind == PLACE_TEMP;
}

static void lower_return(struct lower *l, CXCursor cursor)
{
        CXCursor value = cursor_first(cursor);
        struct loc at = cursor_loc(&l->sources, cursor);
        int place = -1;
        if (!cursor_is_null(value)) {
                if (clang_getCursorType(value).kind == CXType_Void)
                        lower_dropped(l, value);
                else
                        place = lower_value(l, value);
        }
        if (place >= 0 && !is_fixed(l, place) && scope_has_cleanup(l)) {
                /* the value is taken before what is cleaned up changes it */
                int temp = new_temp(l);
                emit_assign(l, temp, place, cursor_range(&l->sources, cursor));
                place = temp;
        }
        scope_return(l, at);
        end_return(l, place, at);
}

static void lower_declarations(struct lower *l, CXCursor cursor)
{
        struct kids kids = cursor_kids(l, cursor);
        for (int i = 0; i < kids.n; i++)
                if (clang_getCursorKind(kids.at[i]) == CXCursor_VarDecl)
                        lower_variable(l, kids.at[i]);
}

static void lower_indirect(struct lower *l, CXCursor cursor)
{
        CXCursor target = cursor_first(cursor);
        if (!cursor_is_null(target))
                lower_value(l, target);
        computed_goto(l, cursor_loc(&l->sources, cursor), false);
}

int lower_compound(struct lower *l, CXCursor cursor, bool want)
{
        struct kids kids = cursor_kids(l, cursor);
        int value = -1;
        scope_open(l);
        for (int i = 0; i < kids.n; i++) {
                bool last = want && i == kids.n - 1;
                CXCursor kid = kids.at[i];
                if (!last || !clang_isExpression(clang_getCursorKind(kid)) ||
                    clang_getCursorType(kid).kind == CXType_Void) {
                        lower_statement(l, kid);
                        continue;
                }
                value = new_temp(l);
                lower_into(l, value, kid, cursor_range(&l->sources, kid));
        }
        CXSourceRange extent = clang_getCursorExtent(cursor);
        struct spot end = spot_file(&l->sources, clang_getRangeEnd(extent));
        end.offset -= end.offset > 0;
        scope_close(l, l->body->scope->vars.n ? spot_loc(&l->sources, end) : (struct loc){0});
        return value;
}

static void lower_unexposed(struct lower *l, CXCursor cursor)
{
        struct kids kids = cursor_kids(l, cursor);
        bool any = false;
        for (int i = 0; i < kids.n; i++)
                if (!clang_isAttribute(clang_getCursorKind(kids.at[i])))
                        any = true, lower_statement(l, kids.at[i]);
        if (!any)
                emit_lost(l, cursor_range(&l->sources, cursor));
}

/* Statements that contain statements meet the errors in them one by one. */
static bool is_simple(enum CXCursorKind kind)
{
        return clang_isExpression(kind) || kind == CXCursor_DeclStmt || kind == CXCursor_ReturnStmt ||
               kind == CXCursor_GotoStmt || kind == CXCursor_IndirectGotoStmt || kind == CXCursor_GCCAsmStmt;
}

static void lower_kind(struct lower *l, CXCursor cursor, enum CXCursorKind kind)
{
        switch (kind) {
        case CXCursor_CompoundStmt:
                lower_compound(l, cursor, false);
                break;
        case CXCursor_DeclStmt:
                lower_declarations(l, cursor);
                break;
        case CXCursor_IfStmt:
                lower_if(l, cursor);
                break;
        case CXCursor_WhileStmt:
        case CXCursor_DoStmt:
        case CXCursor_ForStmt:
                lower_loop(l, cursor);
                break;
        case CXCursor_SwitchStmt:
                lower_switch(l, cursor);
                break;
        case CXCursor_CaseStmt:
        case CXCursor_DefaultStmt:
                lower_case(l, cursor);
                break;
        case CXCursor_BreakStmt:
        case CXCursor_ContinueStmt:
                lower_leave(l, cursor, kind == CXCursor_BreakStmt);
                break;
        case CXCursor_GotoStmt:
                goto_lower(l, cursor);
                break;
        case CXCursor_IndirectGotoStmt:
                lower_indirect(l, cursor);
                break;
        case CXCursor_LabelStmt:
                label_lower(l, cursor);
                break;
        case CXCursor_ReturnStmt:
                lower_return(l, cursor);
                break;
        case CXCursor_GCCAsmStmt:
                lower_asm(l, cursor);
                break;
        case CXCursor_NullStmt:
                break;
        case CXCursor_UnexposedStmt:
                lower_unexposed(l, cursor);
                break;
        default:
                if (clang_isExpression(kind))
                        lower_dropped(l, cursor);
                else
                        emit_lost(l, cursor_range(&l->sources, cursor));
        }
}

void lower_statement(struct lower *l, CXCursor cursor)
{
        enum CXCursorKind kind = clang_getCursorKind(cursor);
        if (l->depth > NESTING) {
                emit_lost(l, cursor_range(&l->sources, cursor));
                return;
        }
        l->depth++;
        if (kind != CXCursor_CompoundStmt && kind != CXCursor_NullStmt)
                l->kept++;
        if (is_simple(kind))
                emit_errors(l, cursor);
        lower_kind(l, cursor, kind);
        l->depth--;
}
