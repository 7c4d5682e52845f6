/*
 * ir.c: units and what they consist of. In: names and an arena. Out: empty
 * units, functions, variables and blocks, ready to be filled. Places are made
 * in place.c, text in ir_write.c and ir_read.c.
 */
#include "ir/ir.h"

#include "base/arena.h"

struct unit *unit_new(struct arena *arena, struct names *names, const char *path)
{
        struct unit *unit = NEW(arena, struct unit);
        unit->arena = arena;
        unit->names = names;
        unit->path = name_of(names, path);
        unit->key = name_of(names, "-");
        unit->flags = name_of(names, "given");
        unit->object = name_of(names, "");
        VEC_PUSH(arena, &unit->files, unit->path);
        return unit;
}

uint32_t unit_file(struct unit *unit, sym path)
{
        for (int i = 0; i < unit->files.n; i++)
                if (unit->files.at[i] == path)
                        return (uint32_t)i;
        VEC_PUSH(unit->arena, &unit->files, path);
        return (uint32_t)unit->files.n - 1;
}

static struct func *func_make(struct unit *unit, sym name)
{
        struct func *func = NEW(unit->arena, struct func);
        func->name = name;
        func->result = name_of(unit->names, "");
        func_block(unit, func);
        return func;
}

struct func *func_new(struct unit *unit, sym name)
{
        struct func *func = func_make(unit, name);
        VEC_PUSH(unit->arena, &unit->funcs, func);
        return func;
}

struct data *data_new(struct unit *unit, sym name)
{
        struct data *data = NEW(unit->arena, struct data);
        data->name = name;
        data->type = name_of(unit->names, "");
        data->inits = func_make(unit, name);
        VEC_PUSH(unit->arena, &unit->datas, data);
        return data;
}

int func_var(const struct func *func, int place)
{
        for (int i = 0; i < func->vars.n; i++)
                if (func->vars.at[i].place == place)
                        return i;
        return -1;
}

sym func_type(const struct func *func, int place)
{
        int var = func_var(func, place);
        return var < 0 ? NULL : func->vars.at[var].type;
}

int func_block(struct unit *unit, struct func *func)
{
        VEC_PUSH(unit->arena, &func->blocks, (struct block){.end = END_STOP, .place = -1});
        return func->blocks.n - 1;
}
