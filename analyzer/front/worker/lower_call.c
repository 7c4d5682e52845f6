/*
 * lower_call.c: calls of functions and through pointers, and the table entries
 * that stand for functions. In: a call expression. Out: one event. Which macros
 * count as calls is macro_call.c's business; here a macro may only lend its
 * name to the callee.
 */
#include "lower.h"

#include "base/arena.h"

#include <string.h>

bool is_elvis(const struct kids *kids)
{
        return kids->n == 4 && clang_equalCursors(kids->at[0], kids->at[1]);
}

CXCursor call_expected(struct lower *l, CXCursor cursor)
{
        CXCursor to = clang_getCursorReferenced(cursor);
        if (clang_getCursorKind(to) != CXCursor_FunctionDecl || clang_Cursor_getNumArguments(cursor) < 2)
                return clang_getNullCursor();
        sym name = entity_of(l, to)->name;
        if (strncmp(name, "__builtin_expect", 16) != 0 && strcmp(name, "__builtin_assume_aligned") != 0)
                return clang_getNullCursor();
        return clang_Cursor_getArgument(cursor, 0);
}

/* --- what the callee is called --------------------------------------------------------- */

struct naming {
        sym callee, via, spelled;
        struct expansion *written;
};

/* A macro that is nothing but another name, or an entry of a table in parentheses, and begins at SPELLED. */
static bool renames(struct lower *l, struct macro_def *def, struct spot spelled)
{
        struct macro_def *final = macros_final(&l->macros, def);
        return !def->function_like && final->source == spelled.source && final->body == spelled.offset &&
               (macro_alias(&l->macros, final) || macro_in_parentheses(final));
}

/* The object-like macro from outside that is written, or stands in the macro written, in place of CALLEE. */
static const struct macro_def *outside_alias(struct lower *l, CXCursor callee, struct expansion *written)
{
        enum { MOST = 6 };
        struct invocation *found[MOST];
        struct macro_def *def = written->def;
        struct spot spelled = spot_spelled(&l->sources, cursor_begin(callee));
        if (!def->in_tree && !def->function_like)
                return renames(l, def, spelled) ? def : NULL;
        int n = macros_inside(&l->macros, written, spelled, found, MOST);
        for (int i = 0; i < n; i++)
                if (renames(l, found[i]->def, spelled))
                        return found[i]->def;
        return NULL;
}

/* NAME is the function that the compiler sees; macros may have been written for it. */
static struct naming name_callee(struct lower *l, CXCursor callee, sym name)
{
        struct naming naming = {.callee = name};
        naming.written = macro_around(l, callee);
        if (!naming.written || !naming.written->def->source)
                return naming;
        const struct macro_def *alias = outside_alias(l, callee, naming.written);
        if (alias && alias->name != name) {
                naming.callee = alias->name;
                naming.via = name;
                macro_declare(l, alias, true);
        }
        if (naming.written->def->name != naming.callee)
                naming.spelled = naming.written->def->name;
        return naming;
}

/* --- tables of functions and variables ----------------------------------------------------- */

/* *(T *)TABLE[3], with any casts and parentheses. */
static bool is_table_access(struct lower *l, CXCursor cursor)
{
        cursor = cursor_peeled(l, cursor);
        if (clang_getCursorUnaryOperatorKind(cursor) != CXUnaryOperator_Deref)
                return false;
        cursor = cursor_peeled(l, cursor_first(cursor));
        if (clang_getCursorKind(cursor) != CXCursor_ArraySubscriptExpr)
                return false;
        CXCursor table = cursor_peeled(l, cursor_first(cursor)), to = clang_getCursorReferenced(table);
        CXCursor index = cursor_peeled(l, cursor_last(cursor));
        return clang_getCursorKind(to) == CXCursor_VarDecl && clang_Cursor_hasVarDeclGlobalStorage(to) &&
               clang_getCursorKind(index) == CXCursor_IntegerLiteral;
}

