/*
 * test_facts.c: the symbol database answers every row of the facts. In: the
 * tables of testdata/facts/ (copies of what was measured and read, without
 * the evidence); each row must be found, by a line or by a rule for headers
 * and names, and must mean what the row says.
 */
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

static struct world world_new(const char *table, version numpy)
{
        struct world world = {.arena = arena_new()};
        world.names = names_new(world.arena);
        world.models = models_new(world.arena, world.names, VERSION(3, 6), VERSION(3, 15), numpy);
        world.csv = csv_read(world.arena, table);
        return world;
}

static const char *field(const struct world *world, const char *column)
{
        return csv_get(&world->csv, world->row, column);
}

/* Counts and names what is wrong, so that one run shows all rows. */
static void expect(struct world *world, bool fine, const char *what)
{
        if (fine)
                return;
        world->wrong++;
        fprintf(stderr, "row %d, %s: %s\n", world->row + 2, world->csv.rows.at[world->row].fields[0], what);
}

static const struct model *model_of(const struct world *world, const char *name)
{
        return models_find(world->models, name_of(world->names, name));
}

static const struct model *answer(const struct world *world, const char *name)
{
        const struct model *model = model_of(world, name);
        return model ? model
                     : models_default(world->models, name_of(world->names, name), "<python>/Python.h");
}

static bool starts(const char *text, const char *with)
{
        return !strncmp(text, with, strlen(with));
}

/* The version that TEXT begins with, 0 when it begins with none. */
static version version_of(const char *text)
{
        int major, minor;
        return sscanf(text, "%d.%d", &major, &minor) == 2 ? VERSION(major, minor) : 0;
}

/* ---- gil.csv ---- */

static bool unconditional(const struct gil_case *gil)
{
        return !gil->nwhen && gil->result.low == INT64_MIN && gil->result.high == INT64_MAX &&
               !gil->result.nonzero;
}

/* Some call of it is fine without the lock, and no call changes the state. */
static bool needs_nothing(const struct contract *contract)
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

/* Has a case that needs NEEDS and leaves HELD and RELEASED when entered so; 0: not asked. */
static bool has_case(const struct contract *contract, gil_set needs, gil_set held, gil_set released)
{
        for (int i = 0; i < contract->gil.n; i++) {
                const struct gil_case *gil = &contract->gil.at[i];
                if (gil->needs == needs && (!held || gil->leaves_held == held) &&
                    (!released || gil->leaves_released == released))
                        return true;
        }
        return false;
}

static bool always_held(const struct contract *contract)
{
        for (int i = 0; i < contract->gil.n; i++)
                if (contract->gil.at[i].needs == GIL_HELD && unconditional(&contract->gil.at[i]))
                        return true;
        return false;
}

static bool restores(const struct contract *contract)
{
        for (int i = 0; i < contract->gil.n; i++)
                if (contract->gil.at[i].has_restores)
                        return true;
        return has_case(contract, GIL_HELD, GIL_UNKNOWN, GIL_UNKNOWN);
}

/* What a row of a role must be; the states tell which kind. */
static bool role_fits(const struct world *world, const struct model *model)
{
        const struct contract *contract = &model->contract;
        const char *role = field(world, "role"), *leaves = field(world, "state_on_return");
        bool maybe = !strcmp(leaves, "not-held-or-held");
        if (!strcmp(role, "pure"))
                return needs_nothing(contract) && model->pure;
        if (!strcmp(role, "reads-object"))
                return needs_nothing(contract) && model->reads_object;
        if (!strcmp(role, "needs-nothing"))
                return needs_nothing(contract) || has_case(contract, GIL_ANY, GIL_HELD, 0);
        if (!strcmp(role, "requires-held"))
                return always_held(contract) && (strcmp(leaves, "not-held") != 0 || contract->noreturn ||
                                                 has_case(contract, GIL_HELD, GIL_RELEASED, 0));
        if (!strcmp(role, "requires-held-and-releases"))
                return has_case(contract, GIL_HELD, maybe ? GIL_UNKNOWN : GIL_RELEASED, 0);
        if (!strcmp(role, "must-not-hold-and-acquires"))
                return has_case(contract,
                                strcmp(field(world, "state_on_entry"), "forbidden") ? GIL_ANY : GIL_RELEASED,
                                0, GIL_HELD);
        if (!strcmp(role, "acquires"))
                return has_case(contract, GIL_ANY, GIL_HELD, GIL_HELD) ||
                       (!strcmp(leaves, "version-dependent") && needs_nothing(contract));
        if (!strcmp(role, "undoes-acquire"))
                return restores(contract);
        if (!strcmp(role, "swaps"))
                return has_case(contract, GIL_HELD, GIL_HELD, 0) &&
                       has_case(contract, GIL_ANY, GIL_RELEASED, 0) &&
                       has_case(contract, GIL_ANY, GIL_HELD, GIL_HELD);
        if (!strcmp(role, "does-not-return"))
                return needs_nothing(contract) && contract->noreturn;
        return false;
}

