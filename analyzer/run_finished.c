/*
 * run_finished.c: a run whose every input is as it was. In: the options and
 * the project of a run. Out: what the run before wrote, written again; or a
 * record of what this one writes. See run.h. Everything that an output can
 * depend on and that no unit tells is asked here, as one text.
 */
#include "run.h"

#include "base/hash.h"
#include "front/finished.h"
#include "git.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whoever adds an option decides here whether an output depends on it, then brings the number up to date. */
enum { OPTIONS_SIZE = 560 };
_Static_assert(sizeof(void *) != 8 || sizeof(struct options) == OPTIONS_SIZE,
               "question() must know every option");

struct finished {
        struct text question;
        struct out answer;
};

static void put(struct out *out, const char *name, const char *text)
{
        out_format(out, "%s %lld:", name, text ? (long long)strlen(text) : -1ll);
        out_text(out, text ? text : "");
        out_char(out, '\n');
}

static void put_number(struct out *out, const char *name, long long number)
{
        out_format(out, "%s %lld\n", name, number);
}

static void put_words(struct out *out, const char *name, const struct words *words)
{
        put_number(out, name, words->n);
        for (int i = 0; i < words->n; i++)
                put(out, name, words->at[i]);
}

/* The content of the file PATH, if one is named. False when it cannot be read: then the stage that does
 * tells. */
static bool put_file(struct out *out, const char *name, const char *path)
{
        struct arena *scratch = arena_new();
        struct text text;
        char hash[HASH_HEX] = "";
        bool good = !path || file_read(scratch, path, 0, &text);
        if (path && good)
                hash_hex(text.bytes, text.length, hash);
        arena_drop(scratch);
        put(out, name, path);
        put(out, name, hash);
        return good;
}

static void put_rules(struct out *out, const struct options *opt)
{
        for (int i = 0; opt->rules[i]; i++)
                put(out, "rule", opt->rules[i]->name);
        for (int i = 0; i < opt->per_file_ignores.n; i++) {
                put(out, "ignore", opt->per_file_ignores.at[i].glob);
                put(out, "ignore", opt->per_file_ignores.at[i].rule->name);
                put(out, "ignore", opt->per_file_ignores.at[i].origin);
        }
        put_number(out, "confidence", opt->confidence);
        put_number(out, "python", opt->python_min);
        put_number(out, "python", opt->python_max);
        put_number(out, "reason", opt->require_reason);
        put_number(out, "strict", opt->strict_baseline);
        put_words(out, "functions", &opt->functions);
}

/* The outputs by what is in them, not by where they go. */
static void put_outputs(struct out *out, const struct options *opt)
{
        for (int i = 0; i < opt->outputs.n; i++) {
                put(out, "format", opt->outputs.at[i].format);
                put_number(out, "color", run_color(opt, &opt->outputs.at[i]));
        }
        put_number(out, "hyperlinks", opt->hyperlinks);
        put(out, "pages", opt->pages_url);
        put_number(out, "suppressed", opt->show_suppressed);
        put(out, "automation", opt->automation_id);
        put_number(out, "fail", opt->fail_on);
        put_number(out, "zero", opt->exit_zero);
        put_number(out, "coverage", opt->min_coverage);
        put_number(out, "quiet", opt->quiet);
        put_number(out, "statistics", opt->statistics);
}

static void put_place(struct out *out, const struct options *opt)
{
        char here[PATH_MAX];
        put(out, "here", getcwd(here, sizeof here));
        put_words(out, "path", &opt->paths);
        put_words(out, "only", &opt->only);
        put_words(out, "clang", &opt->clang_args);
        put_words(out, "exclude", &opt->exclude);
        put_words(out, "stub", &opt->stub_header);
        put(out, "prelude", opt->prelude);
        put(out, "database", opt->build_dir);
        put(out, "interpreter", opt->python);
        put_number(out, "derived", opt->allow_derived);
        put_number(out, "generated", opt->generated);
}

/* An entry whose file is gone counts otherwise than one whose finding is. */
static void put_baseline(struct run *run, struct out *out)
{
        struct stat st;
        for (int i = 0; run->baseline && i < run->baseline->entries.n; i++) {
                const char *file = run->baseline->entries.at[i].file;
                put_number(out, file, stat(path_join(run->arena, run->project->tree, file), &st) == 0);
        }
}

