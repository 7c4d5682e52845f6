/*
 * test_model.c: the grammar of model files and its error messages. In: small
 * texts, read beside the models that are compiled in; names of the tests' own
 * library are "box_...".
 */
#include "model_world.h"

/* ---- what lines mean ---- */

static const char box[] =
    "# a library of boxes\n"
    "family box title=\"the box library's\" release=box_free nogil\n"
    "default gil=held\n"
    "box_new    gives=box may-fail size=0*1 allocator since=3.11\n"
    "box_free   takes=box:0 gil=any  # anywhere\n"
    "box_grow   resizes=box:0 size=1\n"
    "box_fill   gives=box:*1,*2->box_s.data if-result=zero when=0:nonnull,3:1..4\n"
    "box_fill   reads=0\n"
    "box_put    keeps=1 if-result=nonneg\n"
    "box_leave  gil=held->released saves=result\n"
    "box_enter  gil=forbidden->held restores=0\n"
    "box_back   gil=held restores=0\n"
    "box_held   gil=any->held/never if-result=1\n"
    "box_each   calls=1:during calls=2:later:released calls=3:thread calls=4:later by=box_run\n"
    "box_same   alias=box_new macro renamed=box_new deprecated=3.12 soft note=\"say \\\"new\\\"\"\n"
    "\"operator box\"  never-null gil=any\n";

START_TEST(effects_of_lines)
{
        struct world world = world_new();
        read_fine(&world, box);
        const struct model *new = find(&world, "box_new");
        ck_assert(new->role == ROLE_ALLOC &&new->allocator &&new->contract.result_maybe_null);
        ck_assert_int_eq(new->size_args[0], 0);
        ck_assert_int_eq(new->size_args[1], 1);
        ck_assert_uint_eq(new->since, VERSION(3, 11));
        ck_assert_int_eq(new->contract.effects.n, 1);
        ck_assert(new->contract.effects.at[0].family == family(&world, "box"));
        ck_assert_int_eq(new->contract.gil.at[0].needs, GIL_HELD);
        const struct model *release = find(&world, "box_free");
        ck_assert(release->role == ROLE_FREE && release->pointer_arg == 0 && !release->contract.gil.n);
        ck_assert(find(&world, "box_grow")->role == ROLE_REALLOC);
        ck_assert(find(&world, "operator box")->contract.result_never_null);
        ck_assert_str_eq(world.models->families.at[family_find(world.models, "box")].release, "box_free");
        arena_drop(world.arena);
}
END_TEST

START_TEST(conditions_hold_for_their_line)
{
        struct world world = world_new();
        read_fine(&world, box);
        const struct contract *fill = &find(&world, "box_fill")->contract;
        ck_assert_int_eq(fill->effects.n, 3);
        const struct effect *first = &fill->effects.at[0], *second = &fill->effects.at[1];
        ck_assert(first->at.root == 1 && first->at.nsteps == 1 && !strcmp(first->at.steps[0], "*"));
        ck_assert(second->at.root == 2 && second->at.nsteps == 3);
        ck_assert_str_eq(second->at.steps[1], "box_s.data");
        ck_assert_str_eq(second->at.steps[2], "*");
        ck_assert(first->result.low == 0 && first->result.high == 0);
        ck_assert_int_eq(first->nwhen, 2);
        ck_assert(first->when[0].span.nonzero && first->when[1].span.low == 1 &&
                  first->when[1].span.high == 4);
        ck_assert(fill->effects.at[2].kind == EFFECT_READS && !fill->effects.at[2].nwhen);
        ck_assert_int_eq(fill->gil.n, 1);
        arena_drop(world.arena);
}
END_TEST

START_TEST(lock_cases)
{
        struct world world = world_new();
        read_fine(&world, box);
        const struct gil_case *leave = &find(&world, "box_leave")->contract.gil.at[0];
        ck_assert(leave->needs == GIL_HELD && leave->leaves_held == GIL_RELEASED);
        ck_assert(leave->has_saves && leave->saves.root == SPOT_RESULT && leave->token_null_if_same);
        const struct gil_case *enter = &find(&world, "box_enter")->contract.gil.at[0];
        ck_assert(enter->needs == GIL_RELEASED && enter->leaves_released == GIL_HELD && enter->has_restores);
        const struct gil_case *back = &find(&world, "box_back")->contract.gil.at[0];
        ck_assert(back->has_restores && back->leaves_held == GIL_UNKNOWN);
        const struct gil_case *held = &find(&world, "box_held")->contract.gil.at[0];
        ck_assert(held->leaves_held == GIL_HELD && held->leaves_released == 0 && held->result.low == 1);
        arena_drop(world.arena);
}
END_TEST

