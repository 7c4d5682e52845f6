/*
 * macro_call.c: which expressions are calls of macros from outside the tree.
 * In: an expression that begins inside a macro. Out: for macros that call
 * something or reach into memory, one call event with the arguments as the user
 * wrote them. Macros that only compute are lowered as what they expand to, and
 * so are statements.
 */
#include "lower.h"

#include "base/arena.h"
#include "lex.h"

#include <string.h>

struct macro_plan {
        bool call;
        struct invocation *invocation;
        struct expansion *written;              /* what the user wrote there */
        struct entity *via;                     /* the function whose result the expansion is */
        CXCursor *args;                         /* null: no expression of the expansion is that argument */
        int64_t *sizes;                         /* of a type argument, -1 unknown */
        bool *types;                            /* the argument was seen to be a type */
        int64_t size;                           /* of a type without name of its own, -1 unknown */
        bool calls, reaches, statements, stops; /* what is in the expansion, arguments aside */
};

struct expansion *macro_around(struct lower *l, CXCursor cursor)
{
        CXSourceLocation begin = cursor_begin(cursor);
        if (!spot_in_macro(begin))
                return NULL;
        struct expansion *written = macros_at(&l->macros, spot_file(&l->sources, begin));
        if (!written)
                return NULL;
        struct spot spelled = spot_spelled(&l->sources, begin);
        if (spelled.source == written->source && spelled.offset == written->from)
                return NULL; /* an argument: the user wrote this himself */
        return written;
}

/* --- which part of an expansion is which argument ----------------------------------- */

static bool in_seg(const struct seg *seg, struct spot spot)
{
        return spot.source == seg->source && spot.offset >= seg->from && spot.offset < seg->to;
}

/* Characters that are spelled where they are used need no look at the macros in between. */
static bool begins_in(struct lower *l, const struct arg *arg, CXSourceLocation begin, struct spot file)
{
        struct spot spelled = {0};
        for (int i = 0; i < arg->segs.n; i++) {
                const struct seg *seg = &arg->segs.at[i];
                if (!seg->spelled && in_seg(seg, file))
                        return true;
                if (seg->spelled && !spelled.source)
                        spelled = spot_spelled(&l->sources, begin);
                if (seg->spelled && spelled.source &&
                    (in_seg(seg, spelled) || macros_reach(&l->macros, seg, spelled)))
                        return true;
        }
        return false;
}

/* Each last operand in CURSOR begins in the argument, too. */
static bool ends_in(struct lower *l, const struct arg *arg, CXCursor cursor)
{
        while (!cursor_is_null(cursor = cursor_last(cursor))) {
                CXSourceLocation begin = cursor_begin(cursor);
                if (!begins_in(l, arg, begin, spot_file(&l->sources, begin)))
                        return false;
        }
        return true;
}

static int argument_of(struct lower *l, const struct macro_plan *plan, CXCursor cursor)
{
        CXSourceLocation begin = cursor_begin(cursor);
        struct spot file = spot_file(&l->sources, begin);
        for (int i = 0; i < plan->invocation->nargs; i++) {
                const struct arg *arg = &plan->invocation->args[i];
                if (begins_in(l, arg, begin, file) && ends_in(l, arg, cursor))
                        return i;
        }
        return -1;
}

/* sizeof(T) and casts to T * tell how large a type argument is. */
static void see_type(struct lower *l, struct macro_plan *plan, CXCursor cursor, const struct kids *kids)
{
        int64_t size = -1;
        if (clang_getCursorKind(cursor) == CXCursor_UnaryExpr) {
                if (!cursor_constant(cursor, &size))
                        size = -1;
        } else {
                CXType type = clang_getCursorType(cursor), pointee = clang_getPointeeType(type);
                size = clang_Type_getSizeOf(type_is_pointer(type) ? pointee : type);
        }
        bool named = false;
        for (int i = 0; i < kids->n; i++) {
                if (clang_getCursorKind(kids->at[i]) != CXCursor_TypeRef)
                        continue;
                int arg = argument_of(l, plan, kids->at[i]);
                named = true;
                if (arg < 0)
                        continue;
                plan->types[arg] = true;
                if (plan->sizes[arg] < 0)
                        plan->sizes[arg] = size;
        }
        if (!named && plan->size < 0 && clang_getCursorKind(cursor) == CXCursor_UnaryExpr)
                plan->size = size;
}

