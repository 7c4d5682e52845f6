/*
 * lower_unit.c: a whole translation unit. In: what the parser made. Out: the
 * unit filled: functions, variables, macros used, dependencies, complaints of
 * the parser and how much survived them.
 */
#include "lower.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_DIAGS = 20 };

static bool in_tree(struct lower *l, CXCursor cursor)
{
        struct spot spot = spot_file(&l->sources, clang_getCursorLocation(cursor));
        return spot.source && spot.source->in_tree;
}

static struct text keep_text(struct lower *l, const struct out *out)
{
        return (struct text){arena_strndup(l->arena, out_string((struct out *)out), out->length),
                             out->length};
}

/* What was lowered is kept as text only: a large unit as a whole would cost more memory than its syntax tree.
 */
static void flush(struct lower *l)
{
        struct out datas = {.arena = l->scratch}, funcs = {.arena = l->scratch};
        for (int i = 0; i < l->unit->datas.n; i++)
                unit_write_data(&datas, l->head, l->unit->datas.at[i]);
        for (int i = 0; i < l->unit->funcs.n; i++)
                unit_write_func(&funcs, l->head, l->unit->funcs.at[i]);
        if (datas.length)
                VEC_PUSH(l->arena, &l->datas, keep_text(l, &datas));
        if (funcs.length)
                VEC_PUSH(l->arena, &l->funcs, keep_text(l, &funcs));
        l->unit->datas.at = NULL, l->unit->datas.n = l->unit->datas.room = 0;
        l->unit->funcs.at = NULL, l->unit->funcs.n = l->unit->funcs.room = 0;
        arena_reset(l->scratch);
        l->macros.round++;
}

/* Without an initialiser it may be the first mention of a variable that gets one further down. */
static void visit_variable(struct lower *l, CXCursor cursor)
{
        if (!cursor_is_null(clang_Cursor_getVarDeclInitializer(cursor))) {
                lower_data(l, cursor, entity_of(l, cursor)->name);
                flush(l);
        } else if (clang_Cursor_getStorageClass(cursor) != CX_SC_Extern) {
                VEC_PUSH(l->arena, &l->tentative, cursor);
        }
}

static void lower_tentative(struct lower *l)
{
        for (int i = 0; i < l->tentative.n; i++) {
                sym name = entity_of(l, l->tentative.at[i])->name;
                if (!map_get(&l->defined, MAP_KEY(name)))
                        lower_data(l, l->tentative.at[i], name);
        }
        flush(l);
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
                if (clang_isCursorDefinition(cursor) && in_tree(l, cursor)) {
                        lower_function(l, cursor);
                        flush(l);
                }
                break;
        case CXCursor_VarDecl:
                if (in_tree(l, cursor))
                        visit_variable(l, cursor);
                break;
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

/* A name in capitals: a macro that a missing header would define, and it may jump or declare. */
static bool is_loud(struct spot spot)
{
        const struct source *source = spot.source;
        for (size_t i = spot.offset; i < source->length; i++) {
                char c = source->text[i];
                if (c >= 'a' && c <= 'z')
                        return false;
                if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '_')
                        break;
        }
        return true;
}

/*
 * Whether a piece of the tree is missing for the error. One that an option
 * turns off is a warning taken seriously: older C allows it (calls of what
 * nobody declared, numbers as pointers), and the parser kept all of it.
 */
static bool costs_tree(CXDiagnostic diagnostic, struct spot spot)
{
        CXString option = clang_getDiagnosticOption(diagnostic, NULL);
        const char *name = clang_getCString(option);
        bool undeclared = name && strcmp(name, "-Wimplicit-function-declaration") == 0;
        bool costs = !name || !*name || (undeclared && is_loud(spot));
        clang_disposeString(option);
        return costs;
}

/* TEXT with the files of types without a name ("struct (unnamed struct at /src/x.c:3:1)") as unit files write
 * them. */
static const char *portable(struct lower *l, const char *text)
{
        static const char before[] = " at /";
        struct out out = {.arena = l->arena};
        bool in_tree;
        for (const char *at; (at = strstr(text, before));) {
                const char *path = at + strlen(before) - 1;
                size_t length = strcspn(path, ":)'");
                out_bytes(&out, text, (size_t)(path - text));
                out_text(&out,
                         source_path(l->arena, l->job, arena_strndup(l->arena, path, length), &in_tree));
                text = path + length;
        }
        out_text(&out, text);
        return out_string(&out);
}

/* Records an error; false when it speaks of the flags and not of a file, so that nothing is missing for it.
 */
