/* gilmap_json.c: the map as JSON, schema pymemlint-gilmap/1; see gilmap.h. */
#include "report/gilmap.h"

#include "report/tables.h"

static void put_counts(struct json *json, const int *counts)
{
        json_open(json, "lines", '{');
        for (int i = 0; i < LOCK_COLUMNS; i++)
                json_number(json, lock_column_name((enum lock_column)i), counts[i]);
        json_close(json);
}

/* Stretches of lines of one state. */
static void put_ranges(struct json *json, const struct map_file *file)
{
        json_open(json, "ranges", '[');
        for (uint32_t first = 1, next; first <= file->nlines; first = next) {
                for (next = first + 1; next <= file->nlines && file->states[next] == file->states[first];)
                        next++;
                if (!file->states[first])
                        continue;
                json_open(json, NULL, '{');
                json_number(json, "first", first);
                json_number(json, "last", next - 1);
                json_text(json, "gil", lock_column_name((enum lock_column)(file->states[first] - 1)));
                json_close(json);
        }
        json_close(json);
}

static void put_reasons(struct json *json, const struct map_file *file)
{
        json_open(json, "changes", '[');
        for (int i = 0; i < file->reasons.n; i++) {
                const struct map_reason *reason = &file->reasons.at[i];
                json_open(json, NULL, '{');
                json_number(json, "line", reason->line);
                json_text(json, "gil", lock_column_name(reason->state));
                json_steps(json, "because", reason->why);
                json_close(json);
        }
        json_close(json);
}

static void put_functions(struct json *json, const struct map_file *file)
{
        json_open(json, "functions", '[');
        for (int i = 0; i < file->functions.n; i++) {
                const struct map_function *function = &file->functions.at[i];
                json_open(json, NULL, '{');
                json_text(json, "name", function->name);
                json_where(json, &function->at);
                json_open(json, "callers", '[');
                for (int c = 0; c < function->callers.n; c++) {
                        json_open(json, NULL, '{');
                        json_text(json, "name", function->callers.at[c].name);
                        json_where(json, &function->callers.at[c].at);
                        json_close(json);
                }
                json_close(json);
                json_close(json);
        }
        json_close(json);
}

void gilmap_json(const struct gilmap *map, const char *version, struct out *out)
{
        struct json json = {.out = out};
        json_open(&json, NULL, '{');
        json_text(&json, "schema", "pymemlint-gilmap/1");
        json_text(&json, "version", version);
        put_counts(&json, map->counts);
        json_open(&json, "files", '[');
        for (int i = 0; i < map->files.n; i++) {
                const struct map_file *file = map->files.at[i];
                json_open(&json, NULL, '{');
                json_text(&json, "path", file->path);
                put_counts(&json, file->counts);
                put_ranges(&json, file);
                put_reasons(&json, file);
                put_functions(&json, file);
                json_close(&json);
        }
        json_close(&json);
        json_close(&json);
}
