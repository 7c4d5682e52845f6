/*
 * html_read.c: what pages need of a SARIF log, ours or another tool's. Comes
 * in: JSON that anybody may have written. Anything missing or of the wrong
 * kind reads as empty; sources are opened below the tree only.
 */
#include "report/html.h"

#include "base/file.h"
#include "base/hash.h"
#include "report/uri.h"

#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LOG_LIMIT ((size_t)512 << 20)

static const char *text_of(struct html_log *log, const json_t *value)
{
        const char *text = json_string_value(value);
        return text ? arena_strndup(log->arena, text, strlen(text)) : "";
}

/* The "text" of the message under KEY. */
static const char *message_of(struct html_log *log, const json_t *object, const char *key)
{
        return text_of(log, json_object_get(json_object_get(object, key), "text"));
}

/* A message without its links, "[text](1)", and without the backslashes that keep other brackets from being
 * one. */
static const char *unlinked(struct arena *arena, const char *text)
{
        struct out out = {.arena = arena};
        for (; *text; text++) {
                const char *end = *text == ']' && text[1] == '(' ? strchr(text, ')') : NULL;
                if (*text == '\\' && text[1] && strchr("[]\\", text[1]))
                        out_char(&out, *++text);
                else if (end)
                        text = end;
                else if (*text != '[' || !strstr(text, "]("))
                        out_char(&out, *text);
        }
        return out_string(&out);
}

static uint32_t number_of(const json_t *object, const char *key)
{
        json_int_t value = json_integer_value(json_object_get(object, key));
        return value > 0 && value < INT32_MAX ? (uint32_t)value : 0;
}

static struct html_place read_place(struct html_log *log, const json_t *location)
{
        const json_t *physical = json_object_get(location, "physicalLocation");
        const json_t *region = json_object_get(physical, "region");
        const json_t *logical = json_array_get(json_object_get(location, "logicalLocations"), 0);
        const char *uri = text_of(log, json_object_get(json_object_get(physical, "artifactLocation"), "uri"));
        struct html_place place = {.file = uri_path(log->arena, uri),
                                   .line = number_of(region, "startLine"),
                                   .col = number_of(region, "startColumn"),
                                   .end_line = number_of(region, "endLine"),
                                   .end_col = number_of(region, "endColumn"),
                                   .said = message_of(log, location, "message"),
                                   .name = text_of(log, json_object_get(logical, "name")),
                                   .snippet = message_of(log, region, "snippet"),
                                   .state = ""};
        if (!place.end_line)
                place.end_line = place.line;
        return place;
}

/* "gil: released" from whatever a step says of the state behind it. */
static const char *read_state(struct html_log *log, json_t *state)
{
        struct out out = {.arena = log->arena};
        const char *key;
        json_t *value;
        json_object_foreach(state, key, value) out_format(&out, "%s%s: %s", out.length ? ", " : "", key,
                                                          text_of(log, json_object_get(value, "text")));
        return out_string(&out);
}

static void read_flow(struct html_log *log, struct html_finding *finding, const json_t *result)
{
        json_t *flow = json_array_get(json_object_get(result, "codeFlows"), 0);
        json_t *thread = json_array_get(json_object_get(flow, "threadFlows"), 0), *step, *related;
        size_t i;
        json_array_foreach(json_object_get(thread, "locations"), i, step)
        {
                struct html_place place = read_place(log, json_object_get(step, "location"));
                place.state = read_state(log, json_object_get(step, "state"));
                VEC_PUSH(log->arena, &finding->steps, place);
        }
        json_array_foreach(json_object_get(result, "relatedLocations"), i, related)
            VEC_PUSH(log->arena, &finding->related, read_place(log, related));
}

/* The rule of a result, by index or by id. */
static const json_t *rule_of(const json_t *rules, const json_t *result)
{
        const char *id = json_string_value(json_object_get(result, "ruleId"));
        json_t *index = json_object_get(result, "ruleIndex"), *rule;
        size_t i;
        if (json_is_integer(index) && json_integer_value(index) >= 0)
                return json_array_get(rules, (size_t)json_integer_value(index));
        json_array_foreach(rules, i, rule)
        {
                const char *name = json_string_value(json_object_get(rule, "id"));
                if (id && name && !strcmp(id, name))
                        return rule;
        }
        return NULL;
}

