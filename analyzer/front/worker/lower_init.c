/*
 * lower_init.c: initialisers. In: the place that is initialised, its type, the
 * expression. Out: one assignment per scalar that is mentioned; of local
 * records and arrays the rest is set to zero, as C does. libclang shows lists
 * as written, so designators and left-out braces are followed here.
 */
#include "lower.h"

#include "base/arena.h"

enum { MOST_STORES = 20000, MOST_ZEROS = 64, MOST_KINDS = 512 };

/* A list being read. With left-out braces several levels read from the same one. */
struct list {
        CXCursor *items;
        int n, next;
        int depth; /* how many braces are left out where it is read */
};

static void init_value(struct lower *l, int place, CXType type, CXCursor init, struct range at);

static bool is_list(CXCursor cursor)
{
        return clang_getCursorKind(cursor) == CXCursor_InitListExpr;
}

/* .a.b[2] = value: an expression without type whose last child is the value. */
static bool is_designated(CXCursor cursor)
{
        return clang_getCursorKind(cursor) == CXCursor_UnexposedExpr &&
               clang_getCursorType(cursor).kind == CXType_Void;
}

static CXType element_type(CXType type)
{
        return clang_getElementType(clang_getCanonicalType(type));
}

static int element(struct lower *l, int place, int64_t index)
{
        int at = index < 0 ? place_unknown(l) : place_number(l, index);
        return place_elem(l->unit, l->body->func, place, at);
}

static int member(struct lower *l, int place, const struct field *field)
{
        return field->anonymous ? place : place_field(l->unit, l->body->func, place, field->key);
}

/* --- zero ------------------------------------------------------------------------------ */

static void zero(struct lower *l, int place, CXType type, struct range at, int *left)
{
        if (--*left < 0)
                return;
        if (type_is_array(type)) {
                zero(l, element(l, place, -1), element_type(type), at, left);
        } else if (type_is_record(type)) {
                const struct record *record = record_of(l, type);
                for (int i = 0; i < record->fields.n && (i == 0 || !record->is_union); i++)
                        zero(l, member(l, place, &record->fields.at[i]), record->fields.at[i].type, at, left);
        } else {
                emit_assign(l, place, type_is_pointer(type) ? place_null(l) : place_number(l, 0), at);
        }
}

void lower_zero(struct lower *l, int place, CXType type, struct range at)
{
        int left = MOST_ZEROS;
        zero(l, place, type, at, &left);
}

/* --- designators ------------------------------------------------------------------------- */

/* Where the first N children of a designated initialiser lead to from PLACE; advances *TYPE. */
static int follow(struct lower *l, int place, CXType *type, const struct kids *kids, int from)
{
        for (int i = from; i < kids->n - 1; i++) {
                if (clang_getCursorKind(kids->at[i]) == CXCursor_MemberRef) {
                        struct field *field = field_of(l, clang_getCursorReferenced(kids->at[i]));
                        place = member(l, place, field);
                        *type = field->type;
                } else {
                        int64_t index;
                        place = element(l, place, cursor_constant(kids->at[i], &index) ? index : -1);
                        *type = element_type(*type);
                }
        }
        return place;
}

/* The field of RECORD, or of an anonymous record in it, that NAME refers to; -1. */
static int field_index(struct lower *l, const struct record *record, CXCursor name)
{
        CXCursor to = clang_getCursorReferenced(name);
        const struct field *field = field_of(l, to);
        for (int i = 0; i < record->fields.n; i++) {
                const struct field *at = &record->fields.at[i];
                if (at->anonymous) {
                        if (field_index(l, record_of(l, at->type), name) >= 0)
                                return i;
                } else if (at->key == field->key &&
                           (!record->is_union || clang_equalTypes(at->type, field->type))) {
                        return i;
                }
        }
        return -1;
}

/* --- arrays and records -------------------------------------------------------------------- */

