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
};

struct fix {
        const char *said; /* "Rename 'PyMem_DEL' to 'PyMem_Free'" */
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
};

enum rule_hook {
        ON_CALL,  /* at every call of the tree's functions, in each lock state that reaches it */
        ON_EXIT,  /* where a function returns */
        ON_MERGE, /* where paths meet */
        ON_BLOCK, /* where something happens to one block of memory */
        ON_TYPE,  /* for every type object and slot table of the tree */
        ON_NAME,  /* for every name of an API that the user wrote */
        ON_STORE, /* where a function's address leaves the tree */
};

struct site;

struct rule {
        const char *code;  /* "PML201" */
        const char *name;  /* "family-mismatch"; the file is family_mismatch.c */
        const char *title; /* a short noun phrase: "Memory returned to the wrong allocator" */
        const char *doc; /* Markdown with the headings "## What it finds", "## Why it matters", "## How to fix
                            it", "## Limits" */
        enum category category;
        enum level level;
        enum precision precision;
        bool off; /* not selected unless asked for */
        enum rule_hook at;
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
/* "AllocWithoutGil" for "alloc-without-gil". */
const char *rule_pascal_name(struct arena *arena, const struct rule *rule);

/* A new finding at AT, appended to OUT, confidence high; `said` by format. The caller may fill in the rest.
 */
struct finding *finding_add(struct findings *out, const struct rule *rule, struct where at, sym func,
                            const struct step *because, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

/* Appends a fix of one edit to a finding. */
void finding_fix(struct findings *out, struct finding *finding, bool safe, struct where at, const char *text,
                 const char *format, ...) __attribute__((format(printf, 6, 7)));

#endif