START_TEST(callbacks)
{
        struct world world = world_new();
        read_fine(&world, box);
        const struct contract *each = &find(&world, "box_each")->contract;
        ck_assert_int_eq(each->effects.n, 4);
        const struct effect *calls = each->effects.at;
        ck_assert(calls[0].time == CALL_DURING && !calls[0].gil);
        ck_assert(calls[1].time == CALL_LATER && calls[1].gil == GIL_RELEASED);
        ck_assert(calls[2].time == CALL_THREAD && calls[2].gil == GIL_RELEASED);
        ck_assert(calls[3].nby == 1 && !strcmp(calls[3].by[0], "box_run") && !calls[3].gil);
        arena_drop(world.arena);
}
END_TEST

START_TEST(aliases_copy_the_contract)
{
        struct world world = world_new();
        read_fine(&world, box);
        const struct model *same = find(&world, "box_same");
        ck_assert(same->macro && same->soft && same->allocator && same->role == ROLE_ALLOC);
        ck_assert_str_eq(same->renamed, "box_new");
        ck_assert_str_eq(same->note, "say \"new\"");
        ck_assert_int_eq(same->contract.effects.n, 1);
        ck_assert_int_eq(same->contract.gil.at[0].needs, GIL_HELD);
        ck_assert(!find(&world, "box_new")->macro);
        arena_drop(world.arena);
}
END_TEST

START_TEST(a_later_file_replaces)
{
        struct world world = world_new();
        int before = world.models->list.n;
        ck_assert(find(&world, "malloc")->contract.effects.at[0].family == family(&world, "libc"));
        read_fine(&world, "family box\nmalloc gives=box\n");
        const struct model *mine = find(&world, "malloc");
        ck_assert(mine->contract.effects.n == 1 &&
                  mine->contract.effects.at[0].family == family(&world, "box"));
        ck_assert_int_eq(world.models->list.n, before);
        ck_assert_str_eq(mine->file, "box.model");
        ck_assert_int_eq(mine->line, 2);
        arena_drop(world.arena);
}
END_TEST

START_TEST(lines_for_other_versions_are_read_and_left)
{
        struct world old = world_of(VERSION(3, 8), VERSION(3, 11), 0),
                     new = world_of(VERSION(3, 12), VERSION(3, 13), 0);
        const char *text =
            "family box\nbox_swap gil=held in=..3.11\nbox_swap gil=any->released in=3.12.. when=0:null\n";
        read_fine(&old, text);
        read_fine(&new, text);
        ck_assert_int_eq(find(&old, "box_swap")->contract.gil.n, 1);
        ck_assert_int_eq(find(&old, "box_swap")->contract.gil.at[0].needs, GIL_HELD);
        ck_assert_int_eq(find(&new, "box_swap")->contract.gil.n, 1);
        ck_assert_int_eq(find(&new, "box_swap")->contract.gil.at[0].leaves_held, GIL_RELEASED);
        ck_assert_ptr_nonnull(error_of(&old, "x", "box_swap gil=heldd in=3.12..\n"));
        arena_drop(old.arena);
        arena_drop(new.arena);
}
END_TEST

/* ---- errors ---- */

static const struct bad {
        const char *text, *error;
} bads[] = {
    {"malloc gives=libcc\n", "m:1:14: unknown family 'libcc', did you mean 'libc'?"},
    {"\n\n  free  take=libc:0\n", "m:3:9: unknown attribute 'take', did you mean 'takes'?"},
    {"x gil=hold\n", "m:1:7: unknown state 'hold', did you mean 'held'?"},
    {"x may-fial\n", "m:1:3: unknown attribute 'may-fial', did you mean 'may-fail'?"},
    {"x when=1\n", "m:1:9: a condition is written PLACE:null, PLACE:1, ..."},
    {"x when=1:nil\n", "m:1:10: unknown condition 'nil'"},
    {"x gives=libc:*result2\n", "m:1:21: '2' is not understood here"},
    {"x gives=libc:**\n",
     "m:1:16: an argument's number from 0, 'result', '...' or '$global' is expected here"},
    {"x gives=libc:0->data\n", "m:1:17: a field 'tag.member' is expected behind '->'"},
    {"x copies=result\n", "m:1:16: a copy is written TO<-FROM"},
    {"x since=3\n", "m:1:10: a version is written 3.12 or numpy-2.5"},
    {"x since=3.99999\n", "m:1:11: a number from 0 to 255 is expected here"},
    {"x in=3.12..3.11 gil=held\n", "m:1:16: versions are written 3.12.., ..3.11 or 3.8..3.11"},
    {"x note=\"open\n", "m:1:3: a quote is not closed"},
    {"x alias=nowhere_at_all\n", "m:1:1: 'x' is an alias of 'nowhere_at_all', which no model knows"},
    {"x alias=y\ny alias=x\n", "m:1:1: 'x' is an alias of 'y', round and round"},
    {"=x\n", "m:1:1: a line begins with the name of a function or with a keyword (family, pair, slot, ...)"},
    {"pair libc pymem worse\n", "m:1:17: a pair is 'same' or 'bug'"},
    {"pair libc\n", "m:1:1: this line is written 'pair FROM TO same|bug ...'"},
    {"family box sixe\n", "m:1:12: unknown word of a family 'sixe'"},
    {"slot box enters=held\n", "m:1:6: a field 'tag.member' or a '$variable' is expected here"},
    {"slot box.f size=1\n", "m:1:12: 'size' speaks of functions only"},
    {"slot box.f enters=held id=T:0\n", "m:1:29: a number from 1 to 65535 is expected here"},
    {"unit parse q args=12\n", "m:1:19: a number from 0 to 9 is expected here"},
    {"x gives\n", "m:1:3: 'gives' needs a value"},
    {"x pure=1\n", "m:1:3: 'pure' takes no value"},
    {"x if-result=3..1\n", "m:1:13: this range is empty"},
};

