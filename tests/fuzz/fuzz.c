/*
 * fuzz.c: the readers of what anybody may have written, for libFuzzer. One
 * program; FUZZ_READER in the environment chooses the reader. tests/fuzz/run
 * builds it with clang and runs each reader for a while.
 */
#include "base/embedded.h"
#include "config.h"
#include "earlier.h"
#include "front.h"
#include "ir/ir.h"
#include "report/mute.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* In place of the built-in models: reading those in front of every input would take all the time. */
#define FAMILIES                                                                                             \
        "family borrowed title=\"borrowed\" unowned\n"                                                       \
        "family libc title=\"libc\" release=free nogil target=libc\n"                                        \
        "family pymem title=\"PyMem\" release=PyMem_Free gil traced target=pymem\n"                          \
        "family pymem_raw title=\"PyMem_Raw\" release=PyMem_RawFree nogil traced target=pyraw\n"
const struct embedded embedded_files[] = {{"rules/models/families.model", FAMILIES, sizeof FAMILIES - 1},
                                          {NULL, NULL, 0}};

static void say_nothing(enum level level, const char *text)
{
        (void)level, (void)text;
}

const char *file_of(struct arena *arena, const char *name, const uint8_t *bytes, size_t length)
{
        const char *path = arena_printf(arena, "%s/%d-%s", getenv("FUZZ_DIR"), (int)getpid(), name);
        if (!file_write(path, bytes, length, 0600))
                abort();
        return path;
}

static void read_config(struct arena *arena, const uint8_t *bytes, size_t length)
{
        config_read(values_new(arena), file_of(arena, "pymemlint.toml", bytes, length));
}

static void read_baseline(struct arena *arena, const uint8_t *bytes, size_t length)
{
        const char *error = NULL;
        baseline_read(arena, file_of(arena, "baseline.json", bytes, length), &error);
}

static void read_log(struct arena *arena, const uint8_t *bytes, size_t length)
{
        struct options opt = {.compare = file_of(arena, "log.sarif", bytes, length), .say = say_nothing};
        struct run run = run_begin(&opt);
        earlier_log(&run);
        run_end(&run, VERDICT_CLEAN);
}

static void read_unit(struct arena *arena, const uint8_t *bytes, size_t length)
{
        const char *error = NULL;
        struct unit *unit = unit_read(arena, names_new(arena), (const char *)bytes, length, &error);
        struct text text;
        if (unit)
                unit_write(arena, unit, &text);
}

static void read_model(struct arena *arena, const uint8_t *bytes, size_t length)
{
        const char *error = NULL;
        models_read(models_new(arena, names_new(arena), 0, 0, 0), "x.model", (const char *)bytes, length,
                    &error);
}

static const struct rule rule = {.code = "PML201", .name = "family-mismatch", .category = CATEGORY_FAMILY};
static const struct rule *const rules[] = {&rule, NULL};

/* Findings on the first lines, under the comments of UNIT. */
static void applied(struct arena *arena, const struct unit *unit)
{
        struct report *report = report_new(arena, unit->names, "0", "/");
        report->found = NEW(arena, struct findings);
        report->found->arena = arena;
        report->rules = rules;
        for (uint32_t line = 1; line < 9; line++) {
                struct finding *finding = NEW(arena, struct finding);
                finding->rule = &rule;
                finding->at = (struct where){.file = name_of(unit->names, "y.c"), .line = line, .col = 1};
                VEC_PUSH(arena, &report->found->list, finding);
        }
        for (int i = 0; i < unit->allows.n; i++) {
                const struct allow *allow = &unit->allows.at[i];
                struct mute mute = {.first = allow->first, .last = allow->last, .rules = allow->rules};
                mute.at = (struct where){
                    .file = unit->files.at[allow->at.file], .line = allow->at.line, .col = allow->at.col};
                mute.reason = allow->reason;
                mute.form = allow->form;
                VEC_PUSH(arena, &report->mutes, mute);
        }
        mutes_apply(report);
        mutes_judge(report);
}

static void read_comment(struct arena *arena, const uint8_t *bytes, size_t length)
{
        if (length)
                applied(arena, scan_comments(arena, (const char *)bytes, length));
}

static const struct reader {
        const char *name;
        void (*read)(struct arena *arena, const uint8_t *bytes, size_t length);
} readers[] = {
    {"config", read_config}, {"baseline", read_baseline}, {"database", read_database}, {"log", read_log},
    {"unit", read_unit},     {"model", read_model},       {"comment", read_comment},
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
        const char *chosen = getenv("FUZZ_READER");
        struct arena *arena = arena_new();
        /* Readers of text are promised a zero behind it. */
        const uint8_t *copy = (const uint8_t *)arena_strndup(arena, (const char *)bytes, length);
        for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
                if (chosen && !strcmp(chosen, readers[i].name))
                        readers[i].read(arena, copy, length);
        arena_drop(arena);
        return 0;
}
