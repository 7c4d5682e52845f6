/*
 * entity.c: what declarations are called. In: declarations of functions,
 * variables and members, each asked for often. Out: names, keys and properties,
 * computed once. The addresses of libclang's declarations are the keys: two
 * cursors are equal exactly when these are.
 */
#include "lower.h"

#include "base/arena.h"
#include "lex.h"

#include <string.h>

static sym spelling(struct lower *l, CXString text)
{
        const char *string = clang_getCString(text);
        sym name = name_of(l->unit->names, string ? string : "");
        clang_disposeString(text);
        return name;
}

/* "struct (unnamed at /home/x/a.c:3:1)" names a file: only the line is kept. */
static sym without_places(struct lower *l, sym text)
{
        if (!strstr(text, " at "))
                return text;
        struct out out = {.arena = l->scratch};
        for (const char *p = text; *p;) {
                bool opens = strncmp(p, "(unnamed", 8) == 0 || strncmp(p, "(anonymous", 10) == 0;
                const char *column = NULL, *line = NULL, *q = p;
                for (; opens && *q && !(*q == ')' && column && column != q - 1); q++)
                        if (*q == ':')
                                line = column, column = q;
                if (opens && *q && line) {
                        out_format(&out, "<%.*s>", (int)(column - line - 1), line + 1);
                        p = q + 1;
                } else {
                        out_char(&out, *p++);
                }
        }
        return name_of(l->unit->names, out_string(&out));
}

sym type_text(struct lower *l, CXType type)
{
        uint64_t key = MAP_KEY(type.data[0]) * 2 + (type.kind == CXType_Invalid);
        sym *slot = (sym *)map_at(&l->types, key);
        if (!*slot)
                *slot = without_places(l, spelling(l, clang_getTypeSpelling(type)));
        return *slot;
}

static enum CXTypeKind canonical_kind(CXType type)
{
        if (type.kind == CXType_Elaborated || type.kind == CXType_Typedef || type.kind == CXType_Unexposed ||
            type.kind == CXType_Attributed)
                return clang_getCanonicalType(type).kind;
        return type.kind;
}

bool type_is_pointer(CXType type)
{
        enum CXTypeKind kind = canonical_kind(type);
        return kind == CXType_Pointer || kind == CXType_BlockPointer;
}

bool type_is_array(CXType type)
{
        enum CXTypeKind kind = canonical_kind(type);
        return kind == CXType_ConstantArray || kind == CXType_IncompleteArray ||
               kind == CXType_VariableArray || kind == CXType_DependentSizedArray;
}

bool type_is_record(CXType type)
{
        return canonical_kind(type) == CXType_Record;
}

bool type_is_function(CXType type)
{
        enum CXTypeKind kind = canonical_kind(type);
        return kind == CXType_FunctionProto || kind == CXType_FunctionNoProto;
}

/* --- attributes ------------------------------------------------------------------- */

struct attributes {
        struct lower *l;
        struct out memory; /* those that speak of memory */
        sym cleanup;
        bool noreturn, twice;
};

/* "name(arguments)" at SPOT without the underscores around the name; NULL when no name stands there. */
static const char *attribute_at(struct lower *l, struct spot spot)
{
        if (!spot.source || !spot.source->text || spot.offset >= spot.source->length)
                return NULL;
        const char *text = spot.source->text;
        size_t end = spot.source->length, to = lex_token(text, spot.offset, end), count = 0;
        struct lex_span spans[8];
        int n = 0;
        if (!lex_is_start(text[spot.offset]))
                return NULL;
        struct out out = {.arena = l->scratch};
        size_t from = spot.offset, stop = to;
        while (stop - from > 4 && strncmp(text + from, "__", 2) == 0 &&
               strncmp(text + stop - 2, "__", 2) == 0)
                from += 2, stop -= 2;
        out_bytes(&out, text + from, stop - from);
        size_t open = lex_skip(text, to, end);
        if (open < end && text[open] == '(')
                count = lex_arguments(text, open, end, spans, 8, &n);
        for (int i = 0; count && i < n; i++) {
                out_char(&out, i ? ',' : '(');
                out_bytes(&out, text + spans[i].from, spans[i].to - spans[i].from);
        }
        if (n)
                out_char(&out, ')');
        return out_string(&out);
}

static bool speaks_of_memory(const char *text)
{
        return strncmp(text, "malloc", 6) == 0 || strncmp(text, "ownership_", 10) == 0 ||
               strncmp(text, "alloc_size", 10) == 0 || strncmp(text, "returns_nonnull", 15) == 0;
}

