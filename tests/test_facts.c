/*
 * test_facts.c: the symbol database answers every row of gil.csv and
 * deprecated.csv. In: the tables of testdata/facts/ (copies of what was
 * measured and read, without the evidence); each row must be found, by a line
 * or by a rule for headers and names, and must mean what the row says.
 */
#include "facts.h"

/* ---- gil.csv ---- */

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
                return has_case(contract, GIL_ANY, GIL_RELEASED, 0) && /* as the newest Python has it */
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
        tcase_add_test(rows, deprecated_rows);
        suite_add_tcase(suite, rows);
        SRunner *runner = srunner_create(suite);
        srunner_run_all(runner, CK_NORMAL);
        int failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed ? 1 : 0;
}
