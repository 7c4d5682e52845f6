/*
 * facts.h: the symbol database beside one table of testdata/facts/, for the
 * suites that ask it every row. A wrong answer is counted and named, so that
 * one run shows all.
 */
#ifndef TESTS_FACTS_H
#define TESTS_FACTS_H

#include "csv.h"

#include "link/model.h"

#include <check.h>
#include <ctype.h>
#include <stdio.h>

struct world {
        struct arena *arena;
        struct names *names;
        struct models *models;
        struct csv csv;
        int row, wrong; /* rows that are answered wrongly so far */
};

static inline struct world world_new(const char *table, version numpy)
{
        struct world world = {.arena = arena_new()};
        world.names = names_new(world.arena);
        world.models = models_new(world.arena, world.names, VERSION(3, 6), VERSION(3, 15), numpy);
        world.csv = csv_read(world.arena, table);
        return world;
}

static inline const char *field(const struct world *world, const char *column)
{
        return csv_get(&world->csv, world->row, column);
}

/* Counts and names what is wrong, so that one run shows all rows. */
static inline void expect(struct world *world, bool fine, const char *what)
{
        if (fine)
                return;
        world->wrong++;
        fprintf(stderr, "row %d, %s: %s\n", world->row + 2, world->csv.rows.at[world->row].fields[0], what);
}

static inline const struct model *model_of(const struct world *world, const char *name)
{
        return models_find(world->models, name_of(world->names, name));
}

static inline const struct model *answer(const struct world *world, const char *name)
{
        const struct model *model = model_of(world, name);
        return model ? model
                     : models_default(world->models, name_of(world->names, name), "<python>/Python.h");
}

static inline bool starts(const char *text, const char *with)
{
        return !strncmp(text, with, strlen(with));
}

/* The version that TEXT begins with, 0 when it begins with none. */
static inline version version_of(const char *text)
{
        int major, minor;
        return sscanf(text, "%d.%d", &major, &minor) == 2 ? VERSION(major, minor) : 0;
}

static inline bool unconditional(const struct gil_case *gil)
{
        return !gil->nwhen && gil->result.low == INT64_MIN && gil->result.high == INT64_MAX &&
               !gil->result.nonzero;
}

/* Some call of it is fine without the lock, and no call changes the state. */
static inline bool needs_nothing(const struct contract *contract)
{
        bool allowed = !contract->gil.n;
        for (int i = 0; i < contract->gil.n; i++) {
                const struct gil_case *gil = &contract->gil.at[i];
                allowed |= gil->needs & GIL_RELEASED;
                if ((gil->leaves_held & ~(gil_set)GIL_HELD) ||
                    (gil->leaves_released & ~(gil_set)GIL_RELEASED))
                        return false;
        }
        return allowed;
}

static inline bool always_held(const struct contract *contract)
{
        for (int i = 0; i < contract->gil.n; i++)
                if (contract->gil.at[i].needs == GIL_HELD && unconditional(&contract->gil.at[i]))
                        return true;
        return false;
}

#endif