static void put_commit(struct run *run, struct out *out)
{
        bool wanted = false;
        for (int i = 0; i < run->opt->outputs.n; i++)
                wanted |= !strcmp(run->opt->outputs.at[i].format, "sarif");
        const struct git_state *state = wanted ? run_commit(run) : NULL;
        put(out, "commit", state ? state->commit : NULL);
        put(out, "commit", state ? state->branch : NULL);
        put(out, "commit", state ? state->url : NULL);
}

/* Runs that change files, look at other trees or at the clock have to be run. */
static bool is_plain(const struct options *opt)
{
        return opt->cache && !opt->fix && !opt->diff && !opt->add_suppressions && !opt->edited &&
               !opt->timing && !opt->since && !opt->accept && !opt->baseline_is_made;
}

/* All that the outputs depend on besides the project. False when that cannot be told. */
static bool question(struct run *run, struct out *out)
{
        const struct options *opt = run->opt;
        bool good = is_plain(opt) && put_file(out, "program", "/proc/self/exe") &&
                    put_file(out, "baseline", opt->baseline) && put_file(out, "compare", opt->compare);
        for (int i = 0; good && i < opt->model.n; i++)
                good = put_file(out, "model", opt->model.at[i]);
        if (!good)
                return false;
        put_place(out, opt);
        put_rules(out, opt);
        put_outputs(out, opt);
        put_baseline(run, out);
        put_commit(run, out);
        return true;
}

/* The next part of an answer, "NAME LENGTH\n" and so many bytes; false at its end. */
static bool next_part(struct text *answer, const char *name, struct text *part)
{
        size_t n = strlen(name);
        if (answer->length <= n || strncmp(answer->bytes, name, n))
                return false;
        char *behind;
        part->length = strtoull(answer->bytes + n, &behind, 10);
        part->bytes = behind + 1;
        size_t head = (size_t)(part->bytes - answer->bytes);
        if (*behind != '\n' || head > answer->length || part->length > answer->length - head)
                return false;
        answer->bytes = part->bytes + part->length;
        answer->length -= head + part->length;
        return true;
}

static bool deliver_again(struct run *run, struct text answer, enum verdict *verdict)
{
        struct text part;
        const char *error = NULL;
        for (int i = 0; i < run->opt->outputs.n; i++) {
                if (!next_part(&answer, "output ", &part))
                        return false;
                if (!run_deliver(run, &run->opt->outputs.at[i], &part) && !error)
                        error = run->error;
        }
        run->error = error;
        if (error || !next_part(&answer, "rest ", &part))
                return false;
        fwrite(part.bytes, 1, part.length, stderr);
        *verdict = (enum verdict)strtol(answer.bytes, NULL, 10);
        return true;
}

bool run_again(struct run *run, enum verdict *verdict)
{
        struct pool_options how = run_pool_options(run);
        struct finished *finished = NEW(run->arena, struct finished);
        struct out asked = {.arena = run->arena};
        struct text answer;
        if (!question(run, &asked))
                return false;
        finished->question = (struct text){.bytes = asked.bytes, .length = asked.length};
        finished->answer.arena = run->arena;
        run->finished = finished;
        if (!finished_recall(run->arena, run->project, &how, &finished->question, &answer, &run->damage))
                return false;
        *verdict = VERDICT_USAGE; /* of an output that cannot be written */
        deliver_again(run, answer, verdict);
        return true;
}

void run_record(struct run *run, const char *name, const struct out *part)
{
        if (!run->finished)
                return;
        out_format(&run->finished->answer, "%s %zu\n", name, part->length);
        out_bytes(&run->finished->answer, part->bytes, part->length);
}

void run_finish(struct run *run, enum verdict verdict)
{
        struct pool_options how = run_pool_options(run);
        /* What went wrong this once is told this once. */
        if (!run->finished || run->units->failed || run->units->notes.n || run->damage)
                return;
        struct out *out = &run->finished->answer;
        out_format(out, "%d\n", (int)verdict);
        struct text answer = {.bytes = out->bytes, .length = out->length};
        finished_keep(run->project, &how, run->units, &run->finished->question, &answer);
}