static void init_item(struct lower *l, int place, CXType type, struct list *list, struct range at);

static bool too_many(struct lower *l)
{
        const struct block *block = &l->body->func->blocks.at[l->body->block];
        return l->body->constant && block->events.n > MOST_STORES;
}

/* [i] = v, and [a ... b] = v, which shows two numbers where only one level of array is left. */
static int64_t init_designated_element(struct lower *l, int place, CXType type, CXCursor item,
                                       struct range at)
{
        struct kids kids = cursor_kids(l, item);
        CXType inner = element_type(type);
        int64_t from = -1, to;
        if (!kids.n || !cursor_constant(kids.at[0], &from))
                from = -1;
        to = from;
        bool range =
            kids.n == 3 && clang_getCursorKind(kids.at[1]) != CXCursor_MemberRef && !type_is_array(inner);
        if (range && (!cursor_constant(kids.at[1], &to) || to < from || to - from > MOST_ZEROS))
                range = true, to = from, from = -1;
        if (range) {
                for (int64_t i = from; i <= (from < 0 ? from : to); i++)
                        init_value(l, element(l, place, i), inner, kids.at[2], at);
                return from < 0 ? to : to;
        }
        int target = follow(l, element(l, place, from), &inner, &kids, 1);
        init_value(l, target, inner, kids.at[kids.n - 1], at);
        return from;
}

static void init_array(struct lower *l, int place, CXType type, struct list *list, struct range at)
{
        CXType inner = element_type(type);
        int64_t size = clang_getArraySize(clang_getCanonicalType(type)), index = 0;
        bool elided = list->depth > 0, partly = !elided && list->n < size && !l->body->constant;
        if (partly || (!elided && !list->n && !l->body->constant))
                lower_zero(l, element(l, place, -1), inner, at);
        while (list->next < list->n && !too_many(l)) {
                if (is_designated(list->items[list->next])) {
                        if (elided)
                                return; /* it speaks of the list around */
                        index = init_designated_element(l, place, type, list->items[list->next++], at) + 1;
                        continue;
                }
                if (elided && size >= 0 && index >= size)
                        return;
                init_item(l, element(l, place, index++), inner, list, at);
        }
}

static void record_items(struct lower *l, int place, CXType type, struct list *list, int next, bool *seen,
                         struct range at);

/*
 * .a.b = v. What else a holds is zero; then what follows goes on behind b, as
 * if the braces of a were left out, before it goes on behind a.
 */
static int init_designated_member(struct lower *l, int place, CXType type, struct list *list, bool *seen,
                                  struct range at)
{
        const struct record *record = record_of(l, type);
        struct kids kids = cursor_kids(l, list->items[list->next++]);
        int index = kids.n ? field_index(l, record, kids.at[0]) : -1;
        if (index < 0)
                return record->fields.n;
        const struct field *field = &record->fields.at[index];
        int inner = member(l, place, field);
        bool deeper = kids.n > 2 && !field->anonymous;
        if (deeper && !seen[index] && !l->body->constant)
                lower_zero(l, inner, field->type, at);
        seen[index] = true;
        CXType last = type;
        int target = follow(l, place, &last, &kids, 0);
        init_value(l, target, last, kids.at[kids.n - 1], at);
        if (deeper && type_is_record(field->type) && clang_getCursorKind(kids.at[1]) == CXCursor_MemberRef) {
                const struct record *below = record_of(l, field->type);
                bool *ignored = NEW_ARRAY(l->scratch, bool, below->fields.n + 1);
                int behind = field_index(l, below, kids.at[1]) + 1;
                list->depth++;
                if (!below->is_union)
                        record_items(l, inner, field->type, list, behind, ignored, at);
                list->depth--;
        }
        return index + 1;
}

