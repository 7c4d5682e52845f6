/*
 * lower.h: from the syntax tree of one translation unit to a unit. The files
 * lower_*.c each take one kind of syntax; they share this state and call each
 * other through the functions below. All of them append to
 * l->unit; lower_unit.c turns that into text, piece by piece.
 */
#ifndef WORKER_LOWER_H
#define WORKER_LOWER_H

#include "macros.h"
#include "source.h"

#include "base/file.h"
#include "base/map.h"
#include "ir/ir.h"

#include <clang-c/Index.h>

enum { NESTING = 1500 }; /* deeper syntax is lost, not followed */

enum { PEELED = 1024 };

/* What is under the conversion, parentheses or cast EXPRESSION. */
struct peeled {
        const void *expression;
        CXCursor inner;
};

/* A function or variable as uses of it see it. */
struct entity {
        CXCursor cursor; /* its first declaration */
        sym name;
        bool is_func, noreturn, twice; /* twice: returns twice, as setjmp does */
        bool array;                    /* a variable of array type */
        bool used;                     /* named in the unit */
};

/* A member of a record, in order. */
struct field {
        sym key;
        CXType type;
        bool anonymous; /* a record without a name: its members are reached through the outer one */
};

struct record {
        VEC(struct field) fields;
        bool is_union;
};

/* A macro from outside that stands in the unit for a function or a variable. */
struct called_macro {
        const struct macro_def *def;
        bool is_func;
};

/* A block of C with its variables that need something at its end, in order of declaration. */
struct scope {
        struct scope *up;
        VEC(struct closing {
                int place;
                sym cleanup; /* function to call with its address, or NULL */
                bool addressed;
        })
        vars;
};

/* Where break and continue lead. */
struct jump {
        struct jump *up;
        struct scope *scope;
        int to_break, to_continue; /* -1: look further up */
};

/* The switch that case labels belong to. */
struct choice {
        struct choice *up;
        VEC(struct arm) arms;
        int otherwise; /* block of default:, or -1 */
};

struct label {
        CXCursor cursor;
        int block;
        struct scope *scope;
        int nvars; /* of that scope, already declared at the label */
        bool addressed;
};

struct pending_goto {
        CXCursor label;
        int block;
        struct scope *scope;
        VEC(int) nvars; /* declared by then, for each scope from the innermost outwards */
        struct loc at;
};

struct local {
        int place, scope_var; /* scope_var: index in scope->vars plus one, 0 none */
        struct scope *scope;
        bool array;
        sym global; /* of a static local: the name of its data */
};

/* The function, or initialiser, being lowered. */
struct body {
        struct func *func;
        bool constant;      /* an initialiser of static storage: no control flow possible */
        struct body *outer; /* the function that such a variable is declared in */
        int block;
        int temps;
        struct map locals; /* declaration -> struct local */
        struct map names;  /* sym -> how often it was declared */
        struct scope *scope;
        struct jump *jump;
        struct choice *choice;
        VEC(struct label *) labels;
        VEC(struct pending_goto *) gotos;
        VEC(struct computed {
                int block;
                bool assembler; /* may go to any label, and on */
        })
        computed;
        struct source *source;
        bool deep; /* something was nested too deeply; said once */
        int error; /* index of the next error that was not yet met */
};

struct lower {
        struct arena *arena;   /* as long as the unit */
        struct arena *scratch; /* emptied after each function and variable */
        struct unit *head;     /* all but functions and variables */
        struct unit *unit;     /* the function or variable at hand, in scratch; shares names with the head */
        VEC(struct text) datas, funcs; /* the others, as text */
        VEC(CXCursor) tentative;       /* variables without initialiser so far */
        const struct job *job;
        CXTranslationUnit tu;
        struct sources sources;
        struct macros macros;
        struct map entities; /* declaration -> struct entity */
        struct map fields;   /* declaration -> struct field */
        struct map records;  /* declaration -> struct record */
        struct map types;    /* type -> sym */
        struct map plans;    /* expression -> struct macro_plan, of the function at hand */
        struct map called;   /* sym -> macros that were called */
        struct map defined;  /* names of functions and variables that the unit defines */
        VEC(struct entity *) used;
        VEC(struct spot) errors; /* places of error diagnostics in the tree, sorted */
        struct body *body;
        int depth, kept, literals;
        struct peeled *peeled; /* answers given lately, by address modulo PEELED */
};

