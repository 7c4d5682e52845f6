/*
 * source.h: the files of a translation unit and points in them. In: libclang's
 * files and locations. Out: which file belongs to the tree, what it is called
 * in a unit file, its text, lines and columns.
 */
#ifndef WORKER_SOURCE_H
#define WORKER_SOURCE_H

#include "headers.h"

#include "base/map.h"
#include "front/job.h"
#include "ir/ir.h"

#include <clang-c/Index.h>

struct source {
        uint32_t id;      /* counts from 0 in order of first mention */
        sym path;         /* as in unit files: tree-relative, or "<python>/object.h" */
        bool in_tree;     /* below the tree and below no root */
        bool is_dep;      /* among unit->deps */
        int header;       /* its number in the precompiled header, -1 when it is not in it */
        int64_t number;   /* in unit->files, -1 as long as nothing of the tree points here */
        const char *text; /* may be NULL when libclang has no text for it */
        size_t length;
        VEC(uint32_t) lines; /* offset of each line's first byte; made on first use */
        int line;            /* the last one looked up: the next is mostly close by */
};

/* A byte of a file; source NULL when the location is in no file (scratch space, command line). */
struct spot {
        struct source *source;
        unsigned offset;
};

enum { RECENT = 1024 };

/* What libclang answered lately, by encoding modulo RECENT. */
struct recent {
        CXSourceLocation at;
        struct spot spot;
};

struct sources {
        struct arena *arena;
        struct unit *unit;
        const struct job *job;
        CXTranslationUnit tu;
        int count;                     /* of sources so far */
        struct map by_file;            /* CXFile -> struct source */
        const struct headers *headers; /* of the precompiled header, or NULL */
        struct recent *files, *spelled;
        struct source *near;       /* of the tree, where the last question led */
        unsigned near_begin;       /* encoding of its first byte */
        struct source **by_header; /* for each of its files, made on first use */
};

/* The source of a libclang file; NULL for none. */
struct source *source_of(struct sources *sources, CXFile file);

/* The source of a file of the precompiled header. */
struct source *source_of_header(struct sources *sources, int header);

/* Where the user wrote it: macro arguments where they stand, macro bodies where the macro is used. */
struct spot spot_file(struct sources *sources, CXSourceLocation at);

/* Where the characters stand: for what comes out of a macro body, in the #define. */
struct spot spot_spelled(struct sources *sources, CXSourceLocation at);

/* Is it inside a macro expansion? Far cheaper than the two above. */
bool spot_in_macro(CXSourceLocation at);

/* Line and column; line 0 for what is not in the tree. */
struct loc spot_loc(struct sources *sources, struct spot spot);

/* From one spot to the other; without an end when they do not fit together. */
struct range spot_range(struct sources *sources, struct spot from, struct spot to);

/* Where a statement or expression begins. Cheaper than its extent, whose end has to be measured. */
CXSourceLocation cursor_begin(CXCursor cursor);

/* The range of a cursor as the user sees it. */
struct range cursor_range(struct sources *sources, CXCursor cursor);
struct loc cursor_loc(struct sources *sources, CXCursor cursor);

/* The path of a file as unit files write it; sets IN_TREE. */
const char *source_path(struct arena *arena, const struct job *job, const char *name, bool *in_tree);

#endif
