/*
 * ir.h: what a C function is to us.
 *
 * A *unit* is what one source file with one set of flags brings: functions as
 * control-flow graphs of *events*, initialised data, declarations, macros and
 * comments. Lowering writes it, everything behind reads it, and its text form
 * (grammar at the foot of this file) is the cache, the thing that is shipped
 * between machines, the debug dump and the language of the flow tests.
 *
 * The IR knows C. It knows no allocator, no lock and no name of any library.
 */
#ifndef IR_IR_H
#define IR_IR_H

#include "base/names.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

#define UNIT_FORMAT 1 /* first word behind "unit"; raise it when the text changes its meaning */

/*
 * A point in a file. `file` indexes unit->files; 0 is the unit's own source. Lines
 * and byte columns from 1.
 */
struct loc {
        uint32_t file, line, col;
};

/* From `at` up to but not including end_line:end_col, in the same file. end_line 0: the end is not known. */
struct range {
        struct loc at;
        uint32_t end_line, end_col;
};

/*
 * A place is an expression without side effects: where a value lives, or the
 * value itself. Places of a function are interned by structure, so equal
 * expressions have equal indexes, and `int` indexes into func->places stand
 * for them everywhere. -1 is "none".
 */
enum place_kind {
        PLACE_UNKNOWN, /* ?             a value of which nothing is known; no two reads agree */
        PLACE_CONST,   /* 42            `value` */
        PLACE_NULL,    /* null          a null pointer constant */
        PLACE_STRING,  /* "text"        address of a string literal, `name` is its (escaped) text */
        PLACE_FUNC,    /* @name         address of a function */
        PLACE_SIZEOF,  /* sizeof(T)=24  `name` is the type as written, `value` the number (-1 unknown) */
        PLACE_LOCAL,   /* name          a local variable; name'2, name'3 for later ones of that name */
        PLACE_PARAM,   /* name          a parameter */
        PLACE_GLOBAL,  /* $name         a variable of static storage; a local static is $function.name */
        PLACE_TEMP, /* %7            result of a call or of control flow inside an expression; `value` is 7 */
        PLACE_FIELD, /* base.[key]    member `name` of the aggregate `base` */
        PLACE_DEREF, /* *base         what `base` points at; *p.[k] prints as p->[k] */
        PLACE_ELEM,  /* base[index]   element of the array `base` (an aggregate, not a pointer) */
        PLACE_ADDR,  /* &base         address of `base`; an array that decays is the address of its element 0:
                        &a[0] */
        PLACE_ARITH, /* (base op index)  `op`; pointer arithmetic counts elements, as in C: p[i] is *(p + i)
                      */
};

enum arith {
        ARITH_ADD,
        ARITH_SUB,
        ARITH_MUL,
        ARITH_DIV,
        ARITH_MOD,
        ARITH_AND,
        ARITH_OR,
        ARITH_XOR,
        ARITH_SHL,
        ARITH_SHR,
        ARITH_EQ,
        ARITH_NE,
        ARITH_LT,
        ARITH_LE,
        ARITH_GT,
        ARITH_GE,
};

/*
 * The key of a field is "tag.member" for a record of a header outside the
 * tree, and "file|tag.member" for one of the tree's own (file: where the
 * record is defined, relative to the tree), because two files may each have a
 * private `struct state`. A record without a tag takes the name of its
 * typedef, else "<line>". All members of a union share the member name "*"
 * with their offset zero, so that they are one place.
 */
struct place {
        enum place_kind kind;
        enum arith op;
        int base, index;
        sym name;
        int64_t value;
};

/* A declared variable of a function: a PARAM or LOCAL place and its type as written. */
struct var {
        int place;
        sym type;
        bool array;   /* of array type: its storage is the object itself (stack memory) */
        bool cleanup; /* carries __attribute__((cleanup)); the call itself is lowered at scope ends */
};

enum event_kind {
        EVENT_CALL,   /* dst = callee(args) */
        EVENT_ASSIGN, /* dst = src */
        EVENT_COPY,   /* dst := src, whole records by value: every field moves along */
        EVENT_USE,    /* src is evaluated and its value dropped */
        EVENT_SCOPE,  /* the storage of dst, a local, ends */
        EVENT_LOST,   /* a statement here could not be lowered */
};

/*
 * A call. `callee` is the name by which it is known: of a function, or of the
 * outermost macro from outside the tree whose expansion is an expression that
 * makes the call (say NEW(T, n) or ITEM(list, i)). `via` is then the function that
 * the compiler sees called, if there is one. `spelled` is the tree's own macro
 * that the user wrote at `at` (or the statement macro from outside, one that
 * opens a block, say), NULL when `callee` stands there itself. For a call
 * through a pointer `callee` is NULL and `target` is the place that is called.
 */
struct event {
        enum event_kind kind;
        struct range at; /* of a call: the name of the callee (or the macro), up to the closing parenthesis */
        int dst, src;    /* places or -1 */
        int target;      /* CALL through a pointer: the place called, else -1 */
        sym callee, via, spelled;
        int *args, nargs;    /* places */
        struct range *argat; /* one per argument, or NULL */
        bool noreturn;       /* control does not come back (declared so) */
        bool cleanup;        /* made by __attribute__((cleanup)), stands in no source line of its own */
};

