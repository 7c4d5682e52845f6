/*
 * html_page.c: the pages of an HTML report: a list of findings, and one page
 * for each with its path drawn into the sources. Comes in: what was read of a
 * log. No script is needed to read them, and nothing is loaded from elsewhere.
 */
#include "report/html.h"

#include "base/file.h"

#include <errno.h>
#include <string.h>

#define AROUND 4 /* lines shown before and behind a step */
#define LONGEST 400

void html_bytes(struct out *out, const char *text, size_t length)
{
        for (const char *end = text + length; text < end;) {
                uint32_t c = utf8_next(&text, end);
                if (c == '<' || c == '>' || c == '&' || c == '"' || c == '\'')
                        out_format(out, "&#%u;", c);
                else
                        utf8_put(out, (c < 0x20 && c != '\t' && c != '\n') || c == 0x7f ? REPLACEMENT : c);
        }
}

static void put_html(struct out *out, const char *text)
{
        html_bytes(out, text, strlen(text));
}

void html_style(struct out *out)
{
        out_text(
            out,
            "body { font: 15px/1.5 sans-serif; margin: 2em auto; max-width: 75em; padding: 0 1em; }\n"
            "h1 { font-size: 1.3em; } h2 { font-size: 1.05em; }\n"
            "table { border-collapse: collapse; width: 100%; }\n"
            "td, th { text-align: left; padding: .2em .6em; border-bottom: 1px solid #ddd; }\n"
            "pre { font: 13px/1.45 monospace; margin: 0; white-space: pre; tab-size: 8; }\n"
            ".source { border: 1px solid #ccc; overflow-x: auto; margin: .5em 0 1.5em; }\n"
            ".source pre { padding: 0 .5em; } .n { color: #767676; user-select: none; }\n"
            ".hit { background: #fff6d6; } mark { background: #ffdb70; }\n"
            ".step { background: #eef4ff; border-left: 4px solid #3566b8; margin: .2em 0 .2em 4em; padding: "
            ".1em .6em; }\n"
            ".fault { background: #ffecec; border-left-color: #b3261e; } .state { color: #555; }\n"
            ".gap { color: #767676; padding: 0 .5em; }\n"
            ".error { color: #b3261e; } .warning { color: #8a5a00; } .note { color: #1b5e8a; }\n"
            "@media screen and (prefers-color-scheme: dark) {\n"
            "body { background: #1c1c1e; color: #ddd; } a { color: #8ab4f8; }\n"
            ".hit { background: #3a3320; } mark { background: #6b5610; color: inherit; }\n"
            ".step { background: #202a3c; } .fault { background: #3c2020; }\n"
            ".error { color: #ff9a92; } .warning { color: #f0c060; } .note { color: #7cc0ee; } }\n");
}

