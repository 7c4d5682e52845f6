/*
 * test_model_lookup.c: questions to the symbol database: slots, defaults,
 * entries, format strings, and the relation between families by version.
 */
#include "model_world.h"

/* ---- lookups ---- */

START_TEST(slots_by_key_tag_and_number)
{
        struct world world = world_new();
        const struct slot *dealloc =
            models_slot(world.models, name_of(world.names, "PyTypeObject.tp_dealloc"));
        ck_assert_ptr_nonnull(dealloc);
        ck_assert(dealloc->enters == GIL_HELD && !strcmp(dealloc->role, "dealloc"));
        ck_assert_ptr_eq(models_slot(world.models, name_of(world.names, "_typeobject.tp_dealloc")), dealloc);
        ck_assert_ptr_eq(
            models_slot(world.models, name_of(world.names, "Include/a.h|_typeobject.tp_dealloc")), dealloc);
        ck_assert_ptr_null(models_slot(world.models, name_of(world.names, "_typeobject.tp_nothing")));
        ck_assert_ptr_null(models_slot(world.models, name_of(world.names, "box.tp_dealloc")));
        const struct slot *by_id = models_slot_id(world.models, name_of(world.names, "PyType_Slot"), 52);
        ck_assert_str_eq(by_id->key, "PyTypeObject.tp_dealloc");
        ck_assert_ptr_null(models_slot_id(world.models, name_of(world.names, "PyType_Slot"), 9999));
        const struct slot *exec = models_slot_id(world.models, name_of(world.names, "PyModuleDef_Slot"), 2);
        ck_assert_str_eq(exec->role, "exec");
        arena_drop(world.arena);
}
END_TEST

START_TEST(defaults_by_header_and_name)
{
        struct world world = world_new();
        ck_assert_int_eq(models_header(world.models, "<python>/listobject.h"), GIL_HELD);
        ck_assert_int_eq(models_header(world.models, "<numpy>/numpy/npy_math.h"), GIL_ANY);
        ck_assert_int_eq(models_header(world.models, "<system>/stdio.h"), GIL_ANY);
        ck_assert_int_eq(models_header(world.models, "src/own.h"), GIL_ANY);
        const struct model *python =
            models_default(world.models, name_of(world.names, "PyNew_Thing"), "<python>/listobject.h");
        ck_assert(python && !python->contract.opaque && python->contract.gil.at[0].needs == GIL_HELD);
        const struct model *foreign =
            models_default(world.models, name_of(world.names, "foo_bar"), "<system>/foo.h");
        ck_assert(foreign && foreign->contract.opaque && !foreign->contract.gil.n);
        const struct model *array =
            models_default(world.models, name_of(world.names, "PyArray_NewInTheNextVersion"), NULL);
        ck_assert(array && array->contract.gil.at[0].needs == GIL_HELD);
        ck_assert_ptr_null(models_default(world.models, name_of(world.names, "own_function"), "src/own.h"));
        read_fine(&world, "header src/own.h gil=held\n");
        ck_assert_int_eq(models_header(world.models, "src/own.h"), GIL_HELD);
        arena_drop(world.arena);
}
END_TEST

START_TEST(entries)
{
        struct world world = world_new();
        ck_assert_int_eq(models_entry(world.models, "PyInit_spam"), GIL_HELD);
        ck_assert_int_eq(models_entry(world.models, "main"), GIL_RELEASED);
        ck_assert_int_eq(models_entry(world.models, "spam"), 0);
        read_fine(&world, "entry spam* enters=released\n");
        ck_assert_int_eq(models_entry(world.models, "spam_worker"), GIL_RELEASED);
        arena_drop(world.arena);
}
END_TEST

START_TEST(formats)
{
        struct world world = world_new();
        struct format_use *uses;
        bool known;
        const struct model *parse = find(&world, "PyArg_ParseTuple");
        int n = models_format(world.arena, world.models, parse, "O!(es#i)|s*O&:name", &uses, &known);
        ck_assert(known);
        ck_assert_int_eq(n, 5);
        static const char *const names[] = {"O!", "es#", "i", "s*", "O&"};
        static const int args[] = {2, 4, 7, 8, 9};
        for (int i = 0; i < n; i++) {
                ck_assert_str_eq(uses[i].unit->name, names[i]);
                ck_assert_int_eq(uses[i].arg, args[i]);
        }
        ck_assert_int_eq(models_format(world.arena, world.models, find(&world, "PyArg_ParseTupleAndKeywords"),
                                       "ii", &uses, &known),
                         2);
        ck_assert_int_eq(uses[0].arg, 4);
        ck_assert_int_eq(models_format(world.arena, world.models, parse, "iQi", &uses, &known), 1);
        ck_assert(!known);
        n = models_format(world.arena, world.models, find(&world, "sscanf"), "%*d %3s %ms %% %m[^]a] %lf",
                          &uses, &known);
        ck_assert(known);
        ck_assert_int_eq(n, 4);
        ck_assert_str_eq(uses[1].unit->name, "%m");
        ck_assert_int_eq(uses[3].arg, 5);
        models_format(world.arena, world.models, find(&world, "sscanf"), "%d %[abc", &uses, &known);
        ck_assert(!known);
        arena_drop(world.arena);
}
END_TEST