enum end_kind {
        END_GOTO,   /* next[0] */
        END_IF,     /* place != 0 ? next[0] : next[1] */
        END_SWITCH, /* by place: cases, else next[0] */
        END_ANY,    /* any of next: computed goto, asm goto */
        END_RETURN, /* place or -1 */
        END_STOP,   /* control does not get here: behind a noreturn call */
};

struct arm {
        int64_t low, high; /* both inclusive */
        int next;
};

struct block {
        VEC(struct event) events;
        enum end_kind end;
        struct loc at; /* of the statement that ends the block */
        int place;
        VEC(int) next;
        VEC(struct arm) arms;
};

struct func {
        sym name;
        sym result; /* type as written */
        struct range
            at; /* name of the function up to the end of its body; `file` may be a header of the tree */
        bool is_static, variadic;
        bool uses_setjmp; /* calls of this function may return twice: nothing is leaked for sure */
        int lost;         /* statements that could not be lowered */
        sym attributes; /* text of its attributes that speak of memory: "malloc(f,1) ownership_takes(c,1)", or
                           NULL */
        sym macro;      /* the tree's macro that spells the whole definition, or NULL */
        int nparams;
        VEC(struct var) vars; /* the parameters first, in order */
        VEC(struct place) places;
        VEC(struct block) blocks;  /* blocks.at[0] is the entry */
        struct place_index *index; /* interning of places; built on demand */
};

/*
 * A variable of static storage that the unit defines, with what its
 * initialiser stores: `inits` are ASSIGN events whose dst is rooted at the
 * variable. Method tables, type objects and slots are this.
 */
struct data {
        sym name;
        sym type;
        struct range at;
        bool is_static;
        struct func *inits; /* one block; places are its own */
};

/* A function or variable that is declared and used, but not defined here. */
struct decl {
        sym name;
        sym header;     /* where it is declared: "<python>/object.h", tree-relative, "?" when implicit */
        sym type;       /* as written */
        sym attributes; /* as in struct func */
        bool is_func, noreturn;
};

/* A `#define` of a file of the tree: the identifiers of its body in order, which libclang does not tell. */
struct macro {
        sym name;
        struct loc at;
        bool function_like;
        VEC(struct word {
                sym name;
                struct loc at;
        })
        words;
};

/* Where the user wrote the name of a macro from outside the tree that is function-like or renames one
 * identifier. */
struct use {
        sym name;
        struct loc at;
};

/* An `#if`, `#ifdef`, `#elif`, `#else` section of a file of the tree: lines first..last have `condition`. */
struct guard {
        uint32_t file, first, last;
        sym condition; /* as written, continued lines joined; "else" carries the negated conditions: "!(A) &&
                          !(B)" */
        bool active;
};

/* A comment that speaks to us: "pymemlint: ignore[...] reason". */
struct allow {
        struct loc at;        /* of the comment */
        uint32_t first, last; /* the lines it covers; last 0: to the end of the file */
        sym rules;            /* comma-separated as written */
        sym reason;           /* "" when none */
        sym form;             /* "ignore", "ignore-next-line", "ignore-begin", "ignore-end", "ignore-file" */
};

struct dep {
        sym path; /* tree-relative, or below a root: "<python>/Python.h", "<clang>/stddef.h",
                     "<system>/stdio.h" */
        sym hash; /* 32 hexadecimal digits of its content */
};

struct diag {
        struct loc at;
        sym text;
};

enum unit_status {
        UNIT_WHOLE,   /* every statement was kept */
        UNIT_PARTIAL, /* some were lost; see func->lost and diags */
        UNIT_FAILED,  /* no function: the parser crashed, hung or refused; diags say which */
};

struct unit {
        struct arena *arena; /* everything in the unit lives here */
        struct names *names;
        sym path;   /* of the source, relative to the tree */
        sym key;    /* of content, flags and tool; "-" when there is none */
        sym flags;  /* where its flags come from: "recorded", "derived", "given" */
        sym object; /* the shared object it is linked into, "" when not known */
        enum unit_status status;
        int kept, lost; /* statements */
        VEC(sym) files; /* what struct loc's file indexes: the source, then the tree's headers */
        VEC(struct dep) deps;
        VEC(struct func *) funcs;
        VEC(struct data *) datas;
        VEC(struct decl) decls;
        VEC(struct macro *) macros;
        VEC(struct use) uses;
        VEC(struct guard) guards;
        VEC(struct allow) allows;
        VEC(struct diag) diags;
};

/* An empty unit for the source PATH. */
struct unit *unit_new(struct arena *arena, struct names *names, const char *path);

/* The index in unit->files of PATH, added when it is new. */
uint32_t unit_file(struct unit *unit, sym path);

/* A new function of the unit, appended; its entry block 0 exists. */
struct func *func_new(struct unit *unit, sym name);

/* A new variable of the unit, appended, with an empty `inits`. */
struct data *data_new(struct unit *unit, sym name);

