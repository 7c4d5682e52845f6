/*
 * query_fixture.h: programs out of hand-written unit files, for the tests of
 * the queries.
 */
#ifndef QUERY_FIXTURE_H
#define QUERY_FIXTURE_H

#include "base/file.h"
#include "base/text.h"
#include "flow/flow.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* The units TEXTS (ended by NULL) as a program behind gil_spread. */
static inline struct program *program_from_texts(struct arena *arena, const char *const *texts)
{
        struct names *names = names_new(arena);
        struct models *models = models_new(arena, names, 0, 0, 0);
        VEC(struct unit *) units = {0};
        for (int i = 0; texts[i]; i++) {
                const char *error = NULL;
                struct unit *unit = unit_read(arena, names, texts[i], strlen(texts[i]), &error);
                ck_assert_msg(unit != NULL, "unit %d: %s", i, error);
                VEC_PUSH(arena, &units, unit);
        }
        struct program *program = program_link(arena, names, units.at, units.n, models);
        contracts_infer(program);
        gil_spread(program);
        return program;
}

/* The content of a file of testdata/. */
static inline const char *testdata(struct arena *arena, const char *name)
{
        struct text text;
        const char *source = getenv("SOURCE");
        char *path = arena_printf(arena, "%s/testdata/%s", source ? source : "..", name);
        ck_assert_msg(file_read(arena, path, 0, &text), "cannot read %s", path);
        return text.bytes;
}

#endif
