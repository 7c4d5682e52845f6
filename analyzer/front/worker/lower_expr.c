/*
 * lower_expr.c: expressions to places. In: an expression. Out: the place of its
 * value; its side effects as events. Operators are in lower_operator.c, calls
 * in lower_call.c.
 */
#include "lower.h"

#include "base/arena.h"
#include "lex.h"

#include <stdlib.h>
#include <string.h>

/* --- names ---------------------------------------------------------------------- */

static int place_variable(struct lower *l, CXCursor declaration, bool *array)
{
        struct local *local = map_get(&l->body->locals, MAP_KEY(declaration.data[0]));
        if (local) {
                *array = local->array;
                if (local->global) /* may be asked for in the initialiser of another */
                        return place_named(l->unit, l->body->func, PLACE_GLOBAL, local->global);
                return l->body->constant ? place_unknown(l) : local->place;
        }
        enum CX_StorageClass storage = clang_Cursor_getStorageClass(declaration);
        bool is_param = clang_getCursorKind(declaration) == CXCursor_ParmDecl;
        if (is_param || (!clang_Cursor_hasVarDeclGlobalStorage(declaration) && storage != CX_SC_Extern)) {
                /* its declaration was lost */
                if (l->body->constant)
                        return place_unknown(l);
                return local_declare(l, declaration, PLACE_LOCAL)->place;
        }
        struct entity *entity = entity_of(l, declaration);
        entity->used = true;
        *array = entity->array;
        return place_named(l->unit, l->body->func, PLACE_GLOBAL, entity->name);
}

static int place_reference(struct lower *l, CXCursor cursor, bool *array)
{
        CXCursor to = clang_getCursorReferenced(cursor);
        *array = false;
        switch (clang_getCursorKind(to)) {
        case CXCursor_FunctionDecl:
                entity_of(l, to)->used = true;
                return place_named(l->unit, l->body->func, PLACE_FUNC, entity_of(l, to)->name);
        case CXCursor_EnumConstantDecl:
                return place_number(l, clang_getEnumConstantDeclValue(to));
        case CXCursor_VarDecl:
        case CXCursor_ParmDecl:
                return place_variable(l, to, array);
        default:
                return place_unknown(l);
        }
}

static int place_member(struct lower *l, CXCursor cursor, bool *array)
{
        CXCursor base = cursor_first(cursor), to = clang_getCursorReferenced(cursor);
        if (cursor_is_null(base) || clang_getCursorKind(to) != CXCursor_FieldDecl)
                return place_unknown(l);
        struct field *field = field_of(l, to);
        *array = type_is_array(field->type);
        int place;
        if (type_is_pointer(clang_getCursorType(base)))
                place = place_deref(l->unit, l->body->func, lower_value(l, base));
        else
                place = lower_place(l, base);
        return field->anonymous ? place : place_field(l->unit, l->body->func, place, field->key);
}

static int place_subscript(struct lower *l, CXCursor cursor)
{
        struct kids kids = cursor_kids(l, cursor);
        if (kids.n != 2)
                return place_unknown(l);
        /* A parameter that is declared as an array keeps that type here, though it is a pointer. */
        CXType left = clang_getCursorType(kids.at[0]);
        bool turned = !type_is_pointer(left) && !type_is_array(left);
        int first = lower_value(l, kids.at[0]), second = lower_value(l, kids.at[1]);
        int pointer = turned ? second : first, index = turned ? first : second;
        return place_deref(l->unit, l->body->func,
                           place_arith(l->unit, l->body->func, ARITH_ADD, pointer, index));
}

/* (T){...}: a variable without a name. */
static int place_literal(struct lower *l, CXCursor cursor, bool *array)
{
        CXType type = clang_getCursorType(cursor);
        CXCursor init = cursor_last(cursor);
        *array = type_is_array(type);
        if (l->body->constant) {
                sym name = name_printf(l->unit->names, "%s.literal%d", l->body->func->name, ++l->literals);
                struct data *data = data_new(l->unit, name);
                data->type = type_text(l, type);
                data->is_static = true;
                data->at = cursor_range(&l->sources, cursor);
                struct func *outer = l->body->func;
                l->body->func = data->inits;
                lower_initialiser(l, place_named(l->unit, data->inits, PLACE_GLOBAL, name), type, init,
                                  data->at);
                l->body->func = outer;
                return place_named(l->unit, outer, PLACE_GLOBAL, name);
        }
        int place = local_hidden(l, "literal", type);
        lower_initialiser(l, place, type, init, cursor_range(&l->sources, cursor));
        return place;
}

/* What *pointer denotes; a function is its own address. */
static int place_pointed(struct lower *l, CXCursor cursor, bool *array)
{
        CXType type = clang_getCursorType(cursor);
        int pointer = lower_value(l, cursor_first(cursor));
        if (type_is_function(type))
                return pointer;
        *array = type_is_array(type);
        return place_deref(l->unit, l->body->func, pointer);
}

