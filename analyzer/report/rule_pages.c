/*
 * rule_pages.c: the documentation of the rules as pages, see html.h. Comes in:
 * rules, whose text is the one that 'explain' and SARIF show. Of Markdown it
 * knows what the rules use: headings, paragraphs, `code`, fences.
 */
#include "report/html.h"

#include "base/file.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* A line of prose; what stands between backquotes is code. */
static void put_prose(struct out *out, const char *at, const char *end)
{
        bool code = false;
        while (at < end) {
                const char *mark = memchr(at, '`', (size_t)(end - at)), *stop = mark ? mark : end;
                html_bytes(out, at, (size_t)(stop - at));
                if (mark)
                        out_text(out, code ? "</code>" : "<code>");
                code ^= mark != NULL;
                at = mark ? mark + 1 : end;
        }
        out_text(out, code ? "</code>\n" : "\n");
}

/* Inside of which element the lines are. */
enum inside { INSIDE_NOTHING, INSIDE_PARAGRAPH, INSIDE_CODE };

static enum inside change(struct out *out, enum inside from, enum inside to)
{
        static const char *const opens[] = {"", "<p>", "<div class=\"source\"><pre>"};
        static const char *const closes[] = {"", "</p>\n", "</pre></div>\n"};
        if (from != to) {
                out_text(out, closes[from]);
                out_text(out, opens[to]);
        }
        return to;
}

static void put_markdown(struct out *out, const char *text)
{
        enum inside inside = INSIDE_NOTHING;
        while (*text) {
                const char *end = strchrnul(text, '\n');
                if (!strncmp(text, "```", 3)) {
                        inside = change(out, inside, inside == INSIDE_CODE ? INSIDE_NOTHING : INSIDE_CODE);
                } else if (inside == INSIDE_CODE) {
                        html_bytes(out, text, (size_t)(end - text));
                        out_char(out, '\n');
                } else if (!strncmp(text, "## ", 3)) {
                        inside = change(out, inside, INSIDE_NOTHING);
                        out_text(out, "<h2>");
                        put_prose(out, text + 3, end);
                        out_text(out, "</h2>\n");
                } else if (end == text) {
                        inside = change(out, inside, INSIDE_NOTHING);
                } else {
                        inside = change(out, inside, INSIDE_PARAGRAPH);
                        put_prose(out, text, end);
                }
                text = *end ? end + 1 : end;
        }
        change(out, inside, INSIDE_NOTHING);
}

static void put_text(struct out *out, const char *text)
{
        html_bytes(out, text, strlen(text));
}

static void put_rule(struct arena *arena, const struct rule *rule, struct out *out)
{
        html_head(out, arena_printf(arena, "%s %s", rule->code, rule->name));
        out_format(out, "<p><a href=\"index.html\">All rules</a></p>\n<h1>%s %s: ", rule->code, rule->name);
        put_text(out, rule->title);
        out_format(out, "</h1>\n<p class=\"state\">%s, category %s%s</p>\n", level_name(rule->level),
                   category_name(rule->category), rule->off ? ", off by default" : "");
        put_markdown(out, rule_markdown(arena, rule));
        out_text(out, "<h2>How to suppress it</h2>\n");
        if (rule->check)
                out_format(out,
                           "<div class=\"source\"><pre>/* pymemlint: ignore[%s] why it is right here */\n"
                           "</pre></div>\n",
                           rule->name);
        else
                out_format(out, "<p><code>--ignore %s</code>; a comment does not.</p>\n", rule->code);
        html_foot(out);
}

static void put_list(const struct rule *const *rules, struct out *out)
{
        html_head(out, "Rules");
        out_text(out, "<h1>Rules</h1>\n<table>\n<tr><th>code</th><th>name</th><th>category</th>"
                      "<th>level</th><th>what it finds</th></tr>\n");
        for (; *rules; rules++) {
                const struct rule *rule = *rules;
                out_format(out,
                           "<tr><td>%s</td><td><a href=\"%s.html\">%s</a></td><td>%s</td><td>%s%s</td><td>",
                           rule->code, rule->name, rule->name, category_name(rule->category),
                           level_name(rule->level), rule->off ? ", off by default" : "");
                put_text(out, rule->title);
                out_text(out, "</td></tr>\n");
        }
        out_text(out, "</table>\n");
        html_foot(out);
}

static bool put_file(struct arena *arena, const char *dir, const char *name, struct out *out,
                     const char **error)
{
        const char *path = path_join(arena, dir, name);
        bool good = file_write(path, out->bytes, out->length, 0644);
        if (!good)
                *error = arena_printf(arena, "cannot write '%s': %s", path, strerror(errno));
        return good;
}

bool html_rules(struct arena *arena, const struct rule *const *rules, const char *dir, const char **error)
{
        struct out list = {.arena = arena}, style = {.arena = arena};
        if (mkdir(dir, 0777) && errno != EEXIST) {
                *error = arena_printf(arena, "cannot make the folder '%s': %s", dir, strerror(errno));
                return false;
        }
        put_list(rules, &list);
        html_style(&style);
        bool good = put_file(arena, dir, "index.html", &list, error) &&
                    put_file(arena, dir, "style.css", &style, error);
        for (int i = 0; rules[i] && good; i++) {
                struct out page = {.arena = arena};
                put_rule(arena, rules[i], &page);
                good = put_file(arena, dir, arena_printf(arena, "%s.html", rules[i]->name), &page, error);
        }
        return good;
}
