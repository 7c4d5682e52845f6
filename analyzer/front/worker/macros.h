/*
 * macros.h: macro definitions and expansions of a translation unit. In: the
 * preprocessing cursors at its top. Out: which macro the user wrote at a spot,
 * and which macro from outside the tree stands behind it, with its arguments.
 * libclang records no expansion inside a macro body; those are found again
 * from the texts of the bodies.
 */
#ifndef WORKER_MACROS_H
#define WORKER_MACROS_H

#include "source.h"

enum { MACRO_ARGS = 64 };

/* Characters that belong to one argument: by where they stand, or (in a macro body) how they are spelled. */
struct seg {
        struct source *source;
        unsigned from, to;
        bool spelled;
};

struct arg {
        VEC(struct seg) segs;
        struct seg text; /* as written in the call; segs.at[0] unless it is a parameter of the caller */
};

struct macro_def {
        sym name;
        bool function_like, in_tree, variadic;
        struct source *source;
        unsigned begin, end; /* from the name to the end of the body */
        unsigned body;       /* where the body begins */
        VEC(sym) params;
        bool split; /* `words` is filled */
        VEC(struct body_word {
                unsigned at; /* offset in the source */
                struct macro_def *def;
        })
        words;                  /* the names of macros in the body */
        struct macro_def *head; /* the macro that the body begins with a call of, when `headed` */
        size_t closed; /* behind the parenthesis that closes the one the body begins with; 0 not known */
        bool headed, all_head; /* all_head: and that call is the whole body */
        int stamp;             /* of the last search that came by */
        char outside;          /* names macros from outside: 'y', 'n', 0 not known yet */
};

/* A macro call: as the user wrote it, or inside the body of the macro that the user wrote. */
struct invocation {
        struct macro_def *def;
        struct seg at; /* name to closing parenthesis */
        struct arg *args;
        int nargs; /* -1: no argument list */
};

struct expansion {
        struct source *source;
        unsigned from, to;
        struct macro_def *def;
        struct invocation *call; /* of this round, see struct macros */
        int round;
};

struct macros {
        struct sources *sources;
        struct arena *arena;
        struct arena *scratch;          /* for invocations: as long as the function at hand */
        struct map by_cursor;           /* definition -> struct macro_def */
        struct map by_place;            /* file and offset -> struct macro_def */
        struct map by_name;             /* sym -> struct macro_def, filled when first asked */
        struct map by_spot;             /* file and offset -> struct expansion */
        VEC(CXCursor) definitions;      /* all that libclang lists, for by_name */
        VEC(struct expansion *) list;   /* in files of the tree, in order of visit */
        VEC(struct macro_def *) sorted; /* by file and offset, to find the body that characters stand in */
        struct map reached;             /* pair of definitions -> how one leads to the other */
        struct macro_def *holder;       /* the last one found */
        int indexed, searches;
        int round; /* counts how often `scratch` was emptied */
};

/* Takes a MacroDefinition or MacroExpansion cursor. */
void macros_add(struct macros *macros, CXCursor cursor);

/* The expansion whose name stands at a spot, or NULL. */
struct expansion *macros_at(const struct macros *macros, struct spot spot);

/* An expansion with its arguments. */
struct invocation *macros_call(struct macros *macros, struct expansion *expansion);

/*
 * The outermost macros from outside the tree that are named in the body of the
 * macro WRITTEN (or in the tree's macros named there) and whose expansion leads
 * to the characters at SPELLED. Up to MOST of them; how many.
 */
int macros_inside(struct macros *macros, struct expansion *written, struct spot spelled,
                  struct invocation **found, int most);

/* May the expansion of DEF contain a macro from outside, other than itself? */
bool macro_names_outside(struct macros *macros, struct macro_def *def);

/* The macro whose body the expansion of DEF begins in, when bodies only pass on to others. */
struct macro_def *macros_final(struct macros *macros, struct macro_def *def);

/* Where the first character of an expansion of DEF is spelled. */
struct spot macros_first(struct macros *macros, struct macro_def *def);

/* Do the characters at SPELLED come out of a macro that SEG, in a macro body, names? */
bool macros_reach(struct macros *macros, const struct seg *seg, struct spot spelled);

/* Is the whole body in parentheses? */
bool macro_in_parentheses(struct macro_def *def);

/* The only identifier of an object-like body, or NULL. */
sym macro_alias(struct macros *macros, const struct macro_def *def);

#endif