void html_head(struct out *out, const char *title)
{
        out_text(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
        put_html(out, title);
        out_text(out, "</title>\n<link rel=\"stylesheet\" href=\"style.css\">\n</head>\n<body>\n");
}

bool html_write(struct arena *arena, const char *dir, const char *name, struct out *page, const char **error)
{
        const char *path = path_join(arena, dir, name);
        if (file_write(path, out_string(page), page->length, 0))
                return true;
        *error = arena_printf(arena, "cannot write '%s': %s", path, strerror(errno));
        return false;
}

void html_foot(struct out *out)
{
        out_text(out, "</body>\n</html>\n");
}

/* Only words that we know become the name of a class. */
static void put_level(struct out *out, const char *level)
{
        bool known = !strcmp(level, "error") || !strcmp(level, "warning") || !strcmp(level, "note");
        out_format(out, "<strong class=\"%s\">", known ? level : "note");
        put_html(out, level);
        out_text(out, "</strong>");
}

static void put_place(struct out *out, const struct html_place *at)
{
        put_html(out, *at->file ? at->file : "no file");
        if (at->line)
                out_format(out, ":%u", at->line);
}

static void index_row(struct html_log *log, int number, struct out *out)
{
        const struct html_finding *finding = &log->findings.at[number];
        out_format(out, "<tr><td><a href=\"finding-%d.html\">%d</a></td><td>", number + 1, number + 1);
        put_level(out, finding->level);
        out_text(out, "</td><td>");
        put_html(out, finding->rule);
        out_text(out, "</td><td>");
        put_place(out, &finding->at);
        out_text(out, "</td><td>");
        put_html(out, finding->at.name);
        out_text(out, "</td><td>");
        put_html(out, finding->said);
        out_text(out, "</td></tr>\n");
}

void html_index(struct html_log *log, struct out *out)
{
        html_head(out, "Findings");
        out_format(out, "<h1>%d finding%s</h1>\n<p>", log->findings.n, plural(log->findings.n));
        put_html(out, log->tool);
        out_text(out, "</p>\n");
        if (log->failed)
                out_text(
                    out,
                    "<p class=\"error\"><strong>The run was incomplete:</strong> what it did not look at "
                    "can hold more.</p>\n");
        if (log->notes.n)
                out_format(out, "<details><summary>%d note%s about the run</summary>\n<ul>\n", log->notes.n,
                           plural(log->notes.n));
        for (int i = 0; i < log->notes.n; i++) {
                out_text(out, "<li>");
                put_html(out, log->notes.at[i]);
                out_text(out, "</li>\n");
        }
        out_text(out, log->notes.n ? "</ul>\n</details>\n" : "");
        out_text(out, "<table>\n<tr><th></th><th>level</th><th>rule</th><th>place</th><th>in</th>"
                      "<th>message</th></tr>\n");
        for (int i = 0; i < log->findings.n; i++)
                index_row(log, i, out);
        out_text(out, "</table>\n");
        html_foot(out);
}

/* ---- a finding with its path ---- */

/* The path of a finding, its own place last; without one in the log, that place alone. */
struct drawn {
        const struct html_place **at;
        int n;
};

static struct drawn drawn_path(struct html_log *log, const struct html_finding *finding)
{
        struct drawn drawn = {NEW_ARRAY(log->arena, const struct html_place *, finding->steps.n + 1), 0};
        for (int i = 0; i < finding->steps.n; i++)
                drawn.at[drawn.n++] = &finding->steps.at[i];
        const struct html_place *last = drawn.n ? drawn.at[drawn.n - 1] : NULL;
        if (!last || last->line != finding->at.line || strcmp(last->file, finding->at.file))
                drawn.at[drawn.n++] = &finding->at;
        return drawn;
}

/* The byte offset in LINE of a column in UTF-16 units. */
static size_t offset_of(struct line line, uint32_t col)
{
        const char *at = line.bytes, *end = at + line.length;
        for (uint32_t units = 1; at < end && units < col;)
                units += utf8_next(&at, end) > 0xffff ? 2 : 1;
        return (size_t)(at - line.bytes);
}

/* Line NUMBER, the part that PLACE means marked. */
static void put_line(struct out *out, const struct source *source, uint32_t number,
                     const struct html_place *place)
{
        struct line line = source_line(source, number);
        size_t from = 0, to = 0;
        if (line.length > LONGEST)
                line.length = LONGEST;
        if (place) {
                from = offset_of(line, place->col ? place->col : 1);
                to = place->end_line == number && place->end_col ? offset_of(line, place->end_col)
                                                                 : line.length;
        }
        to = to < from ? from : to;
        out_format(out, "<pre%s><span class=\"n\">%6u </span>", place ? " class=\"hit\"" : "", number);
        html_bytes(out, line.bytes, from);
        out_text(out, to > from ? "<mark>" : "");
        html_bytes(out, line.bytes + from, to - from);
        out_text(out, to > from ? "</mark>" : "");
        html_bytes(out, line.bytes + to, line.length - to);
        out_text(out, "</pre>\n");
}

/* The box below a line: number, words, state, links to the steps before and behind. */
static void put_step(struct out *out, const struct drawn *path, int i, const char *said)
{
        const struct html_place *step = path->at[i];
        bool fault = i == path->n - 1;
        out_format(out, "<div class=\"step%s\" id=\"step-%d\">", fault ? " fault" : "", i + 1);
        if (i > 0)
                out_format(out, "<a href=\"#step-%d\">&larr; %d</a> ", i, i);
        out_format(out, "<strong>%d</strong> ", i + 1);
        put_html(out, *step->said ? step->said : said);
        if (*step->state) {
                out_text(out, " <span class=\"state\">[");
                put_html(out, step->state);
                out_text(out, "]</span>");
        }
        if (!fault)
                out_format(out, " <a href=\"#step-%d\">%d &rarr;</a>", i + 2, i + 2);
        out_text(out, "</div>\n");
}

/* The last step on line NUMBER of FILE, or NULL. */
static const struct html_place *step_on(const struct drawn *path, const char *file, uint32_t number)
{
        const struct html_place *found = NULL;
        for (int i = 0; i < path->n; i++)
                if (path->at[i]->line == number && !strcmp(path->at[i]->file, file))
                        found = path->at[i];
        return found;
}

/* The first line behind AFTER that lies around a step in FILE; 0: none. */
static uint32_t next_shown(const struct drawn *path, const char *file, uint32_t after)
{
        uint32_t next = 0;
        for (int i = 0; i < path->n; i++) {
                uint32_t line = path->at[i]->line, low = line > AROUND ? line - AROUND : 1;
                if (!line || strcmp(path->at[i]->file, file))
                        continue;
                if (low <= after)
                        low = after + 1;
                if (low <= line + AROUND && (!next || low < next))
                        next = low;
        }
        return next;
}

static void put_steps_on(struct out *out, const struct drawn *path, const char *file, uint32_t number,
                         const char *said)
{
        for (int i = 0; i < path->n; i++)
                if (path->at[i]->line == number && !strcmp(path->at[i]->file, file))
                        put_step(out, path, i, said);
}

/* A file that cannot be shown: the steps alone, with what the log brought of their lines. */
static void put_without_source(struct out *out, const struct drawn *path, const char *file, const char *said)
{
        for (int i = 0; i < path->n; i++) {
                if (strcmp(path->at[i]->file, file))
                        continue;
                if (*path->at[i]->snippet) {
                        out_format(out, "<pre class=\"hit\"><span class=\"n\">%6u </span>",
                                   path->at[i]->line);
                        put_html(out, path->at[i]->snippet);
                        out_text(out, "</pre>\n");
                }
                put_step(out, path, i, said);
        }
}

/* The lines around the steps in FILE, each once, with the steps below their lines. */
static void put_lines(struct html_log *log, struct out *out, const struct drawn *path, const char *file,
                      const char *said)
{
        const struct source *source = html_source(log, file);
        uint32_t before = 0, line = next_shown(path, file, 0);
        for (; line && line <= (uint32_t)source->nlines; line = next_shown(path, file, line)) {
                if (before && line != before + 1)
                        out_text(out, "<div class=\"gap\">&#8942;</div>\n");
                put_line(out, source, line, step_on(path, file, line));
                put_steps_on(out, path, file, line, said);
                before = line;
        }
}

/* A line that is not there means that the source is not the one of the log. */
static bool beyond_source(const struct drawn *path, const char *file, const struct source *source)
{
        for (int i = 0; i < path->n; i++)
                if (!strcmp(path->at[i]->file, file) &&
                    (!path->at[i]->line || path->at[i]->line > (uint32_t)source->nlines))
                        return true;
        return false;
}

static void put_file(struct html_log *log, struct out *out, const struct drawn *path, const char *file,
                     const char *said)
{
        const struct source *source = html_source(log, file);
        bool other = source->bytes && beyond_source(path, file, source);
        out_text(out, "<h2>");
        put_html(out, *file ? file : "no file");
        out_text(out, "</h2>\n");
        if (*file && (other || !source->bytes))
                out_format(out, "<p class=\"gap\">%s: what follows is what the log quotes of it.</p>\n",
                           other ? "The file below --tree is not the one that was analyzed"
                                 : "This file was not found below --tree");
        out_text(out, "<div class=\"source\">\n");
        if (other || !source->bytes)
                put_without_source(out, path, file, said);
        else
                put_lines(log, out, path, file, said);
        out_text(out, "</div>\n");
}

static void put_help(struct out *out, const struct html_finding *finding)
{
        bool web = !strncmp(finding->link, "https://", 8) || !strncmp(finding->link, "http://", 7);
        if (*finding->help) {
                out_text(out, "<details><summary>About this rule</summary>\n<pre>");
                put_html(out, finding->help);
                out_text(out, "</pre>\n</details>\n");
        }
        if (web) {
                out_text(out, "<p><a rel=\"noopener noreferrer\" href=\"");
                put_html(out, finding->link);
                out_text(out, "\">More about this rule</a></p>\n");
        }
}

static void put_related(struct out *out, const struct html_finding *finding)
{
        if (finding->related.n)
                out_text(out, "<h2>Related places</h2>\n<ul>\n");
        for (int i = 0; i < finding->related.n; i++) {
                out_text(out, "<li>");
                put_place(out, &finding->related.at[i]);
                out_text(out, ": ");
                put_html(out, finding->related.at[i].said);
                out_text(out, "</li>\n");
        }
        out_text(out, finding->related.n ? "</ul>\n" : "");
}

void html_finding_page(struct html_log *log, int number, struct out *out)
{
        const struct html_finding *finding = &log->findings.at[number];
        struct drawn path = drawn_path(log, finding);
        html_head(out, finding->said);
        out_text(out, "<p><a href=\"index.html\">All findings</a></p>\n<h1>");
        put_html(out, finding->said);
        out_text(out, "</h1>\n<p>");
        put_level(out, finding->level);
        out_text(out, " ");
        put_html(out, finding->rule);
        out_text(out, *finding->title ? ": " : "");
        put_html(out, finding->title);
        if (path.n > 1)
                out_format(out, " The path has %d steps: <a href=\"#step-1\">begin</a>.", path.n);
        out_text(out, "</p>\n");
        for (int i = 0; i < path.n; i++) {
                bool seen = false;
                for (int j = 0; j < i; j++)
                        seen |= !strcmp(path.at[j]->file, path.at[i]->file);
                if (!seen)
                        put_file(log, out, &path, path.at[i]->file, finding->said);
        }
        put_related(out, finding);
        put_help(out, finding);
        html_foot(out);
}
