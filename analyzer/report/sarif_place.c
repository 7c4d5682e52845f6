/*
 * sarif_place.c: locations, regions and URIs of a SARIF log. Comes in: byte
 * columns. Goes out: UTF-16 columns, counted in the source itself; without the
 * source the byte column stands, which is the same wherever text is ASCII.
 */
#include "report/sarif.h"

#include "report/source.h"
#include "report/uri.h"
#include "report/view.h"

#include <string.h>

const char *sarif_escape(struct arena *arena, const char *text)
{
        struct out out = {.arena = arena};
        /* only "](" makes a link; elsewhere a backslash would be seen by readers that do not unescape */
        if (!strstr(text, "]("))
                return text;
        for (; *text; text++) {
                if (*text == '[' || *text == ']' || *text == '\\')
                        out_char(&out, '\\');
                out_char(&out, *text);
        }
        return out_string(&out);
}

void sarif_message(struct sarif *sarif, const char *key, const char *text)
{
        json_open(&sarif->json, key, '{');
        json_text(&sarif->json, "text", text);
        json_close(&sarif->json);
}

void sarif_artifact(struct sarif *sarif, sym file)
{
        json_open(&sarif->json, "artifactLocation", '{');
        json_text(&sarif->json, "uri", uri_of(sarif->arena, file));
        json_text(&sarif->json, "uriBaseId", "%SRCROOT%");
        json_close(&sarif->json);
}

static void region_numbers(struct sarif *sarif, const struct source *source, struct where at)
{
        struct json *json = &sarif->json;
        json_number(json, "startLine", at.line);
        json_number(json, "startColumn", source_utf16(source, at.line, at.col));
        json_number(json, "endLine", at.end_line);
        json_number(json, "endColumn", source_utf16(source, at.end_line, at.end_col));
}

void sarif_region(struct sarif *sarif, const char *key, struct where at)
{
        const struct source *source = source_of(sarif->report, at.file);
        if (!at.end_line) {
                at.end_line = at.line;
                at.end_col = at.col;
        }
        json_open(&sarif->json, key, '{');
        region_numbers(sarif, source, at);
        json_close(&sarif->json);
}

static void snippet(struct sarif *sarif, const char *from, size_t length)
{
        json_open(&sarif->json, "snippet", '{');
        json_text_bytes(&sarif->json, "text", from, length);
        json_close(&sarif->json);
}

/* The lines around. A file of one line has them only if AT, on it, is less than the line: more is asked of
 * them. */
static void context_region(struct sarif *sarif, const struct source *source, struct where at)
{
        uint32_t last = (uint32_t)source->nlines;
        if (last > 1 && !source_line(source, last).length)
                last--;
        uint32_t from = at.line > 1 ? at.line - 1 : 1, to = at.line < last ? at.line + 1 : last;
        if (from >= to && at.end_col - at.col >= source_line(source, at.line).length)
                return;
        json_open(&sarif->json, "contextRegion", '{');
        json_number(&sarif->json, "startLine", from);
        json_number(&sarif->json, "endLine", to);
        snippet(sarif, source->bytes + source->lines[from - 1], source->lines[to] - source->lines[from - 1]);
        json_close(&sarif->json);
}

static void physical_location(struct sarif *sarif, struct where at, bool text)
{
        struct json *json = &sarif->json;
        const struct source *source = source_of(sarif->report, at.file);
        struct line line = source_line(source, at.line);
        bool inside = source->bytes && at.line >= 1 && at.line <= (uint32_t)source->nlines;
        at = source_clip(source, at);
        json_open(json, "physicalLocation", '{');
        sarif_artifact(sarif, at.file);
        json_open(json, "region", '{');
        region_numbers(sarif, source, at);
        if (text && inside && at.col <= line.length)
                snippet(sarif, line.bytes + at.col - 1, at.end_col - at.col);
        json_close(json);
        if (text && inside)
                context_region(sarif, source, at);
        json_close(json);
}

void sarif_location(struct sarif *sarif, const char *key, struct where at, const char *name, const char *said,
                    int id, bool text)
{
        struct json *json = &sarif->json;
        json_open(json, key, '{');
        if (id >= 0)
                json_number(json, "id", id);
        physical_location(sarif, at, text);
        json_open(json, "logicalLocations", '[');
        json_open(json, NULL, '{');
        json_text(json, "name", name);
        json_close(json);
        json_close(json);
        if (said)
                sarif_message(sarif, "message", sarif_escape(sarif->arena, sentence_of(sarif->arena, said)));
        json_close(json);
}