/* The place of an lvalue without decay; *ARRAY tells that its value is the address of its first element. */
static int place_plain(struct lower *l, CXCursor cursor, bool *array)
{
        *array = false;
        switch (clang_getCursorKind(cursor)) {
        case CXCursor_DeclRefExpr:
                return place_reference(l, cursor, array);
        case CXCursor_MemberRefExpr:
                return place_member(l, cursor, array);
        case CXCursor_ArraySubscriptExpr:
                *array = type_is_array(clang_getCursorType(cursor));
                return place_subscript(l, cursor);
        case CXCursor_CompoundLiteralExpr:
                return place_literal(l, cursor, array);
        case CXCursor_UnaryOperator:
                if (clang_getCursorUnaryOperatorKind(cursor) == CXUnaryOperator_Deref)
                        return place_pointed(l, cursor, array);
                if (clang_getCursorUnaryOperatorKind(cursor) == CXUnaryOperator_Extension)
                        return lower_place(l, cursor_first(cursor));
                return -1;
        default:
                return -1;
        }
}

int lower_place(struct lower *l, CXCursor cursor)
{
        bool array;
        for (CXCursor inner = cursor; !cursor_is_null(inner); inner = cursor_inner(l, inner)) {
                int entry = lower_table_entry(l, inner);
                if (entry >= 0)
                        return entry;
                cursor = inner;
        }
        int place = place_plain(l, cursor, &array);
        return place >= 0 ? place : lower_value(l, cursor);
}

/* --- constants --------------------------------------------------------------------- */

/* The number that a literal spells; false for what needs the compiler (pasted tokens). */
static bool read_number(struct lower *l, CXCursor cursor, int64_t *value)
{
        struct spot spot = spot_spelled(&l->sources, clang_getCursorLocation(cursor));
        if (!spot.source || !spot.source->text || spot.offset >= spot.source->length)
                return false;
        const char *text = spot.source->text + spot.offset;
        size_t length = lex_token(text, 0, spot.source->length - spot.offset);
        char digits[40], *end;
        if (length >= sizeof digits || *text < '0' || *text > '9')
                return false;
        memcpy(digits, text, length);
        digits[length] = 0;
        bool binary = digits[0] == '0' && (digits[1] == 'b' || digits[1] == 'B');
        *value = (int64_t)strtoull(binary ? digits + 2 : digits, &end, binary ? 2 : 0);
        return end > digits && strspn(end, "uUlLzZ") == strlen(end);
}

static int value_number(struct lower *l, CXCursor cursor)
{
        int64_t value;
        if (read_number(l, cursor, &value) || cursor_constant(cursor, &value))
                return place_number(l, value);
        return place_unknown(l);
}

/* What __FILE__ stands for is told from the tree on, so that a unit is the same wherever the tree lies. */
static sym without_tree(struct lower *l, const char *text)
{
        size_t length = strlen(l->job->tree);
        const char *found = length > 1 ? strstr(text, l->job->tree) : NULL;
        if (!found || found[length] != '/')
                return name_of(l->unit->names, text);
        return name_printf(l->unit->names, "%.*s%s", (int)(found - text), text, found + length + 1);
}

/* As clang spells it: with escapes, adjacent literals joined. The start of a long one is enough. */
static int value_string(struct lower *l, CXCursor cursor)
{
        enum { LONGEST = 240 };
        CXString spelling = clang_getCursorSpelling(cursor);
        const char *text = clang_getCString(spelling), *from = text ? strchr(text, '"') : NULL;
        size_t length = from ? strlen(from + 1) : 0, keep = 0;
        length -= length > 0;
        while (from && keep < length && keep < LONGEST)
                keep += from[1 + keep] == '\\' ? 2 : 1;
        struct out out = {.arena = l->scratch};
        for (size_t i = 0; i < (keep < length ? keep : length); i++) {
                unsigned char c = (unsigned char)from[1 + i];
                if (c < ' ' || c == 0x7f)
                        out_format(&out, "\\x%02x", c);
                else
                        out_char(&out, (char)c);
        }
        clang_disposeString(spelling);
        return place_named(l->unit, l->body->func, PLACE_STRING, without_tree(l, out_string(&out)));
}

static int value_sizeof(struct lower *l, CXCursor cursor)
{
        int64_t value = -1;
        CXCursor operand = cursor_last(cursor);
        sym word = cursor_word(l, cursor);
        bool known = cursor_constant(cursor, &value);
        if (!word || strcmp(word, "sizeof") != 0)
                return known ? place_number(l, value) : place_unknown(l);
        sym type = NULL;
        if (!cursor_is_null(operand) && clang_isExpression(clang_getCursorKind(operand)))
                type = type_text(l, clang_getCursorType(operand));
        struct place place = {.kind = PLACE_SIZEOF, .value = known && value >= 0 ? value : -1};
        /* a type leaves no cursor, or one for its name only: the text between the parentheses says it all */
        CXSourceRange extent = clang_getCursorExtent(cursor);
        struct spot from = spot_spelled(&l->sources, clang_getRangeStart(extent));
        struct lex_span span;
        int count;
        if (!type && from.source && from.source->text) {
                size_t end = from.source->length, at = lex_token(from.source->text, from.offset, end);
                at = lex_skip(from.source->text, at, end);
                if (lex_arguments(from.source->text, at, end, &span, 1, &count) && count)
                        type =
                            name_of_bytes(l->unit->names, from.source->text + span.from, span.to - span.from);
        }
        place.name = type && *type ? type : name_of(l->unit->names, "?");
        return place_of(l->unit, l->body->func, place);
}