/* What a compiler is told of branches and caches computes nothing. */
static bool is_hint(CXCursor call)
{
        CXString name = clang_getCursorSpelling(call);
        const char *text = clang_getCString(name);
        bool hint =
            text && (strncmp(text, "__builtin_expect", 16) == 0 || strcmp(text, "__builtin_prefetch") == 0 ||
                     strcmp(text, "_mm_prefetch") == 0 || strcmp(text, "__builtin_assume") == 0);
        clang_disposeString(name);
        return hint;
}

static void scan(struct lower *l, struct macro_plan *plan, CXCursor cursor, int depth);

static void scan_kind(struct lower *l, struct macro_plan *plan, CXCursor cursor, const struct kids *kids)
{
        int64_t value;
        switch (clang_getCursorKind(cursor)) {
        case CXCursor_CallExpr: {
                CXCursor to = clang_getCursorReferenced(cursor);
                plan->calls |= !is_hint(cursor);
                plan->stops |= clang_getCursorKind(to) == CXCursor_FunctionDecl && entity_of(l, to)->noreturn;
                break;
        }
        case CXCursor_UnexposedExpr:
                plan->calls |= cursor_is_odd(l, cursor, kids) && !cursor_constant(cursor, &value);
                break;
        case CXCursor_MemberRefExpr:
        case CXCursor_ArraySubscriptExpr:
                plan->reaches = true;
                break;
        case CXCursor_UnaryOperator:
                plan->reaches |= clang_getCursorUnaryOperatorKind(cursor) == CXUnaryOperator_Deref;
                break;
        case CXCursor_StmtExpr:
                plan->statements = true;
                break;
        case CXCursor_CStyleCastExpr:
        case CXCursor_UnaryExpr:
                see_type(l, plan, cursor, kids);
                break;
        default:
                break;
        }
}

static bool is_function_call(CXCursor cursor)
{
        return clang_getCursorKind(cursor) == CXCursor_CallExpr &&
               clang_getCursorKind(clang_getCursorReferenced(cursor)) == CXCursor_FunctionDecl;
}

static void scan(struct lower *l, struct macro_plan *plan, CXCursor cursor, int depth)
{
        struct kids kids = cursor_kids(l, cursor);
        scan_kind(l, plan, cursor, &kids);
        if (clang_getCursorKind(cursor) == CXCursor_UnaryExpr || depth > 200)
                return; /* what sizeof looks at is not evaluated */
        for (int i = 0; i < kids.n; i++) {
                bool expression = clang_isExpression(clang_getCursorKind(kids.at[i]));
                if (i == 0 && is_function_call(cursor))
                        continue; /* the name of the callee is no argument, and nothing is in it */
                int arg = expression ? argument_of(l, plan, kids.at[i]) : -1;
                if (arg < 0)
                        scan(l, plan, kids.at[i], depth + 1);
                else if (cursor_is_null(plan->args[arg]))
                        plan->args[arg] = kids.at[i];
        }
}

/* --- is it a call? ------------------------------------------------------------------------ */

/*
 * Is the end of CURSOR no further than the expansion's? Inside an argument of
 * another macro libclang gives the end of that one for whatever ends in a body.
 */
static bool ends_with(struct lower *l, CXSourceRange extent, const struct expansion *expansion)
{
        CXFile file;
        unsigned outermost;
        struct spot end = spot_file(&l->sources, clang_getRangeEnd(extent));
        if (end.source == expansion->source && end.offset <= expansion->to)
                return true;
        clang_getExpansionLocation(clang_getRangeStart(extent), &file, NULL, NULL, &outermost);
        return outermost != expansion->from && !spot_in_macro(clang_getRangeEnd(extent));
}

