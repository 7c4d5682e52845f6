/*
 * records.h: which records of the tree are objects, as far as the names of
 * types and the keys of fields tell.
 */
#ifndef FLOW_RECORDS_H
#define FLOW_RECORDS_H

#include "link/program.h"

struct records {
        struct program *program;
        struct map objects; /* names of types, and "file|tag" of their fields' keys */
        struct map own;     /* names of types that the tree defines */
};

/* Reads the sizes that type objects are given, and which variables the fields are reached through. */
void records_find(struct records *records, struct program *program, struct arena *arena);

enum pointee { POINTEE_UNKNOWN, POINTEE_PLAIN, POINTEE_RECORD, POINTEE_OBJECT };

/* What a pointer of this type, as written, points at: numbers or pointers, a plain record of the tree, an
 * object. */
enum pointee records_pointee(const struct records *records, sym type);

/* True when KEY is of a field of an object. */
bool records_in_object(const struct records *records, sym key);

#endif
