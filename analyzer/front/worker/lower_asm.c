/*
 * lower_asm.c: assembler statements. In: the statement. Out: a call of
 * "__asm__" with what the instructions can reach (pointers, addresses of operands in
 * memory, integers wide enough to be either), then "?" in what they write.
 * The parser tells operands, not their constraints: those are read from the
 * text. Instructions are not.
 */
#include "lower.h"

#include "base/arena.h"
#include "lex.h"

#include <string.h>

enum { OPERANDS = 64 }; /* compilers take 30 */

struct constraint {
        char way;    /* '=' writes, '+' reads and writes, 'r' reads, 0 not known */
        bool memory; /* may be where the operand lies, not its value */
};

struct constraints {
        struct constraint at[OPERANDS];
        int n;
        bool jumps; /* asm goto */
};

/* A string literal of a constraint, or one more piece of it. */
static void read_constraint(struct constraint *now, const char *text, size_t from, size_t to)
{
        for (size_t i = from + 1; i + 1 < to; i++) {
                if (!now->way)
                        now->way = text[i] == '=' || text[i] == '+' ? text[i] : 'r';
                now->memory |= strchr("moVgX<>", text[i]) != NULL;
        }
}

/* What stands in the parentheses at AT: strings, then an operand in parentheses of its own, behind a colon.
 */
static void read_operands(struct constraints *out, const char *text, size_t at, size_t end)
{
        struct constraint now = {0};
        int depth = 0, colons = 0;
        for (size_t to; at < end; at = lex_skip(text, to, end)) {
                to = lex_token(text, at, end);
                bool operands = depth == 1 && (colons == 1 || colons == 2);
                if (operands && text[at] == '"')
                        read_constraint(&now, text, at, to);
                if (operands && text[at] == '(' && out->n < OPERANDS)
                        out->at[out->n++] = now;
                if (depth == 1 && (text[at] == ':' || text[at] == ',' || text[at] == '('))
                        now = (struct constraint){0};
                colons += depth == 1 && text[at] == ':';
                depth += text[at] == '(';
                depth -= text[at] == ')';
                if (!depth)
                        return;
        }
}

static struct constraints read_constraints(struct lower *l, CXCursor cursor)
{
        struct constraints out = {0};
        struct spot from = spot_spelled(&l->sources, cursor_begin(cursor));
        if (!from.source || !from.source->text)
                return out;
        const char *text = from.source->text;
        size_t end = from.source->length, at = from.offset;
        for (int words = 0; at < end && text[at] != '(' && words < 5; words++) {
                size_t to = lex_token(text, at, end);
                out.jumps |= to - at == 4 && strncmp(text + at, "goto", 4) == 0;
                at = lex_skip(text, to, end);
        }
        if (at < end && text[at] == '(')
                read_operands(&out, text, at, end);
        return out;
}

/* The language converts what is only read to a value; what is written, or lies in memory, stays as it is. */
static bool denotes_object(CXCursor cursor)
{
        while (clang_getCursorKind(cursor) == CXCursor_ParenExpr)
                cursor = cursor_first(cursor);
        switch (clang_getCursorKind(cursor)) {
        case CXCursor_DeclRefExpr:
                return clang_getCursorKind(clang_getCursorReferenced(cursor)) == CXCursor_VarDecl ||
                       clang_getCursorKind(clang_getCursorReferenced(cursor)) == CXCursor_ParmDecl;
        case CXCursor_MemberRefExpr:
        case CXCursor_ArraySubscriptExpr:
                return true;
        case CXCursor_UnaryOperator:
                return clang_getCursorUnaryOperatorKind(cursor) == CXUnaryOperator_Deref;
        default:
                return false;
        }
}

/* Wide enough for an address. */
static bool may_hold_address(struct lower *l, CXType type)
{
        CXTargetInfo target = clang_getTranslationUnitTargetInfo(l->tu);
        int bits = clang_TargetInfo_getPointerWidth(target);
        clang_TargetInfo_dispose(target);
        return clang_Type_getSizeOf(type) * 8 >= bits;
}

static void pass(struct lower *l, struct event *event, CXCursor operand, int place)
{
        enum place_kind kind = l->body->func->places.at[place].kind;
        if (kind == PLACE_CONST || kind == PLACE_SIZEOF || kind == PLACE_NULL)
                return;
        event->args[event->nargs] = place;
        event->argat[event->nargs++] = cursor_range(&l->sources, operand);
}

/* An operand that the instructions know the place of; its place when they write it, else -1. */
static int lower_object(struct lower *l, struct event *event, CXCursor operand,
                        const struct constraint *constraint)
{
        CXType type = clang_getCursorType(operand);
        bool record = type_is_record(type) || type_is_array(type);
        int place = lower_place(l, operand);
        if (constraint->memory || record || !constraint->way) {
                local_addressed(l, place);
                pass(l, event, operand, place_addr(l->unit, l->body->func, place));
        }
        if (constraint->way != '=' && !record && may_hold_address(l, type))
                pass(l, event, operand, place);
        return constraint->way == 'r' || record ? -1 : place;
}

void lower_asm(struct lower *l, CXCursor cursor)
{
        struct kids kids = cursor_kids(l, cursor);
        struct constraints constraints = read_constraints(l, cursor);
        struct event event = {.kind = EVENT_CALL, .dst = -1, .src = -1, .target = -1};
        VEC(int) written = {0};
        int n = 0;
        event.callee = name_of(l->unit->names, "__asm__");
        event.at = cursor_range(&l->sources, cursor);
        event.args = NEW_ARRAY(l->scratch, int, 2 * kids.n + 1);
        event.argat = NEW_ARRAY(l->scratch, struct range, 2 * kids.n + 1);
        for (int i = 0; i < kids.n; i++)
                if (clang_isExpression(clang_getCursorKind(kids.at[i])))
                        kids.at[n++] = kids.at[i];
        for (int i = 0; i < n; i++) {
                static const struct constraint unread = {0};
                /* a macro may stand for some of the text */
                const struct constraint *constraint = constraints.n == n ? &constraints.at[i] : &unread;
                int place = -1;
                if (denotes_object(kids.at[i]))
                        place = lower_object(l, &event, kids.at[i], constraint);
                else if (may_hold_address(l, clang_getCursorType(kids.at[i])))
                        pass(l, &event, kids.at[i], lower_value(l, kids.at[i]));
                else
                        lower_dropped(l, kids.at[i]);
                if (place >= 0)
                        VEC_PUSH(l->scratch, &written, place);
        }
        if (event.nargs)
                emit(l, event);
        for (int i = 0; i < written.n; i++)
                emit_assign(l, written.at[i], place_unknown(l), event.at);
        if (constraints.jumps)
                computed_goto(l, event.at.at, true);
}