/* --- the tree of cursors: cursors.c --------------------------------------------- */

struct kids {
        CXCursor *at;
        int n;
};

/* All children, in scratch memory. */
struct kids cursor_kids(struct lower *l, CXCursor cursor);
CXCursor cursor_first(CXCursor cursor);
CXCursor cursor_last(CXCursor cursor);

/* What is under one pair of parentheses, cast or implicit conversion; null when CURSOR is none of them. */
CXCursor cursor_inner(struct lower *l, CXCursor cursor);
/* Without parentheses, casts and implicit conversions around it. */
CXCursor cursor_peeled(struct lower *l, CXCursor cursor);
/* Is it an expression of clang's that has no kind of its own and is no conversion (va_arg, atomics, ...)? */
bool cursor_is_odd(struct lower *l, CXCursor cursor, const struct kids *kids);

bool cursor_is_null(CXCursor cursor);
/* The value of a constant expression. */
bool cursor_constant(CXCursor cursor, int64_t *value);
/* The identifier at the place where it is spelled, NULL when there is none. */
sym cursor_word(struct lower *l, CXCursor cursor);

/* --- declarations and types: entity.c ---------------------------------------------- */

struct entity *entity_of(struct lower *l, CXCursor declaration);
/* The key and type of a member. */
struct field *field_of(struct lower *l, CXCursor declaration);
struct record *record_of(struct lower *l, CXType type);
sym type_text(struct lower *l, CXType type);
bool type_is_pointer(CXType type);
bool type_is_array(CXType type);
bool type_is_record(CXType type);
bool type_is_function(CXType type);
/* The attributes of a function that speak of memory; NULL when there is none. */
sym attributes_text(struct lower *l, CXCursor declaration);
/* The argument of __attribute__((cleanup(F))), or NULL. */
sym attribute_cleanup(struct lower *l, CXCursor declaration);
/* Writes the declarations of everything used and not defined here. */
void entities_declare(struct lower *l);

/* --- blocks and events: emit.c -------------------------------------------------------- */

int new_block(struct lower *l);
void go_on_in(struct lower *l, int block);
/* Ends the current block; what follows goes to a new one that nothing leads to until it is named. */
void end_goto(struct lower *l, int block, struct loc at);
void end_if(struct lower *l, int place, int yes, int no, struct loc at);
void end_return(struct lower *l, int place, struct loc at);
void end_stop(struct lower *l, struct loc at);
void emit(struct lower *l, struct event event);
void emit_assign(struct lower *l, int dst, int src, struct range at);
void emit_lost(struct lower *l, struct range at);
/* Marks as lost what the parser reported between the last statement and the end of CURSOR. */
void emit_errors(struct lower *l, CXCursor cursor);
/* Is the syntax nested too deeply to be followed? Then something is lost. */
bool is_too_deep(struct lower *l);
int new_temp(struct lower *l);
int place_unknown(struct lower *l);
int place_null(struct lower *l);
int place_number(struct lower *l, int64_t value);
/* Drops what cannot be reached, joins what only passes on, numbers anew: tidy.c. */
void func_tidy(struct lower *l, struct func *func);

/* --- scopes: scope.c -------------------------------------------------------------------- */

