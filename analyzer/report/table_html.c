/*
 * table_html.c: documents as one static page, and the frame and style that all
 * pages share: no script, no request to anywhere, light and dark by the
 * reader's setting, readable on a narrow screen and on paper.
 */
#include "report/table.h"

#include "report/source.h"

#include <stdlib.h>
#include <string.h>

void put_html(struct out *out, const char *text)
{
        for (const char *end = text + strlen(text); text < end;) {
                uint32_t c = utf8_next(&text, end);
                const char *entity = c == '&'   ? "&amp;"
                                     : c == '<' ? "&lt;"
                                     : c == '>' ? "&gt;"
                                     : c == '"' ? "&quot;"
                                                : NULL;
                if (entity)
                        out_text(out, entity);
                else if (c >= 0x20 || c == '\t' || c == '\n')
                        utf8_put(out, c);
        }
}

/*
 * Colours are chosen so that text on each of them has a contrast of at least
 * 4.5 in both themes; the test measures it in a browser.
 */
const char *page_style(void)
{
        return ":root{color-scheme:light dark;--ink:#1c1e21;--soft:#565c64;--page:#ffffff;--panel:#f4f5f7;"
               "--line:#d5d9de;--link:#0b57d0;--held:#dff3e3;--held-ink:#14532d;--released:#fde2dd;"
               "--released-ink:#7f1d1d;--either:#fdf0c8;--either-ink:#5c4003;--assumed:#e3eefc;"
               "--assumed-ink:#1e3a6e;--none:#ececef;--none-ink:#4a4f57;--unknown:#efe3fb;"
               "--unknown-ink:#4c1d80;--bar:#3f7fd9}\n"
               "@media screen and "
               "(prefers-color-scheme:dark){:root{--ink:#e7e9ec;--soft:#a6adb7;--page:#16181b;"
               "--panel:#1f2226;--line:#3a3f46;--link:#8ab4f8;--held:#12351f;--held-ink:#b7f0c6;"
               "--released:#47191a;--released-ink:#ffc9c2;--either:#3f3208;--either-ink:#ffe49a;"
               "--assumed:#172c4d;--assumed-ink:#c3dbff;--none:#2a2d32;--none-ink:#b6bcc5;"
               "--unknown:#32194d;--unknown-ink:#e2c8ff;--bar:#5b93e6}}\n"
               "*{box-sizing:border-box}\n"
               "body{margin:0 auto;max-width:80rem;padding:1rem;background:var(--page);color:var(--ink);"
               "font:16px/1.5 system-ui,sans-serif}\n"
               "h1{font-size:1.5rem;line-height:1.2;margin:.5rem 0;overflow-wrap:anywhere}\n"
               "h2{font-size:1.15rem;margin:2rem 0 .5rem}\n"
               "p{max-width:50rem}a{color:var(--link)}\n"
               "nav,.soft{color:var(--soft)}\n"
               "code,pre,.mono{font-family:ui-monospace,monospace;font-size:.875em}\n"
               ".wide{overflow-x:auto}\n"
               "table{border-collapse:collapse;min-width:100%}\n"
               "th,td{padding:.25rem .6rem;border-bottom:1px solid var(--line);text-align:left;"
               "vertical-align:top}\n"
               "th{background:var(--panel);font-weight:600}\n"
               "td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\n"
               "td.n,th.n{padding:.25rem}\n"
               "tr.total td{font-weight:600;border-top:2px solid var(--ink)}\n"
               "td.b{min-width:4.5rem}\n"
               ".bar{display:block;height:.5rem;background:var(--bar);border-radius:2px;margin-left:auto}\n"
               "li{margin:.25rem 0;overflow-wrap:anywhere}\n"
               "details{margin:.25rem 0}summary{cursor:pointer}\n"
               "@media print{:root{color-scheme:light}body{max-width:none;font-size:10pt}a{color:inherit}"
               "details::details-content{content-visibility:visible;display:block}}\n";
}