/*
 * The function of cleanup(...). What is written may be the parameter of a macro; libclang has no cursor for
 * the function, but prints the declaration with its name.
 */
static sym cleanup_of(struct lower *l, CXCursor declaration, const char *text)
{
        static const char mark[] = "((cleanup(";
        CXPrintingPolicy policy = clang_getCursorPrintingPolicy(declaration);
        clang_PrintingPolicy_setProperty(policy, CXPrintingPolicy_TerseOutput, 1);
        CXString printed = clang_getCursorPrettyPrinted(declaration, policy);
        const char *at = clang_getCString(printed) ? strstr(clang_getCString(printed), mark) : NULL;
        size_t length = at ? strcspn(at += strlen(mark), ")") : 0;
        sym name = length ? name_of_bytes(l->unit->names, at, length)
                          : name_of_bytes(l->unit->names, text + 8, strlen(text) - 9);
        clang_disposeString(printed);
        clang_PrintingPolicy_dispose(policy);
        return name;
}

static enum CXChildVisitResult see_attribute(CXCursor cursor, CXCursor parent, CXClientData data)
{
        struct attributes *seen = data;
        if (!clang_isAttribute(clang_getCursorKind(cursor)))
                return CXChildVisit_Continue;
        CXSourceRange extent = clang_getCursorExtent(cursor);
        const char *text =
            attribute_at(seen->l, spot_spelled(&seen->l->sources, clang_getRangeStart(extent)));
        if (!text)
                return CXChildVisit_Continue;
        if (strcmp(text, "noreturn") == 0 || strcmp(text, "_Noreturn") == 0)
                seen->noreturn = true;
        if (strcmp(text, "returns_twice") == 0)
                seen->twice = true;
        if (strncmp(text, "cleanup(", 8) == 0)
                seen->cleanup = cleanup_of(seen->l, parent, text);
        if (speaks_of_memory(text)) {
                if (seen->memory.length)
                        out_char(&seen->memory, ' ');
                out_text(&seen->memory, text);
        }
        return CXChildVisit_Continue;
}

/* A parameter of the macro that CALL expands stands for the argument's text. */
static const char *argument_text(struct lower *l, const struct invocation *call, const char *name)
{
        for (int i = 0; call && i < call->def->params.n && i < call->nargs; i++)
                if (strcmp(call->def->params.at[i], name) == 0) {
                        const struct seg *seg = &call->args[i].text;
                        return arena_strndup(l->scratch, seg->source->text + seg->from, seg->to - seg->from);
                }
        return name;
}

/* "malloc(f,n)" at SPOT, inside the body of CALL's macro if it is not NULL. clang keeps none with arguments.
 */
static void see_deallocator(struct attributes *seen, struct spot spot, const struct invocation *call)
{
        const char *text = attribute_at(seen->l, spot);
        if (!text || strncmp(text, "malloc(", 7) != 0)
                return;
        char *names = arena_strndup(seen->l->scratch, text + 7, strlen(text) - 8),
             *comma = strchr(names, ',');
        if (comma)
                *comma++ = 0;
        if (seen->memory.length)
                out_char(&seen->memory, ' ');
        out_format(&seen->memory, comma ? "malloc(%s,%s)" : "malloc(%s)", argument_text(seen->l, call, names),
                   comma ? argument_text(seen->l, call, comma) : "");
}

/* The attributes between FROM and TO, each the first word behind a parenthesis or a comma. */
static void see_words(struct attributes *seen, struct source *source, unsigned from, unsigned to,
                      const struct invocation *call)
{
        char last = 0;
        for (size_t at = lex_skip(source->text, from, to); at < to;) {
                size_t next = lex_token(source->text, at, to);
                if (lex_is_start(source->text[at]) && (last == '(' || last == ','))
                        see_deallocator(seen, (struct spot){source, (unsigned)at}, call);
                last = source->text[at];
                at = lex_skip(source->text, next, to);
        }
}

/* Where the declaration of the name at AT ends: at its semicolon or its body. */
static unsigned declaration_end(const struct source *source, unsigned at)
{
        enum { LONGEST = 400 };
        size_t end = at + LONGEST < source->length ? at + LONGEST : source->length;
        while (at < end && source->text[at] != ';' && source->text[at] != '{')
                at = (unsigned)lex_skip(source->text, lex_token(source->text, at, end), end);
        return at;
}