static void read_result(struct html_log *log, const json_t *rules, const json_t *result)
{
        const json_t *rule = rule_of(rules, result);
        const json_t *standard = json_object_get(rule, "defaultConfiguration");
        struct html_finding finding = {
            .rule = text_of(log, json_object_get(result, "ruleId")),
            .title = message_of(log, rule, "shortDescription"),
            .level = text_of(log, json_object_get(result, "level")),
            .said = unlinked(log->arena, message_of(log, result, "message")),
            .help = message_of(log, rule, "help"),
            .link = text_of(log, json_object_get(rule, "helpUri")),
            .at = read_place(log, json_array_get(json_object_get(result, "locations"), 0))};
        if (!*finding.level)
                finding.level = text_of(log, json_object_get(standard, "level"));
        if (!*finding.level)
                finding.level = "warning";
        if (!*finding.rule)
                finding.rule = text_of(log, json_object_get(rule, "id"));
        read_flow(log, &finding, result);
        VEC_PUSH(log->arena, &log->findings, finding);
}

static void read_run(struct html_log *log, const json_t *run)
{
        const json_t *driver = json_object_get(json_object_get(run, "tool"), "driver");
        json_t *invocation, *note, *result;
        size_t i, j;
        log->tool = arena_printf(log->arena, "%s %s", text_of(log, json_object_get(driver, "name")),
                                 text_of(log, json_object_get(driver, "version")));
        json_array_foreach(json_object_get(run, "invocations"), i, invocation)
        {
                log->failed |= json_is_false(json_object_get(invocation, "executionSuccessful"));
                json_array_foreach(json_object_get(invocation, "toolExecutionNotifications"), j, note)
                    VEC_PUSH(log->arena, &log->notes, message_of(log, note, "message"));
        }
        json_array_foreach(json_object_get(run, "results"), i, result)
            read_result(log, json_object_get(driver, "rules"), result);
}

struct html_log *html_read(struct arena *arena, const char *path, const char *tree, const char **error)
{
        struct html_log *log = NEW(arena, struct html_log);
        struct text text;
        json_error_t where;
        json_t *run;
        size_t i;
        char here[PATH_MAX];
        log->arena = arena;
        log->tool = "";
        log->tree = path_clean(arena, getcwd(here, sizeof here) ? here : "/", tree);
        map_init(&log->sources, arena);
        if (!file_read(arena, path, LOG_LIMIT, &text)) {
                *error = arena_printf(arena, "cannot read '%s': %s", path, strerror(errno));
                return NULL;
        }
        json_t *root = json_loadb(text.bytes, text.length, 0, &where);
        bool good = json_is_array(json_object_get(root, "runs"));
        if (!root)
                *error = arena_printf(arena, "'%s' is not JSON: line %d, column %d: %s", path, where.line,
                                      where.column, where.text);
        else if (!good)
                *error = arena_printf(arena, "'%s' is not a SARIF log: it has no 'runs'", path);
        json_array_foreach(json_object_get(root, "runs"), i, run) read_run(log, run);
        json_decref(root);
        return good ? log : NULL;
}

/* The real path of FILE when it lies below the tree, else NULL: a log must not show other files of the
 * machine. */
static const char *path_in_tree(struct html_log *log, const char *file)
{
        char root[PATH_MAX], real[PATH_MAX];
        const char *path = path_clean(log->arena, log->tree, file);
        if (!*file || !realpath(log->tree, root) || !realpath(path, real) || !path_below(root, real))
                return NULL;
        return arena_strndup(log->arena, real, strlen(real));
}

struct source *html_source(struct html_log *log, const char *file)
{
        struct source **slot = (struct source **)map_at(&log->sources, hash_bytes(file, strlen(file)));
        struct text text;
        if (!*slot) {
                const char *path = path_in_tree(log, file);
                struct source *made = NEW(log->arena, struct source);
                if (path && file_read(log->arena, path, (size_t)64 << 20, &text))
                        made = source_from(log->arena, file, text.bytes, text.length);
                *slot = made;
        }
        return *slot;
}
