/*
 * lower_data.c: declarations of variables, local and of static storage. In: a
 * VarDecl. Out: a local with its initialiser's events, or a `data` of the unit
 * with what is stored in it before the program starts.
 */
#include "lower.h"

#include "base/arena.h"

static sym spelled_name(struct lower *l, CXCursor cursor)
{
        CXString text = clang_getCursorSpelling(cursor);
        sym name = name_of(l->unit->names, clang_getCString(text));
        clang_disposeString(text);
        return name;
}

/* Lowers the initialiser as if in a function of its own, where no control flow is possible. */
static void fill(struct lower *l, struct data *data, CXCursor cursor, CXCursor init)
{
        struct body body = {.func = data->inits, .constant = true, .outer = l->body}, *outer = l->body;
        map_init(&body.locals, l->scratch);
        map_init(&body.names, l->scratch);
        if (outer)
                body.locals = outer->locals; /* a static local may name another */
        l->body = &body;
        int place = place_named(l->unit, data->inits, PLACE_GLOBAL, data->name);
        lower_initialiser(l, place, clang_getCursorType(cursor), init, data->at);
        l->body = outer;
}

void lower_data(struct lower *l, CXCursor cursor, sym name)
{
        CXCursor init = clang_Cursor_getVarDeclInitializer(cursor);
        struct data *data = data_new(l->unit, name);
        *map_at(&l->defined, MAP_KEY(name)) = l;
        CXSourceRange extent = clang_getCursorExtent(cursor);
        data->type = type_text(l, clang_getCursorType(cursor));
        data->is_static = clang_Cursor_getStorageClass(cursor) == CX_SC_Static;
        data->at = spot_range(&l->sources, spot_file(&l->sources, clang_getCursorLocation(cursor)),
                              spot_file(&l->sources, clang_getRangeEnd(extent)));
        if (!cursor_is_null(init))
                fill(l, data, cursor, init);
}

/* A static local is a global that only its function can name. */
static void lower_static_local(struct lower *l, CXCursor cursor)
{
        sym name = name_printf(l->unit->names, "%s.%s", l->body->func->name, spelled_name(l, cursor));
        for (int i = 2; map_get(&l->defined, MAP_KEY(name)); i++)
                name =
                    name_printf(l->unit->names, "%s.%s'%d", l->body->func->name, spelled_name(l, cursor), i);
        struct local *local = NEW(l->scratch, struct local);
        local->place = place_named(l->unit, l->body->func, PLACE_GLOBAL, name);
        local->array = type_is_array(clang_getCursorType(cursor));
        local->global = name;
        *map_at(&l->body->locals, MAP_KEY(cursor.data[0])) = local;
        lower_data(l, cursor, name);
}

void lower_variable(struct lower *l, CXCursor cursor)
{
        enum CX_StorageClass storage = clang_Cursor_getStorageClass(cursor);
        CXCursor init = clang_Cursor_getVarDeclInitializer(cursor);
        if (storage == CX_SC_Extern)
                return;
        if (storage == CX_SC_Static) {
                lower_static_local(l, cursor);
                return;
        }
        struct local *local = local_declare(l, cursor, PLACE_LOCAL);
        if (!cursor_is_null(init))
                lower_initialiser(l, local->place, clang_getCursorType(cursor), init,
                                  cursor_range(&l->sources, cursor));
}