void page_begin(struct out *out, const char *title, const char *up)
{
        out_text(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>");
        put_html(out, title);
        out_text(out, "</title>\n<link rel=\"icon\" href=\"data:,\">\n");
        if (up)
                out_format(out, "<link rel=\"stylesheet\" href=\"%sstyle.css\">\n", up);
        else
                out_format(out, "<style>\n%s</style>\n", page_style());
        out_text(out, "</head>\n<body>\n");
}

void page_end(struct out *out)
{
        out_text(out, "</body>\n</html>\n");
}

/* --- documents --------------------------------------------------------------------- */

/* The greatest number of a column, the total left out. */
static long long greatest(const struct table *table, int column)
{
        long long most = 0;
        for (int r = 0; r < table->rows.n; r++) {
                const char *text = table->rows.at[r].cells[column];
                long long number = text && !table->rows.at[r].total ? atoll(text) : 0;
                most = number > most ? number : most;
        }
        return most;
}

static void put_cell(struct out *out, const struct table *table, const struct table_row *row, int column,
                     long long most)
{
        const struct table_column *head = &table->columns.at[column];
        const char *text = row->cells[column] ? row->cells[column] : "";
        out_format(out, "<td%s>", head->bar ? " class=\"n b\"" : head->number ? " class=\"n\"" : "");
        put_html(out, text);
        if (head->bar && most && !row->total)
                out_format(out, "<span class=\"bar\" style=\"width:%lld%%\"></span>",
                           atoll(text) * 100 / most);
        out_text(out, "</td>");
}

static void put_table(const struct document *document, const struct table *table, struct out *out)
{
        long long *most = NEW_ARRAY(document->arena, long long, table->columns.n + 1);
        out_text(out, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"");
        put_html(out, table->title);
        out_text(out, "\"><table>\n<thead><tr>");
        for (int c = 0; c < table->columns.n; c++) {
                most[c] = greatest(table, c);
                out_format(out, "<th scope=\"col\"%s>", table->columns.at[c].number ? " class=\"n\"" : "");
                put_html(out, table->columns.at[c].title);
                out_text(out, "</th>");
        }
        out_text(out, "</tr></thead>\n<tbody>\n");
        for (int r = 0; r < table->rows.n; r++) {
                out_text(out, table->rows.at[r].total ? "<tr class=\"total\">" : "<tr>");
                for (int c = 0; c < table->columns.n; c++)
                        put_cell(out, table, &table->rows.at[r], c, most[c]);
                out_text(out, "</tr>\n");
        }
        out_text(out, "</tbody></table></div>\n");
}

static void put_steps(struct out *out, const struct step *step)
{
        if (!step)
                return;
        put_steps(out, step->because);
        out_text(out, "<li><code>");
        put_html(out, step->at.file);
        out_format(out, ":%u</code> ", step->at.line);
        put_html(out, step->said);
        out_text(out, "</li>\n");
}

static void put_story(struct out *out, const struct table_story *story)
{
        out_text(out, "<li>");
        if (story->at.file) {
                out_text(out, "<code>");
                put_html(out, story->at.file);
                out_format(out, ":%u:%u</code> ", story->at.line, story->at.col);
        }
        put_html(out, story->said);
        for (int i = 0; i < story->because.n; i++) {
                out_text(out, "<ol>\n");
                put_steps(out, story->because.at[i]);
                out_text(out, "</ol>\n");
        }
        out_text(out, "</li>\n");
}

void table_html_write(const struct document *document, struct out *out)
{
        page_begin(out, document->title, NULL);
        out_text(out, "<main>\n<h1>");
        put_html(out, document->title);
        out_text(out, "</h1>\n");
        for (int i = 0; i < document->lead.n; i++) {
                out_text(out, "<p>");
                put_html(out, document->lead.at[i]);
                out_text(out, "</p>\n");
        }
        for (int i = 0; i < document->parts.n; i++) {
                const struct table *table = document->parts.at[i];
                out_text(out, "<h2>");
                put_html(out, table->title);
                out_text(out, "</h2>\n");
                if (table->note) {
                        out_text(out, "<p>");
                        put_html(out, table->note);
                        out_text(out, "</p>\n");
                }
                if (table->columns.n)
                        put_table(document, table, out);
                if (table->stories.n)
                        out_text(out, "<ul>\n");
                for (int s = 0; s < table->stories.n; s++)
                        put_story(out, &table->stories.at[s]);
                if (table->stories.n)
                        out_text(out, "</ul>\n");
        }
        out_text(out, "</main>\n");
        page_end(out);
}