/* The object-like macro whose whole expansion CURSOR is, when it reaches into a table. */
static const struct macro_def *table_macro(struct lower *l, CXCursor cursor)
{
        enum CXCursorKind kind = clang_getCursorKind(cursor);
        if (kind != CXCursor_ParenExpr && kind != CXCursor_UnexposedExpr && kind != CXCursor_UnaryOperator)
                return NULL;
        if (!spot_in_macro(clang_getCursorLocation(cursor)) || !is_table_access(l, cursor))
                return NULL;
        struct expansion *written = macro_around(l, cursor);
        if (!written || !written->def->source)
                return NULL;
        const struct macro_def *outside = outside_alias(l, cursor, written);
        if (outside)
                return outside;
        return written->def->in_tree && !written->def->function_like ? written->def : NULL;
}

int lower_table_entry(struct lower *l, CXCursor cursor)
{
        const struct macro_def *def = table_macro(l, cursor);
        if (!def)
                return -1;
        CXType type = clang_getCursorType(cursor_peeled(l, cursor));
        bool is_func = type_is_function(type) || type_is_function(clang_getPointeeType(type));
        if (!def->in_tree)
                macro_declare(l, def, is_func);
        return place_named(l->unit, l->body->func, is_func ? PLACE_FUNC : PLACE_GLOBAL, def->name);
}

/* --- the event -------------------------------------------------------------------------------- */

/* An argument that the body of the macro around spells has no place of its own in the source. */
static struct range argument_range(struct lower *l, CXCursor arg, const struct expansion *written)
{
        struct spot from = spot_file(&l->sources, cursor_begin(arg));
        if (written && from.source == written->source && from.offset == written->from)
                return (struct range){0};
        return cursor_range(&l->sources, arg);
}

static void lower_arguments(struct lower *l, struct event *event, const CXCursor *args, int n,
                            const struct expansion *written)
{
        event->nargs = n;
        event->args = NEW_ARRAY(l->scratch, int, n);
        event->argat = NEW_ARRAY(l->scratch, struct range, n);
        for (int i = 0; i < n; i++) {
                event->args[i] = lower_value(l, args[i]);
                event->argat[i] = argument_range(l, args[i], written);
        }
}

static struct range call_range(struct lower *l, CXCursor cursor, const struct expansion *written)
{
        if (!written || !written->def->function_like)
                return cursor_range(&l->sources, cursor);
        return spot_range(&l->sources, (struct spot){written->source, written->from},
                          (struct spot){written->source, written->to});
}

/* Through a pointer, unless the pointer is an entry of a table that has a name. */
static struct naming lower_target(struct lower *l, CXCursor callee, struct event *event)
{
        struct naming naming = {.written = macro_around(l, callee)};
        const struct macro_def *def = NULL;
        for (CXCursor part = callee; !cursor_is_null(part) && !def; part = cursor_inner(l, part))
                def = table_macro(l, part);
        if (!def) {
                int place = lower_value(l, callee);
                const struct place *target = &l->body->func->places.at[place];
                if (target->kind == PLACE_FUNC)
                        naming.callee = target->name;
                else
                        event->target = place;
                if (naming.written)
                        naming.spelled = naming.written->def->name;
                return naming;
        }
        naming.callee = def->name;
        if (naming.written && naming.written->def != def)
                naming.spelled = naming.written->def->name;
        if (!def->in_tree)
                macro_declare(l, def, true);
        return naming;
}

static struct entity *direct_callee(struct lower *l, CXCursor callee)
{
        CXCursor name = cursor_peeled(l, callee);
        if (clang_getCursorKind(name) != CXCursor_DeclRefExpr)
                return NULL;
        CXCursor to = clang_getCursorReferenced(name);
        return clang_getCursorKind(to) == CXCursor_FunctionDecl ? entity_of(l, to) : NULL;
}

