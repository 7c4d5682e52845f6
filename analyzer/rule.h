/*
 * rule.h: the porch. Everything a rule sees, and nothing else: rules include
 * this header alone. A rule is one `const struct rule`, named after its file,
 * in rules/; CMake lists the files.
 */
#ifndef RULE_H
#define RULE_H

#include "base/vec.h"
#include "ir/witness.h"
#include "link/model.h"

enum category { CATEGORY_GIL, CATEGORY_FAMILY, CATEGORY_LIFETIME, CATEGORY_DEPRECATED, CATEGORY_ADVICE };
enum level { LEVEL_NOTE, LEVEL_WARNING, LEVEL_ERROR };
enum precision { PRECISION_MEDIUM, PRECISION_HIGH, PRECISION_VERY_HIGH };
enum confidence { CONFIDENCE_MEDIUM, CONFIDENCE_HIGH };

/* One textual change: the bytes of `at` (which has an end) become `text`. */
struct edit {
        struct where at;
        const char *text;
        const char *was; /* the word that must stand there, else the whole fix is none; NULL: any */
};

struct fix {
        const char *said; /* "Rename 'OLD_FREE' to 'new_free'" */
        bool safe;        /* applied by --fix; else only by --unsafe-fixes */
        VEC(struct edit) edits;
};

/* One thing that is wrong, in one place. */
struct finding {
        const struct rule *rule;
        struct where at;            /* in the tree; one line wide where possible */
        sym func;                   /* bare name of the function, else of the variable, type or macro */
        const char *said;           /* one sentence, names in single quotes, full stop */
        const struct step *because; /* last step of the path that proves it, or NULL */
        enum confidence confidence;
        VEC(struct step) related; /* other places of the same cause */
        VEC(struct fix) fixes;
        /* filled by settle.c */
        bool suppressed;    /* by a comment */
        const char *reason; /* its reason */
        bool known;         /* in the baseline */
        const char *hash;   /* findingHash/v1 */
};

struct findings {
        struct arena *arena;
        VEC(struct finding *) list;
        void *data; /* of whoever asks, for rules of its own; NULL */
};

enum rule_hook {
        ON_CALL = 1,    /* at every call of the tree's functions, in each lock state that reaches it */
        ON_EXIT = 2,    /* where a function returns, in each lock state */
        ON_BLOCK = 4,   /* where something happens to one block of memory */
        ON_TYPE = 8,    /* for every type object and slot table of the tree */
        ON_NAME = 16,   /* for every name of an API that the user wrote */
        ON_STORE = 32,  /* where a function's address is handed to code outside the tree */
        ON_SIZE = 64,   /* at an allocation whose size is a product that nothing bounds */
        ON_MIX = 128,   /* where plain memory and memory for objects are mixed up */
        ON_STORY = 256, /* at an allocation, when all that its function does with the block is known */
};

/* What happened to a block (ON_BLOCK). */
enum block_event {
        BLOCK_EVENT_RELEASE,     /* it is released (or reallocated) to `to`; it is of `from` */
        BLOCK_EVENT_NOT_OWNED,   /* what is released is nobody's to release: `what` says what it is */
        BLOCK_EVENT_AGAIN,       /* it is released a second time */
        BLOCK_EVENT_DANGLES,     /* ... later, by `called`: field `what` of an object still points at it */
        BLOCK_EVENT_USE,         /* it is used after its release */
        BLOCK_EVENT_UNCHECKED,   /* it is dereferenced though it may be null */
        BLOCK_EVENT_LEAK,        /* the function ends and nobody holds it */
        BLOCK_EVENT_LOST,        /* the last pointer to it is overwritten */
        BLOCK_EVENT_RESIZE_LOST, /* ... by the result of its own reallocation */
};

/* How a function leaves the lock (ON_EXIT). */
enum exit_event {
        EXIT_EVENT_RELEASED, /* entered with the lock, leaves without, on this path only */
        EXIT_EVENT_HELD,     /* entered without, leaves with */
        EXIT_EVENT_OPEN,     /* a handle was taken and is never given back */
};

/* What is told of a block (ON_STORY). */
enum story_event {
        STORY_EVENT_WHOLE,  /* at the allocation: all of it */
        STORY_EVENT_ZEROED, /* at the call that fills the whole new block with zeros */
};

/* What one slot of a type holds (ON_TYPE). */
struct type_slot {
        sym role;       /* "dealloc", "free", "alloc", "flags" ... as in the models */
        sym value;      /* bare name of the function, NULL when it is none */
        bool constant;  /* it is `number` */
        int64_t number; /* of flags and sizes */
        struct where at;
        const struct contract *contract; /* of the function there, NULL when not known */
};

