/*
 * lower_func.c: one function definition. In: a FunctionDecl with a body. Out: a
 * func of the unit with parameters, blocks and how much of it was lost.
 */
#include "lower.h"

#include "base/arena.h"

#include <string.h>

static enum CXChildVisitResult find_body(CXCursor cursor, CXCursor parent, CXClientData data)
{
        (void)parent;
        if (clang_getCursorKind(cursor) == CXCursor_CompoundStmt)
                *(CXCursor *)data = cursor;
        return CXChildVisit_Continue;
}

static void declare_parameters(struct lower *l, CXCursor cursor)
{
        int n = clang_Cursor_getNumArguments(cursor);
        for (int i = 0; i < n; i++)
                local_declare(l, clang_Cursor_getArgument(cursor, (unsigned)i), PLACE_PARAM);
        l->body->func->nparams = n < 0 ? 0 : n;
}

/* The first error at or behind a spot of this file. */
static int first_error(const struct lower *l, struct spot from)
{
        int i = 0;
        while (i < l->errors.n &&
               (l->errors.at[i].source != from.source || l->errors.at[i].offset < from.offset))
                i++;
        return i;
}

/* Errors whose statement the parser dropped without a trace. */
static void count_dropped(struct lower *l, struct spot to)
{
        struct body *body = l->body;
        uint32_t line = 0;
        for (; body->error < l->errors.n; body->error++) {
                struct spot at = l->errors.at[body->error];
                if (at.source != to.source || at.offset >= to.offset)
                        return;
                struct loc loc = spot_loc(&l->sources, at);
                if (loc.line != line)
                        body->func->lost++;
                line = loc.line;
        }
}

static void fill_head(struct lower *l, CXCursor cursor, struct func *func)
{
        CXSourceRange extent = clang_getCursorExtent(cursor);
        CXType type = clang_getCursorType(cursor);
        struct expansion *macro = macro_around(l, cursor);
        func->at = spot_range(&l->sources, spot_file(&l->sources, clang_getCursorLocation(cursor)),
                              spot_file(&l->sources, clang_getRangeEnd(extent)));
        func->result = type_text(l, clang_getResultType(type));
        func->is_static = clang_Cursor_getStorageClass(cursor) == CX_SC_Static;
        func->variadic = clang_isFunctionTypeVariadic(type);
        func->attributes = attributes_text(l, cursor);
        CXCursor first = clang_getCanonicalCursor(cursor); /* a prototype may say more than the definition */
        if (!func->attributes && !clang_equalCursors(first, cursor))
                func->attributes = attributes_text(l, first);
        if (macro && macro->def->in_tree) {
                struct spot end = spot_file(&l->sources, clang_getRangeEnd(extent));
                if (end.source == macro->source && end.offset <= macro->to)
                        func->macro = macro->def->name;
        }
}

static void lower_body(struct lower *l, CXCursor cursor, CXCursor statements)
{
        CXSourceRange extent = clang_getCursorExtent(cursor);
        struct spot end = spot_file(&l->sources, clang_getRangeEnd(extent));
        declare_parameters(l, cursor);
        l->body->source = end.source;
        l->body->error = first_error(l, spot_file(&l->sources, clang_getRangeStart(extent)));
        lower_compound(l, statements, false);
        end.offset -= end.offset > 0;
        end_return(l, -1, spot_loc(&l->sources, end));
        gotos_resolve(l);
        count_dropped(l, end);
}

void lower_function(struct lower *l, CXCursor cursor)
{
        CXCursor statements = clang_getNullCursor();
        clang_visitChildren(cursor, find_body, &statements);
        if (cursor_is_null(statements))
                return;
        struct func *func = func_new(l->unit, entity_of(l, cursor)->name);
        struct body body = {.func = func};
        *map_at(&l->defined, MAP_KEY(func->name)) = l;
        map_init(&body.locals, l->scratch);
        map_init(&body.names, l->scratch);
        map_init(&l->plans, l->scratch);
        l->body = &body;
        l->depth = l->kept = 0;
        scope_open(l);
        fill_head(l, cursor, func);
        lower_body(l, cursor, statements);
        func_tidy(l, func);
        l->head->lost += func->lost;
        l->head->kept += l->kept > func->lost ? l->kept - func->lost : 0;
        l->body = NULL;
}