/* Attributes that clang refuses, from the text of a function's declaration and of the macros behind it. */
static void see_text(struct attributes *seen, CXCursor declaration)
{
        struct lower *l = seen->l;
        CXSourceRange extent = clang_getCursorExtent(declaration);
        struct spot from = spot_file(&l->sources, clang_getRangeStart(extent)),
                    name = spot_file(&l->sources, clang_getCursorLocation(declaration));
        if (!from.source || from.source != name.source || !from.source->text || !from.source->in_tree)
                return;
        unsigned end = declaration_end(from.source, name.offset);
        if (end <= from.offset)
                return;
        see_words(seen, from.source, from.offset, end, NULL);
        for (size_t at = from.offset; at < end;
             at = lex_skip(from.source->text, lex_token(from.source->text, at, end), end)) {
                if (!lex_is_start(from.source->text[at]))
                        continue;
                struct expansion *expansion = macros_at(&l->macros, (struct spot){from.source, (unsigned)at});
                struct macro_def *def = expansion ? expansion->def : NULL;
                if (def && def->source && def->source->text && def->end > def->body)
                        see_words(seen, def->source, def->body, def->end, macros_call(&l->macros, expansion));
        }
}

static struct attributes attributes_of(struct lower *l, CXCursor declaration)
{
        struct attributes seen = {.l = l, .memory.arena = l->scratch};
        if (clang_Cursor_hasAttrs(declaration))
                clang_visitChildren(declaration, see_attribute, &seen);
        return seen;
}

sym attributes_text(struct lower *l, CXCursor declaration)
{
        struct attributes seen = attributes_of(l, declaration);
        if (clang_getCursorKind(declaration) == CXCursor_FunctionDecl)
                see_text(&seen, declaration);
        return seen.memory.length ? name_of(l->unit->names, out_string(&seen.memory)) : NULL;
}

sym attribute_cleanup(struct lower *l, CXCursor declaration)
{
        return attributes_of(l, declaration).cleanup;
}

/* --- functions and variables --------------------------------------------------------- */

static bool is_setjmp(const char *name)
{
        static const char *const names[] = {"setjmp",      "_setjmp",          "sigsetjmp",
                                            "__sigsetjmp", "__builtin_setjmp", "vfork"};
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
                if (strcmp(name, names[i]) == 0)
                        return true;
        return false;
}

static bool is_builtin_end(const char *name)
{
        return strcmp(name, "__builtin_unreachable") == 0 || strcmp(name, "__builtin_trap") == 0 ||
               strcmp(name, "__builtin_abort") == 0 || strcmp(name, "__builtin_longjmp") == 0;
}

struct entity *entity_of(struct lower *l, CXCursor declaration)
{
        struct entity **slot = (struct entity **)map_at(&l->entities, MAP_KEY(declaration.data[0]));
        if (*slot)
                return *slot;
        struct entity *entity = *slot = NEW(l->arena, struct entity);
        entity->cursor = clang_getCanonicalCursor(declaration);
        entity->name = spelling(l, clang_getCursorSpelling(declaration));
        entity->is_func = clang_getCursorKind(declaration) == CXCursor_FunctionDecl;
        CXType type = clang_getCursorType(declaration);
        if (entity->is_func) {
                struct attributes seen = attributes_of(l, declaration);
                entity->noreturn = seen.noreturn || is_builtin_end(entity->name) ||
                                   strstr(type_text(l, clang_getCanonicalType(type)), "noreturn");
                entity->twice = seen.twice || is_setjmp(entity->name);
        } else {
                entity->array = type_is_array(type);
        }
        VEC_PUSH(l->arena, &l->used, entity);
        return entity;
}

/* "?" for what nobody declared: the use itself then passes for a declaration, and consists of the name. */
static sym header_of(struct lower *l, CXCursor declaration)
{
        CXSourceRange extent = clang_getCursorExtent(declaration);
        struct spot from = spot_file(&l->sources, clang_getRangeStart(extent));
        struct spot name = spot_file(&l->sources, clang_getCursorLocation(declaration));
        struct spot to = spot_file(&l->sources, clang_getRangeEnd(extent));
        bool bare =
            from.offset == name.offset && to.offset - from.offset == strlen(entity_of(l, declaration)->name);
        if (!from.source || (bare && !spot_in_macro(clang_getRangeStart(extent)) && from.source == to.source))
                return name_of(l->unit->names, "?");
        return from.source->path;
}