int lower_call(struct lower *l, CXCursor cursor, int dst, bool want)
{
        struct event event = {.kind = EVENT_CALL, .dst = -1, .src = -1, .target = -1};
        CXCursor expected = call_expected(l, cursor);
        struct kids kids = cursor_kids(l, cursor);
        bool none = !kids.n || l->body->constant; /* before the program starts nobody calls */
        if (!cursor_is_null(expected) || none) {
                int place = cursor_is_null(expected) ? place_unknown(l) : lower_value(l, expected);
                if (dst >= 0)
                        emit_assign(l, dst, place, cursor_range(&l->sources, cursor));
                return dst >= 0 ? dst : place;
        }
        struct entity *to = direct_callee(l, kids.at[0]);
        if (to && strcmp(to->name, "__builtin_constant_p") == 0)
                return place_number(l, 0); /* asks the compiler, evaluates nothing */
        if (to)
                to->used = true;
        struct naming naming =
            to ? name_callee(l, kids.at[0], to->name) : lower_target(l, kids.at[0], &event);
        lower_arguments(l, &event, kids.at + 1, kids.n - 1, naming.written);
        event.callee = naming.callee;
        event.via = naming.via;
        event.spelled = naming.spelled;
        event.at = call_range(l, cursor, naming.written);
        event.noreturn = to && to->noreturn;
        if (want && clang_getCursorType(cursor).kind != CXType_Void)
                event.dst = dst >= 0 ? dst : new_temp(l);
        l->body->func->uses_setjmp |= to && to->twice;
        emit(l, event);
        if (event.noreturn)
                end_stop(l, event.at.at);
        return event.dst;
}

static bool is_builtin(struct lower *l, CXCursor cursor, const char *name)
{
        sym word = cursor_word(l, cursor);
        return word && strcmp(word, name) == 0;
}

/* libclang shows the operands of atomic builtins in an order of its own. */
static void sort_operands(struct lower *l, const struct kids *kids)
{
        for (int i = 1; i < kids->n; i++)
                for (int k = i; k > 0; k--) {
                        struct spot a = spot_spelled(&l->sources, cursor_begin(kids->at[k - 1]));
                        struct spot b = spot_spelled(&l->sources, cursor_begin(kids->at[k]));
                        if (a.source != b.source || a.offset <= b.offset)
                                break;
                        CXCursor swap = kids->at[k];
                        kids->at[k] = kids->at[k - 1];
                        kids->at[k - 1] = swap;
                }
}

/*
 * Expressions of clang's own: builtins that look like calls (va_arg, atomics),
 * and what is left of expressions with errors, where the callee may survive.
 */
int lower_odd(struct lower *l, CXCursor cursor, const struct kids *kids, bool want)
{
        int64_t value;
        if (is_elvis(kids) && !l->body->constant) {
                int temp = new_temp(l);
                lower_into(l, temp, cursor, cursor_range(&l->sources, cursor));
                return temp;
        }
        if (cursor_constant(cursor, &value))
                return place_number(l, value);
        if (kids->n == 3 && is_builtin(l, cursor, "__builtin_choose_expr") &&
            cursor_constant(kids->at[0], &value))
                return lower_value(l, kids->at[value ? 1 : 2]);
        struct event event = {.kind = EVENT_CALL, .dst = -1, .src = -1, .target = -1};
        struct entity *to = kids->n ? direct_callee(l, kids->at[0]) : NULL;
        event.callee = to ? to->name : cursor_word(l, cursor);
        if (to)
                to->used = true;
        bool builtin = event.callee && strncmp(event.callee, "__", 2) == 0;
        if (l->body->constant || (!to && !builtin)) {
                for (int i = 0; i < kids->n && !l->body->constant; i++)
                        if (clang_isExpression(clang_getCursorKind(kids->at[i])))
                                lower_dropped(l, kids->at[i]);
                return place_unknown(l);
        }
        if (!to)
                sort_operands(l, kids);
        lower_arguments(l, &event, kids->at + (to != NULL), kids->n - (to != NULL), NULL);
        event.at = cursor_range(&l->sources, cursor);
        event.dst = want ? new_temp(l) : -1;
        emit(l, event);
        return want ? event.dst : place_unknown(l);
}
