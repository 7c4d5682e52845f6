/*
 * model_world.h: a symbol database for one test: the models that are compiled
 * in, for a range of versions, and short hands to read more and to look up.
 */
#ifndef TESTS_MODEL_WORLD_H
#define TESTS_MODEL_WORLD_H

#include "link/model.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

struct world {
        struct arena *arena;
        struct names *names;
        struct models *models;
};

static inline struct world world_of(version low, version high, version numpy)
{
        struct world world = {.arena = arena_new()};
        world.names = names_new(world.arena);
        world.models = models_new(world.arena, world.names, low, high, numpy);
        return world;
}

static inline struct world world_new(void)
{
        return world_of(0, 0, 0);
}

/* The error of a text, NULL when there is none. */
static inline const char *error_of(struct world *world, const char *file, const char *text)
{
        const char *error = NULL;
        bool fine = models_read(world->models, file, text, strlen(text), &error);
        ck_assert_int_eq(fine, error == NULL);
        return error;
}

static inline void read_fine(struct world *world, const char *text)
{
        const char *error = error_of(world, "box.model", text);
        ck_assert_msg(!error, "%s", error);
}

static inline const struct model *find(struct world *world, const char *name)
{
        const struct model *model = models_find(world->models, name_of(world->names, name));
        ck_assert_msg(model != NULL, "no model of %s", name);
        return model;
}

static inline families family(struct world *world, const char *name)
{
        int at = family_find(world->models, name);
        ck_assert_msg(at >= 0, "no family %s", name);
        return (families)1 << at;
}

#endif