struct scope *scope_open(struct lower *l);
/* The end of the innermost scope is reached. */
void scope_close(struct lower *l, struct loc at);
/* Control leaves all scopes up to (not with) OUTER. */
void scope_leave(struct lower *l, struct scope *outer, struct loc at);
void scope_return(struct lower *l, struct loc at);
bool scope_has_cleanup(struct lower *l);
/* A new local variable. */
struct local *local_declare(struct lower *l, CXCursor declaration, enum place_kind kind);
/* A local variable without declaration of its own, for compound literals. */
int local_hidden(struct lower *l, const char *stem, CXType type);
/* Its address is taken. */
void local_addressed(struct lower *l, int place);
void label_lower(struct lower *l, CXCursor cursor);
void goto_lower(struct lower *l, CXCursor cursor);
void label_address(struct lower *l, CXCursor label);
/* A goto whose target is a value; ASSEMBLER: an asm statement that may jump, or go on. */
void computed_goto(struct lower *l, struct loc at, bool assembler);
/* Connects the gotos, at the end of a function. */
void gotos_resolve(struct lower *l);

/* --- statements, expressions, calls, initialisers ------------------------------------------- */

void lower_statement(struct lower *l, CXCursor cursor);
/* The statements of a compound; WANT: the value of the last one is returned. */
int lower_compound(struct lower *l, CXCursor cursor, bool want);
void lower_loop(struct lower *l, CXCursor cursor);
/* An assembler statement. */
void lower_asm(struct lower *l, CXCursor cursor);
void lower_variable(struct lower *l, CXCursor cursor);

/* Branches on an expression. */
void lower_condition(struct lower *l, CXCursor cursor, int yes, int no);
/* The value of an expression; effects are emitted. Never -1. */
int lower_value(struct lower *l, CXCursor cursor);
/* The place that an lvalue denotes. */
int lower_place(struct lower *l, CXCursor cursor);
/* For its effects only. */
void lower_dropped(struct lower *l, CXCursor cursor);
/* dst = expression, record by value if it is one. */
void lower_into(struct lower *l, int dst, CXCursor cursor, struct range at);
int lower_unary(struct lower *l, CXCursor cursor, bool want);
int lower_binary(struct lower *l, CXCursor cursor, bool want);
int lower_odd(struct lower *l, CXCursor cursor, const struct kids *kids, bool want);

/* A call; dst -1 and want: a new temp. Returns where the result is, or -1. */
int lower_call(struct lower *l, CXCursor cursor, int dst, bool want);
/* The argument of a builtin that only says what is expected of it; null for other calls. */
CXCursor call_expected(struct lower *l, CXCursor cursor);
/* The common expression of a ?: b stands three times among the children, then b. */
bool is_elvis(const struct kids *kids);

/*
 * If CURSOR is what a macro from outside the tree expands to and counts as a
 * call: lowers it so. *RESULT as of lower_call.
 */
bool lower_macro_call(struct lower *l, CXCursor cursor, int dst, bool want, int *result);
/* Would it? Then lowering it plainly would be wrong. */
bool is_macro_call(struct lower *l, CXCursor cursor);
/* A variable or function that a macro names and a table holds: *(T *)API[2]. -1 when it is none. */
int lower_table_entry(struct lower *l, CXCursor cursor);
/* The macro that the user wrote where CURSOR begins, if the beginning comes from its body; else NULL. */
struct expansion *macro_around(struct lower *l, CXCursor cursor);
/* Records that a macro from outside stands for a function or variable: it has no declaration of its own. */
void macro_declare(struct lower *l, const struct macro_def *def, bool is_func);

void lower_initialiser(struct lower *l, int place, CXType type, CXCursor init, struct range at);
void lower_zero(struct lower *l, int place, CXType type, struct range at);
/* A variable of static storage. */
void lower_data(struct lower *l, CXCursor cursor, sym name);

void lower_function(struct lower *l, CXCursor cursor);
/* The whole translation unit. */
void lower_unit(struct lower *l);
/* Macros, conditionals and comments of the files of the tree: texts.c. */
void lower_texts(struct lower *l);

#endif
