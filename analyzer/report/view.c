/*
 * view.c: paths, names and counts as all writers show them. Comes in: findings
 * and notes of units; they are only read.
 */
#include "report/view.h"

#include "base/file.h"
#include "base/map.h"

#include <ctype.h>
#include <string.h>

bool finding_shown(const struct finding *finding)
{
        return !finding->suppressed && !finding->known;
}

bool finding_listed(const struct report *report, const struct finding *finding)
{
        return (!finding->suppressed || report->show_suppressed) && (!finding->known || report->show_known);
}

int report_count(const struct report *report, enum level level)
{
        int count = 0;
        for (int i = 0; i < report->found->list.n; i++) {
                const struct finding *finding = report->found->list.at[i];
                count += finding_shown(finding) && finding->rule->level >= level;
        }
        return count;
}

/* The finding as the last step of its own path. */
static const struct step *fault_step(struct arena *arena, const struct finding *finding)
{
        struct step *step = NEW(arena, struct step);
        *step = (struct step){.kind = STEP_FAULT,
                              .at = finding->at,
                              .func = finding->func,
                              .said = clause_of(arena, finding->said),
                              .state = finding->because->state,
                              .because = finding->because};
        return step;
}

struct path path_of(struct arena *arena, const struct finding *finding)
{
        struct path path = {NULL, 0};
        const struct step *last = finding->because;
        if (!last)
                return path;
        if (last->kind != STEP_FAULT &&
            (last->at.line != finding->at.line || last->at.file != finding->at.file))
                last = fault_step(arena, finding);
        for (const struct step *step = last; step; step = step->because)
                path.n++;
        path.at = NEW_ARRAY(arena, const struct step *, path.n);
        int i = path.n;
        for (const struct step *step = last; step; step = step->because)
                path.at[--i] = step;
        return path;
}

int *path_levels(struct arena *arena, const struct path *path)
{
        int *levels = NEW_ARRAY(arena, int, path->n);
        sym *stack = NEW_ARRAY(arena, sym, path->n);
        int depth = 0;
        for (int i = 0; i < path->n; i++) {
                sym func = path->at[i]->func;
                int found = depth;
                while (found > 0 && stack[found - 1] != func)
                        found--;
                if (!found) { /* a function not yet on the way: one deeper */
                        stack[depth++] = func;
                        found = depth;
                }
                depth = found;
                levels[i] = depth - 1;
        }
        return levels;
}

/* The first identifier in single quotes, or NULL. */
static const char *quoted_name(struct arena *arena, const char *said)
{
        for (const char *open = said ? strchr(said, '\'') : NULL; open; open = strchr(open + 1, '\'')) {
                const char *end = open + 1;
                while (isalnum((unsigned char)*end) || *end == '_')
                        end++;
                if (*end == '\'' && end > open + 1)
                        return arena_strndup(arena, open + 1, (size_t)(end - open - 1));
        }
        return NULL;
}

const char *place_name(struct arena *arena, sym func, const char *said, sym file)
{
        if (func && *func)
                return func;
        const char *name = quoted_name(arena, said);
        return name ? name : path_base(file);
}

const char *step_kind_name(enum step_kind kind)
{
        static const char *const names[] = {"other",  "enter", "call",  "acquire", "release",
                                            "branch", "alloc", "store", "free",    "fault"};
        return names[kind];
}

const char *confidence_name(enum confidence confidence)
{
        return confidence == CONFIDENCE_HIGH ? "high" : "medium";
}

const char *rule_link(const struct report *report, const struct rule *rule)
{
        if (report->pages)
                return arena_printf(report->arena, "%s%s.html", report->pages, rule->name);
        for (int i = 0; report_rules[i]; i++)
                if (report_rules[i] == rule)
                        return NULL;
        return rule->category == CATEGORY_GIL ? "https://docs.python.org/3/c-api/threads.html"
                                              : "https://docs.python.org/3/c-api/memory.html";
}

struct tally report_tally(const struct report *report)
{
        struct tally tally = {0};
        for (int i = 0; i < report->units.n; i++) {
                const struct unit_note *unit = &report->units.at[i];
                const char *flags = unit->flags ? unit->flags : "";
                tally.whole += unit->outcome == OUTCOME_WHOLE;
                tally.partial += unit->outcome == OUTCOME_PARTIAL;
                tally.failed += unit->outcome == OUTCOME_FAILED;
                tally.skipped += unit->outcome == OUTCOME_SKIPPED;
                tally.total += unit->outcome != OUTCOME_SKIPPED;
                tally.recorded += !strcmp(flags, "recorded");
                tally.derived += !strcmp(flags, "derived");
                tally.given += !strcmp(flags, "given");
                tally.kept += unit->kept;
                tally.lost += unit->lost;
        }
        return tally;
}
