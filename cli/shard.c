/* shard.c: see shard.h. */
#include "shard.h"

#include "message.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_SHARDS = 1000000 };

/* The number TEXT, -1 when it is none. */
static long number_of(const char *text, char stop)
{
        char *end;
        long number = text && *text >= '0' && *text <= '9' ? strtol(text, &end, 10) : -1;
        return number >= 0 && number <= MOST_SHARDS && *end == stop ? number : -1;
}

static bool set(struct use_of_command *use, const char *who, long shard, long shards)
{
        struct ship_options *ship = &use->values->settings.opt.ship;
        if (shard < 1 || shards < 1 || shard > shards) {
                complain("%s: there is no part %ld of %ld", who, shard, shards);
                return false;
        }
        ship->shard = (int)shard;
        ship->shards = (int)shards;
        return true;
}

/* A job array: the variables of its index, of how many there are, and of where it begins. */
struct array {
        const char *index, *count, *first, *step;
};

static const struct array arrays[] = {
    {"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_STEP"},
    {"AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE", NULL, NULL},
    {"JOB_COMPLETION_INDEX", NULL, NULL, NULL},
};

/* With --shards the indexes run from 0, however many of them this array holds: one of them can run again. */
static bool take_array(struct use_of_command *use, const struct array *array)
{
        long told = use->settings->opt.ship.shards, index = number_of(getenv(array->index), 0);
        long count = array->count ? number_of(getenv(array->count), 0) : -1;
        long first = array->first ? number_of(getenv(array->first), 0) : 0;
        long step = array->step ? number_of(getenv(array->step), 0) : 1;
        if (index < 0)
                return !complain("%s is '%s', not a number", array->index, getenv(array->index));
        if (told)
                return set(use, array->index, index + 1, told);
        if (count < 1)
                return !complain("%s says which part this is; say of how many with --shards", array->index);
        return set(use, array->index, (index - (first > 0 ? first : 0)) / (step > 0 ? step : 1) + 1, count);
}

bool shard_settle(struct use_of_command *use)
{
        const char *text = use->settings->shard, *slash = text ? strchr(text, '/') : NULL;
        if (text) {
                long shard = number_of(text, '/'), shards = slash ? number_of(slash + 1, 0) : -1;
                int told = use->settings->opt.ship.shards;
                if (shard < 0 || shards < 0)
                        return !complain("--shard: expected K/N, such as 2/8, not '%s'", text);
                if (told && told != shards)
                        return !complain("--shard speaks of %ld parts, --shards of %d", shards, told);
                return set(use, "--shard", shard, shards);
        }
        for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
                if (getenv(arrays[i].index))
                        return take_array(use, &arrays[i]);
        return true;
}

static void add_values(struct use_of_command *use, const struct option_row *row, struct words *out)
{
        const struct words *list = (const void *)((const char *)use->settings + row->offset);
        const char *name = arena_printf(use->arena, "--%s", row->name);
        bool each = row->kind == OPTION_TEXTS || row->kind == OPTION_PATHS || row->kind == OPTION_OUTPUT;
        for (int i = 0; i < (each ? list->n : 1); i++) {
                const char *text = each ? list->at[i] : values_text(use->values, row);
                VEC_PUSH(use->arena, out, arena_printf(use->arena, "%s=%s", name, text));
        }
}

struct words said_again(struct use_of_command *use, unsigned groups)
{
        struct words words = {0};
        for (const struct option_row *row = option_rows; row->name; row++)
                if (groups & IN(row->group) && use->values->origins[row - option_rows].layer == LAYER_COMMAND)
                        add_values(use, row, &words);
        return words;
}
