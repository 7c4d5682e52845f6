/*
 * gilmap_source.c: one source as a page: lines shaded by state with a letter
 * in the margin, reasons where the state changes, findings and their paths,
 * links between callers and callees. See gilmap.h.
 */
#include "report/gilmap.h"

#include "base/hash.h"
#include "report/source.h"

#include <stdio.h>
#include <string.h>

static const char *const classes[LOCK_COLUMNS] = {"held", "released", "either", "assumed", "unknown", "none"};

/* "page.html#L12" for a place, NULL when no page shows it. */
static const char *link_to(const struct gilmap_page *page, const struct where *at)
{
        const char *name = at->file ? gilmap_page(page->arena, page->map, at->file) : "";
        if (!*name)
                return NULL;
        return arena_printf(page->arena, "%s#L%u", name, at->line);
}

static void put_place(const struct gilmap_page *page, const struct where *at)
{
        const char *link = link_to(page, at);
        if (link) {
                out_text(page->out, "<a href=\"");
                put_html(page->out, link);
                out_text(page->out, "\">");
        }
        put_html(page->out, at->file);
        out_format(page->out, ":%u", at->line);
        out_text(page->out, link ? "</a> " : " ");
}

static void put_step(const struct gilmap_page *page, const struct step *step)
{
        out_text(page->out, "<li>");
        put_place(page, &step->at);
        put_html(page->out, step->said);
        out_text(page->out, "</li>\n");
}

static void put_steps(const struct gilmap_page *page, const struct step *step)
{
        if (!step)
                return;
        put_steps(page, step->because);
        put_step(page, step);
}

/* --- the functions of the file ------------------------------------------------------------ */

static void put_function(const struct gilmap_page *page, const struct map_function *function)
{
        out_format(page->out, "<li><a href=\"#L%u\"><code>", function->at.line);
        put_html(page->out, function->name);
        out_text(page->out, "</code></a>");
        if (function->callers.n)
                out_text(page->out, " called at ");
        for (int i = 0; i < function->callers.n; i++) {
                const struct map_caller *caller = &function->callers.at[i];
                const char *link = link_to(page, &caller->at);
                out_text(page->out, i ? ", " : "");
                if (link) {
                        out_text(page->out, "<a href=\"");
                        put_html(page->out, link);
                        out_text(page->out, "\">");
                }
                put_html(page->out, caller->name);
                out_format(page->out, ":%u%s", caller->at.line, link ? "</a>" : "");
        }
        if (!function->callers.n && function->entries.n && function->entries.at[0]) {
                out_text(page->out, " ");
                put_html(page->out, function->entries.at[0]->said);
        }
        out_text(page->out, "</li>\n");
}

static void put_functions(const struct gilmap_page *page)
{
        if (!page->file->functions.n)
                return;
        out_format(page->out, "<details class=\"functions\"><summary>%d functions</summary>\n<ul>\n",
                   page->file->functions.n);
        for (int i = 0; i < page->file->functions.n; i++)
                put_function(page, &page->file->functions.at[i]);
        out_text(page->out, "</ul></details>\n");
}

/* --- a line --------------------------------------------------------------------------------- */

/* The code of a line, names of callees as links where the text is what was analyzed. */
static void put_code(const struct gilmap_page *page, struct line line, uint32_t number, int *call)
{
        size_t done = 0;
        for (; *call < page->file->calls.n && page->file->calls.at[*call].at.line <= number; (*call)++) {
                const struct map_call *here = &page->file->calls.at[*call];
                size_t at = here->at.col - 1, length = strlen(here->name);
                const char *link = link_to(page, &here->to);
                if (here->at.line < number || !link || at < done || at + length > line.length ||
                    memcmp(line.bytes + at, here->name, length) != 0)
                        continue;
                put_html(page->out, arena_strndup(page->arena, line.bytes + done, at - done));
                out_text(page->out, "<a href=\"");
                put_html(page->out, link);
                out_text(page->out, "\">");
                put_html(page->out, here->name);
                out_text(page->out, "</a>");
                done = at + length;
        }
        put_html(page->out, arena_strndup(page->arena, line.bytes + done, line.length - done));
}

static void put_line(const struct gilmap_page *page, struct line line, uint32_t number, int *call)
{
        int state =
            number <= page->file->nlines && page->file->states[number] ? page->file->states[number] - 1 : -1;
        /* most of a page are these: no more bytes than it takes */
        char digits[16];
        snprintf(digits, sizeof digits, "%u", number);
        out_text(page->out, "<div class=\"l");
        out_text(page->out, state >= 0 ? " " : "");
        out_text(page->out, state >= 0 ? classes[state] : "");
        out_text(page->out, "\" id=L");
        out_text(page->out, digits);
        out_text(page->out, "><a href=#L");
        out_text(page->out, digits);
        out_text(page->out, ">");
        out_text(page->out, digits);
        out_text(page->out, "</a><b>");
        out_char(page->out, state >= 0 ? map_letter((enum lock_column)state) : ' ');
        out_text(page->out, "</b><code>");
        put_code(page, line, number, call);
        out_text(page->out, "</code></div>\n");
}

