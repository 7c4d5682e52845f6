/*
 * travel_edge.c: where the tree ends: functions that are called from outside
 * or exported, records and variables that belong to others. See travel.h.
 */
#include "query/travel.h"

#include <string.h>

/* What a function gets comes from outside, what it returns goes there. */
static void mark_function(struct travel *travel, enum mark_kind kind, const struct function *function,
                          struct where at, const char *said)
{
        bool assumption = kind == MARK_CALLABLE;
        int result = travel->results[function->index];
        struct ends ends = {{{result, false}}, 1};
        travel_mark_all(travel, kind, MARK_OUT, &ends, assumption ? -1 : result, function, at, said);
        for (int i = 0; i < function->func->nparams; i++) {
                int param = travel_param(travel, function, i);
                ends.at[0].node = param;
                travel_mark_all(travel, kind, MARK_IN, &ends, assumption ? -1 : param, function, at, said);
                int behind = param < 0 || !assumption ? -1 : class_known_pointee(&travel->classes, param);
                if (behind >= 0) /* a result by address */
                        travel_mark(travel, kind, MARK_OUT, (struct end){behind, true}, function, at, said);
        }
}

static const struct data *data_named(const struct program *program, const char *name)
{
        for (int u = 0; u < program->units.n; u++)
                for (int d = 0; d < program->units.at[u]->datas.n; d++)
                        if (!strcmp(program->units.at[u]->datas.at[d]->name, name))
                                return program->units.at[u]->datas.at[d];
        return NULL;
}

/* The variable of a key "$name" or "$file:name", NULL when it is the key of a field. */
static const char *variable_of(const char *key)
{
        const char *colon = strrchr(key, ':');
        return *key != '$' ? NULL : colon ? colon + 1 : key + 1;
}

/* A table of addresses without types is how a module hands its functions to other modules. */
static bool is_table(const struct program *program, const char *key)
{
        const char *variable = key ? variable_of(key) : NULL;
        const struct data *data = variable ? data_named(program, variable) : NULL;
        return data && strstr(data->type, "void *") && strchr(data->type, '[');
}

static void read_handed(struct travel *travel, const struct handed *handed)
{
        const struct program *program = travel->program;
        const struct function *function = handed->function;
        struct arena *arena = travel->arena;
        const char *name = function_name(function);
        if (handed->callee) {
                bool own = handed->in && program_resolve(program, handed->in->unit, handed->callee) &&
                           !models_find(program->models, handed->callee);
                if (!own) /* to a function of the tree: calls through its parameter are resolved */
                        mark_function(travel, MARK_CALLED, function, handed->at,
                                      arena_printf(arena, "'%s' is handed to '%s', which calls it", name,
                                                   handed->callee));
        } else if (is_table(program, handed->key)) {
                mark_function(
                    travel, MARK_EXPORTED, function, handed->at,
                    arena_printf(arena, "the tree exports '%s' in '%s'", name, variable_of(handed->key)));
        } else if (!handed->key) {
                mark_function(travel, MARK_CALLED, function, handed->at,
                              arena_printf(arena, "the address of '%s' goes where it is not followed", name));
        } else if (models_slot(program->models, handed->key) ||
                   (*handed->key != '$' && strchr(handed->key, '.') && !strchr(handed->key, '|'))) {
                mark_function(travel, MARK_CALLED, function, handed->at,
                              arena_printf(arena,
                                           "'%s' is called from outside the tree: it is stored in '%s'", name,
                                           handed->key));
        }
}

/* What other trees may link against. */
static void read_extern(struct travel *travel, const struct function *function)
{
        const struct program *program = travel->program;
        const char *name = function_name(function);
        if (!function->exported)
                return;
        if (models_find(program->models, name))
                mark_function(travel, MARK_EXPORTED, function, function->at,
                              arena_printf(travel->arena, "the tree itself defines and exports '%s'", name));
        else if (!function->callers.n && !function->address_taken && !models_entry(program->models, name))
                mark_function(travel, MARK_EXPORTED, function, function->at,
                              arena_printf(travel->arena,
                                           "'%s' is extern and nothing here calls it: others may", name));
        else
                mark_function(travel, MARK_CALLABLE, function, function->at,
                              arena_printf(travel->arena, "nobody outside the tree calls '%s'", name));
}

