/*
 * report.h: findings in, text for people and machines out.
 *
 * The caller fills a `struct report`, lets findings_settle() apply comments,
 * baseline and order, and then writes it in as many formats as it likes. This
 * room decides nothing about findings; it opens sources to show them, and
 * shows nothing of a source that changed since it was analyzed.
 *
 *      struct report *report = report_new(arena, names, version, tree);
 *      report->found = ...; report->rules = ...; VEC_PUSH(arena, &report->units, ...);
 *      findings_settle(report, baseline);
 *      report->exit_status = ...report_count(report, LEVEL_WARNING)...;
 *      report_write(report, FORMAT_SARIF, &out);
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/names.h"
#include "base/text.h"
#include "base/vec.h"
#include "ir/witness.h"
#include "rule.h"

#include <stdbool.h>

struct sources;

enum format {
        FORMAT_FULL,       /* for people: excerpt, path, help */
        FORMAT_CONCISE,    /* file:line:col: severity: message [CODE] */
        FORMAT_JSON,       /* one document */
        FORMAT_JSONL,      /* one finding a line */
        FORMAT_SARIF,      /* SARIF 2.1.0 for code scanning */
        FORMAT_GITHUB,     /* workflow commands */
        FORMAT_GITLAB,     /* code quality */
        FORMAT_JUNIT,      /* XML */
        FORMAT_CHECKSTYLE, /* XML */
        FORMAT_RDJSON,     /* reviewdog, with suggestions */
        FORMATS            /* how many there are */
};

/* A file that the analysis read, and the content it saw. */
struct report_file {
        sym path; /* below the tree */
        sym hash; /* 32 hexadecimal digits as from hash_hex(), or NULL: not known, taken as it is */
};

/* A comment that silences rules: what the unit file calls an allow. */
struct mute {
        struct where at;      /* of the comment, for notes about it */
        uint32_t first, last; /* lines it covers; last 0: to the end of the file */
        sym rules;            /* comma-separated codes, prefixes, names or categories, as written */
        sym reason;           /* "" or NULL: none */
        sym form;             /* "ignore", "ignore-next-line", "ignore-begin", "ignore-end", "ignore-file" */
        bool used;            /* filled by findings_settle() */
};

enum outcome { OUTCOME_WHOLE, OUTCOME_PARTIAL, OUTCOME_FAILED, OUTCOME_SKIPPED };

/* What became of one source file. */
struct unit_note {
        sym path;
        enum outcome outcome;
        const char *flags;  /* "recorded", "derived", "given"; NULL for a skipped one */
        const char *reason; /* why not whole, a clause without full stop: "'zlib.h' not found"; else NULL */
        int kept, lost;     /* statements */
        double seconds;     /* of its parse, 0: cached or unknown */
};

/* A header that was not found, and how many units asked for it. */
struct missing {
        const char *name;
        int units;
};

/* A message of the run itself: shown on standard error, and a notification in SARIF. */
struct notice {
        enum level level;
        sym path;         /* a file it speaks of, or NULL */
        const char *said; /* a sentence with full stop */
};

/* All that a report is made of. Zero and NULL mean: not known, not shown. */
struct report {
        struct arena *arena; /* scratch of writing and settling; lives as long as the report */
        struct names *names;
        struct sources *sources; /* made by report_new() */
        const char *version;     /* of the tool: "0.1.0" */
        const char *pages;       /* URL ending in "/" under which the rules' pages stand, or NULL */
        const char *tree;        /* absolute folder that paths of findings are relative to; "" for "as is" */
        const struct rule *const *rules; /* those that were run, ended by NULL */
        struct findings *found;
        VEC(struct report_file) files;
        VEC(struct mute) mutes;
        VEC(struct unit_note) units; /* skipped ones too */
        VEC(struct missing) missing; /* the most wanted first */
        VEC(struct notice) notices;
        const char *python; /* the interpreter whose headers were used: "/usr/bin/python3 (3.11.2)" */
        int exit_status;
        const char *incomplete; /* why the run is incomplete (exit 3), a sentence; NULL: it is complete */
        /* Leave NULL or 0 unless asked for: they make equal inputs give unequal bytes. */
        const char *command_line;
        const char *started, *ended; /* "2026-01-02T03:04:05Z" */
        double parse_seconds, link_seconds, total_seconds;
        /* what SARIF says about the run */
        const char *automation_id;         /* "pymemlint/cp312/" */
        const char *repository, *revision; /* shown when both are known: URL and full commit id */
        const char *branch;
        /* how it is shown */
        bool color, hyperlinks;
        bool show_suppressed;       /* SARIF and JSON list silenced findings with their reason */
        bool show_known;            /* and those of the baseline */
        bool baselined;             /* a baseline took part; set by findings_settle() */
        bool require_reason;        /* a suppression without a reason is a finding */
        enum confidence confidence; /* findings below are dropped by findings_settle(), after comments had
                                       their say: hand in all */
};

