/*
 * test_facts_memory.c: the symbol database answers every row of families.csv
 * and family-pairs.csv: who gives and takes what, and what may go back where,
 * for the NumPy before and after its data allocator changed.
 */
#include "facts.h"

/* ---- families.csv ---- */

/* The set that a cell names: "pymem", "pyobject_new or pyobject_gc". */
static families set_of(const struct world *world, const char *cell)
{
        families set = 0;
        char name[64];
        for (int used; sscanf(cell, " %63[a-z0-9_]%n", name, &used) == 1; cell += used) {
                int at = family_find(world->models, name);
                if (at >= 0)
                        set |= (families)1 << at;
                else if (strcmp(name, "or") != 0)
                        return 0;
        }
        return set;
}

/* An effect of a kind and family at a root; ROOT -3: any, FAMILY 0: any. */
static const struct effect *effect_at(const struct contract *contract, enum effect_kind kind, families family,
                                      int root)
{
        for (int i = 0; i < contract->effects.n; i++) {
                const struct effect *effect = &contract->effects.at[i];
                if (effect->kind == kind && (!family || effect->family == family) &&
                    (root == SPOT_VARARGS || effect->at.root == root))
                        return effect;
        }
        return NULL;
}

/* The argument that a cell begins with, SPOT_VARARGS when it is words. */
static int argument_of(const char *cell)
{
        return isdigit((unsigned char)*cell) ? atoi(cell) : SPOT_VARARGS;
}

/* Format functions: a unit of theirs gives the family. */
static bool format_gives(const struct world *world, const struct model *model, families family)
{
        struct format_use *uses;
        bool known;
        if (model->format_arg < 0)
                return false;
        const char *format = strcmp(model->format_units, "scanf") ? "es" : "%ms";
        int n = models_format(world->arena, world->models, model, format, &uses, &known);
        return known && n == 1 && effect_at(uses[0].unit->contract, EFFECT_GIVES, family, SPOT_VARARGS);
}

static bool memory_fits(const struct world *world, const struct model *model)
{
        const struct contract *contract = &model->contract;
        const char *role = field(world, "role");
        families family = set_of(world, field(world, "family"));
        int pointer = argument_of(field(world, "ptr_arg")), out = argument_of(field(world, "out_arg"));
        if (!strcmp(role, "initialises-memory"))
                return effect_at(contract, EFFECT_COPIES, 0, SPOT_RESULT) &&
                       !effect_at(contract, EFFECT_GIVES, 0, SPOT_VARARGS);
        if (!strcmp(model->name, "PyCapsule_GetPointer"))
                return contract
                    ->result_maybe_null; /* the capsule's own destructor releases what it gets here */
        if (!strcmp(role, "returns-borrowed"))
                return effect_at(contract, EFFECT_BORROWS, family, SPOT_VARARGS);
        if (!strcmp(role, "wraps-memory"))
                return effect_at(contract, EFFECT_KEEPS, 0, SPOT_VARARGS) &&
                       effect_at(contract, EFFECT_COPIES, 0, SPOT_RESULT);
        if (!strcmp(role, "transfers-ownership"))
                return effect_at(contract, EFFECT_KEEPS, family, pointer);
        if (!strcmp(role, "alloc-in-arena"))
                return effect_at(contract, EFFECT_BORROWS, 0, SPOT_RESULT);
        if (!strcmp(role, "free"))
                return effect_at(contract, EFFECT_TAKES, family, pointer);
        if (starts(role, "realloc"))
                return effect_at(contract, EFFECT_RESIZES, family, pointer) && model->role == ROLE_REALLOC &&
                       model->assigns_pointer == !strcmp(role, "realloc-assigns");
        if (starts(role, "in-out"))
                return effect_at(contract, EFFECT_RESIZES, family, out);
        if (starts(role, "out-param") || starts(role, "init-struct"))
                return effect_at(contract, EFFECT_GIVES, family, out) || format_gives(world, model, family);
        if (!strcmp(role, "calloc") && !model->zeroed)
                return false;
        if (!strcmp(role, "alloc-object") && !model->object_allocator)
                return false;
        return effect_at(contract, EFFECT_GIVES, family, SPOT_RESULT);
}

