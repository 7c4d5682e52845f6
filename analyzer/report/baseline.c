/*
 * baseline.c: the file of findings that are known and accepted. Comes in: JSON
 * that anybody may have written. Goes out: the same form, sorted, one entry a
 * line, so that it merges well. Matching is done in settle.c.
 */
#include "report/json_write.h"
#include "report/view.h"

#include "base/file.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define BASELINE_LIMIT ((size_t)64 << 20)
#define BASELINE_FORMAT 1

static const char *copy_of(struct arena *arena, const char *text)
{
        return arena_strndup(arena, text, strlen(text));
}

/* Where reading is in the text, to tell lines without going back. */
struct cursor {
        const char *at;
        int line;
};

/* The line of the next mention of HASH; 0, and no move, when there is none further on. */
static int line_of(struct cursor *cursor, const char *hash)
{
        const char *found = strstr(cursor->at, hash);
        for (; found && cursor->at < found; cursor->at++)
                cursor->line += *cursor->at == '\n';
        return found ? cursor->line : 0;
}

static bool read_entry(struct arena *arena, const json_t *json, struct baseline_entry *entry)
{
        const struct {
                const char *key, **value;
                bool needed;
        } members[] = {{"hash", &entry->hash, true},     {"rule", &entry->rule, true},
                       {"file", &entry->file, true},     {"function", &entry->func, false},
                       {"message", &entry->said, false}, {"reason", &entry->reason, false}};
        if (!json_is_object(json))
                return false;
        for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
                const json_t *value = json_object_get(json, members[i].key);
                if (value ? !json_is_string(value) : members[i].needed)
                        return false;
                *members[i].value = value ? copy_of(arena, json_string_value(value)) : "";
        }
        return strchr(entry->hash, ':') != NULL;
}

static const char *read_entries(struct baseline *baseline, const json_t *root, const char *text)
{
        const json_t *version = json_object_get(root, "version"), *list = json_object_get(root, "findings");
        struct cursor cursor = {text, 1};
        bool in_order =
            true; /* a file whose hashes are written in other letters is searched once, not for each */
        if (!json_is_integer(version) || !json_is_array(list))
                return "it has no 'version' or no list of 'findings'";
        if (json_integer_value(version) != BASELINE_FORMAT)
                return "it was written by another version of the program";
        for (size_t i = 0; i < json_array_size(list); i++) {
                struct baseline_entry entry = {0};
                if (!read_entry(baseline->arena, json_array_get(list, i), &entry))
                        return arena_printf(baseline->arena,
                                            "finding %zu lacks a 'hash', 'rule' or 'file', or one is no text",
                                            i + 1);
                entry.line = in_order ? line_of(&cursor, entry.hash) : 0;
                in_order &= entry.line > 0;
                VEC_PUSH(baseline->arena, &baseline->entries, entry);
        }
        return NULL;
}

struct baseline *baseline_read(struct arena *arena, const char *path, const char **error)
{
        struct baseline *baseline = NEW(arena, struct baseline);
        struct text text;
        json_error_t where;
        baseline->arena = arena;
        baseline->path = path;
        if (!file_read(arena, path, BASELINE_LIMIT, &text)) {
                *error = arena_printf(arena, "cannot read baseline '%s': %s", path, strerror(errno));
                return NULL;
        }
        json_t *root = json_loadb(text.bytes, text.length, JSON_REJECT_DUPLICATES, &where);
        if (!root) {
                *error = arena_printf(arena, "baseline '%s' is not JSON: line %d, column %d: %s", path,
                                      where.line, where.column, where.text);
                return NULL;
        }
        const char *wrong = read_entries(baseline, root, text.bytes);
        json_decref(root);
        if (wrong)
                *error = arena_printf(arena, "'%s' is not a baseline: %s", path, wrong);
        return wrong ? NULL : baseline;
}

/* What is written of FINDING; REASON stays from before. */
static struct baseline_entry entry_of(const struct finding *finding, const char *reason)
{
        return (struct baseline_entry){.hash = finding->hash,
                                       .rule = finding->rule->code,
                                       .file = finding->at.file,
                                       .func = finding->func ? finding->func : "",
                                       .said = finding->said,
                                       .reason = reason,
                                       .found = finding};
}

static bool is_own_rule(const struct rule *rule)
{
        for (int i = 0; report_rules[i]; i++)
                if (report_rules[i] == rule)
                        return true;
        return false;
}

struct baseline *baseline_create(const struct report *report)
{
        struct baseline *baseline = NEW(report->arena, struct baseline);
        baseline->arena = report->arena;
        baseline->path = "";
        baseline_update(baseline, report);
        return baseline;
}

int baseline_prune(struct baseline *baseline, const struct report *report)
{
        int kept = 0, before = baseline->entries.n;
        for (int i = 0; i < before; i++)
                if (!baseline_stale(&baseline->entries.at[i], report))
                        baseline->entries.at[kept++] = baseline->entries.at[i];
        baseline->entries.n = kept;
        return before - kept;
}

int baseline_update(struct baseline *baseline, const struct report *report)
{
        int before = baseline->entries.n;
        for (int i = 0; i < before; i++) {
                struct baseline_entry *entry = &baseline->entries.at[i];
                if (entry->found && !entry->earlier)
                        *entry = entry_of(entry->found, entry->reason);
        }
        for (int i = 0; i < report->found->list.n; i++) {
                const struct finding *finding = report->found->list.at[i];
                if (finding_shown(finding) && !is_own_rule(finding->rule))
                        VEC_PUSH(baseline->arena, &baseline->entries, entry_of(finding, ""));
        }
        return baseline->entries.n - before;
}

static int compare_entries(const void *a, const void *b)
{
        const struct baseline_entry *x = a, *y = b;
        int order = strcmp(x->file, y->file);
        if (!order)
                order = strcmp(x->rule, y->rule);
        if (!order)
                order = strcmp(x->func, y->func);
        return order ? order : strcmp(x->hash, y->hash);
}

static void write_entry(struct out *out, const struct baseline_entry *entry)
{
        struct out line = {.arena = out->arena};
        struct json json = {.out = &line, .compact = true};
        json_open(&json, NULL, '{');
        json_text(&json, "hash", entry->hash);
        json_text(&json, "rule", entry->rule);
        json_text(&json, "file", entry->file);
        json_text(&json, "function", entry->func);
        json_text(&json, "message", entry->said);
        json_text(&json, "reason", entry->reason);
        json_close(&json);
        out_bytes(out, line.bytes, line.length - 1); /* without its line feed */
}

/* The entries that belong into the file, in order; those of an earlier run were only lent to this one. */
static int sorted_entries(struct arena *arena, const struct baseline *baseline,
                          struct baseline_entry **sorted)
{
        int n = 0;
        *sorted = NEW_ARRAY(arena, struct baseline_entry, baseline->entries.n + 1);
        for (int i = 0; i < baseline->entries.n; i++)
                if (!baseline->entries.at[i].earlier)
                        (*sorted)[n++] = baseline->entries.at[i];
        qsort(*sorted, (size_t)n, sizeof **sorted, compare_entries);
        return n;
}

void baseline_write(const struct baseline *baseline, struct out *out)
{
        struct baseline_entry *sorted;
        int n = sorted_entries(out->arena, baseline, &sorted);
        out_format(out, "{\n\"version\": %d,\n\"tool\": \"pymemlint\",\n\"findings\": [", BASELINE_FORMAT);
        for (int i = 0; i < n; i++) {
                out_text(out, i ? ",\n" : "\n");
                write_entry(out, &sorted[i]);
        }
        out_text(out, "\n]\n}\n");
}
