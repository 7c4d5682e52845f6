/*
 * lookup.h: headers, found in the order clang finds them: the folder of the
 * including file, -iquote, -I, -isystem, clang's own, the system's,
 * -idirafter. In: arguments and directives. Out: folders and files. Asks the
 * disk about each name once, so it answers for the state at its making.
 */
#ifndef FRONT_LOOKUP_H
#define FRONT_LOOKUP_H

#include "base/hash.h"
#include "base/map.h"
#include "front/project.h"
#include "front/scan.h"

#include <stdint.h>

/* A header or source, read once. */
struct lookup_file {
        const char *path, *folder; /* absolute */
        char hash[HASH_HEX];       /* of its content */
        bool there;
        bool local; /* every "..." of it lies in its own folder: -iquote says nothing about it */
        bool odd;   /* includes what a macro names */
        struct directives *includes; /* its includes, and as `next` ones what its conditions ask for */
};

/* A name that was asked for. */
struct lookup_name {
        const char *path; /* absolute */
        bool there;
};

/* Where a unit looks for headers, in order; the first `nquote` only for "...". */
struct search {
        VEC(const char *) folders;
        VEC(uint64_t) ids; /* of the folders, the same wherever the tree lies */
        int nquote;
        uint64_t all, angle; /* hashes of the whole list and of its part for <...> */
        bool whole;          /* the list is all there is */
};

struct lookup {
        struct arena *arena;
        const struct project *project;
        struct map files;  /* hash of the absolute path -> struct lookup_file */
        struct map exists; /* hash of the absolute path -> struct lookup_name */
        VEC(const char *) system;
        int foreign; /* folders of the system from this one on are not the parser's own */
};

struct lookup *lookup_new(struct arena *arena, const struct project *project);

/* The file at the absolute PATH; never NULL, see `there`. */
struct lookup_file *lookup_file(struct lookup *lookup, const char *path);

/* The folders that ARGS name, with those that clang adds. */
struct search lookup_search(struct lookup *lookup, const char *const *args, int nargs);

/* Whether FOLDER/NAME (or NAME, when absolute) is there. */
bool lookup_exists(struct lookup *lookup, const char *folder, const char *name);

/*
 * The folder in which LINE of FILE finds its header, NULL when none has it.
 * *AT is where the search goes on for include_next; begin with 0.
 */
const char *lookup_folder(struct lookup *lookup, const struct lookup_file *file, const struct directive *line,
                          const struct search *search, int *at);

#endif
