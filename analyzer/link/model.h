/*
 * model.h: what is known of functions without a body in the tree. Model files
 * are text, one function per line; those of rules/models/ are compiled in,
 * users add their own. Grammar: head of rules/models/libc.model and model.c.
 */
#ifndef LINK_MODEL_H
#define LINK_MODEL_H

#include "base/map.h"
#include "link/contract.h"

/* A version "3.12" is 0x030c; 0 means "not said". Those of the array library are written "numpy-2.5" and kept
 * apart. */
typedef unsigned version;
#define VERSION(major, minor) ((version)(major) << 8 | (version)(minor))

struct family {
        sym name, title;        /* "libc"; "the C library's" for messages */
        sym release;            /* the function that gives a block back, for messages; or NULL */
        bool needs_gil, traced; /* by tracemalloc */
        bool object;            /* a block of it is an object (or must become one) */
        bool resource; /* not memory: a lock, a file, a buffer; leak and mismatch only within its own kind */
        bool unowned;  /* memory the caller must not release: borrowed, stack */
        bool only_objects; /* plain memory does not belong there, though it works on some builds */
        sym target;        /* the word by which a plan names it as a target, or NULL */
        sym header;        /* what declares its functions, as in "#include <...>"; or NULL */
        sym compat;        /* a header of ours with what older versions lack of it; or NULL */
};

/* What happens when memory of family `from` is released to family `to`. */
struct pair {
        int from, to;
        bool same;            /* compatible: no bug */
        version since, until; /* Python versions in which the line holds */
        version numpy_since, numpy_until;
        const char *small, *large, *debug,
            *threaded; /* outcomes, for messages: "silently ok", "abort: bad ID" */
        sym file;      /* that says so: a later file's lines for the two replace an earlier one's */
};

enum model_role { ROLE_NONE, ROLE_ALLOC, ROLE_CALLOC, ROLE_REALLOC, ROLE_FREE, ROLE_ALLOC_OBJECT };

/* A name of an API: function, macro, or one that exists only to be renamed. */
struct model {
        sym name;
        struct contract contract;
        enum model_role role;
        bool macro;            /* a macro: checks over headers look for it there */
        bool reads_object;     /* an accessor that touches memory of an object: a softer rule's business */
        bool tells_failure;    /* its result says whether something failed before */
        bool sets_failure;     /* it makes that so */
        bool idempotent;       /* a release that may be repeated */
        bool twice;            /* it may return a second time, by a jump */
        bool jumps;            /* it may end in such a jump */
        bool pure;             /* computes from its arguments only */
        bool status;           /* its result is where every function of a library may leave a status */
        bool allocator;        /* of memory, in the sense of alloc-without-gil */
        bool object_allocator; /* makes or releases objects; also an allocator */
        bool zeroed;           /* gives memory filled with zeros */
        bool zeroes;           /* fills argument 0 with zeros, size bytes, when those between them are 0 */
        bool makes_object;     /* argument 0 becomes an object */
        bool counts_nothing;   /* it takes no reference to what it is given */
        bool traces;           /* makes memory known to a tracer of allocations */
        bool lock_api;         /* of the lock, threads, thread states and their keys */
        bool deprecated_gil;   /* a lock function that is deprecated */
        int size_args[2];      /* argument numbers whose product is the size, -1 none */
        bool size_is_type;     /* size_args[0] is a type: sizeof(arg) * size_args[1] */
        int pointer_arg;       /* of a release or reallocation, -1 none */
        bool assigns_pointer;  /* a macro that assigns the new block to its pointer argument */
        sym same_as;           /* an alias: has the contract of this name */
        sym renamed;           /* an equivalent name that should be written instead */
        bool renamed_nearly;   /* casts or other small changes are needed beside the name */
        sym replaced;          /* what to use instead, as a phrase; no textual fix */
        bool removes_call;     /* the fix is to delete the call */
        version since, until;  /* first and last Python version that has it */
        version deprecated, removed;
        bool soft;        /* only its documentation calls it deprecated: no compiler warns */
        bool numpy;       /* its versions are those of the array library */
        bool alias;       /* numpy-allocator-alias speaks of it */
        int format_arg;   /* argument with a format string, -1 none; see models_format */
        int format_first; /* the first variable argument */
        sym format_units; /* the table of units that its letters come from: "parse", "build", "scanf" */
        const char *note; /* a sentence for messages, or NULL */
        sym file;         /* model file and line that says it, for `explain` and errors */
        int line;
};

/* A pointer field that the interpreter or a library calls through. */
struct slot {
        sym key;        /* field key: "z_stream_s.zalloc"; "$name" for a variable that holds a function */
        gil_set enters; /* state on entry; GIL_UNKNOWN: as the thread that calls */
        enum call_time time;
        struct contract *contract; /* what the function stored there promises; or NULL */
        const sym *by; /* time LATER: called inside calls of these functions, in their lock state */
        int nby;
        int id;      /* its number in tables of (number, pointer) records, 0 none */
        sym idtable; /* the record's tag */
        sym role;    /* "dealloc", "alloc", "free", "new", "init", "clear", "traverse", ... or NULL */
};