static bool size_fits(const struct world *world, const struct model *model)
{
        const char *cell = field(world, "size_args");
        int first, second;
        if (!strcmp(model->name, "free_aligned_sized"))
                return model->size_args[0] == 2; /* the table has the alignment, C23 has the size behind it */
        if (sscanf(cell, "type:%d*%d", &first, &second) == 2)
                return model->size_is_type && model->size_args[0] == first && model->size_args[1] == second;
        if (sscanf(cell, "%d;%d", &first, &second) == 2)
                return model->size_args[0] == first && model->size_args[1] == second;
        if (strspn(cell, "0123456789") == strlen(cell) && *cell)
                return model->size_args[0] == atoi(cell) && model->size_args[1] < 0;
        return true;
}

static void row_facts(struct world *world, const struct model *model)
{
        const char *null = field(world, "may_return_null"), *null_arg = field(world, "null_arg_ok");
        int pointer = argument_of(field(world, "ptr_arg"));
        version deprecated = version_of(field(world, "deprecated_since"));
        bool result = !*field(world, "out_arg") || !strcmp(null, "maybe");
        if (result && !strcmp(null, "yes"))
                expect(world, model->contract.result_maybe_null, "may fail");
        if (!strcmp(null, "no"))
                expect(world, !model->contract.result_maybe_null, "cannot fail");
        if (!strcmp(null_arg, "no"))
                expect(world, effect_at(&model->contract, EFFECT_READS, 0, pointer), "takes no null");
        if (!strcmp(null_arg, "yes"))
                expect(world, !effect_at(&model->contract, EFFECT_READS, 0, pointer), "takes null");
        if (!strcmp(field(world, "needs_gil"), "yes"))
                expect(world, always_held(&model->contract), "needs the lock");
        if (!strcmp(field(world, "needs_gil"), "no"))
                expect(world, needs_nothing(&model->contract), "needs no lock");
        expect(world, size_fits(world, model), "size");
        version since = version_of(field(world, "since"));
        if (since > VERSION(3, 6))
                expect(world, model->since == since, "since");
        if (*field(world, "removed_after") && *field(world, "removed_after") != 'g')
                expect(world, model->until == version_of(field(world, "removed_after")), "until");
        if (deprecated)
                expect(world, model->deprecated == deprecated, "deprecated");
        if (starts(field(world, "replaced_by"), "Py"))
                expect(world, model->renamed && !strcmp(model->renamed, field(world, "replaced_by")),
                       "renamed");
}

/* Two rows are slots of a type, one a variable that holds a function. */
static const struct slot *slot_row(const struct world *world)
{
        const char *name = field(world, "symbol");
        if (starts(name, "tp_"))
                return models_slot(world->models, name_printf(world->names, "_typeobject.%s", name));
        if (starts(field(world, "role"), "callback"))
                return models_slot(world->models, name_printf(world->names, "$%s", name));
        return NULL;
}

START_TEST(family_rows)
{
        struct world world = world_new("testdata/facts/families.csv", 0);
        ck_assert_int_gt(world.csv.rows.n, 200);
        for (; world.row < world.csv.rows.n; world.row++) {
                const struct slot *slot = slot_row(&world);
                families family = set_of(&world, field(&world, "family"));
                expect(&world, family || *field(&world, "family") == '(', "unknown family");
                if (slot) {
                        bool frees = !strcmp(field(&world, "role"), "free");
                        expect(&world,
                               effect_at(slot->contract, frees ? EFFECT_TAKES : EFFECT_GIVES, family,
                                         SPOT_VARARGS),
                               "slot");
                        continue;
                }
                const struct model *model = model_of(&world, field(&world, "symbol"));
                expect(&world, model, "nobody knows it");
                if (!model)
                        continue;
                expect(&world, memory_fits(&world, model), field(&world, "role"));
                row_facts(&world, model);
        }
        ck_assert_int_eq(world.wrong, 0);
        arena_drop(world.arena);
}
END_TEST

