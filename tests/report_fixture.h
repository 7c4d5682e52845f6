/*
 * report_fixture.h: a folder with small sources and a report over made-up
 * findings in them, for the suites that test writers. Nothing here looks at
 * the code of the sources; places are given by the tests.
 */
#ifndef REPORT_FIXTURE_H
#define REPORT_FIXTURE_H

#include "base/file.h"
#include "base/hash.h"
#include "report/report.h"

#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct rule mismatch = {
    .code = "PML201",
    .name = "family-mismatch",
    .title = "Memory returned to the wrong allocator",
    .category = CATEGORY_FAMILY,
    .level = LEVEL_ERROR,
    .precision = PRECISION_VERY_HIGH,
    .doc = "## What it finds\nMemory that goes back to a function of `another` family.\n\n"
           "## Why it matters\nIt crashes.\n\n## How to fix it\nUse the family's own function. Always.\n\n"
           "## Limits\nNone.\n",
};
static const struct rule without_lock = {
    .code = "PML101",
    .name = "alloc-without-gil",
    .title = "Allocation without the lock",
    .category = CATEGORY_GIL,
    .level = LEVEL_WARNING,
    .precision = PRECISION_HIGH,
    .doc = "## What it finds\nAn allocation.\n",
};
static const struct rule old_name = {
    .code = "PML401",
    .name = "deprecated-allocator-macro",
    .title = "Deprecated name",
    .category = CATEGORY_DEPRECATED,
    .level = LEVEL_NOTE,
    .precision = PRECISION_MEDIUM,
    .doc = NULL,
};
static const struct rule *const made_up_rules[] = {&without_lock, &mismatch, &old_name, NULL};

struct fixture {
        struct arena *arena;
        struct names *names;
        struct report *report;
        char tree[64];
};

static inline const char *fixture_path(struct fixture *f, const char *path)
{
        return path_join(f->arena, f->tree, path);
}

/* Writes a source and notes its hash, as the analysis would. */
static inline void fixture_source(struct fixture *f, const char *path, const char *bytes, size_t length)
{
        const char *full = fixture_path(f, path);
        char hex[HASH_HEX];
        mkdir(path_dir(f->arena, full), 0777);
        ck_assert(file_write(full, bytes, length, 0644));
        hash_hex(bytes, length, hex);
        VEC_PUSH(f->arena, &f->report->files,
                 (struct report_file){name_of(f->names, path), name_of(f->names, hex)});
}

static inline void fixture_text(struct fixture *f, const char *path, const char *text)
{
        fixture_source(f, path, text, strlen(text));
}

static inline struct fixture *fixture_new(void)
{
        struct arena *arena = arena_new();
        struct fixture *f = NEW(arena, struct fixture);
        f->arena = arena;
        f->names = names_new(arena);
        snprintf(f->tree, sizeof f->tree, "/tmp/report_test.XXXXXX");
        ck_assert_ptr_nonnull(mkdtemp(f->tree));
        f->report = report_new(arena, f->names, "0.1.0", f->tree);
        f->report->rules = made_up_rules;
        f->report->pages = "https://example.org/rules/";
        return f;
}

static inline void fixture_drop(struct fixture *f)
{
        char command[128];
        snprintf(command, sizeof command, "rm -rf '%s'", f->tree);
        ck_assert_int_eq(system(command), 0);
        arena_drop(f->arena);
}

/* A place of one line; END_COL 0: its end is not known. */
static inline struct where place(struct fixture *f, const char *path, uint32_t line, uint32_t col,
                                 uint32_t end_col)
{
        return (struct where){name_of(f->names, path), line, col, end_col ? line : 0, end_col};
}

static inline const struct step *step(struct fixture *f, enum step_kind kind, struct where at,
                                      const char *func, const char *said, const char *state,
                                      const struct step *because)
{
        struct step *made = NEW(f->arena, struct step);
        *made = (struct step){kind, at, func ? name_of(f->names, func) : NULL, said, state, because};
        return made;
}

static inline struct finding *add(struct fixture *f, const struct rule *rule, struct where at,
                                  const char *func, const struct step *because, const char *said)
{
        return finding_add(f->report->found, rule, at, func ? name_of(f->names, func) : NULL, because, "%s",
                           said);
}

static inline const char *written(struct fixture *f, enum format format)
{
        struct out out = {.arena = f->arena};
        report_write(f->report, format, &out);
        return out_string(&out);
}

/* The report as JSON; fails the test when it is none. Owned by the caller. */
static inline json_t *written_json(struct fixture *f, enum format format)
{
        json_error_t error;
        json_t *root = json_loads(written(f, format), JSON_REJECT_DUPLICATES, &error);
        ck_assert_msg(root != NULL, "%s: %d:%d: %s", format_name(format), error.line, error.column,
                      error.text);
        return root;
}

/* What lies at a path of keys and numbers: "runs.0.results.1". */
static inline json_t *json_at(json_t *json, const char *path)
{
        while (json && *path) {
                char key[64];
                size_t n = strcspn(path, ".");
                ck_assert_uint_lt(n, sizeof key);
                memcpy(key, path, n);
                key[n] = 0;
                json = json_is_array(json) ? json_array_get(json, (size_t)atoi(key))
                                           : json_object_get(json, key);
                path += n + (path[n] == '.');
        }
        return json;
}

static inline const char *text_at(json_t *json, const char *path)
{
        const char *text = json_string_value(json_at(json, path));
        ck_assert_msg(text != NULL, "no text at %s", path);
        return text;
}

static inline long long number_at(json_t *json, const char *path)
{
        ck_assert_msg(json_is_integer(json_at(json, path)), "no number at %s", path);
        return json_integer_value(json_at(json, path));
}

static inline bool has(const char *text, const char *part)
{
        return strstr(text, part) != NULL;
}

/* Checks that TEXT holds PART, and shows both when it does not. */
#define ck_has(text, part) ck_assert_msg(has(text, part), "not there: %s\nin:\n%s", part, text)

/* Runs a suite of one test case per group of tests. */
#define SUITE_RUN(suite)                                                                                     \
        SRunner *runner = srunner_create(suite);                                                             \
        srunner_run_all(runner, CK_NORMAL);                                                                  \
        int failed = srunner_ntests_failed(runner);                                                          \
        srunner_free(runner);                                                                                \
        return failed ? EXIT_FAILURE : EXIT_SUCCESS

#endif
