/*
 * tables.h: what the queries found, as documents for people and as JSON with a
 * schema of its own (testdata/schema/). See table.h for the documents.
 */
#ifndef REPORT_TABLES_H
#define REPORT_TABLES_H

#include "query/census.h"
#include "query/plan.h"
#include "report/json_write.h"
#include "report/table.h"

/* A line that the user asked about, and its answer. */
struct census_line {
        const char *expression;
        struct census_answer answer;
};

struct census_lines {
        VEC(struct census_line) list;
};

/* The census as a document in ARENA: counts BY group first, or every site (the data of CSV) when SITES. */
struct document *census_document(struct arena *arena, const struct census *census, enum census_by by,
                                 bool sites, const struct census_lines *lines);

/* "pymemlint-census/1". */
void census_json(struct arena *arena, const struct census *census, enum census_by by,
                 const struct census_lines *lines, const char *version, struct out *out);

/* The plan as a document in ARENA; COVERAGE tells how much of the tree it rests on. */
struct document *plan_document(struct arena *arena, const struct plan *plan, const struct census *coverage);

/* "pymemlint-plan/1". */
void plan_json(const struct plan *plan, const struct census *coverage, const char *version, struct out *out);

/* A witness as an array of steps, first one first; nothing when it is NULL. */
void json_steps(struct json *json, const char *key, const struct step *last);

/*
 * In which states of the lock a site is reached, with the WITNESS of each: held,
 * released, assumed, unknown.
 */
void json_lock(struct json *json, enum lock_column lock, const struct step *const *witness);

/* The members that say where: file, line, column, endLine, endColumn. */
void json_where(struct json *json, const struct where *at);

/* "how much of the tree was seen", for a lead; and as JSON. */
void document_coverage(struct document *document, const struct census *census);
void json_coverage(struct json *json, const struct census *census);

#endif