/* ---- family-pairs.csv ---- */

/* The families that a cell of the table means; several cells are told in words. */
static families side_of(const struct world *world, const char *cell)
{
        if (starts(cell, "PyType_GenericAlloc (type without"))
                return set_of(world, "pyobject_new");
        if (starts(cell, "PyType_GenericAlloc"))
                return set_of(world, "pyobject_gc");
        if (starts(cell, "array with"))
                return set_of(world, "numpy_array");
        if (starts(cell, "any PyMem"))
                return set_of(world, "pymem or pymem_raw");
        if (starts(cell, "PyArray_")) {
                char name[64] = "";
                sscanf(cell, "%63[A-Za-z_]", name);
                const struct model *model = model_of(world, name);
                for (int i = 0; model && i < model->contract.effects.n; i++)
                        if (model->contract.effects.at[i].family)
                                return model->contract.effects.at[i].family;
                return 0;
        }
        char bare[128];
        snprintf(bare, sizeof bare, "%.*s", (int)strcspn(cell, "("), cell);
        return set_of(world, bare);
}

/* The words of a pair and of a row agree when one begins with the other's first word: "silently", "abort:".
 */
static bool outcome_fits(const char *said, const char *row)
{
        size_t word = strcspn(row, " :(;");
        return said && (!strncmp(said, row, word) || starts(row, "NumPy") || starts(row, "same") ||
                        starts(row, "2.5") || starts(row, "3.15"));
}

static void pair_fits(struct world *world, families from, families to, bool agrees)
{
        for (int a = family_next(from, -1); a >= 0; a = family_next(from, a))
                for (int b = family_next(to, -1); b >= 0; b = family_next(to, b)) {
                        families one = (families)1 << a, other = (families)1 << b;
                        expect(world, families_agree(world->models, one, other) == agrees, "agreement");
                        const struct pair *pair = families_pair(world->models, one, other);
                        if (agrees || !pair) {
                                expect(world, agrees, "no outcome");
                                continue;
                        }
                        expect(world, outcome_fits(pair->small, field(world, "default_small")), "small");
                        expect(world, outcome_fits(pair->large, field(world, "default_large")), "large");
                        expect(world, outcome_fits(pair->debug, field(world, "debug_hooks")), "debug");
                }
}

static void pair_rows(version numpy)
{
        struct world world = world_new("testdata/facts/family-pairs.csv", numpy);
        ck_assert_int_gt(world.csv.rows.n, 40);
        for (; world.row < world.csv.rows.n; world.row++) {
                const char *verdict = field(&world, "verdict"), *left = field(&world, "allocated_with");
                families from = side_of(&world, left), to = side_of(&world, field(&world, "released_with"));
                bool agrees = !starts(verdict, "bug");
                expect(&world, from && to, "unknown family");
                if (numpy < VERSION(2, 5) && (strstr(verdict, "harmless before") || strstr(left, "(2.5+)")))
                        agrees = true;
                pair_fits(&world, from, to, agrees);
        }
        ck_assert_int_eq(world.wrong, 0);
        arena_drop(world.arena);
}

START_TEST(pair_rows_new)
{
        pair_rows(VERSION(2, 5));
}
END_TEST

START_TEST(pair_rows_old)
{
        pair_rows(VERSION(2, 4));
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("facts_memory");
        TCase *rows = tcase_create("rows");
        tcase_add_test(rows, family_rows);
        tcase_add_test(rows, pair_rows_new);
        tcase_add_test(rows, pair_rows_old);
        suite_add_tcase(suite, rows);
        SRunner *runner = srunner_create(suite);
        srunner_run_all(runner, CK_NORMAL);
        int failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed ? 1 : 0;
}
