/*
 * cursors.c: questions to single cursors. In: a cursor. Out: its children,
 * what is under its conversions, its value. Emits nothing.
 */
#include "lower.h"

#include "base/arena.h"
#include "base/hash.h"
#include "lex.h"

#include <string.h>

enum { FEW = 16 };

struct gather {
        struct arena *arena;
        CXCursor few[FEW];
        VEC(CXCursor) many;
        int n;
};

static enum CXChildVisitResult gather_one(CXCursor cursor, CXCursor parent, CXClientData data)
{
        struct gather *gather = data;
        (void)parent;
        if (gather->n < FEW)
                gather->few[gather->n] = cursor;
        else
                VEC_PUSH(gather->arena, &gather->many, cursor);
        gather->n++;
        return CXChildVisit_Continue;
}

struct kids cursor_kids(struct lower *l, CXCursor cursor)
{
        struct gather gather;
        gather.arena = l->scratch;
        gather.n = gather.many.n = gather.many.room = 0;
        gather.many.at = NULL;
        clang_visitChildren(cursor, gather_one, &gather);
        struct kids kids = {NEW_ARRAY(l->scratch, CXCursor, gather.n), gather.n};
        int few = gather.n < FEW ? gather.n : FEW;
        memcpy(kids.at, gather.few, (size_t)few * sizeof *kids.at);
        if (gather.many.n)
                memcpy(kids.at + FEW, gather.many.at, (size_t)gather.many.n * sizeof *kids.at);
        return kids;
}

static enum CXChildVisitResult keep_first(CXCursor cursor, CXCursor parent, CXClientData data)
{
        (void)parent;
        *(CXCursor *)data = cursor;
        return CXChildVisit_Break;
}

static enum CXChildVisitResult keep_last(CXCursor cursor, CXCursor parent, CXClientData data)
{
        (void)parent;
        *(CXCursor *)data = cursor;
        return CXChildVisit_Continue;
}

CXCursor cursor_first(CXCursor cursor)
{
        CXCursor first = clang_getNullCursor();
        clang_visitChildren(cursor, keep_first, &first);
        return first;
}

CXCursor cursor_last(CXCursor cursor)
{
        CXCursor last = clang_getNullCursor();
        clang_visitChildren(cursor, keep_last, &last);
        return last;
}

bool cursor_is_null(CXCursor cursor)
{
        return clang_isInvalid(cursor.kind);
}

/* What the parser keeps of an expression with errors looks like a conversion of its first part. */
static bool is_recovery(CXCursor cursor, CXCursor kid)
{
        CXType type = clang_getCursorType(cursor);
        return type.kind == CXType_Dependent || (type_is_function(clang_getCursorType(kid)) &&
                                                 !type_is_pointer(type) && type.kind != CXType_Void);
}

/*
 * A conversion begins where its operand does. va_arg, offsetof and the atomic
 * builtins are "unexposed" too, but begin with their own name.
 */
bool cursor_is_odd(struct lower *l, CXCursor cursor, const struct kids *kids)
{
        if (kids->n != 1 || (l->errors.n && is_recovery(cursor, kids->at[0])))
                return true;
        CXSourceLocation outer = clang_getCursorLocation(cursor),
                         inner = clang_getCursorLocation(kids->at[0]);
        if (outer.int_data == inner.int_data || kids->at[0].kind == CXCursor_MemberRefExpr)
                return false;
        sym word = cursor_word(l, cursor);
        return word && strncmp(word, "__", 2) == 0 && word != cursor_word(l, kids->at[0]) &&
               strncmp(word, "__func__", 8) != 0;
}

static CXCursor find_inner(struct lower *l, CXCursor cursor)
{
        switch (clang_getCursorKind(cursor)) {
        case CXCursor_UnexposedExpr: {
                struct kids kids = cursor_kids(l, cursor);
                return cursor_is_odd(l, cursor, &kids) ? clang_getNullCursor() : kids.at[0];
        }
        case CXCursor_ParenExpr:
                return cursor_first(cursor);
        case CXCursor_CStyleCastExpr:
                return cursor_last(cursor);
        default:
                return clang_getNullCursor();
        }
}

/* Each way of looking at an expression asks again: the answers are kept by the address of the expression. */
CXCursor cursor_inner(struct lower *l, CXCursor cursor)
{
        enum CXCursorKind kind = clang_getCursorKind(cursor);
        if (kind != CXCursor_UnexposedExpr && kind != CXCursor_ParenExpr && kind != CXCursor_CStyleCastExpr)
                return clang_getNullCursor();
        struct peeled *known = &l->peeled[hash_pair(MAP_KEY(cursor.data[1]), 0) % PEELED];
        if (known->expression != cursor.data[1] || !known->expression)
                *known = (struct peeled){cursor.data[1], find_inner(l, cursor)};
        return known->inner;
}

CXCursor cursor_peeled(struct lower *l, CXCursor cursor)
{
        for (CXCursor inner; !cursor_is_null(inner = cursor_inner(l, cursor));)
                cursor = inner;
        return cursor;
}

bool cursor_constant(CXCursor cursor, int64_t *value)
{
        CXEvalResult result = clang_Cursor_Evaluate(cursor);
        if (!result)
                return false;
        bool is_int = clang_EvalResult_getKind(result) == CXEval_Int;
        if (is_int)
                *value = clang_EvalResult_isUnsignedInt(result)
                             ? (int64_t)clang_EvalResult_getAsUnsigned(result)
                             : clang_EvalResult_getAsLongLong(result);
        clang_EvalResult_dispose(result);
        return is_int;
}

sym cursor_word(struct lower *l, CXCursor cursor)
{
        CXSourceRange extent = clang_getCursorExtent(cursor);
        struct spot spot = spot_spelled(&l->sources, clang_getRangeStart(extent));
        if (!spot.source || !spot.source->text || spot.offset >= spot.source->length ||
            !lex_is_start(spot.source->text[spot.offset]))
                return NULL;
        size_t to = lex_token(spot.source->text, spot.offset, spot.source->length);
        return name_of_bytes(l->unit->names, spot.source->text + spot.offset, to - spot.offset);
}