/* ---- families ---- */

static bool agree(struct world *world, const char *from, const char *to)
{
        return families_agree(world->models, family(world, from), family(world, to));
}

START_TEST(families_by_version)
{
        struct world old = world_of(0, 0, VERSION(2, 4)), new = world_of(0, 0, VERSION(2, 5)),
                     unknown = world_new();
        ck_assert(agree(&old, "numpy_data", "libc") && agree(&old, "libc", "numpy_data"));
        ck_assert(!agree(&new, "numpy_data", "libc") && !agree(&new, "libc", "numpy_data"));
        ck_assert(!agree(&unknown, "numpy_data", "libc"));
        ck_assert(agree(&old, "numpy_dim", "pymem_raw") && agree(&new, "pymem_raw", "numpy_dim"));
        ck_assert(!agree(&old, "numpy_data", "pymem_raw") && !agree(&new, "numpy_data", "pymem_raw"));
        ck_assert(agree(&new, "pyobject_new", "pyobject") && !agree(&new, "pyobject", "pyobject_new"));
        ck_assert(!agree(&new, "pyobject_gc", "pyobject"));
        arena_drop(old.arena);
        arena_drop(new.arena);
        arena_drop(unknown.arena);
}
END_TEST

START_TEST(outcomes_by_version)
{
        struct world old = world_of(VERSION(3, 10), VERSION(3, 14), 0),
                     new = world_of(VERSION(3, 15), VERSION(3, 15), 0);
        const struct pair *pair = families_pair(old.models, family(&old, "pymem_raw"), family(&old, "libc"));
        ck_assert_str_eq(pair->threaded, "silently ok");
        pair = families_pair(new.models, family(&new, "pymem_raw"), family(&new, "libc"));
        ck_assert(!strncmp(pair->threaded, "corrupts", 8));
        ck_assert_ptr_null(families_pair(new.models, family(&new, "mmap"), family(&new, "libc")));
        arena_drop(old.arena);
        arena_drop(new.arena);
}
END_TEST

START_TEST(sets_of_families)
{
        struct world world = world_new();
        families object = family(&world, "pyobject_new"), gc = family(&world, "pyobject_gc");
        families libc = family(&world, "libc"), domain = family(&world, "pyobject");
        ck_assert(families_agree(world.models, object | gc, domain));
        ck_assert(families_agree(world.models, object | gc, gc));
        ck_assert(!families_agree(world.models, object | gc, libc));
        ck_assert(families_agree(world.models, 0, libc) &&
                  families_agree(world.models, libc, FAMILY_UNKNOWN));
        ck_assert_str_eq(families_text(world.arena, world.models, libc), "libc");
        ck_assert_str_eq(families_text(world.arena, world.models, object | gc), "object or GC object");
        int last = world.models->families.n - 1;
        ck_assert_int_gt(last, 64);
        ck_assert_int_eq(family_next((families)1 << last, -1), last);
        ck_assert_int_eq(family_next((families)1 << last, last), -1);
        arena_drop(world.arena);
}
END_TEST

START_TEST(a_later_file_may_call_a_pair_the_same)
{
        struct world world = world_new();
        ck_assert(!agree(&world, "glib", "libc"));
        read_fine(&world, "pair glib libc same\n");
        ck_assert(agree(&world, "glib", "libc"));
        arena_drop(world.arena);
}
END_TEST

static TCase *lookups_case(void)
{
        TCase *lookups = tcase_create("lookups");
        tcase_add_test(lookups, slots_by_key_tag_and_number);
        tcase_add_test(lookups, defaults_by_header_and_name);
        tcase_add_test(lookups, entries);
        tcase_add_test(lookups, formats);
        tcase_add_test(lookups, families_by_version);
        tcase_add_test(lookups, outcomes_by_version);
        tcase_add_test(lookups, sets_of_families);
        tcase_add_test(lookups, a_later_file_may_call_a_pair_the_same);
        return lookups;
}

int main(void)
{
        Suite *suite = suite_create("model_lookup");
        suite_add_tcase(suite, lookups_case());
        SRunner *runner = srunner_create(suite);
        srunner_run_all(runner, CK_NORMAL);
        int failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed ? 1 : 0;
}
