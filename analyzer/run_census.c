/*
 * run_census.c: from a linked program to a census on the standard output. See
 * run.h. The status is that of the lines the user asked about.
 */
#include "run.h"

#include "report/tables.h"

/* Answers every --fail-if. */
static bool ask_lines(struct run *run, const struct census *census, struct census_lines *lines)
{
        const struct words *asked = &run->opt->table.fail_if;
        for (int i = 0; i < asked->n; i++) {
                struct census_line line = {.expression = asked->at[i]};
                const char *error;
                if (!census_ask(run->arena, census, run->models, line.expression, &line.answer, &error)) {
                        run->error = arena_printf(run->arena, "--fail-if '%s': %s", line.expression, error);
                        return false;
                }
                VEC_PUSH(run->arena, &lines->list, line);
        }
        return true;
}

static void name_unread(const struct run *run)
{
        const struct project *project = run->project;
        for (int i = 0; i < project->skips.n; i++)
                if (project->skips.at[i].failed)
                        run->opt->say(LEVEL_WARNING,
                                      arena_printf(run->arena, "'%s': %s", project->skips.at[i].path,
                                                   project->skips.at[i].why));
        for (int i = 0; i < run->units->n; i++)
                if (run->units->at[i]->status == UNIT_FAILED)
                        run->opt->say(LEVEL_WARNING, arena_printf(run->arena, "'%s' could not be analyzed",
                                                                  run->units->at[i]->path));
}

/* What failed to be read, or fell under what the user asks for, is told and makes the run incomplete. */
enum verdict run_table_verdict(struct run *run, bool failed)
{
        const char *said = run_incomplete(run);
        if (said) {
                name_unread(run);
                run->opt->say(LEVEL_WARNING, said);
                return VERDICT_INCOMPLETE;
        }
        return failed && !run->opt->exit_zero ? VERDICT_FINDINGS : VERDICT_CLEAN;
}

enum verdict run_census(struct run *run, struct report *report)
{
        const struct options *opt = run->opt;
        struct census *census = census_take(run->arena, run->program);
        struct census_lines lines = {0};
        struct out out = {.arena = run->arena};
        enum table_format format = TABLE_TEXT;
        enum census_by by = (enum census_by)opt->table.by;
        (void)report;
        table_format_find(opt->table.format, &format);
        if (!ask_lines(run, census, &lines))
                return VERDICT_USAGE;
        if (format == TABLE_JSON)
                census_json(run->arena, census, by, &lines, PYMEMLINT_VERSION, &out);
        else
                document_write(census_document(run->arena, census, by, opt->table.sites, &lines), format,
                               &out);
        if (!run_print(run, &out))
                return VERDICT_USAGE;
        bool failed = false;
        for (int i = 0; i < lines.list.n; i++) {
                const struct census_line *line = &lines.list.at[i];
                if (!line->answer.holds)
                        continue;
                failed = true;
                opt->say(LEVEL_WARNING, arena_printf(run->arena, "the census fails: %s (%s)",
                                                     line->expression, line->answer.said));
        }
        return run_table_verdict(run, failed);
}
