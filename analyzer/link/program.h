/*
 * program.h: all units of a run as one program: who is called by which name,
 * in what order functions can be understood, which functions a field holds.
 *
 * Comes in: units as read. Goes out: functions with resolved calls. Nothing
 * here knows what a call does; that is flow's business.
 */
#ifndef LINK_PROGRAM_H
#define LINK_PROGRAM_H

#include "ir/ir.h"
#include "link/keys.h"
#include "link/model.h"

struct function;

/* A function that a callee is given and calls before it returns: what it does is done by the call. */
struct given {
        struct function *function; /* its body, or NULL */
        const struct contract *contract;
        const struct effect *calls; /* the effect that says so */
};

/* What one CALL event can reach. */
struct call {
        const struct event *event;
        int block, index;          /* of the event in its function */
        sym name;                  /* the name that contracts are looked up by, NULL through a pointer */
        const struct model *model; /* of that name, of what the macro calls, or of its header; beats a body */
        const struct contract *contract;  /* the model's, with this call's format units; NULL: by bodies */
        const struct contract *described; /* `contract` without what the functions in `given` do */
        const struct contract
            *variant; /* of the one body, for the constants that it is given here; or NULL */
        VEC(struct given) given;
        VEC(const struct model *) known; /* described functions that the pointer called may hold */
        VEC(struct function *) to;       /* bodies in the tree that may run */
        struct keys writes;              /* fields and globals that one of them may assign */
        uint64_t kept;                   /* arguments that one of them may keep or release: a bit each */
        bool jumps;                      /* may end in a jump, past its caller */
        bool open;                       /* may also reach code that is not in the tree */
        const struct slot *slot;         /* called through a field that a model describes */
};

/* A function with a body. One that several units bring from a header stands here once. */
struct function {
        struct func *func;
        struct unit *unit;
        struct where at;
        int index;              /* in program->functions */
        VEC(struct call) calls; /* in order of blocks and events */
        VEC(struct function *) callers;
        int component; /* strongly connected component; callees have smaller numbers */
        bool recursive;
        bool exported; /* of external linkage */
        bool address_taken;
        struct contract contract;   /* inferred, or read from a model of its name */
        const struct test *assumed; /* in a copy: what a call gives it, see variant.c */
        int nassumed;
        gil_set entered;                    /* lock states in which it is entered, by gil_spread */
        struct keys writes;                 /* fields and globals that it or a callee assigns */
        struct keys lock_keys;              /* fields that decide what its callees do to the lock */
        struct keys reads;                  /* pure: fields and globals that its result depends on */
        bool jumps;                         /* a call in it may end in a jump, past it and its caller */
        gil_set jumps_held, jumps_released; /* the lock's states in which it does, when entered so */
        bool pure;                          /* it changes nothing: a call is a value of its arguments */
        bool passes_functions;              /* it hands functions to callees that call them */
        struct keys
            lock_counts;   /* it uses the lock, and it or a callee adds one to them, or takes one away */
        bool resumes;      /* it takes the lock back that somebody else gave up, and gives it up again */
        bool uses_lock;    /* behind one of its calls the lock may be in another state */
        bool refuses_lock; /* entered with the lock, it makes a call that attaches a state to a thread without
                              one */
        bool parts_lock;   /* what it does to the lock hangs on more than one condition at a time */
        bool minds_lock;   /* it or a callee makes a call that is not allowed in every state */
        bool uses_elements;             /* it stores in, releases or hands out elements of arrays */
        bool uses_memory;               /* it or a callee obtains or releases memory */
        bool moves_memory;              /* one of its own calls obtains or releases memory */
        bool brings_lock;               /* it or the one callee of a call brings the lock into being */
        uint64_t counts;                /* parameters to which it may take another reference, a bit each */
        uint64_t asked;                 /* parameters on which a branch depends, a bit each, see variant.c */
        VEC(struct context *) contexts; /* flow's: each way of entering it that was found, shortest first */
};

/* Memory that nobody may release, left in a cell where a function ends. */
enum lodger_kind {
        LODGER_LITERAL,
        LODGER_VARIABLE, /* of static storage */
        LODGER_LENT,     /* a call handed out what somebody else owns */
};
struct lodger {
        enum lodger_kind kind;
        sym name; /* the literal's text, the variable, the function called */
        const struct step *why;
};

static inline bool lodger_same(const struct lodger *a, const struct lodger *b)
{
        return a->kind == b->kind && a->name == b->name;
}

/* A field beside the one that a block is stored in, and what it holds when it is. */
struct flag {
        sym key;
        struct span span;
};

/* A field, global or array that pointers are kept in, over the whole program. */
struct cell {
        sym key;                          /* field key, "$name", or one of these followed by "[]" */
        VEC(const struct model *) models; /* of functions without a body whose addresses are stored there */
        VEC(struct function *) functions; /* whose addresses are stored there */
        bool open;                        /* something that is no function of the tree is stored there too */
        families gives;                   /* families of the blocks stored there */
        bool unknown;                     /* a block of unknown origin is stored there too */
        bool begun;                       /* some writer brings a block of its own */
        VEC(const struct step *) writers; /* one per family and place */
        VEC(families) written;            /* the family of each writer */
        VEC(bool) renewed;                /* what each writer stores is what stood there, reallocated */
        VEC(struct lodger) fixed;
        VEC(const struct flag *) when; /* of each writer: ended by one without a key; or NULL */
        VEC(struct cell *) to;         /* what stands here may be found there too */
};