/* --- what stands below a line ------------------------------------------------------------------ */

struct story {
        VEC(const struct step *) steps; /* from the first one */
        VEC(uint64_t) hashes;           /* of the steps up to each */
};

static struct story story_of(struct arena *arena, const struct step *last)
{
        struct story story = {0};
        uint64_t hash = 0;
        for (const struct step *step = last; step; step = step->because)
                VEC_PUSH(arena, &story.steps, step);
        for (int i = 0, j = story.steps.n - 1; i < j; i++, j--) {
                const struct step *other = story.steps.at[i];
                story.steps.at[i] = story.steps.at[j];
                story.steps.at[j] = other;
        }
        for (int i = 0; i < story.steps.n; i++) {
                const struct step *step = story.steps.at[i];
                uint64_t place = hash_pair(MAP_KEY(step->at.file), step->at.line);
                hash = hash_pair(hash, hash_pair(place, hash_bytes(step->said, strlen(step->said))));
                VEC_PUSH(arena, &story.hashes, hash ? hash : 1);
        }
        return story;
}

/* The steps of a story. How it begins is told once on a page, a line that begins so too leads there. */
static void put_story(const struct gilmap_page *page, const struct step *last, uint32_t line)
{
        struct story story = story_of(page->arena, last);
        int told = story.steps.n;
        uintptr_t before = 0;
        while (told > 0 && !(before = (uintptr_t)map_get(page->told, story.hashes.at[told - 1])))
                told--;
        if (told)
                out_format(page->out, "<p>steps 1 to %d: as at <a href=#L%u>line %u</a></p>", told,
                           (unsigned)before, (unsigned)before);
        out_format(page->out, "<ol start=%d>\n", told + 1);
        for (int i = told; i < story.steps.n; i++) {
                put_step(page, story.steps.at[i]);
                *map_at(page->told, story.hashes.at[i]) = (void *)(uintptr_t)line;
        }
        out_text(page->out, "</ol>");
}

static void put_reason(const struct gilmap_page *page, const struct map_reason *reason)
{
        out_format(page->out, "<div class=\"why %s\">", classes[reason->state]);
        if (reason->why && reason->why->because) {
                out_format(page->out, "<details><summary>%s: ", map_state_text(reason->state));
                put_html(page->out, reason->why->said);
                out_text(page->out, "</summary>");
                put_story(page, reason->why, reason->line);
                out_text(page->out, "</details>");
        } else {
                out_text(page->out, map_state_text(reason->state));
                out_text(page->out, reason->why ? ": " : "");
                put_html(page->out, reason->why ? reason->why->said : "");
        }
        out_text(page->out, "</div>\n");
}

static void put_finding(const struct gilmap_page *page, const struct finding *finding)
{
        out_format(page->out, "<div class=\"finding\"><strong>%s %s</strong> ", finding->rule->code,
                   level_name(finding->rule->level));
        put_html(page->out, finding->said);
        if (finding->because) {
                out_text(page->out, "<ol>\n");
                put_steps(page, finding->because);
                out_text(page->out, "</ol>\n");
        }
        out_text(page->out, "</div>\n");
}

static void put_mark(const struct gilmap_page *page, const struct map_mark *mark)
{
        if (!mark->step || !mark->next) {
                put_finding(page, mark->finding);
                return;
        }
        const char *next = link_to(page, &mark->next->at);
        out_format(page->out,
                   "<div class=\"step\"><strong>%s</strong> step %d of %d: ", mark->finding->rule->code,
                   mark->number, mark->of);
        put_html(page->out, mark->step->said);
        if (next) {
                out_text(page->out, " <a class=\"next\" href=\"");
                put_html(page->out, next);
                out_text(page->out, "\">next step</a>");
        }
        out_text(page->out, "</div>\n");
}

void gilmap_source_write(const struct gilmap_page *page)
{
        const struct source *source = page->source;
        struct map_marks marks = {0};
        int reason = 0, mark = 0, call = 0;
        gilmap_marks(page->arena, page->report, page->file->path, &marks);
        put_functions(page);
        if (!source->bytes) {
                out_text(page->out, "<p>The source cannot be shown: it changed, or it cannot be read.</p>\n");
                return;
        }
        out_text(page->out,
                 "<div class=\"wide source\" tabindex=\"0\" role=\"region\" aria-label=\"source\">\n");
        for (uint32_t i = 1; i <= (uint32_t)source->nlines; i++) {
                struct line line = source_line(source, i);
                if (i == (uint32_t)source->nlines && !line.length)
                        break;
                put_line(page, line, i, &call);
                for (; reason < page->file->reasons.n && page->file->reasons.at[reason].line == i; reason++)
                        put_reason(page, &page->file->reasons.at[reason]);
                for (; mark < marks.list.n && marks.list.at[mark].line == i; mark++)
                        put_mark(page, &marks.list.at[mark]);
        }
        out_text(page->out, "</div>\n");
}