/* --- values ---------------------------------------------------------------------------- */

static int decay(struct lower *l, int place, bool array)
{
        if (!array)
                return place;
        local_addressed(l, place);
        return place_addr(l->unit, l->body->func,
                          place_elem(l->unit, l->body->func, place, place_number(l, 0)));
}

static int value_cast(struct lower *l, CXCursor cursor, CXCursor inner)
{
        int place = lower_value(l, inner);
        const struct place *value = &l->body->func->places.at[place];
        if (value->kind == PLACE_CONST && !value->value && type_is_pointer(clang_getCursorType(cursor)))
                return place_null(l);
        return place;
}

/* The arm of _Generic that has the type of the whole. */
static int value_generic(struct lower *l, CXCursor cursor)
{
        struct kids kids = cursor_kids(l, cursor);
        CXType type = clang_getCanonicalType(clang_getCursorType(cursor));
        int chosen = -1;
        for (int i = 1; i < kids.n; i++) {
                if (!clang_isExpression(clang_getCursorKind(kids.at[i])))
                        continue;
                CXType arm = clang_getCanonicalType(clang_getCursorType(kids.at[i]));
                if (chosen < 0 || clang_equalTypes(arm, type))
                        chosen = i;
                if (clang_equalTypes(arm, type))
                        break;
        }
        return chosen < 0 ? place_unknown(l) : lower_value(l, kids.at[chosen]);
}

/* a ? b : c as a value: both arms store into one temp. */
static int value_choice(struct lower *l, CXCursor cursor)
{
        int64_t value;
        if (l->body->constant)
                return cursor_constant(cursor, &value) ? place_number(l, value) : place_unknown(l);
        if (clang_getCursorType(cursor).kind == CXType_Void) {
                lower_dropped(l, cursor);
                return place_unknown(l);
        }
        int temp = new_temp(l);
        lower_into(l, temp, cursor, cursor_range(&l->sources, cursor));
        return temp;
}

static int value_statements(struct lower *l, CXCursor cursor)
{
        CXCursor compound = cursor_first(cursor);
        if (cursor_is_null(compound) || l->body->constant)
                return place_unknown(l);
        int value = lower_compound(l, compound, clang_getCursorType(cursor).kind != CXType_Void);
        return value < 0 ? place_unknown(l) : value;
}

static int value_call(struct lower *l, CXCursor cursor)
{
        int place = lower_call(l, cursor, -1, true);
        return place < 0 ? place_unknown(l) : place;
}

static int value_unexposed(struct lower *l, CXCursor cursor)
{
        struct kids kids = cursor_kids(l, cursor);
        if (cursor_is_odd(l, cursor, &kids))
                return lower_odd(l, cursor, &kids, true);
        return value_cast(l, cursor, kids.at[0]);
}

static int value_kind(struct lower *l, CXCursor cursor)
{
        switch (clang_getCursorKind(cursor)) {
        case CXCursor_UnexposedExpr:
                return value_unexposed(l, cursor);
        case CXCursor_ParenExpr:
                return lower_value(l, cursor_first(cursor));
        case CXCursor_CStyleCastExpr:
                return value_cast(l, cursor, cursor_last(cursor));
        case CXCursor_IntegerLiteral:
                return value_number(l, cursor);
        case CXCursor_CharacterLiteral: {
                int64_t value;
                return cursor_constant(cursor, &value) ? place_number(l, value) : place_unknown(l);
        }
        case CXCursor_StringLiteral:
                return value_string(l, cursor);
        case CXCursor_UnaryOperator:
                return lower_unary(l, cursor, true);
        case CXCursor_BinaryOperator:
        case CXCursor_CompoundAssignOperator:
                return lower_binary(l, cursor, true);
        case CXCursor_ConditionalOperator:
                return value_choice(l, cursor);
        case CXCursor_CallExpr:
                return value_call(l, cursor);
        case CXCursor_UnaryExpr:
                return value_sizeof(l, cursor);
        case CXCursor_StmtExpr:
                return value_statements(l, cursor);
        case CXCursor_GenericSelectionExpr:
                return value_generic(l, cursor);
        case CXCursor_AddrLabelExpr:
                label_address(l, clang_getCursorReferenced(cursor_first(cursor)));
                return place_unknown(l);
        default:
                return place_unknown(l);
        }
}

int lower_value(struct lower *l, CXCursor cursor)
{
        bool array;
        int place;
        if (cursor_is_null(cursor) || is_too_deep(l))
                return place_unknown(l);
        l->depth++;
        if (!lower_macro_call(l, cursor, -1, true, &place) && (place = lower_table_entry(l, cursor)) < 0) {
                place = place_plain(l, cursor, &array);
                place = place >= 0 ? decay(l, place, array) : value_kind(l, cursor);
        }
        l->depth--;
        return place >= 0 ? place : place_unknown(l);
}