START_TEST(errors_name_place_and_remedy)
{
        struct world world = world_new();
        const struct bad *bad = &bads[_i];
        const char *error = error_of(&world, "m", bad->text);
        ck_assert_msg(error != NULL, "no error in: %s", bad->text);
        ck_assert_str_eq(error, bad->error);
        arena_drop(world.arena);
}
END_TEST

START_TEST(what_came_before_an_error_stays)
{
        struct world world = world_new();
        ck_assert_ptr_nonnull(
            error_of(&world, "m", "family box\nbox_new gives=box\nbox_new nonsense\nbox_not gives=box\n"));
        ck_assert_int_eq(find(&world, "box_new")->contract.effects.n, 1);
        ck_assert_ptr_null(models_find(world.models, name_of(world.names, "box_not")));
        arena_drop(world.arena);
}
END_TEST

/* Any bytes give entries or one message: models that are compiled in, damaged in every way a seed can think
 * of. */
START_TEST(any_bytes)
{
        struct world world = world_new();
        unsigned seed = 12345u + (unsigned)_i;
        for (int round = 0; round < 300; round++) {
                char text[sizeof box * 2];
                size_t length = sizeof box - 1;
                memcpy(text, box, length);
                int damage = rand_r(&seed) % 12;
                for (int i = 0; i < damage; i++)
                        text[(size_t)rand_r(&seed) % length] = (char)(rand_r(&seed) % 256);
                for (int i = rand_r(&seed) % 4; i > 0; i--)
                        text[(size_t)rand_r(&seed) % length] = "=:,*->\".|#\n\0"[rand_r(&seed) % 13];
                length -= (size_t)rand_r(&seed) % length;
                const char *error = NULL;
                bool fine = models_read(world.models, "box.model", text, length, &error);
                ck_assert_int_eq(fine, error == NULL);
                ck_assert(fine || !strncmp(error, "box.model:", 10));
        }
        arena_drop(world.arena);
}
END_TEST

START_TEST(too_many_families_and_words)
{
        struct world world = world_new();
        const char *error = NULL;
        for (int i = 0; i < 200 && !error; i++)
                error = error_of(&world, "m", arena_printf(world.arena, "family box%d\n", i));
        ck_assert_str_eq(error, "m:1:8: more than 127 families");
        char line[500] = "x";
        for (int i = 0; i < 80; i++)
                strcat(line, " pure");
        ck_assert_str_eq(error_of(&world, "m", line), "m:1:318: more than 64 words on a line");
        arena_drop(world.arena);
}
END_TEST

static TCase *lines_case(void)
{
        TCase *lines = tcase_create("lines");
        tcase_add_test(lines, effects_of_lines);
        tcase_add_test(lines, conditions_hold_for_their_line);
        tcase_add_test(lines, lock_cases);
        tcase_add_test(lines, callbacks);
        tcase_add_test(lines, aliases_copy_the_contract);
        tcase_add_test(lines, a_later_file_replaces);
        tcase_add_test(lines, lines_for_other_versions_are_read_and_left);
        return lines;
}

static TCase *errors_case(void)
{
        TCase *errors = tcase_create("errors");
        tcase_add_loop_test(errors, errors_name_place_and_remedy, 0, sizeof bads / sizeof *bads);
        tcase_add_test(errors, what_came_before_an_error_stays);
        tcase_add_loop_test(errors, any_bytes, 0, 8);
        tcase_add_test(errors, too_many_families_and_words);
        return errors;
}

int main(void)
{
        Suite *suite = suite_create("model");
        suite_add_tcase(suite, lines_case());
        suite_add_tcase(suite, errors_case());
        SRunner *runner = srunner_create(suite);
        srunner_run_all(runner, CK_NORMAL);
        int failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed ? 1 : 0;
}
