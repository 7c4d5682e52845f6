/*
 * sarif.h: the parts of a SARIF log, each written by one file. In: a settled
 * report. Out: JSON, in the order in which the functions are called. What must be
 * unique in a log, as indexes of rules, is kept in `struct sarif`.
 */
#ifndef REPORT_SARIF_H
#define REPORT_SARIF_H

#include "report/json_write.h"
#include "report/report.h"

struct sarif {
        const struct report *report;
        struct arena *arena;
        struct json json;
        VEC(const struct rule *) rules; /* listed in the log, in order of ruleIndex */
};

/* sarif_rules.c: fills `rules`, and writes run.tool. */
void sarif_collect_rules(struct sarif *sarif);
void sarif_tool(struct sarif *sarif);
/* The index of RULE in the log. */
int sarif_rule_index(const struct sarif *sarif, const struct rule *rule);

/* sarif_run.c: run.invocations. */
void sarif_invocations(struct sarif *sarif);
/* What a notification's descriptor is called and means, for run.tool. */
void sarif_notification_kinds(struct sarif *sarif);

/* sarif_result.c: one element of run.results. */
void sarif_result(struct sarif *sarif, const struct finding *finding);

/* sarif_place.c */

/* {"text": ...} under KEY. */
void sarif_message(struct sarif *sarif, const char *key, const char *text);

/* Text in which brackets cannot be taken for a link. */
const char *sarif_escape(struct arena *arena, const char *text);

/* artifactLocation of a file of the tree. */
void sarif_artifact(struct sarif *sarif, sym file);

/*
 * A location: physical with a region of one line, logical with the name NAME.
 * SAID is its message, or NULL; ID its number, or -1; with TEXT the source
 * goes in too.
 */
void sarif_location(struct sarif *sarif, const char *key, struct where at, const char *name, const char *said,
                    int id, bool text);

/* A region from first to last position, in UTF-16 columns, under KEY. */
void sarif_region(struct sarif *sarif, const char *key, struct where at);

#endif
