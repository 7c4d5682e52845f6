/*
 * lower_unit.c: a whole translation unit. In: what the parser made. Out: the
 * unit filled: functions, variables, macros used, dependencies, complaints of
 * the parser and how much survived them.
 */
#include "lower.h"

#include "base/arena.h"
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_DIAGS = 20 };

static bool in_tree(struct lower *l, CXCursor cursor)
{
        struct spot spot = spot_file(&l->sources, clang_getCursorLocation(cursor));
        return spot.source && spot.source->in_tree;
}

/* extern "C" aside, only declarations of functions and variables matter here. */
static enum CXChildVisitResult visit_top(CXCursor cursor, CXCursor parent, CXClientData data)
{
        struct lower *l = data;
        (void)parent;
        switch (clang_getCursorKind(cursor)) {
        case CXCursor_MacroDefinition:
        case CXCursor_MacroExpansion:
                macros_add(&l->macros, cursor);
                break;
        case CXCursor_LinkageSpec:
                return CXChildVisit_Recurse;
        case CXCursor_FunctionDecl:
                if (clang_isCursorDefinition(cursor) && in_tree(l, cursor))
                        lower_function(l, cursor);
                break;
        case CXCursor_VarDecl: {
                bool extern_only = clang_Cursor_getStorageClass(cursor) == CX_SC_Extern &&
                                   cursor_is_null(clang_Cursor_getVarDeclInitializer(cursor));
                if (!extern_only && in_tree(l, cursor)) {
                        lower_data(l, cursor, entity_of(l, cursor)->name);
                        arena_reset(l->scratch);
                }
                break;
        }
        default:
                break;
        }
        return CXChildVisit_Continue;
}

/* --- complaints of the parser --------------------------------------------------------- */

static int by_spot(const void *a, const void *b)
{
        const struct spot *x = a, *y = b;
        if (x->source != y->source)
                return x->source->id < y->source->id ? -1 : 1;
        return (x->offset > y->offset) - (x->offset < y->offset);
}

static void take_error(struct lower *l, CXDiagnostic diagnostic)
{
        struct spot spot = spot_file(&l->sources, clang_getDiagnosticLocation(diagnostic));
        struct loc at = spot_loc(&l->sources, spot);
        if (spot.source && spot.source->in_tree)
                VEC_PUSH(l->arena, &l->errors, spot);
        if (l->unit->diags.n >= MOST_DIAGS)
                return;
        CXString text = clang_getDiagnosticSpelling(diagnostic);
        const char *string = clang_getCString(text);
        if (spot.source && !spot.source->in_tree)
                string = arena_printf(l->arena, "%s: %s", spot.source->path, string);
        VEC_PUSH(l->arena, &l->unit->diags, (struct diag){at, name_of(l->unit->names, string)});
        clang_disposeString(text);
}

static void take_errors(struct lower *l)
{
        unsigned n = clang_getNumDiagnostics(l->tu), errors = 0;
        for (unsigned i = 0; i < n; i++) {
                CXDiagnostic diagnostic = clang_getDiagnostic(l->tu, i);
                if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error) {
                        take_error(l, diagnostic);
                        errors++;
                }
                clang_disposeDiagnostic(diagnostic);
        }
        if (l->errors.n)
                qsort(l->errors.at, (size_t)l->errors.n, sizeof *l->errors.at, by_spot);
        if (errors)
                l->unit->status = UNIT_PARTIAL;
}

/* --- files and macros ------------------------------------------------------------------- */

static void take_file(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
        struct lower *l = data;
        struct source *source = source_of(&l->sources, file);
        char hash[HASH_HEX];
        (void)stack;
        if (!source || (!depth && source->path != l->unit->path))
                return;
        hash_hex(source->text ? source->text : "", source->text ? source->length : 0, hash);
        struct dep dep = {source->path, name_of(l->unit->names, hash)};
        for (int i = 0; i < l->unit->deps.n; i++)
                if (l->unit->deps.at[i].path == dep.path)
                        return;
        VEC_PUSH(l->arena, &l->unit->deps, dep);
        if (source->in_tree && source->number < 0)
                source->number = unit_file(l->unit, source->path);
}

/* Where the user wrote macros from outside that are functions, or other names for something. */
static void take_uses(struct lower *l)
{
        for (int i = 0; i < l->macros.list.n; i++) {
                const struct expansion *expansion = l->macros.list.at[i];
                const struct macro_def *def = expansion->def;
                if (!def->source || def->in_tree || (!def->function_like && !macro_alias(&l->macros, def)))
                        continue;
                struct spot spot = {expansion->source, expansion->from};
                VEC_PUSH(l->arena, &l->unit->uses, (struct use){def->name, spot_loc(&l->sources, spot)});
        }
}

/* Macros that were called are declared like functions, with "macro" for a type, unless one has the name. */
static void declare_macros(struct lower *l)
{
        struct map declared;
        map_init(&declared, l->scratch);
        for (int i = 0; i < l->unit->decls.n; i++)
                *map_at(&declared, MAP_KEY(l->unit->decls.at[i].name)) = l;
        for (int i = 0; i < l->called.n; i++) {
                const struct macro_def *def = l->called.entries[i].value;
                if (map_get(&declared, MAP_KEY(def->name)))
                        continue;
                struct decl decl = {.name = def->name, .is_func = true, .header = def->source->path};
                decl.type = name_of(l->unit->names, "macro");
                VEC_PUSH(l->arena, &l->unit->decls, decl);
        }
}

void lower_unit(struct lower *l)
{
        take_errors(l);
        clang_getInclusions(l->tu, take_file, l);
        clang_visitChildren(clang_getTranslationUnitCursor(l->tu), visit_top, l);
        take_uses(l);
        lower_texts(l);
        entities_declare(l);
        declare_macros(l);
        if (l->unit->lost)
                l->unit->status = UNIT_PARTIAL;
}