/* A function that somebody outside calls, by the shape of its name: "init_*". */
struct entry {
        const char *pattern; /* a glob */
        gil_set enters;
};

/* The default for functions that no line names, by the header that declares them or by the shape of the name.
 */
struct header_rule {
        const char *pattern; /* glob over the path: "<system>/string.h", or over the name */
        bool by_name;
        gil_set needs;       /* GIL_HELD, or GIL_ANY */
        bool reads_lib;      /* its functions may call back what they are given */
        bool keeps_nothing;  /* they neither keep nor release a plain block that they are given */
        struct model *model; /* all this as a model, named after the pattern */
};

/* What a letter group of a format string does with the variable arguments that it uses up. */
struct format_unit {
        sym table, name; /* "parse", "s*" */
        int nargs;
        bool ends;                 /* what follows it are no units */
        bool optional;             /* the arguments of what follows it may be left as they were */
        struct contract *contract; /* its argument 0 is the first that the unit uses up */
};

/* Slots of the record `name` are also those of `tag`. */
struct record_alias {
        sym tag, name;
};

struct models {
        struct arena *arena;
        struct names *names;
        VEC(struct family) families;
        VEC(struct pair) pairs;
        VEC(struct model *) list; /* in order of reading */
        struct map by_name;       /* sym -> struct model * */
        VEC(struct slot) slots;
        struct map slot_by_key; /* sym -> struct slot * */
        VEC(struct entry) entries;
        VEC(struct header_rule) headers;
        VEC(struct format_unit) units;
        VEC(struct record_alias) records;
        struct map spelled; /* symbol -> the name that sources have for its address */
        version python_min,
            python_max; /* what the project supports; lines outside are not used for contracts */
        version numpy;  /* the array library in use, 0 unknown: taken as the newest */
};

/* The compiled-in models. NAMES is the process's table. Versions 0: 3.10 and the newest known. */
struct models *models_new(struct arena *arena, struct names *names, version python_min, version python_max,
                          version numpy);

/*
 * Adds the lines of a model file. A later line for a name replaces earlier
 * files' lines for it; several lines for one name within one file are its
 * cases. False with "FILE:LINE:COL: message" in *ERROR; what came before stays.
 */
bool models_read(struct models *models, const char *file, const char *text, size_t length,
                 const char **error);

/* The model of a name, or NULL. */
const struct model *models_find(const struct models *models, sym name);

/*
 * What is taken to hold for a callee without a body and without a line: by the
 * shape of its name, else by the header that declares it (NULL when not
 * known). NULL when no rule speaks.
 */
const struct model *models_default(const struct models *models, sym name, const char *header);

/* The slot of a field key, or NULL. A key "file|tag.member" that has no line of its own is "tag.member". */
const struct slot *models_slot(const struct models *models, sym key);

/* The slot with number ID of IDTABLE (a record's tag), or NULL. */
const struct slot *models_slot_id(const struct models *models, sym idtable, int id);

/* What a function declared in HEADER, which no line names, needs of the lock. GIL_ANY when no rule speaks. */
gil_set models_header(const struct models *models, const char *header);

/* The state in which a function of this name is entered from outside the tree, 0 when no pattern fits. */
gil_set models_entry(const struct models *models, const char *name);

/* The index of a family, -1 when there is none of that name. */
int family_find(const struct models *models, const char *name);

/* The next family of SET behind AFTER (-1 to begin), -1 at the end. FAMILY_UNKNOWN is never returned. */
int family_next(families set, int after);

/*
 * True when memory of one of the families FROM may go back to one of TO, in
 * all versions the project supports; always true when a set is empty or has
 * the unknown family.
 */
bool families_agree(const struct models *models, families from, families to);

/* All of SET is memory that nobody has to give back, and nobody may. */
bool families_unowned(const struct models *models, families set);

/* The `pair` line in force for the first two of the sets that do not agree, or NULL. Families with no line
 * that differ are a bug without measured outcome. */
const struct pair *families_pair(const struct models *models, families from, families to);

/* One unit of a format string at work. */
struct format_use {
        const struct format_unit *unit;
        int arg;       /* number of the call's argument that is the unit's argument 0 */
        bool optional; /* it stands behind a unit that says so */
};

/*
 * The units of FORMAT (bytes, zero-terminated) in a call of MODEL, in order,
 * into ARENA; their number. Stops at the first letter that it does not know:
 * *KNOWN tells whether it got to the end.
 */
int models_format(struct arena *arena, const struct models *models, const struct model *model,
                  const char *format, struct format_use **uses, bool *known);

/* The titles of a set for messages: "libc or libxml2". */
const char *families_text(struct arena *arena, const struct models *models, families set);

#endif