/* An address of a function that is handed on: stored, passed, returned. */
struct handed {
        struct function *function;
        struct function *in; /* where; NULL at file scope */
        const struct unit *unit;
        const struct func *code; /* of IN, or the initialisers of a variable */
        struct where at;
        const struct event *event;   /* the call or assignment */
        int arg;                     /* of the call, -1 for an assignment */
        sym key;                     /* the field key or global it is stored in, or NULL */
        sym callee;                  /* name of the function it is passed to, or NULL */
        const struct handed *origin; /* passed on by a helper: the call of that which names it, or NULL */
};

/* What attributes promise of a function. */
struct declared {
        families gives; /* of the result; 0: nothing is said */
        VEC(struct declared_arg {
                int arg;
                families family;
                bool keeps;
        })
        takes;
};

struct program {
        struct arena *arena;
        struct names *names;
        const struct models *models;
        VEC(struct unit *) units;
        VEC(struct function *) functions;
        VEC(struct function *) order; /* callees before callers */
        VEC(struct handed) handed;
        VEC(struct handed) passed; /* to code outside, by a helper that got it */
        struct map by_name; /* sym -> struct named * : all functions of external linkage of that name */
        struct map by_func; /* struct func * -> struct function * */
        struct map statics; /* unit and name -> the sym of a variable that only that unit sees */
        struct map cells;   /* sym -> struct cell * */
        struct map paired;  /* what passed.c found in the rows of tables already */
        struct map decls;   /* sym -> struct decl * : a declaration of an external function */
        struct map written; /* sym -> itself: fields and globals that any function of the program assigns */
        struct map inside;  /* sym -> itself: globals that no code outside of the program can change */
        VEC(struct cell *) flowing; /* cells that flow to others */
        struct map declared;        /* sym -> struct declared * */
        VEC(const char *) notes;    /* ambiguities, for the summary */
        bool changed;               /* a cell grew since it was cleared */
        bool unread;                /* a unit could not be read */
        int threads;                /* that walk functions at a time */
        struct cell_log *log;       /* in the copy of one of them: what it finds stored; else NULL */
        struct map variants;        /* in the copy of one of them: contracts of one level, see variant.c */
};

/* A block that was stored where a cell keeps it. */
struct cell_note {
        sym key;
        families set; /* empty: nothing is known of it */
        bool unknown; /* it may be of another family too */
        bool renewed; /* it is what stood there, reallocated */
        const struct step *why;
        const struct flag *when; /* what stood beside it, see struct cell */
};

/* Memory that stays where a cell keeps it. */
struct lodging {
        sym key;
        struct lodger lodger;
};

/* What the cell FROM holds may come into the cell TO. */
struct cell_flow {
        sym from, to;
};

struct cell_log {
        VEC(struct cell_note) list;
        VEC(struct lodging) lodgings;
        VEC(struct cell_flow) flows;
        VEC(sym) asked; /* cells that are there from now on, whether anything is stored in them or not */
};

/* Puts all of LOG into the cells, in order. The stories in it are kept as they are. */
void cells_put(struct program *program, const struct cell_log *log);

/* Joins units into a program. Units that failed bring nothing. Everything lives in ARENA. */
struct program *program_link(struct arena *arena, struct names *names, struct unit *const *units, int n,
                             const struct models *models);

/* The function that NAME means inside UNIT, or NULL when it has no body in the tree. */
struct function *program_resolve(const struct program *program, const struct unit *unit, sym name);

/* The sym by which a variable of static storage is known everywhere: "$name", "$file:name" for a private one.
 */
sym program_global(const struct program *program, const struct unit *unit, sym name);

/* The cell of a key, made when new. */
struct cell *program_cell(struct program *program, sym key);

/*
 * In a table of (number, pointer) records: the slot that the number beside the
 * pointer stored by EVENT names, or NULL. CODE: the initialisers of the table.
 */
const struct slot *program_slot_beside(struct program *program, const struct func *code,
                                       const struct event *event);

/* A place in a unit's file as the rest of the house says it. */
struct where program_where(const struct unit *unit, struct range range);

/* The call at an event, or NULL. */
const struct call *function_call(const struct function *function, int block, int index);

/* Bare name of a function. */
sym function_name(const struct function *function);

/* calls.c: resolves every call, fills the cells with functions, orders the functions. */
void calls_resolve(struct program *program);

/* declared.c: reads the attributes of all declarations; families of the tree's own join program->models. */
void declared_find(struct program *program);

/* Puts what is declared of NAME in the place of what CONTRACT says of the same. False: nothing is. */
bool declared_apply(const struct program *program, struct arena *arena, sym name, struct contract *contract);

/* named.c: the contract of the model of CALL, which FUNCTION makes, with what the units of its format do. */
const struct contract *contract_formatted(struct program *program, const struct function *function,
                                          const struct call *call);

/* named.c: the contract of EVENT's call with the names that its arguments give to places of their own. */
const struct contract *contract_named(struct program *program, const struct function *function,
                                      const struct event *event, const struct contract *contract);

/* passed.c: fills passed from the cells. */
void functions_pass(struct program *program);

/* passed.c: a call through one field with another of the same record: rows of tables pair the two. */
void rows_pass(struct program *program, const struct function *in, const struct event *event);

/* touch.c: fills writes, reads and pure, and inside; calls are resolved and ordered. */
void functions_touch(struct program *program);

/* jumps.c: fills jumps of calls and functions; calls are resolved and ordered. */
void functions_jump(struct program *program);

#endif