/* Items for the members from NEXT on. SEEN: which got a value. */
static void record_items(struct lower *l, int place, CXType type, struct list *list, int next, bool *seen,
                         struct range at)
{
        const struct record *record = record_of(l, type);
        while (list->next < list->n && !too_many(l)) {
                if (is_designated(list->items[list->next])) {
                        if (list->depth)
                                return; /* it speaks of the list around */
                        next = init_designated_member(l, place, type, list, seen, at);
                        continue;
                }
                if (next >= record->fields.n || (record->is_union && next > 0))
                        return;
                const struct field *field = &record->fields.at[next];
                seen[next++] = true;
                init_item(l, member(l, place, field), field->type, list, at);
        }
}

static void init_record(struct lower *l, int place, CXType type, struct list *list, struct range at)
{
        const struct record *record = record_of(l, type);
        bool *seen = NEW_ARRAY(l->scratch, bool, record->fields.n + 1);
        record_items(l, place, type, list, 0, seen, at);
        for (int i = 0; i < record->fields.n && !l->body->constant && !record->is_union; i++)
                if (!seen[i])
                        lower_zero(l, member(l, place, &record->fields.at[i]), record->fields.at[i].type, at);
}

/* The next item of a list for a member; an aggregate without braces takes as many as it has members. */
static void init_item(struct lower *l, int place, CXType type, struct list *list, struct range at)
{
        CXCursor item = list->items[list->next];
        bool whole = is_list(item) || clang_getCursorKind(cursor_peeled(l, item)) == CXCursor_StringLiteral ||
                     clang_getCursorKind(item) == CXCursor_CompoundLiteralExpr ||
                     type_is_record(clang_getCursorType(item));
        if (whole || (!type_is_array(type) && !type_is_record(type))) {
                list->next++;
                init_value(l, place, type, item, at);
                return;
        }
        list->depth++;
        if (type_is_array(type))
                init_array(l, place, type, list, at);
        else
                init_record(l, place, type, list, at);
        list->depth--;
}

/* A short list of characters is often no text: it says of what kind something else is. */
static bool is_list_of_kinds(CXType type)
{
        enum CXTypeKind kind = clang_getCanonicalType(element_type(type)).kind;
        return (kind == CXType_Char_S || kind == CXType_SChar) &&
               clang_getArraySize(clang_getCanonicalType(type)) <= MOST_KINDS;
}

/* Numbers in tables are nobody's business, but the places that functions and objects are stored in are. */
static bool is_plain_number_table(CXType type)
{
        if (is_list_of_kinds(type))
                return false;
        while (type_is_array(type))
                type = element_type(type);
        return !type_is_pointer(type) && !type_is_record(type);
}

static void init_list(struct lower *l, int place, CXType type, CXCursor init, struct range at)
{
        if (l->body->constant && type_is_array(type) && is_plain_number_table(type))
                return;
        struct kids kids = cursor_kids(l, init);
        struct list list = {kids.at, kids.n, 0, 0};
        if (type_is_array(type))
                init_array(l, place, type, &list, at);
        else if (type_is_record(type))
                init_record(l, place, type, &list, at);
        else if (kids.n)
                init_value(l, place, type, kids.at[0], at);
        else
                lower_zero(l, place, type, at);
}

static void init_value(struct lower *l, int place, CXType type, CXCursor init, struct range at)
{
        if (l->depth > NESTING)
                return;
        l->depth++;
        struct range own = cursor_range(&l->sources, init);
        if (own.at.line)
                at = own;
        if (is_list(init))
                init_list(l, place, type, init, at);
        else if (!type_is_array(
                     type)) /* an array of characters copies a string: its content is not followed */
                lower_into(l, place, init, at);
        l->depth--;
}

void lower_initialiser(struct lower *l, int place, CXType type, CXCursor init, struct range at)
{
        CXCursor inner = cursor_peeled(l, init);
        if (type_is_array(type) && clang_getCursorKind(inner) == CXCursor_InitListExpr)
                init = inner;
        init_value(l, place, type, init, at);
}
