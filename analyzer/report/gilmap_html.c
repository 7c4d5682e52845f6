/*
 * gilmap_html.c: the map as static pages: an index with a bar for every file,
 * a page for every file, one style sheet. No script, no request to anywhere.
 */
#include "report/gilmap.h"

#include "base/crew.h"
#include "base/file.h"
#include "report/html.h"
#include "report/source.h"
#include "report/view.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static const char *const classes[LOCK_COLUMNS] = {"held", "released", "either", "assumed", "unknown", "none"};

/* The name of a page has no folders: "src~buf.c.html". */
static const char *page_name(struct arena *arena, const char *path)
{
        struct out out = {.arena = arena};
        for (; *path; path++) {
                bool plain = (*path >= 'a' && *path <= 'z') || (*path >= 'A' && *path <= 'Z') ||
                             (*path >= '0' && *path <= '9') || strchr("._-", *path);
                if (*path == '/')
                        out_char(&out, '~');
                else if (plain)
                        out_char(&out, *path);
                else
                        out_format(&out, "=%02x", (unsigned char)*path);
        }
        out_text(&out, ".html");
        return out_string(&out);
}

const char *gilmap_page(struct arena *arena, const struct gilmap *map, const char *path)
{
        int low = 0, high = map->files.n;
        while (low < high) {
                int middle = (low + high) / 2, order = strcmp(map->files.at[middle]->path, path);
                if (!order)
                        return page_name(arena, path);
                if (order < 0)
                        low = middle + 1;
                else
                        high = middle;
        }
        return "";
}

static const char *style(void)
{
        return ".legend{display:flex;flex-wrap:wrap;gap:.5rem;padding:0;list-style:none}\n"
               ".legend li{padding:.1rem .5rem;border-radius:3px}\n"
               ".held{background:var(--held)}.released{background:var(--released)}.either{background:var(--"
               "either)}"
               ".assumed{background:var(--assumed)}.unknown{background:var(--unknown)}.none{background:var(--"
               "none)}\n"
               ".legend .held,.l.held b,.why.held{color:var(--held-ink)}"
               ".legend .released,.l.released b,.why.released{color:var(--released-ink)}"
               ".legend .either,.l.either b,.why.either{color:var(--either-ink)}"
               ".legend .assumed,.l.assumed b,.why.assumed{color:var(--assumed-ink)}"
               ".legend .unknown,.l.unknown b,.why.unknown{color:var(--unknown-ink)}"
               ".legend .none,.l.none b,.why.none{color:var(--none-ink)}\n"
               ".stack{display:flex;height:.9rem;min-width:8rem;border:1px solid "
               "var(--line);border-radius:2px;"
               "overflow:hidden}.stack span{display:block}\n"
               ".stack .held{background:var(--held-ink)}.stack .released{background:#d9534f}"
               ".stack .either{background:#e0a800}.stack .assumed{background:#5b8fd6}"
               ".stack .unknown{background:#9a5bd6}.stack .none{background:#8a8f98}\n"
               ".source{border:1px solid var(--line);border-radius:4px;padding:.25rem 0;margin:1rem 0}\n"
               ".l{display:flex;white-space:pre;font:.8125rem/1.45 "
               "ui-monospace,monospace;min-width:max-content}\n"
               ".l code{font:inherit;padding-right:1rem;tab-size:8}\n"
               ".l>a"
               "{color:var(--soft);width:3.5rem;padding-right:.5rem;text-align:right;text-decoration:none;"
               "user-select:none;flex:none;background:var(--page)}\n"
               ".l b{width:1.5rem;text-align:center;flex:none}\n"
               ".l code a{color:inherit;text-decoration-color:var(--soft)}\n"
               ".l:target{outline:2px solid var(--link);outline-offset:-2px}\n"
               ".why,.step,.finding{font-size:.8125rem;padding:.1rem .75rem .1rem 5rem;max-width:100%;"
               "position:sticky;left:0;overflow-wrap:anywhere}\n"
               ".step{border-left:4px solid #e0a800;background:var(--panel)}\n"
               ".finding{border-left:4px solid #d9534f;background:var(--panel)}\n"
               "ol{margin:.25rem 0;padding-left:1.5rem}details p{margin:.25rem 0}\n"
               "@media(max-width:40rem){body{padding:.5rem}.l>a{width:2.5rem;padding-right:.25rem}"
               ".l b{width:1.1rem}.why,.step,.finding{padding-left:1rem}"
               "td.optional,th.optional{display:none}td,th{padding-left:.3rem;padding-right:.3rem}"
               ".stack{min-width:4rem}}\n"
               "@media print{.l{white-space:pre-wrap;min-width:0;break-inside:avoid}"
               ".held,.released,.either,.assumed,.unknown,.none{print-color-adjust:exact}.functions{display:"
               "none}}\n";
}

static void put_legend(struct out *out, const int *counts)
{
        out_text(out, "<ul class=\"legend\" aria-label=\"states\">\n");
        for (int i = 0; i < LOCK_COLUMNS; i++)
                if (counts[i])
                        out_format(out, "<li class=\"%s\"><b>%c</b> %s: %d lines</li>\n", classes[i],
                                   map_letter((enum lock_column)i), map_state_text((enum lock_column)i),
                                   counts[i]);
        out_text(out, "</ul>\n");
}

static int lines_of(const int *counts)
{
        int sum = 0;
        for (int i = 0; i < LOCK_COLUMNS; i++)
                sum += counts[i];
        return sum;
}

/* --- the index ---------------------------------------------------------------------------- */