/* A field without a file belongs to a record of a header outside the tree. */
static void read_fields(struct travel *travel)
{
        for (int i = 0; i < travel->fields.n; i++) {
                sym key = travel->fields.at[i].key;
                struct end end = {travel->fields.at[i].node, false};
                if (!strchr(key, '|') && strchr(key, '.'))
                        travel_mark(
                            travel, MARK_FOREIGN, MARK_IN | MARK_OUT, end, NULL, (struct where){0},
                            arena_printf(travel->arena, "'%s' belongs to code outside the tree", key));
        }
}

/* An extern variable of the tree: whoever links against it can use it, and the fields in it. */
static void assume_private(struct travel *travel, const struct global_node *global)
{
        const char *said =
            arena_printf(travel->arena, "nobody outside the tree uses the variable '%s'", global->name);
        struct end end = {global->node, false};
        travel_mark(travel, MARK_CALLABLE, MARK_IN | MARK_OUT, end, NULL, (struct where){0}, said);
        for (int i = 0; i < travel->objects.n; i++)
                if (travel->objects.at[i].held && travel->objects.at[i].object == global->node) {
                        end.node = travel->objects.at[i].field;
                        travel_mark(travel, MARK_CALLABLE, MARK_IN | MARK_OUT, end, NULL, (struct where){0},
                                    said);
                }
}

static void read_globals(struct travel *travel)
{
        for (int i = 0; i < travel->globals.n; i++) {
                const struct global_node *global = &travel->globals.at[i];
                struct end end = {global->node, false};
                if (global->unit)
                        continue;
                if (data_named(travel->program, global->name))
                        assume_private(travel, global);
                else
                        travel_mark(travel, MARK_FOREIGN, MARK_IN | MARK_OUT, end, NULL, (struct where){0},
                                    arena_printf(travel->arena,
                                                 "the variable '%s' belongs to code outside the tree",
                                                 global->name));
        }
}

/* The class of a record, known by its address or by itself; -1 when nobody looks at it. */
static int record_class(struct travel *travel, int node, bool whole)
{
        int record = whole ? node : class_known_pointee(&travel->classes, node);
        return record < 0 ? -1 : class_of(&travel->classes, record);
}

/*
 * Whether KEY, "file|tag.field", is a field of what "struct tag *" or "tag *"
 * names; any when TYPE is NULL.
 */
static bool is_field_of(const char *key, const char *type)
{
        const char *bar = strrchr(key, '|'), *dot = strrchr(key, '.');
        size_t skip = type && !strncmp(type, "struct ", 7) ? 7 : 0;
        if (!type || !bar || !dot || dot < bar)
                return !type;
        size_t length = strcspn(type + skip, " *");
        return length == (size_t)(dot - bar - 1) && !strncmp(bar + 1, type + skip, length);
}

static sym field_key(const struct travel *travel, int node)
{
        for (int i = 0; i < travel->fields.n; i++)
                if (travel->fields.at[i].node == node)
                        return travel->fields.at[i].key;
        return "";
}

/* Code that knows the type of a record sees all its fields. */
static void read_shown(struct travel *travel)
{
        struct map shown;
        map_init(&shown, travel->arena);
        for (int i = 0; i < travel->shown.n; i++) {
                struct shown_record *record = &travel->shown.at[i];
                int class = record_class(travel, record->node, record->whole);
                if (class >= 0)
                        *map_at(&shown, (uint64_t) class + 1) = record;
        }
        for (int i = 0; i < travel->objects.n; i++) {
                const struct object_field *field = &travel->objects.at[i];
                int class = record_class(travel, field->object, field->held);
                const struct shown_record *record = class < 0 ? NULL : map_get(&shown, (uint64_t) class + 1);
                if (record && is_field_of(field_key(travel, field->field), record->type))
                        travel_mark(travel, MARK_PASSED, MARK_IN | MARK_OUT,
                                    (struct end){field->field, false}, record->in, record->at, record->said);
        }
}

/*
 * A record through whose pointer plain values are stored too (its first word
 * as the link of a free list) has fields and a cell that are the same bytes.
 */