static bool take_error(struct lower *l, CXDiagnostic diagnostic)
{
        struct spot spot = spot_file(&l->sources, clang_getDiagnosticLocation(diagnostic));
        struct loc at = spot_loc(&l->sources, spot);
        if (spot.source && spot.source->in_tree && costs_tree(diagnostic, spot))
                VEC_PUSH(l->arena, &l->errors, spot);
        if (l->head->diags.n >= MOST_DIAGS)
                return spot.source != NULL;
        CXString text = clang_getDiagnosticSpelling(diagnostic);
        const char *string = portable(l, clang_getCString(text));
        if (spot.source && !spot.source->in_tree)
                string = arena_printf(l->arena, "%s: %s", spot.source->path, string);
        VEC_PUSH(l->arena, &l->head->diags, (struct diag){at, name_of(l->unit->names, string)});
        clang_disposeString(text);
        return spot.source != NULL;
}

/* Whether libclang gave up on the file itself, such as one in UTF-16: it tells so without a place. */
static bool is_unread(struct lower *l)
{
        CXFile file = clang_getFile(l->tu, l->job->path);
        const struct source *source = file ? source_of(&l->sources, file) : NULL;
        return !source || !source->text;
}

static void take_errors(struct lower *l)
{
        unsigned n = clang_getNumDiagnostics(l->tu);
        for (unsigned i = 0; i < n; i++) {
                CXDiagnostic diagnostic = clang_getDiagnostic(l->tu, i);
                if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error &&
                    (take_error(l, diagnostic) || is_unread(l)))
                        l->head->status = UNIT_PARTIAL;
                clang_disposeDiagnostic(diagnostic);
        }
        if (l->errors.n)
                qsort(l->errors.at, (size_t)l->errors.n, sizeof *l->errors.at, by_spot);
}

/* --- files and macros ------------------------------------------------------------------- */

static void take_dep(struct lower *l, struct source *source, const char *hash)
{
        if (source->is_dep)
                return;
        source->is_dep = true;
        VEC_PUSH(l->arena, &l->head->deps, (struct dep){source->path, name_of(l->unit->names, hash)});
        if (source->in_tree && source->number < 0)
                source->number = unit_file(l->head, source->path);
}

static void take_file(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
        struct lower *l = data;
        struct source *source = source_of(&l->sources, file);
        char hash[HASH_HEX];
        (void)stack;
        if (!source || source->is_dep || (!depth && source->path != l->head->path))
                return;
        hash_hex(source->text ? source->text : "", source->text ? source->length : 0, hash);
        take_dep(l, source, hash);
}

static int by_path(const void *a, const void *b)
{
        return strcmp(((const struct dep *)a)->path, ((const struct dep *)b)->path);
}

/* Sorted, because libclang does not say when those of a precompiled header were read. */
static void take_files(struct lower *l)
{
        const struct headers *headers = l->sources.headers;
        clang_getInclusions(l->tu, take_file, l);
        for (int i = 0; headers && i < headers->files.n; i++)
                take_dep(l, source_of_header(&l->sources, i), headers->files.at[i].hash);
        if (l->head->deps.n)
                qsort(l->head->deps.at, (size_t)l->head->deps.n, sizeof *l->head->deps.at, by_path);
        int n = 0; /* two names of one file are one dependency */
        for (int i = 0; i < l->head->deps.n; i++)
                if (!n || l->head->deps.at[n - 1].path != l->head->deps.at[i].path)
                        l->head->deps.at[n++] = l->head->deps.at[i];
        l->head->deps.n = n;
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
                VEC_PUSH(l->arena, &l->head->uses, (struct use){def->name, spot_loc(&l->sources, spot)});
        }
}

/* Macros that were called are declared like functions, with "macro" for a type, unless one has the name. */
static void declare_macros(struct lower *l)
{
        for (int i = 0; i < l->called.n; i++) {
                const struct called_macro *called = l->called.entries[i].value;
                const struct macro_def *def = called->def;
                if (map_get(&l->defined, MAP_KEY(def->name)))
                        continue;
                struct decl decl = {
                    .name = def->name, .is_func = called->is_func, .header = def->source->path};
                decl.type = name_of(l->unit->names, "macro");
                VEC_PUSH(l->arena, &l->head->decls, decl);
        }
}

void lower_unit(struct lower *l)
{
        take_errors(l);
        take_files(l);
        clang_visitChildren(clang_getTranslationUnitCursor(l->tu), visit_top, l);
        lower_tentative(l);
        take_uses(l);
        lower_texts(l);
        entities_declare(l);
        declare_macros(l);
        if (l->head->lost)
                l->head->status = UNIT_PARTIAL;
}