/* A new empty block (END_STOP); its index. */
int func_block(struct unit *unit, struct func *func);

/* The index in vars of the variable that a place is, or -1; its type as written, or NULL. */
int func_var(const struct func *func, int place);
sym func_type(const struct func *func, int place);

/*
 * The index of a place, made when it is new. Simplifies: *&x is x, &*p is p,
 * arithmetic of constants is a constant, x + 0 is x, comparison with the
 * constant on the left is turned round, `== 0` of a comparison is its negation,
 * &a[i] + n is &a[i + n]. What is nested more than 100 deep becomes unknown.
 */
int place_of(struct unit *unit, struct func *func, struct place place);

/* Short hands for place_of. */
int place_const(struct unit *unit, struct func *func, int64_t value);
int place_named(struct unit *unit, struct func *func, enum place_kind kind, sym name);
int place_field(struct unit *unit, struct func *func, int base, sym key);
int place_deref(struct unit *unit, struct func *func, int base);
int place_elem(struct unit *unit, struct func *func, int base, int index);
int place_addr(struct unit *unit, struct func *func, int base);
int place_arith(struct unit *unit, struct func *func, enum arith op, int left, int right);
int place_temp(struct unit *unit, struct func *func, int number);

/* The text of a place as in the unit file, for dumps and messages. */
const char *place_text(struct arena *arena, const struct func *func, int place);

/*
 * The text of a place as a C programmer writes it: "self->buf", "n * 8". MADE
 * gives the call that each temp comes from, which stands for it: "size(...)";
 * where that is not one call, or MADE is NULL, it is "the result". SPELLED
 * (symbol -> name, or NULL) gives what is written instead of the address of a
 * global.
 */
struct map;
const char *place_source(struct arena *arena, const struct func *func, int place,
                         const struct event *const *made, const struct map *spelled);

/* The unit as text; ends with "end\n". Equal units give equal bytes. */
struct text;
void unit_write(struct arena *arena, const struct unit *unit, struct text *out);

/*
 * The parts of unit_write, for who cannot keep a whole unit in memory: the head
 * is everything but data and functions, which follow in this order, then "end".
 */
struct out;
void unit_write_head(struct out *out, const struct unit *unit);
void unit_write_data(struct out *out, const struct unit *unit, const struct data *data);
void unit_write_func(struct out *out, const struct unit *unit, const struct func *func);

/*
 * Reads a unit file, which may be anybody's bytes. Returns NULL with a message
 * ("line 12: no such block") in *ERROR when it is not one; the message lives
 * in ARENA. unit_write of the result gives the same bytes.
 */
struct unit *unit_read(struct arena *arena, struct names *names, const char *bytes, size_t length,
                       const char **error);

/*
 * The text form. One line per thing, fields separated by one space, lists
 * indented below what they belong to. NAME is an identifier, TEXT is in double
 * quotes with \" \\ \n \t \xHH escapes, LOC is @line:col (@fN:line:col when
 * the file is not the one of the enclosing func or data, 0 elsewhere), RANGE
 * is LOC or LOC-line:col, PLACE as in enum place_kind. Names, paths, keys and
 * types stand bare where that cannot be misread, else as TEXT. What is not
 * known of positions is left out; of one argument's range "-" is written.
 * Empty lines and lines that begin with # are skipped when reading. A variable
 * named like a word of this grammar is spelled with '1: "use'1", "null'1".
 *
 *   unit 1 src/buf.c key=KEY flags=derived status=whole kept=12 lost=0 object=""
 *   file 1 src/buf.h                                   files[1..]
 *   dep src/buf.h HASH
 *   diag LOC TEXT
 *   allow LOC 14-14 ignore "family-mismatch" "freed by libfoo"
 *   guard fN:10-20 active TEXT                         or "skipped"; fN: left out for file 0
 *   macro NAME LOC function WORD@line:col ...          or "object"
 *   use NAME LOC LOC ...                               uses of one name, in order of place
 *   decl func NAME HEADER TEXT [noreturn] [attr TEXT]  or "decl var"
 *   data NAME static TEXT RANGE                        or "extern"
 *    PLACE = PLACE RANGE                               its inits
 *   func NAME static TEXT RANGE [variadic] [setjmp] [lost=2] [attr TEXT] [macro NAME]
 *    param NAME TEXT
 *    local NAME TEXT [array] [cleanup]
 *    L0
 *     PLACE = call NAME(PLACE, PLACE) [via NAME] [in NAME] [noreturn] [cleanup] RANGE [args RANGE RANGE]
 *     call *PLACE(PLACE) RANGE                         through a pointer, result dropped
 *     PLACE = PLACE RANGE
 *     PLACE := PLACE RANGE
 *     use PLACE RANGE
 *     scope PLACE LOC
 *     lost RANGE
 *     goto L1 LOC
 *     if PLACE L1 L2 LOC
 *     switch PLACE 1:L1 2..5:L2 else:L3 LOC
 *     any L1 L2 LOC
 *     return PLACE LOC                                 or "return LOC"
 *     stop LOC
 *   end
 */

#endif
