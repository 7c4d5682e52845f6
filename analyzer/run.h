/*
 * run.h: what the ways of pipeline.c share. In: options, and what the stages
 * made. Out: the stages' own options, a filled report, written outputs, the
 * status. Decides nothing about findings and calls no stage of the analysis.
 */
#ifndef RUN_H
#define RUN_H

#include "pipeline.h"

#include "front/pool.h"
#include "front/project.h"
#include "link/model.h"
#include "report/report.h"

struct program;
struct git_state;
struct finished;
struct gilmap;
struct travel;
struct memory_sites;
struct ship_plan;

/* One run of the pipeline; everything lives in its arena until run_end. */
struct run {
        const struct options *opt;
        struct arena *arena;
        struct names *names;
        const char *error; /* set by the stage that could not go on */
        const struct models *models;
        const struct project *project;
        struct units *units;
        struct program *program;
        struct baseline *baseline;
        struct git_state *commit;  /* see run_commit */
        struct finished *finished; /* what this run writes, for the next one; NULL: that has to run anyway */
        const char *damage;        /* a sentence about the cache, or NULL */
        /* of an editor's run: texts that are not on the disk, the run before it, and what is reported */
        const struct edited *edited;
        int nedited;
        const struct run *before;
        VEC(struct finding *) shown;
        const struct gilmap *map; /* of hovers, made when first asked for */
        struct travel *travel;
        struct memory_sites *sites;
        double started, parsed, linked; /* seconds of the monotonic clock at the ends of the stages */
};

/* A run with nothing done yet. */
struct run run_begin(const struct options *opt);

/* Says run->error when the verdict is that of a wrong use, gives the memory back, passes VERDICT on. */
enum verdict run_end(struct run *run, enum verdict verdict);

/* Seconds of the monotonic clock. */
double run_clock(void);

/* The stages' options. */
struct project_options run_project_options(const struct run *run);
struct pool_options run_pool_options(const struct run *run);

/* The threads that walk functions: as many as there are workers that read sources. */
int run_threads(const struct run *run);

/* The built-in models and the user's; NULL with run->error when a file is wrong. */
const struct models *run_models(struct run *run);

/* The selected rules that look at the program; those about comments and baseline are report's own. */
const struct rule *const *run_rules(const struct run *run);

/* run_report.c: a report that knows the units, their sources, comments and notes, and no finding. */
struct report *run_report(struct run *run);

/* Reads opt->baseline when there is one and it is not about to be made. False with run->error when it is
 * none.
 */
bool run_baseline(struct run *run);

/* run_settle.c: comments, baseline, per-file ignores, confidence, files that alone count. */
void run_settle(struct run *run, struct report *report);

/*
 * run_finished.c: everything that a run before this one wrote, when nothing that it rests on has changed.
 * Needs run->project. False: the run has to go its way, which run_record and run_finish note for the next.
 */
bool run_again(struct run *run, enum verdict *verdict);

/* Notes a PART of what is written; NAME is "output" or "rest". */
void run_record(struct run *run, const char *name, const struct out *part);

/* All was written: the next run may be spared. */
void run_finish(struct run *run, enum verdict verdict);

/* run_write.c: what is checked out, or NULL; asked once. */
const struct git_state *run_commit(struct run *run);

/* Whether OUTPUT is in colour. */
bool run_color(const struct options *opt, const struct output *output);

/* Writes TEXT where OUTPUT goes; false with run->error. */
bool run_deliver(struct run *run, const struct output *output, const struct text *text);

/* Writes OUT to the file PATH, whose folders are made where they are missing; false with run->error. */
bool run_write_file(struct run *run, const char *path, struct out *out);

/* run_write.c: what becomes of a settled report: outputs and summary, or a baseline file. */
enum verdict run_write(struct run *run, struct report *report);
enum verdict run_baseline_create(struct run *run, struct report *report);
enum verdict run_baseline_prune(struct run *run, struct report *report);
enum verdict run_baseline_update(struct run *run, struct report *report);

/* run_explain.c: what is known at a line, and the units themselves. */
enum verdict run_explain(struct run *run, struct report *report);
enum verdict run_dump(struct run *run);

/* run_flags.c: the flags of every unit, as JSON. */
enum verdict run_flags(struct run *run);

/* run_census.c: the memory sites, counted. */
enum verdict run_census(struct run *run, struct report *report);

/* run_plan.c: which memory can move, and its move. */
enum verdict run_plan(struct run *run, struct report *report);

/* run_gilmap.c: the lines by lock state. */
enum verdict run_gilmap(struct run *run, struct report *report);

/* run_summarize.c: units in parts. The shard of opt->ship as run->project; false with run->error. */
bool run_shard(struct run *run);
enum verdict run_summarize(struct run *run, const struct project *whole);

/* The absolute folder opt->ship.into, made where it is missing; NULL with run->error. */
const char *run_folder(struct run *run);

/* The unit file of UNIT, of this NUMBER in PLAN, into the folder DIR; false with run->error. */
bool run_write_unit(struct run *run, const char *dir, const struct ship_plan *plan, int number,
                    const struct unit *unit);

/* Says what became of run->units, and that MORE unit files were written as they came. */
void run_tell_units(struct run *run, int more);

/* run_parcel.c: run->project with all that its units may read, in one file; and units from such files. */
enum verdict run_pack(struct run *run, const struct project *whole);
enum verdict run_parcels(struct run *run);

/* Whether the paths are parcels. */
bool run_has_parcels(const struct options *opt);

/* run_link.c: run->project and run->units from unit files. False with run->error. */
bool run_gather(struct run *run);

/* run_overlay.c: the units of run->project with run->edited in place of what is on the disk. NULL with
 * run->error. */
struct units *run_edited_units(struct run *run);

/* run_hover.c: see watch_hover. */
const char *run_hover(struct run *run, struct arena *arena, const char *file, unsigned line, const char *word,
                      bool member);

/* run_emit.c: a graph of commands for a build engine. */
enum verdict run_emit(struct run *run);

/* run_batch.c: many trees as shell commands. */
enum verdict run_batch(struct run *run);

/* run_write.c: why the run counts as incomplete, a sentence, or NULL. */
const char *run_incomplete(const struct run *run);

/* The verdict of a table: incomplete when units were not read (which is told), else findings when FAILED. */
enum verdict run_table_verdict(struct run *run, bool failed);

/* Writes OUT to the standard output; false with run->error when it does not take it. */
bool run_print(struct run *run, struct out *out);

#endif