void entities_declare(struct lower *l)
{
        /* naming a type or header may not grow the list that is walked */
        int n = l->used.n;
        for (int i = 0; i < n; i++) {
                struct entity *entity = l->used.at[i];
                if (!entity->used || map_get(&l->defined, MAP_KEY(entity->name)))
                        continue;
                *map_at(&l->defined, MAP_KEY(entity->name)) = l;
                struct decl decl = {.name = entity->name, .is_func = entity->is_func};
                decl.header = header_of(l, entity->cursor);
                decl.type = type_text(l, clang_getCursorType(entity->cursor));
                decl.noreturn = entity->noreturn;
                decl.attributes = attributes_text(l, entity->cursor);
                VEC_PUSH(l->arena, &l->head->decls, decl);
        }
}

/* --- records --------------------------------------------------------------------------- */

/* "tag", "file|tag", or the line where it has no name. */
static const char *record_name(struct lower *l, CXCursor record)
{
        struct spot spot = spot_file(&l->sources, clang_getCursorLocation(record));
        sym tag = spelling(l, clang_getCursorSpelling(record));
        if (!*tag || strchr(tag, '(')) {
                sym type = type_text(l, clang_getCursorType(record));
                const char *line = strrchr(type, '<');
                tag = line ? line : "<?>";
        }
        if (spot.source && spot.source->in_tree)
                return arena_printf(l->scratch, "%s|%s", spot.source->path, tag);
        return tag;
}

/* The record whose name a member's key carries: an anonymous one lends its members to the one around it. */
static CXCursor naming_record(CXCursor record)
{
        while (clang_Cursor_isAnonymousRecordDecl(record)) {
                CXCursor outer = clang_getCursorSemanticParent(record);
                enum CXCursorKind kind = clang_getCursorKind(outer);
                if (kind != CXCursor_StructDecl && kind != CXCursor_UnionDecl)
                        break;
                record = outer;
        }
        return record;
}

static enum CXVisitorResult keep_field(CXCursor field, CXClientData data)
{
        *(CXCursor *)data = field;
        return CXVisit_Break;
}

/* The name that all members of a union share: "*", and which union it is when it has no name of its own. */
static const char *union_member(struct lower *l, CXCursor record)
{
        CXCursor first = clang_getNullCursor();
        if (!clang_Cursor_isAnonymousRecordDecl(record))
                return "*";
        clang_Type_visitFields(clang_getCursorType(record), keep_field, &first);
        return arena_printf(l->scratch, "*%s", spelling(l, clang_getCursorSpelling(first)));
}

struct field *field_of(struct lower *l, CXCursor declaration)
{
        struct field **slot = (struct field **)map_at(&l->fields, MAP_KEY(declaration.data[0]));
        if (*slot)
                return *slot;
        struct field *field = *slot = NEW(l->arena, struct field);
        CXCursor record = clang_getCursorSemanticParent(declaration);
        sym name = spelling(l, clang_getCursorSpelling(declaration));
        const char *member = name;
        field->type = clang_getCursorType(declaration);
        field->anonymous = !*name || strchr(name, '(');
        if (clang_getCursorKind(record) == CXCursor_UnionDecl)
                member = union_member(l, record);
        field->key = name_printf(l->unit->names, "%s.%s", record_name(l, naming_record(record)), member);
        return field;
}

struct listing {
        struct lower *l;
        struct record *record;
};

static enum CXVisitorResult list_field(CXCursor cursor, CXClientData data)
{
        struct listing *listing = data;
        struct field field = *field_of(listing->l, cursor);
        /* a bit field without a name is padding: nothing initialises it */
        if (!field.anonymous || type_is_record(field.type))
                VEC_PUSH(listing->l->arena, &listing->record->fields, field);
        return CXVisit_Continue;
}

struct record *record_of(struct lower *l, CXType type)
{
        CXCursor declaration = clang_getTypeDeclaration(clang_getCanonicalType(type));
        struct record **slot = (struct record **)map_at(&l->records, MAP_KEY(declaration.data[0]));
        if (*slot)
                return *slot;
        struct record *record = *slot = NEW(l->arena, struct record);
        struct listing listing = {l, record};
        record->is_union = clang_getCursorKind(declaration) == CXCursor_UnionDecl;
        clang_Type_visitFields(clang_getCanonicalType(type), list_field, &listing);
        return record;
}