/* One place at which a rule is asked. What does not belong to its hook is zero. */
struct site {
        enum rule_hook hook;
        const struct models *models;
        struct arena *arena;    /* lives as long as the findings */
        struct where at;        /* of the call, name, type or statement */
        sym func;               /* bare name of the function around it */
        const struct step *why; /* the story that leads here */
        enum confidence confidence;
        /* ON_CALL, ON_BLOCK: the call */
        const char *called;        /* the callee as the user wrote it */
        sym callee;                /* its name in the models, NULL through a pointer */
        const struct model *model; /* NULL when it has a body in the tree, or nothing is known of it */
        gil_set gil;               /* one state: held, released, assumed or unknown */
        gil_set needs;             /* states in which the call is allowed */
        bool changes_lock;
        bool crosses;   /* it gives back a handle while one that was taken later is open */
        bool own_token; /* it restores a token that was made in this function */
        /* ON_EXIT */
        enum exit_event exit;
        /* ON_BLOCK */
        enum block_event block;
        families from, to;
        const char *origin;  /* what gave the block: "'malloc'", "field 'buf'" */
        const char *what;    /* NOT_OWNED: "a string literal"; AGAIN: who else releases it, or NULL */
        bool resizes, keeps; /* keeps: for an owner that will release it */
        bool sole; /* RELEASE: of this block alone, by the function that got it, the lock as it was */
        /* ON_NAME */
        sym name;
        bool guarded_since, guarded_until; /* inside a version guard that excludes older, newer versions */
        /* ON_TYPE */
        const struct type_slot *slots;
        int nslots;
        sym type;
        families made; /* what the makers allocate that turn memory of their own into such objects; 0: none */
        bool heap_type; /* made from a table at run time: its objects hold a reference to it */
        /* ON_STORE */
        sym target;                    /* the function handed on */
        bool target_needs;             /* it needs the lock and does not take it first */
        const struct step *target_why; /* the call in it that does */
        sym key;                       /* the field it is stored in, NULL when passed */
        bool run_released;             /* the tree runs that library without the lock */
        bool run_here;                 /* ... and does so where the function is handed over */
        /* ON_SIZE */
        const char *left, *right; /* two of the factors */
        /* ON_MIX, ON_STORY; `from` and `origin` as for ON_BLOCK, `gil` of the allocation and all releases */
        bool becomes_object; /* else the block is plain memory */
        enum story_event story;
        int64_t size; /* a constant number of bytes, else -1 */
        bool stays;   /* the block does not outlive the function */
        sym owner;    /* the field of an object that it is stored in, or NULL */
        bool shown;   /* the function shows its memory to a tracer of allocations */
};

/* The last step of a finding at this site: what is wrong, behind the story so far. */
const struct step *site_fault(const struct site *site, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

struct rule {
        const char *code;  /* "PML201" */
        const char *name;  /* "family-mismatch"; the file is family_mismatch.c */
        const char *title; /* a short noun phrase: "Memory returned to the wrong allocator" */
        /* Markdown: ## What it finds, ## Why it matters, ## How to fix it, ## Where it holds, ## Limits */
        const char *doc;
        enum category category;
        enum level level;
        enum precision precision;
        bool off;    /* not selected unless asked for */
        unsigned at; /* the hooks at which it is asked: ON_CALL | ON_EXIT */
        void (*check)(const struct site *site, struct findings *out);
};

/* All rules in order of their codes, ended by NULL. */
extern const struct rule *const rules_all[];

/* The rule with this code or name, or NULL. */
const struct rule *rule_find(const char *word);

/* "gil", "family", "lifetime", "deprecated", "advice". */
const char *category_name(enum category category);
/* "note", "warning", "error". */
const char *level_name(enum level level);
/* "medium", "high", "very-high". */
const char *precision_name(enum precision precision);
/* "AllocWithoutGil" for "alloc-without-gil". */
const char *rule_pascal_name(struct arena *arena, const struct rule *rule);

/*
 * A new finding at AT, appended to OUT, confidence high; `said` by format. The
 * caller may fill in the rest.
 */
struct finding *finding_add(struct findings *out, const struct rule *rule, struct where at, sym func,
                            const struct step *because, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

/* Appends a fix of one edit to a finding. */
void finding_fix(struct findings *out, struct finding *finding, bool safe, struct where at, const char *text,
                 const char *format, ...) __attribute__((format(printf, 6, 7)));

#endif