/* A report with nothing in it. VERSION and TREE as in the struct; everything lives in ARENA. */
struct report *report_new(struct arena *arena, struct names *names, const char *version, const char *tree);

/* Writes REPORT in FORMAT to the end of OUT. Cannot fail: a source that cannot be read has no excerpt. */
void report_write(const struct report *report, enum format format, struct out *out);

/* The format named WORD ("full", "sarif", ...) into FORMAT; false when there is none. */
bool format_find(const char *word, enum format *format);
const char *format_name(enum format format);

/* How many findings at or above LEVEL are shown: neither suppressed nor known. */
int report_count(const struct report *report, enum level level);

/* The closing words for standard error: files, findings, what was not analyzed and why, where flags came
 * from. */
void report_summary(const struct report *report, struct out *out);

/* --statistics: findings per rule and per file, as a table. */
void report_statistics(const struct report *report, struct out *out);

/* --timing: seconds by stage and the slowest units. */
void report_timing(const struct report *report, struct out *out);

/* The rules of this room itself (about suppressions and the baseline), ended by NULL, for lists and
 * `explain`. */
extern const struct rule *const report_rules[];

/* The documentation of a rule with its examples, as Markdown; what `explain` and SARIF's help show. */
const char *rule_markdown(struct arena *arena, const struct rule *rule);

/* The same without marks, for terminals. */
const char *rule_plain(struct arena *arena, const struct rule *rule);

/*
 * Whether to colour: MODE is "auto", "always" or "never"; TERMINAL tells
 * whether the text goes to one. In "auto" NO_COLOR, FORCE_COLOR,
 * CLICOLOR_FORCE and TERM are heeded.
 */
bool color_wanted(const char *mode, bool terminal);

/* ---- settle.c: comments, baseline, order ---- */

struct baseline;

/*
 * Orders the findings by place, makes one of those that say the same of one
 * place, gives each its hash, marks the suppressed and the known ones, and adds
 * notes about suppressions without use and stale entries. BASELINE may be NULL.
 */
void findings_settle(struct report *report, struct baseline *baseline);

/* ---- baseline.c: findings that are known and accepted ---- */

struct baseline_entry {
        const char *hash, *rule, *file, *func, *said;
        const char *reason;          /* why it is accepted, "" none */
        int line;                    /* where it stands in the file, 0 not known */
        bool earlier;                /* of an earlier run, not of the file: never stale */
        const struct finding *found; /* what it stands for in this run, set by findings_settle() */
};

struct baseline {
        struct arena *arena;
        const char *path; /* as given; notes about stale entries stand there */
        VEC(struct baseline_entry) entries;
        bool strict; /* stale entries are errors instead of notes */
};

/* Reads the file PATH into ARENA. NULL when it cannot be read or is not one, *ERROR says why. */
struct baseline *baseline_read(struct arena *arena, const char *path, const char **error);

/* All shown findings of REPORT as a new baseline. */
struct baseline *baseline_create(const struct report *report);

/* Removes the entries that this run could have found and did not; returns how many. Call after settling. */
int baseline_prune(struct baseline *baseline, const struct report *report);

/* Adds the shown findings and brings moved entries up to date; returns how many were added. */
int baseline_update(struct baseline *baseline, const struct report *report);

/* True when this run looked where ENTRY says, with its rule, and found nothing; or its file is gone. */
bool baseline_stale(const struct baseline_entry *entry, const struct report *report);

/* The file: JSON, sorted, one entry a line; entries of an earlier run stay out. */
void baseline_write(const struct baseline *baseline, struct out *out);

/* ---- fix.c: changes to the sources ---- */

struct fix_result {
        int fixed, edits, files;   /* findings, and what their fixes took */
        VEC(const char *) refused; /* sentences: why a fix was left out */
};

/*
 * Applies the fixes of the shown findings: safe ones, with UNSAFE all. With
 * DIFF the files stay and a unified patch for `patch -p1` goes there; else
 * files are replaced, and findings that were fixed leave the report.
 */
void report_fix(struct report *report, bool unsafe, struct out *diff, struct fix_result *result);

/* ---- html.c ---- */

/*
 * Writes pages for the SARIF log LOG, ours or another tool's, into the folder
 * DIR, made when missing. Sources are sought below TREE. False and *ERROR in
 * ARENA when it cannot.
 */
bool report_html(struct arena *arena, const char *log, const char *tree, const char *dir, const char **error);

#endif