static void join_raw_records(struct travel *travel)
{
        struct map raw;
        map_init(&raw, travel->arena);
        for (int i = 0; i < travel->raw.n; i++)
                if (travel->raw.at[i] >= 0)
                        *map_at(&raw, (uint64_t)class_of(&travel->classes, travel->raw.at[i]) + 1) = travel;
        for (int i = 0; i < travel->objects.n; i++) {
                const struct object_field *field = &travel->objects.at[i];
                if (field->held || !map_get(&raw, (uint64_t)class_of(&travel->classes, field->object) + 1))
                        continue;
                struct end own = {field->field, false};
                struct end cell = {class_pointee(&travel->classes, field->object), true};
                VEC_PUSH(travel->arena, &travel->edges, (struct edge){own, cell});
                VEC_PUSH(travel->arena, &travel->edges, (struct edge){cell, own});
        }
}

/* --- records that extern functions give and get ------------------------------------------- */

/* Fields by the class of the record that they are in. */
struct shelves {
        struct map first; /* class + 1 -> index in travel->objects + 1 */
        int *next;
        struct map seen; /* classes that somebody outside may reach */
        VEC(int) reached;
};

static void put_on_shelves(struct travel *travel, struct shelves *shelves)
{
        map_init(&shelves->first, travel->arena);
        map_init(&shelves->seen, travel->arena);
        shelves->next = NEW_ARRAY(travel->arena, int, travel->objects.n + 1);
        for (int i = travel->objects.n - 1; i >= 0; i--) {
                const struct object_field *field = &travel->objects.at[i];
                int record = field->held ? field->object : class_pointee(&travel->classes, field->object);
                void **slot = map_at(&shelves->first, (uint64_t)class_of(&travel->classes, record) + 1);
                shelves->next[i] = (int)(intptr_t)*slot;
                *slot = (void *)(intptr_t)(i + 1);
        }
}

/* A record of the type of what NODE points at; any when TYPE is NULL, as what is found in one is. */
static void reach_record(struct travel *travel, struct shelves *shelves, int node, const char *type,
                         const struct function *through)
{
        int class = node < 0 ? -1 : record_class(travel, node, false);
        void **seen = class < 0 ? NULL : map_at(&shelves->seen, (uint64_t) class + 1);
        int i = seen && !*seen ? (int)(intptr_t)map_get(&shelves->first, (uint64_t) class + 1) : 0;
        for (; i; i = shelves->next[i - 1]) {
                int field = travel->objects.at[i - 1].field;
                const char *key = field_key(travel, field);
                if (!is_field_of(key, type))
                        continue;
                *seen = travel;
                travel_mark(travel, MARK_CALLABLE, MARK_IN | MARK_OUT, (struct end){field, false}, through,
                            through->at,
                            arena_printf(travel->arena,
                                         "nobody outside the tree reaches '%s', through '%s' for instance",
                                         strrchr(key, '|') ? strrchr(key, '|') + 1 : key,
                                         function_name(through)));
                VEC_PUSH(travel->arena, &shelves->reached, field);
        }
}

/*
 * Who calls an extern function has the fields of the records that go through it,
 * and of those found in them.
 */
static void read_reached(struct travel *travel)
{
        const struct program *program = travel->program;
        struct shelves shelves = {0};
        put_on_shelves(travel, &shelves);
        for (int f = 0, done = 0; f < program->functions.n; f++) {
                const struct function *function = program->functions.at[f];
                const struct func *func = function->func;
                if (!function->exported || models_entry(program->models, function_name(function)))
                        continue;
                reach_record(travel, &shelves, travel->results[function->index], func->result, function);
                for (int i = 0; i < func->nparams; i++)
                        reach_record(travel, &shelves, travel_param(travel, function, i),
                                     func->vars.at[i].type, function);
                for (; done < shelves.reached.n; done++)
                        reach_record(travel, &shelves, shelves.reached.at[done], NULL, function);
        }
}

void travel_edges(struct travel *travel)
{
        const struct program *program = travel->program;
        join_raw_records(travel);
        for (int i = 0; i < program->handed.n; i++)
                read_handed(travel, &program->handed.at[i]);
        for (int i = 0; i < program->functions.n; i++)
                read_extern(travel, program->functions.at[i]);
        read_fields(travel);
        read_globals(travel);
        read_shown(travel);
        read_reached(travel);
        travel_marks_deepen(travel);
}
