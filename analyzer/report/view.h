/*
 * view.h: what the writers have in common when they look at a report: what is
 * shown, paths, names, numbers. It changes nothing and writes nothing.
 */
#ifndef REPORT_VIEW_H
#define REPORT_VIEW_H

#include "report/report.h"

/* The steps that prove a finding, first one first; the last is the finding's own place. */
struct path {
        const struct step **at;
        int n;
};

/* Neither suppressed nor known. */
bool finding_shown(const struct finding *finding);

/* Goes into machine-readable logs: shown, or asked for. */
bool finding_listed(const struct report *report, const struct finding *finding);

/* The path in ARENA; n is 0 when the finding has none. */
struct path path_of(struct arena *arena, const struct finding *finding);

/* How deep in calls each step of a path is, the first being 0. In ARENA. */
int *path_levels(struct arena *arena, const struct path *path);

/* The name a place goes by: its function, else a name quoted in what is said of it, else the file's. */
const char *place_name(struct arena *arena, sym func, const char *said, sym file);

/* "acquire", "branch" ... */
const char *step_kind_name(enum step_kind kind);

/* "high", "medium". */
const char *confidence_name(enum confidence confidence);

/* TEXT without its full stop, in ARENA. */
const char *clause_of(struct arena *arena, const char *text);

/* A sentence: first letter large, full stop at the end. */
const char *sentence_of(struct arena *arena, const char *text);

/*
 * The text below the heading "## HEADING" of a rule's documentation, in ARENA
 * and without trailing lines; NULL when there is none.
 */
const char *doc_section(struct arena *arena, const struct rule *rule, const char *heading);

/* Markdown as plain text: marks of code and headings taken away. */
const char *doc_plain(struct arena *arena, const char *markdown);

/* The first sentence of plain text. */
const char *first_sentence(struct arena *arena, const char *text);

/*
 * The address of what is known of RULE: its page where the user says that they
 * stand, else the documentation of what it rests on; NULL for the tool's own.
 */
const char *rule_link(const struct report *report, const struct rule *rule);

/* Units by outcome and by where their flags came from, statements kept and lost. */
struct tally {
        int total, whole, partial, failed, skipped;
        int recorded, derived, given;
        long kept, lost;
};
struct tally report_tally(const struct report *report);

#endif
