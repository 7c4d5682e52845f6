/*
 * pipeline.h: the way from a source tree to a report, as the command line sees
 * it. In: options that are settled and checked. Out: text on the standard
 * output or in files, messages on the standard error, an outcome. It reads no
 * arguments, no environment and no configuration file: that is cli's work.
 */
#ifndef PIPELINE_H
#define PIPELINE_H

#include "base/file.h"
#include "base/text.h"
#include "rule.h"

/* What a run came to; also the exit status of the program. */
enum verdict {
        VERDICT_CLEAN = 0,
        VERDICT_FINDINGS = 1,   /* at least one at or above fail_on */
        VERDICT_USAGE = 2,      /* what the user gave cannot be used; a message says why */
        VERDICT_INCOMPLETE = 3, /* a unit failed or coverage is too low; wins over findings */
};

enum fail_on { FAIL_ON_NOTE, FAIL_ON_WARNING, FAIL_ON_ERROR, FAIL_ON_NEVER };
enum generated { GENERATED_REPORT, GENERATED_SKIP };

/* A list of texts; VEC_PUSH works on it. */
struct words {
        const char **at;
        int n, room;
};

/* One report: FORMAT is one of "full", "concise", "json", "sarif", ...; FILE NULL is the standard output. */
struct output {
        const char *format, *file;
};

/* "GLOB:WORD,WORD": rules that are not reported in files that the glob fits. */
struct ignore_rule {
        const char *glob;
        const struct rule *rule;
        const char *origin; /* as the user wrote it, for messages */
};

/* A file as an editor has it, which may not be what the disk has. */
struct edited {
        const char *path; /* absolute, without links */
        const char *text;
        size_t length;
};

/*
 * Everything a run can be told. Texts live as long as the process. A zeroed
 * struct is not a default: cli fills one from its option table.
 */
struct options {
        /* what is read */
        struct words paths;      /* files and folders; never empty */
        struct words clang_args; /* behind "--" */
        bool clang_args_given;
        const char *build_dir;    /* -p: folder of compile_commands.json, NULL: looked for */
        const char *python;       /* interpreter, NULL: "python3" */
        struct words exclude;     /* globs as in .gitignore */
        const char *prelude;      /* file included before every unit */
        struct words stub_header; /* names of headers that count as empty when missing */
        bool allow_derived;       /* units without a recorded command are read with derived flags */
        int generated;            /* enum generated: what to do with files a generator wrote */

        /* how */
        int jobs;               /* 0: usable processors */
        int deadline;           /* seconds of wall time a unit may take, 0: default */
        bool cache;             /* use and fill the cache of unit files */
        const char *cache_dir;  /* NULL: $XDG_CACHE_HOME/pymemlint */
        struct words model;     /* model files, in order */
        struct words functions; /* model lines from a configuration file, with their origin before a tab */
        version python_min, python_max;

        /* what is reported */
        const struct rule *const *rules; /* the selected ones, ended by NULL */
        VEC(struct ignore_rule) per_file_ignores;
        int confidence; /* enum confidence: the lowest reported */
        VEC(struct output) outputs;
        bool show_suppressed, require_reason, strict_baseline;
        const char *baseline;        /* file, NULL: none */
        bool baseline_is_made;       /* it is written, not read */
        const char *since;           /* git reference, NULL: none */
        const char *compare;         /* SARIF file of an earlier run, NULL: none */
        struct words only;           /* report findings in these files alone; empty: all */
        const struct edited *edited; /* of the standard input, in place of what the disk has; NULL: none */
        const char *automation_id;
        const char *pages_url; /* where the rules' pages stand, ends in "/"; NULL: nowhere */

        bool (*accept)(const char *finding); /* whether a baseline update takes a new one in; NULL: none */
        const char *at_file;                 /* of pipeline_explain_at */
        unsigned at_line;

        /* the other questions: census, plan, gilmap */
        struct table_options {
                const char *format;     /* "text", "json", "csv", "markdown", "html" */
                int by;                 /* census: enum census_by */
                bool sites;             /* census: list each of them */
                struct words fail_if;   /* census: lines that must not hold */
                const char *to;         /* plan: the word of a target family, or "auto" */
                struct words from;      /* plan: families; empty: all */
                struct words consumers; /* plan: trees that use this one */
                const char *html;       /* gilmap: folder of the pages, NULL: text */
                struct words show;      /* gilmap: files whose lines are printed */
        } table;

