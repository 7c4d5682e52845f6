/*
 * records.c: see records.h. The units hold no definitions of records: a type
 * object that is given `sizeof(T)` says that T is one of an object, and a field
 * that is reached through a variable of type `T *` says which record T is.
 */
#include "flow/records.h"

#include <string.h>

/* "const struct node *" is "node"; NULL when it is no pointer to one thing. */
static sym pointed_name(struct names *names, const char *type, bool pointer)
{
        static const char *const words[] = {"const ", "volatile ", "struct ", "union "};
        for (int i = 0; i < 4; i++)
                if (!strncmp(type, words[i], strlen(words[i]))) {
                        type += strlen(words[i]);
                        i = -1;
                }
        size_t length = strcspn(type, "*[(");
        if ((pointer && strcmp(type + length, "*") != 0) || (!pointer && type[length]))
                return NULL;
        while (length && type[length - 1] == ' ')
                length--;
        return name_of_bytes(names, type, length);
}

static sym key_record(struct names *names, sym key)
{
        const char *dot = strrchr(key, '.');
        return dot ? name_of_bytes(names, key, (size_t)(dot - key)) : NULL;
}

static sym key_tag(struct names *names, sym record)
{
        const char *bar = strrchr(record, '|');
        return bar ? name_of(names, bar + 1) : record;
}

static bool is_number(const char *name)
{
        static const char *const starts[] = {
            "char",    "signed",   "unsigned", "short",    "int",     "long",      "float",   "double",
            "_Bool",   "bool",     "size_t",   "ssize_t",  "int8_t",  "int16_t",   "int32_t", "int64_t",
            "uint8_t", "uint16_t", "uint32_t", "uint64_t", "wchar_t", "uintptr_t", "intptr_t"};
        size_t length = strcspn(name, " ");
        for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
                if (strlen(starts[i]) == length && !strncmp(name, starts[i], length))
                        return true;
        return false;
}

static void mark(struct map *map, sym name)
{
        *map_at(map, MAP_KEY(name)) = map;
}

static bool has(const struct map *map, sym name)
{
        return name && map_get(map, MAP_KEY(name));
}

/* "sizeof(T)" stored where the models say that a type keeps the size of its objects. */
static void data_objects(struct records *records, const struct func *inits)
{
        for (int e = 0; e < inits->blocks.at[0].events.n; e++) {
                const struct event *event = &inits->blocks.at[0].events.at[e];
                if (event->kind != EVENT_ASSIGN || inits->places.at[event->dst].kind != PLACE_FIELD ||
                    inits->places.at[event->src].kind != PLACE_SIZEOF)
                        continue;
                const struct slot *slot =
                    models_slot(records->program->models, inits->places.at[event->dst].name);
                sym type = pointed_name(records->program->names, inits->places.at[event->src].name, false);
                if (slot && slot->role && !strcmp(slot->role, "basicsize") && type)
                        mark(&records->objects, type);
        }
}

/* A field reached through a variable: the record has the name of the variable's type, or another one. */
static void func_records(struct records *records, const struct func *func)
{
        struct names *names = records->program->names;
        for (int i = 0; i < func->places.n; i++) {
                const struct place *p = &func->places.at[i];
                if (p->kind != PLACE_FIELD || func->places.at[p->base].kind != PLACE_DEREF)
                        continue;
                sym type = func_type(func, func->places.at[p->base].base),
                    record = key_record(names, p->name);
                sym name = type ? pointed_name(names, type, true) : NULL;
                if (!record || !strchr(record, '|'))
                        continue;
                bool named = name && strcmp(name, "void") != 0 && !is_number(name);
                if (has(&records->objects, key_tag(names, record)) ||
                    (named && has(&records->objects, name))) {
                        mark(&records->objects, record);
                        if (named)
                                mark(&records->objects, name);
                } else if (named) {
                        mark(&records->own, name);
                }
        }
}

void records_find(struct records *records, struct program *program, struct arena *arena)
{
        *records = (struct records){.program = program};
        map_init(&records->objects, arena);
        map_init(&records->own, arena);
        for (int u = 0; u < program->units.n; u++)
                for (int d = 0; d < program->units.at[u]->datas.n; d++)
                        data_objects(records, program->units.at[u]->datas.at[d]->inits);
        for (int i = 0; i < program->functions.n; i++)
                func_records(records, program->functions.at[i]->func);
}

enum pointee records_pointee(const struct records *records, sym type)
{
        struct names *names = records->program->names;
        const char *star = strchr(type, '*');
        if (star && strchr(star + 1, '*'))
                return POINTEE_PLAIN;
        sym name = pointed_name(names, type, true);
        if (!name || !strcmp(name, "void"))
                return POINTEE_UNKNOWN;
        if (is_number(name))
                return POINTEE_PLAIN;
        if (has(&records->objects, name))
                return POINTEE_OBJECT;
        return has(&records->own, name) ? POINTEE_RECORD : POINTEE_UNKNOWN;
}

bool records_in_object(const struct records *records, sym key)
{
        struct names *names = records->program->names;
        sym record = key_record(names, key);
        return record && (has(&records->objects, record) || has(&records->objects, key_tag(names, record)));
}