static void put_bar(struct out *out, const int *counts)
{
        int sum = lines_of(counts);
        out_text(out, "<span class=\"stack\" role=\"img\" aria-label=\"");
        for (int i = 0, any = 0; i < LOCK_COLUMNS; i++)
                if (counts[i])
                        out_format(out, "%s%s %d", any++ ? ", " : "", lock_column_name((enum lock_column)i),
                                   counts[i]);
        out_text(out, "\">");
        for (int i = 0; i < LOCK_COLUMNS && sum; i++)
                if (counts[i])
                        out_format(out, "<span class=\"%s\" style=\"width:%.2f%%\"></span>", classes[i],
                                   100.0 * counts[i] / sum);
        out_text(out, "</span>");
}

static int findings_in(const struct report *report, sym file)
{
        int n = 0;
        for (int i = 0; i < report->found->list.n; i++)
                n += report->found->list.at[i]->at.file == file && finding_shown(report->found->list.at[i]);
        return n;
}

static void put_file(const struct report *report, const struct map_file *file, struct out *out)
{
        out_format(out, "<tr><td><a href=\"%s\">", page_name(report->arena, file->path));
        put_html(out, file->path);
        out_text(out, "</a></td><td>");
        put_bar(out, file->counts);
        out_text(out, "</td>");
        for (int i = 0; i < LOCK_COLUMNS; i++) {
                out_format(out, "<td class=\"n%s\">", i == LOCK_RELEASED ? "" : " optional");
                if (file->counts[i])
                        out_long(out, file->counts[i]);
                out_text(out, "</td>");
        }
        out_format(out, "<td class=\"n\">%d</td></tr>\n", findings_in(report, file->path));
}

static void put_index(const struct report *report, const struct gilmap *map, struct out *out)
{
        int lines = lines_of(map->counts), found = report_count(report, LEVEL_NOTE);
        page_begin(out, "GIL map", "");
        out_format(out, "<main>\n<h1>GIL map</h1>\n<p>%d file%s, %d line%s of functions, %d finding%s.</p>\n",
                   map->files.n, plural(map->files.n), lines, plural(lines), found, plural(found));
        put_legend(out, map->counts);
        out_text(out, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"files\"><table>\n"
                      "<thead><tr><th scope=\"col\">file</th><th scope=\"col\">lines by state</th>");
        for (int i = 0; i < LOCK_COLUMNS; i++)
                out_format(out, "<th scope=\"col\" class=\"n%s\">%s</th>",
                           i == LOCK_RELEASED ? "" : " optional", lock_column_name((enum lock_column)i));
        out_text(out, "<th scope=\"col\" class=\"n\">findings</th></tr></thead>\n<tbody>\n");
        for (int i = 0; i < map->files.n; i++)
                put_file(report, map->files.at[i], out);
        out_text(out, "</tbody></table></div>\n</main>\n");
        page_end(out);
}

/* --- writing --------------------------------------------------------------------------------- */

struct writing {
        const struct report *report;
        const struct gilmap *map;
        const struct source **sources; /* opened beforehand: the report's own memory has no lock */
        const char *dir;
        struct arena **arenas; /* per worker */
        const char **errors;   /* per file, NULL where none */
};

static void write_file(void *data, int worker, int item)
{
        const struct writing *writing = data;
        const struct map_file *file = writing->map->files.at[item];
        struct arena *scratch = arena_new();
        struct out out = {.arena = scratch};
        struct map told;
        struct gilmap_page page = {writing->report, writing->map, file, writing->sources[item],
                                   scratch,         &out,         &told};
        map_init(&told, scratch);
        page_begin(&out, arena_printf(scratch, "%s - GIL map", file->path), "");
        out_text(&out, "<nav><a href=\"index.html\">GIL map</a></nav>\n<main>\n<h1>");
        put_html(&out, file->path);
        out_text(&out, "</h1>\n");
        put_legend(&out, file->counts);
        gilmap_source_write(&page);
        out_text(&out, "</main>\n");
        page_end(&out);
        const char *wrong = NULL;
        if (!html_write(scratch, writing->dir, page_name(scratch, file->path), &out, &wrong))
                writing->errors[item] = arena_printf(writing->arenas[worker], "%s", wrong);
        arena_drop(scratch);
}

static bool write_files(const struct report *report, const struct gilmap *map, const char *dir, int threads,
                        const char **error)
{
        struct arena *arena = report->arena;
        struct writing writing = {.report = report, .map = map, .dir = dir};
        int n = map->files.n, workers = crew_size(threads, n);
        writing.sources = NEW_ARRAY(arena, const struct source *, n + 1);
        writing.errors = NEW_ARRAY(arena, const char *, n + 1);
        writing.arenas = NEW_ARRAY(arena, struct arena *, workers);
        for (int i = 0; i < workers; i++)
                writing.arenas[i] = arena_child(arena);
        for (int i = 0; i < n; i++)
                writing.sources[i] = source_of(report, map->files.at[i]->path);
        crew_run(threads, n, write_file, &writing);
        for (int i = 0; i < n; i++)
                if (writing.errors[i]) {
                        *error = writing.errors[i];
                        return false;
                }
        return true;
}

bool gilmap_html(const struct report *report, const struct gilmap *map, const char *dir, int threads,
                 const char **error)
{
        struct out index = {.arena = report->arena}, sheet = {.arena = report->arena};
        if (mkdir(dir, 0777) < 0 && errno != EEXIST) {
                *error = arena_printf(report->arena, "cannot make folder '%s': %s", dir, strerror(errno));
                return false;
        }
        out_text(&sheet, page_style());
        out_text(&sheet, style());
        if (!html_write(report->arena, dir, "style.css", &sheet, error))
                return false;
        if (!write_files(report, map, dir, threads, error))
                return false;
        put_index(report, map, &index);
        return html_write(report->arena, dir, "index.html", &index, error);
}
