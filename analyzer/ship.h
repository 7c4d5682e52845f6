/*
 * ship.h: unit files that travel between machines, and the plan beside them
 * that says which there must be. In: units, or anybody's bytes. Out: bytes, or
 * units that were checked. A shipped unit file is a unit file (ir.h) behind one
 * comment line that tells who made it:
 *
 *   # pymemlint 0.1.0 [Python 3.11.2, clang version 19.1.7] flags=HASH sum=HASH
 *
 * A folder of them holds a file "project.json", the plan. Neither names an
 * absolute path outside of notes for people.
 */
#ifndef SHIP_H
#define SHIP_H

#include "base/file.h"
#include "front/project.h"
#include "ir/ir.h"

#define SHIP_PLAN "project.json"
#define SHIP_PARCEL ".parcel"

/* One unit that there must be. */
struct ship_unit {
        const char *path;  /* of the source, relative to the tree */
        const char *name;  /* of the unit file, relative to the folder: "src/buf.c.unit" */
        const char *flags; /* hash of what it is read with; says whether a unit file is of this plan */
        const char *from;  /* "recorded", "derived", "given" */
        const char *object;
};

struct ship_plan {
        const char *version, *variant; /* of the tool; of Python and libclang */
        const char *tree;              /* relative to the folder of the plan */
        const char *python, *python_version;
        VEC(struct ship_unit) units; /* in the order of the project */
        VEC(struct project_skip) skips;
        VEC(const char *) notes;
};

/* The plan of PROJECT. VARIANT: see ship_variant; DIR: the absolute folder it will lie in. */
struct ship_plan *ship_plan_of(struct arena *arena, const struct project *project, const char *variant,
                               const char *dir);

/* "Python 3.11.2, clang version 19.1.7": what must not differ among the units of one program. */
const char *ship_variant(struct arena *arena, const struct project *project, const char *clang);

/* As JSON, and back. NULL with *ERROR, a clause without the file's name. */
const char *ship_plan_write(struct arena *arena, const struct ship_plan *plan);
struct ship_plan *ship_plan_read(struct arena *arena, const struct text *bytes, const char **error);

/* NULL when units of both plans can be linked together, else a clause that says why not. */
const char *ship_plan_differs(struct arena *arena, const struct ship_plan *one,
                              const struct ship_plan *other);

/* The bytes of a unit file of PLAN's unit FLAGS. */
void ship_unit_write(struct arena *arena, const struct ship_plan *plan, const char *flags,
                     const struct unit *unit, struct out *out);

/* What the first line says. */
struct ship_head {
        const char *version, *variant, *flags;
};

/* Reads the first line. False with *ERROR, a clause, when it is none or the file is damaged. */
bool ship_head_read(struct arena *arena, const struct text *bytes, struct ship_head *head,
                    const char **error);

/* A relative path that leads nowhere but down. */
bool ship_is_tame(const char *path);

/* Which of SHARDS each unit of PROJECT belongs to, from 0: about equal sizes, the same on every machine. */
int *ship_shards(struct arena *arena, const struct project *project, int shards);

/* A unit of a parcel that was parsed before. */
struct ship_done {
        int number;        /* in the plan */
        struct text bytes; /* of its unit file */
};

/*
 * A parcel: units that were not parsed yet, with every file they may read, in
 * one file. It is unpacked below a folder that stands for "/" to the parser.
 */
struct ship_parcel {
        struct ship_plan *plan;
        const char *plan_text;      /* as in SHIP_PLAN */
        const char *clang;          /* the libclang that the plan's variant names */
        struct project *project;    /* what is to be parsed */
        VEC(int) numbers;           /* in the plan, of the units of `project` */
        VEC(struct ship_done) done; /* units that had to be parsed where their headers are */
};

/*
 * Appends the parcel without what `done` has; FILES are absolute and may lead over links. NULL, or the file
 * that cannot be read.
 */
const char *ship_pack(struct arena *arena, const struct ship_parcel *parcel, const char *const *files,
                      int nfiles, struct out *out);

/* Reads a parcel, which may be anybody's bytes, and lays its files below the folder SYSROOT. NULL with
 * *ERROR, a clause. */
struct ship_parcel *ship_unpack(struct arena *arena, const struct text *bytes, const char *sysroot,
                                const char **error);

/* TO relative to the folder FROM, both clean and absolute. */
const char *ship_way(struct arena *arena, const char *from, const char *to);

/* The folder of PATH and those above it. False with errno set. */
bool ship_make_parents(struct arena *arena, const char *path);

#endif
