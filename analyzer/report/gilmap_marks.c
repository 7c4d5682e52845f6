/* gilmap_marks.c: where the paths of findings run through a file; see gilmap.h. */
#include "report/gilmap.h"

#include "report/view.h"

#include <stdlib.h>

static int by_line(const void *a, const void *b)
{
        const struct map_mark *x = a, *y = b;
        if (x->line != y->line)
                return x->line < y->line ? -1 : 1;
        if (x->finding != y->finding)
                return x->finding->rule->code < y->finding->rule->code ? -1 : 1;
        return x->number - y->number;
}

void gilmap_marks(struct arena *arena, const struct report *report, sym file, struct map_marks *out)
{
        for (int f = 0; f < report->found->list.n; f++) {
                const struct finding *finding = report->found->list.at[f];
                struct path path = path_of(arena, finding);
                if (!finding_shown(finding))
                        continue;
                for (int i = 0; i < path.n; i++) {
                        struct map_mark mark = {.line = path.at[i]->at.line,
                                                .finding = finding,
                                                .step = path.at[i],
                                                .next = i + 1 < path.n ? path.at[i + 1] : NULL,
                                                .number = i + 1,
                                                .of = path.n};
                        if (path.at[i]->at.file == file)
                                VEC_PUSH(arena, &out->list, mark);
                }
                if (!path.n && finding->at.file == file) /* a finding without a path is its own place */
                        VEC_PUSH(arena, &out->list,
                                 (struct map_mark){.line = finding->at.line, .finding = finding});
        }
        if (out->list.n)
                qsort(out->list.at, (size_t)out->list.n, sizeof *out->list.at, by_line);
}