/* Does the whole of CURSOR come out of this expansion? */
static bool is_all_of(struct lower *l, CXCursor cursor, const struct expansion *expansion)
{
        if (!ends_with(l, clang_getCursorExtent(cursor), expansion))
                return false;
        for (CXCursor last = cursor; !cursor_is_null(last); last = cursor_last(last)) {
                CXSourceLocation begin = cursor_begin(last);
                struct spot at = spot_file(&l->sources, begin);
                if (at.source != expansion->source || at.offset < expansion->from ||
                    at.offset >= expansion->to)
                        return false;
        }
        return true;
}

/* Does an expansion of DEF look like this, when it begins at SPELLED? */
static bool fits_shape(struct lower *l, CXCursor cursor, struct macro_def *def, struct spot spelled)
{
        struct spot first = macros_first(&l->macros, def);
        if (first.source != spelled.source || first.offset != spelled.offset)
                return false;
        while (clang_getCursorKind(cursor) == CXCursor_UnexposedExpr &&
               !cursor_is_null(cursor_inner(l, cursor)))
                cursor = cursor_inner(l, cursor);
        enum CXCursorKind kind = clang_getCursorKind(cursor);
        if (macro_in_parentheses(macros_final(&l->macros, def)))
                return kind == CXCursor_ParenExpr;
        return kind != CXCursor_BinaryOperator && kind != CXCursor_ConditionalOperator &&
               kind != CXCursor_CompoundAssignOperator;
}

/* The function whose result an expression is: behind casts, a comma, an assignment, beside a null pointer. */
static struct entity *result_of(struct lower *l, CXCursor cursor, int depth)
{
        cursor = cursor_peeled(l, cursor);
        enum CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(cursor);
        CXCursor to = clang_getCursorReferenced(cursor);
        if (clang_getCursorKind(cursor) == CXCursor_CallExpr &&
            clang_getCursorKind(to) == CXCursor_FunctionDecl)
                return entity_of(l, to);
        if (depth > 20)
                return NULL;
        if (kind == CXBinaryOperator_Comma || kind == CXBinaryOperator_Assign)
                return result_of(l, cursor_last(cursor), depth + 1);
        if (clang_getCursorKind(cursor) != CXCursor_ConditionalOperator)
                return NULL;
        struct kids kids = cursor_kids(l, cursor);
        struct entity *found = result_of(l, kids.at[kids.n - 1], depth + 1);
        return found ? found : result_of(l, kids.at[kids.n - 2], depth + 1);
}

/* The last thing the expansion does is this call. */
static bool is_bare_call(struct lower *l, CXCursor cursor, const struct entity *to)
{
        CXCursor inner = cursor_peeled(l, cursor);
        CXCursor called = clang_getCursorReferenced(inner);
        return clang_getCursorKind(inner) == CXCursor_CallExpr &&
               clang_getCursorKind(called) == CXCursor_FunctionDecl && entity_of(l, called) == to;
}

/* Looks through the expansion with this call in mind. True when it counts as a call. */
static bool try_call(struct lower *l, struct macro_plan *plan, struct invocation *call, CXCursor cursor)
{
        plan->invocation = call;
        plan->via = result_of(l, cursor, 0);
        plan->size = -1;
        plan->calls = plan->reaches = plan->statements = plan->stops = false;
        int n = call->nargs < 0 ? 0 : call->nargs;
        plan->args = NEW_ARRAY(l->scratch, CXCursor, n);
        plan->sizes = NEW_ARRAY(l->scratch, int64_t, n);
        plan->types = NEW_ARRAY(l->scratch, bool, n);
        for (int i = 0; i < n; i++) {
                plan->args[i] = clang_getNullCursor();
                plan->sizes[i] = -1;
        }
        scan(l, plan, cursor, 0);
        bool guarded = plan->stops && !(plan->via && is_bare_call(l, cursor, plan->via));
        if ((plan->statements || guarded) && clang_getCursorType(cursor).kind == CXType_Void)
                return plan->call = false; /* a statement in disguise, or an assertion */
        return plan->call = plan->calls || plan->reaches;
}