/*
 * Calls before there is an interpreter. The table gives one line of evidence
 * for all that initialise; its text says that the Main functions finalize
 * again, and preinitialization makes no thread state.
 */
static bool preinit_fits(const struct world *world, const struct model *model)
{
        const char *name = model->name;
        bool attaches = !strcmp(field(world, "state_on_return"), "held-after-initialization") &&
                        !strstr(name, "PreInit") && (!strstr(name, "Main") || strstr(name, "InitializeMain"));
        return attaches ? has_case(&model->contract, GIL_ANY, GIL_HELD, GIL_HELD)
                        : needs_nothing(&model->contract);
}

/* A name that is as old as the oldest Python looked at may be older still. */
static void versions_fit(struct world *world, const struct model *model)
{
        version since = version_of(field(world, "since")), until = version_of(field(world, "until"));
        if (model_of(world, field(world, "symbol")) != model || !strcmp(field(world, "since"), "unconfirmed"))
                return;
        if (since > VERSION(3, 6) || (since && since < VERSION(3, 0)))
                expect(world, model->since == since, "since");
        else
                expect(world, model->numpy || model->since <= VERSION(3, 6), "since");
        if (!model->numpy)
                expect(world, model->until == until, "until");
}

START_TEST(gil_rows)
{
        struct world world = world_new("testdata/facts/gil.csv", 0);
        ck_assert_int_gt(world.csv.rows.n, 900);
        for (; world.row < world.csv.rows.n; world.row++) {
                const struct model *model = answer(&world, field(&world, "symbol"));
                expect(&world, model, "nobody knows it");
                if (!model)
                        continue;
                bool fits = strcmp(field(&world, "role"), "preinit") ? role_fits(&world, model)
                                                                     : preinit_fits(&world, model);
                expect(&world, fits, field(&world, "role"));
                versions_fit(&world, model);
        }
        ck_assert_int_eq(world.wrong, 0);
        arena_drop(world.arena);
}
END_TEST

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

/* ---- deprecated.csv ---- */

/* TEXT names the version: "soft, 3.15" names 3.15. */
static bool names_version(const char *text, version version)
{
        char said[16];
        snprintf(said, sizeof said, "%u.%u", version >> 8, version & 255);
        const char *at = strstr(text, said);
        return at && !isdigit((unsigned char)at[strlen(said)]);
}

static bool has_digit(const char *text)
{
        return text[strcspn(text, "0123456789")] != 0;
}

/* Functions of the array library are macros over a table. */
static bool is_macro(const char *kind)
{
        return starts(kind, "macro") || !strcmp(kind, "function (NumPy)");
}

/* Said by a page or a comment in a header, not by the compiler. */
static bool is_soft(const char *since)
{
        return starts(since, "soft") || starts(since, "obsolete") || starts(since, "header comment");
}

static bool replacement_fits(const struct world *world, const struct model *model)
{
        const char *how = field(world, "pure_rename"), *with = field(world, "replacement");
        if (starts(how, "yes"))
                return model->renamed && strstr(with, model->renamed) && !model->renamed_nearly;
        if (starts(how, "removal"))
                return model->removes_call;
        if (starts(how, "nearly"))
                return (model->renamed && model->renamed_nearly) || model->replaced;
        return !strcmp(with, "none") || model->replaced || model->renamed || model->removes_call;
}

START_TEST(deprecated_rows)
{
        struct world world = world_new("testdata/facts/deprecated.csv", 0);
        ck_assert_int_gt(world.csv.rows.n, 60);
        for (; world.row < world.csv.rows.n; world.row++) {
                const char *since = field(&world, "deprecated_since"), *removed = field(&world, "removed_in");
                if (starts(field(&world, "kind"), "idiom"))
                        continue; /* no name: the pairs of families answer it */
                const struct model *model = model_of(&world, field(&world, "symbol"));
                expect(&world, model, "nobody knows it");
                if (!model)
                        continue;
                expect(&world, model->macro == is_macro(field(&world, "kind")) || starts(removed, "before"),
                       "macro or function");
                expect(&world, replacement_fits(&world, model), "replacement");
                if (has_digit(since))
                        expect(&world, names_version(since, model->deprecated), "deprecated");
                expect(&world, model->soft == is_soft(since) || !has_digit(since), "soft");
                if (isdigit((unsigned char)*removed))
                        expect(&world, names_version(removed, model->removed), "removed");
                if (starts(removed, "NumPy"))
                        expect(&world, model->numpy && names_version(removed, model->removed), "removed");
        }
        ck_assert_int_eq(world.wrong, 0);
        arena_drop(world.arena);
}
END_TEST

int main(void)
{
        Suite *suite = suite_create("facts");
        TCase *rows = tcase_create("rows");
        tcase_add_test(rows, gil_rows);
        tcase_add_test(rows, family_rows);
        tcase_add_test(rows, pair_rows_new);
        tcase_add_test(rows, pair_rows_old);
        tcase_add_test(rows, deprecated_rows);
        suite_add_tcase(suite, rows);
        SRunner *runner = srunner_create(suite);
        srunner_run_all(runner, CK_NORMAL);
        int failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed ? 1 : 0;
}