        /* units that are read in parts, on one machine or on many */
        struct ship_options {
                const char *into;       /* folder that is written */
                int shard, shards;      /* which of how many, from 1; 0: all units */
                const char *units;      /* file with the names of the unit files to make, NULL: by shard */
                const char *stamp;      /* file that tells what was made, NULL: none */
                bool self_contained;    /* summarize: write a parcel, which is read where no headers are */
                const char *tree;       /* link: folder of the sources, NULL: as the plan says */
                const char *engine;     /* emit: "ninja", "make", "list" */
                struct words summarize; /* emit: the command that makes unit files, */
                struct words link;      /* and the one that joins them, without what emit adds */
        } ship;

        /* what is changed */
        bool fix, unsafe_fixes, diff, add_suppressions;

        /* how it ends */
        int fail_on; /* enum fail_on */
        bool exit_zero;
        int min_coverage; /* percent of statements that must have been kept */

        /* what is told */
        bool quiet, statistics, timing, hyperlinks;
        const char *color;                               /* "auto", "always", "never" */
        void (*say)(enum level level, const char *text); /* a message */
        void (*progress)(void *context, int done, int total, const char *path); /* NULL: none */
        void *progress_context;
};

/* Every selected rule over the paths, reported to every output. */
enum verdict pipeline_check(const struct options *opt);

/* Every memory site of the paths, counted; the verdict is that of opt->table.fail_if. */
enum verdict pipeline_census(const struct options *opt);

/* Which memory of the paths can move to opt->table.to; with opt->fix or opt->diff the change. */
enum verdict pipeline_plan(const struct options *opt);

/* The lines of the paths by lock state, as text or, with opt->table.html, as pages. */
enum verdict pipeline_gilmap(const struct options *opt);

/* The units of the paths as text on the standard output. */
enum verdict pipeline_dump(const struct options *opt);

/* The unit files of one shard of the paths, or of the parcels they are, and the plan of all, into
 * opt->ship.into.
 */
enum verdict pipeline_summarize(const struct options *opt);

/* As pipeline_check, from unit files: the paths are folders, files and @LISTs of them. */
enum verdict pipeline_link(const struct options *opt);

/* The shards of the paths and the graph of commands that reads them, into opt->ship.into. */
enum verdict pipeline_emit(const struct options *opt);

/* The trees listed in the file opt->paths, as shell commands in opt->ship.shards parts. */
enum verdict pipeline_batch(const struct options *opt);

/* A program that is analyzed again and again while somebody writes it. */
struct watch;

/* Nothing is analyzed yet. OPT must live as long. */
struct watch *watch_new(const struct options *opt);
void watch_drop(struct watch *watch);

/* Analyzes the paths of OPT with FILES in place of those on the disk. False with a sentence in *ERROR, which
 * lives until the next call; then the state before it stays. */
bool watch_run(struct watch *watch, const struct edited *files, int n, const char **error);

/* The absolute folder that files of findings are relative to; NULL before the first run. */
const char *watch_tree(const struct watch *watch);

/* What the last run reports, N findings in order. They live until the next run. */
struct finding *const *watch_findings(const struct watch *watch, int *n);

/*
 * What there is to say, as Markdown in ARENA, of the line of FILE (relative to
 * the tree) and of WORD on it, a variable, function or, with MEMBER, a field.
 * NULL: nothing.
 */
const char *watch_hover(struct watch *watch, struct arena *arena, const char *file, unsigned line,
                        const char *word, bool member);

/* Pages in the folder DIR for the SARIF log LOG, anybody's; sources are sought below TREE. */
enum verdict pipeline_report(const struct options *opt, const char *log, const char *tree, const char *dir);

/* The flags that every unit is read with, as a compile_commands.json on the standard output. */
enum verdict pipeline_flags(const struct options *opt);

/* What is known at opt->at_file, opt->at_line: lock states, blocks, assumptions, lost statements. */
enum verdict pipeline_explain_at(const struct options *opt);

/* Writes, shrinks or extends the baseline file opt->baseline from a run. */
enum baseline_change { BASELINE_CREATE, BASELINE_PRUNE, BASELINE_UPDATE };
enum verdict pipeline_baseline(const struct options *opt, enum baseline_change change);

/* Tells what the cache holds, or empties it. */
enum verdict pipeline_cache(const struct options *opt, bool clean);

/* What there is to say of RULE, for a terminal; lives in ARENA. */
const char *pipeline_explain(struct arena *arena, const struct rule *rule);

/* Pages of all rules, and a list of them, in the folder DIR, for whoever publishes them. */
enum verdict pipeline_rule_pages(const struct options *opt, const char *dir);

/* Every rule there is, those about suppressions and the baseline included, ended by NULL. */
const struct rule *const *pipeline_rules(struct arena *arena);

#endif