static int arguments_found(const struct macro_plan *plan)
{
        int n = 0;
        for (int i = 0; i < plan->invocation->nargs; i++)
                n += !cursor_is_null(plan->args[i]) || plan->types[i];
        return n;
}

/* Does CURSOR go on in the body behind this call, as in NAME(x)->member(y)? Then it is more than the call. */
static bool goes_beyond(struct lower *l, const struct invocation *call, CXCursor cursor)
{
        for (int depth = 0; !cursor_is_null(cursor) && depth < 40; depth++) {
                struct spot spelled = spot_spelled(&l->sources, clang_getCursorLocation(cursor));
                if (spelled.source == call->at.source && spelled.offset >= call->at.to)
                        return true;
                struct kids kids = cursor_kids(l, cursor);
                cursor = kids.n ? kids.at[kids.n - 1] : clang_getNullCursor();
        }
        return false;
}

/* Among the calls inside the body that may have led here, the one whose arguments are all found. */
static void plan_inside(struct lower *l, struct macro_plan *plan, CXCursor cursor, struct spot spelled)
{
        enum { MOST = 6 };
        struct invocation *found[MOST];
        struct macro_plan best = {0};
        int n = macros_inside(&l->macros, plan->written, spelled, found, MOST), most = -1;
        for (int i = 0; i < n; i++) {
                if (!found[i]->def->function_like || !fits_shape(l, cursor, found[i]->def, spelled) ||
                    goes_beyond(l, found[i], cursor))
                        continue;
                /* one that is no call may still be the one that stands here */
                try_call(l, plan, found[i], cursor);
                if (arguments_found(plan) > most)
                        best = *plan, most = arguments_found(plan);
        }
        if (most >= 0)
                *plan = best;
}

static struct macro_plan *make_plan(struct lower *l, CXCursor cursor)
{
        struct macro_plan *plan = NEW(l->scratch, struct macro_plan);
        CXSourceLocation begin = cursor_begin(cursor);
        plan->written = macros_at(&l->macros, spot_file(&l->sources, begin));
        if (!plan->written || !plan->written->def->source)
                return plan;
        struct macro_def *def = plan->written->def;
        bool direct = !def->in_tree && def->function_like;
        if (!direct && !macro_names_outside(&l->macros, def))
                return plan;
        struct spot spelled = spot_spelled(&l->sources, begin);
        if (direct && fits_shape(l, cursor, def, spelled) && is_all_of(l, cursor, plan->written))
                try_call(l, plan, macros_call(&l->macros, plan->written), cursor);
        if (!plan->call)
                plan_inside(l, plan, cursor, spelled);
        return plan;
}

/* A name or a number is never the call of a macro: most expressions are one of them. */
static bool is_leaf(enum CXCursorKind kind)
{
        return kind == CXCursor_DeclRefExpr || kind == CXCursor_IntegerLiteral ||
               kind == CXCursor_StringLiteral || kind == CXCursor_CharacterLiteral ||
               kind == CXCursor_FloatingLiteral || kind == CXCursor_UnaryExpr;
}

/* The plan of an expression, made once; NULL when it is no call of a macro. */
static struct macro_plan *plan_of(struct lower *l, CXCursor cursor)
{
        if (l->body->constant || is_leaf(clang_getCursorKind(cursor)) || cursor_is_null(cursor) ||
            !spot_in_macro(clang_getCursorLocation(cursor)))
                return NULL;
        /* the address of the expression is its identity, as for declarations */
        struct macro_plan **slot = (struct macro_plan **)map_at(&l->plans, MAP_KEY(cursor.data[1]));
        if (!*slot) {
                struct macro_plan *plan = make_plan(l, cursor);
                slot = (struct macro_plan **)map_at(&l->plans, MAP_KEY(cursor.data[1]));
                *slot = plan;
        }
        return (*slot)->call ? *slot : NULL;
}

