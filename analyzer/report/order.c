/*
 * order.c: see order.h. The order rests on what findings say, never on the
 * order in which they were found.
 */
#include "report/order.h"

#include <stdlib.h>
#include <string.h>

static int compare_numbers(uint32_t a, uint32_t b)
{
        return a < b ? -1 : a > b;
}

static int compare_places(const struct where *a, const struct where *b)
{
        int file = strcmp(a->file, b->file);
        if (file)
                return file;
        return a->line != b->line ? compare_numbers(a->line, b->line) : compare_numbers(a->col, b->col);
}

static uint32_t path_length(const struct step *step)
{
        uint32_t length = 0;
        for (; step; step = step->because)
                length++;
        return length;
}

static int compare_paths(const struct step *a, const struct step *b)
{
        int order = compare_numbers(path_length(a), path_length(b));
        for (; !order && a && b && a != b; a = a->because, b = b->because) {
                order = compare_places(&a->at, &b->at);
                if (!order)
                        order = strcmp(a->said, b->said);
        }
        return order;
}

static int compare_findings(const void *left, const void *right)
{
        const struct finding *a = *(struct finding *const *)left, *b = *(struct finding *const *)right;
        int order = compare_places(&a->at, &b->at);
        if (!order)
                order = strcmp(a->rule->code, b->rule->code);
        if (!order) /* the surer one first */
                order = (int)b->confidence - (int)a->confidence;
        if (!order)
                order = compare_paths(a->because, b->because);
        return order ? order : strcmp(a->said, b->said);
}

void findings_sort(struct findings *found)
{
        if (found->list.n)
                qsort(found->list.at, (size_t)found->list.n, sizeof *found->list.at, compare_findings);
}

static void add_related(struct arena *arena, struct finding *to, const struct step *step)
{
        for (int i = 0; i < to->related.n; i++)
                if (!compare_places(&to->related.at[i].at, &step->at) &&
                    !strcmp(to->related.at[i].said, step->said))
                        return;
        VEC_PUSH(arena, &to->related, *step);
}

static const struct step *first_step(const struct step *step)
{
        while (step && step->because)
                step = step->because;
        return step;
}

/* What FROM adds to what TO says: where else it comes from. */
static void merge(struct arena *arena, struct finding *to, const struct finding *from)
{
        const struct step *ours = first_step(to->because), *theirs = first_step(from->because);
        if (theirs && (!ours || compare_places(&ours->at, &theirs->at)))
                add_related(arena, to, theirs);
        for (int i = 0; i < from->related.n; i++)
                add_related(arena, to, &from->related.at[i]);
        bool fixable = to->fixes.n;
        for (int i = 0; !fixable && i < from->fixes.n; i++)
                VEC_PUSH(arena, &to->fixes, from->fixes.at[i]);
}

void findings_merge(struct findings *found)
{
        int kept = 0;
        for (int i = 0; i < found->list.n; i++) {
                struct finding *finding = found->list.at[i];
                struct finding *before = kept ? found->list.at[kept - 1] : NULL;
                if (before && before->rule == finding->rule && !compare_places(&before->at, &finding->at))
                        merge(found->arena, before, finding);
                else
                        found->list.at[kept++] = finding;
        }
        found->list.n = kept;
}