bool is_macro_call(struct lower *l, CXCursor cursor)
{
        return plan_of(l, cursor) != NULL;
}

/* --- the event ----------------------------------------------------------------------------- */

static bool is_type_word(const char *text, size_t length)
{
        static const char *const words[] = {"char",  "int",      "unsigned", "signed", "short", "long",
                                            "float", "double",   "void",     "struct", "union", "enum",
                                            "const", "volatile", "_Bool",    "bool"};
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
                if (strlen(words[i]) == length && strncmp(words[i], text, length) == 0)
                        return true;
        return false;
}

/* A type argument is the size of the type; one that the expansion drops is unknown. */
static int lower_type_argument(struct lower *l, const struct macro_plan *plan, int i)
{
        const struct seg *text = &plan->invocation->args[i].text;
        const char *from = text->source->text + text->from;
        size_t length = text->to - text->from, word = lex_token(from, 0, length);
        bool builtin = length && is_type_word(from, word);
        if (!plan->types[i] && !builtin)
                return place_unknown(l);
        struct place place = {.kind = PLACE_SIZEOF, .name = name_of_bytes(l->unit->names, from, length)};
        place.value = plan->sizes[i] >= 0 ? plan->sizes[i] : plan->size;
        return place_of(l->unit, l->body->func, place);
}

static struct range seg_range(struct lower *l, const struct seg *seg)
{
        if (seg->spelled)
                return (struct range){0};
        return spot_range(&l->sources, (struct spot){seg->source, seg->from},
                          (struct spot){seg->source, seg->to});
}

static void lower_arguments(struct lower *l, const struct macro_plan *plan, struct event *event)
{
        const struct invocation *call = plan->invocation;
        event->nargs = call->nargs < 0 ? 0 : call->nargs;
        event->args = NEW_ARRAY(l->scratch, int, event->nargs);
        event->argat = NEW_ARRAY(l->scratch, struct range, event->nargs);
        for (int i = 0; i < event->nargs; i++) {
                bool found = !cursor_is_null(plan->args[i]);
                event->args[i] = found ? lower_value(l, plan->args[i]) : lower_type_argument(l, plan, i);
                event->argat[i] = seg_range(l, &call->args[i].text);
        }
}

bool lower_macro_call(struct lower *l, CXCursor cursor, int dst, bool want, int *result)
{
        struct macro_plan *plan = plan_of(l, cursor);
        if (!plan)
                return false;
        const struct macro_def *def = plan->invocation->def;
        struct event event = {.kind = EVENT_CALL, .dst = -1, .src = -1, .target = -1, .callee = def->name};
        const struct expansion *written = plan->written;
        event.at = spot_range(&l->sources, (struct spot){written->source, written->from},
                              (struct spot){written->source, written->to});
        if (written->def != def)
                event.spelled = written->def->name;
        if (plan->via && plan->via->name != def->name)
                event.via = plan->via->name;
        if (plan->via)
                plan->via->used = true;
        lower_arguments(l, plan, &event);
        if (want && clang_getCursorType(cursor).kind != CXType_Void)
                event.dst = dst >= 0 ? dst : new_temp(l);
        event.noreturn = plan->via && plan->via->noreturn && is_bare_call(l, cursor, plan->via);
        l->body->func->uses_setjmp |= plan->via && plan->via->twice;
        emit(l, event);
        macro_declare(l, def, true);
        if (event.noreturn)
                end_stop(l, event.at.at);
        *result = event.dst;
        return true;
}

void macro_declare(struct lower *l, const struct macro_def *def, bool is_func)
{
        struct called_macro **slot = (struct called_macro **)map_at(&l->called, MAP_KEY(def->name));
        if (!*slot)
                *slot = NEW(l->arena, struct called_macro);
        (*slot)->def = def;
        (*slot)->is_func |= is_func;
}
