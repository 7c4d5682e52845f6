/* earlier_database.c: see earlier_database.h. Knows of flags only which take a path. */
#include "earlier_database.h"

#include "base/file.h"
#include "front/compdb.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>
#include <unistd.h>

struct mapping {
        struct arena *arena;
        const char *top, *target;
};

/* The path in the copy, when the copy has it; else PATH. */
static const char *map_path(const struct mapping *map, const char *path)
{
        const char *below = path_below(map->top, path);
        const char *there = below ? path_join(map->arena, map->target, below) : NULL;
        return there && !access(there, F_OK) ? there : path;
}

/* "-Isrc" and the like: their path, made absolute and mapped. */
static const char *map_flag(const struct mapping *map, const char *directory, const char *word)
{
        static const char *const flags[] = {"-I", "-isystem", "-iquote", "-idirafter", "-include"};
        for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
                size_t length = strlen(flags[i]);
                if (strncmp(word, flags[i], length) || !word[length])
                        continue;
                return arena_printf(map->arena, "%s%s", flags[i],
                                    map_path(map, path_clean(map->arena, directory, word + length)));
        }
        return *word == '/' ? map_path(map, word) : word;
}

static bool takes_path(const char *word)
{
        return !strcmp(word, "-I") || !strcmp(word, "-isystem") || !strcmp(word, "-iquote") ||
               !strcmp(word, "-idirafter") || !strcmp(word, "-include");
}

static json_t *map_entry(const struct mapping *map, const struct compdb_entry *entry, const char *file)
{
        json_t *words = json_array();
        for (int i = 0; i < entry->command.n; i++) {
                const char *word = map_flag(map, entry->directory, entry->command.at[i]);
                if (i && takes_path(entry->command.at[i - 1]))
                        word = map_path(map, path_clean(map->arena, entry->directory, entry->command.at[i]));
                json_array_append_new(words, json_string(word));
        }
        json_t *made = json_pack("{ss ss so}", "directory", map_path(map, entry->directory), "file", file,
                                 "arguments", words);
        if (made && entry->output)
                json_object_set_new(made, "output", json_string(entry->output));
        return made;
}

bool earlier_database(struct arena *arena, const char *database, const char *top, const char *target,
                      bool *made, const char **error)
{
        struct mapping map = {arena, top, target};
        if (!database)
                database = compdb_find(arena, top);
        *made = database != NULL;
        const struct compdb *today = database ? compdb_read(arena, database, error) : NULL;
        if (!today)
                return !database;
        json_t *array = json_array();
        for (int i = 0; i < today->entries.n; i++) {
                const char *file = map_path(&map, today->entries.at[i].file);
                if (path_below(target, file))
                        json_array_append_new(array, map_entry(&map, &today->entries.at[i], file));
        }
        const char *path = path_join(arena, target, "compile_commands.json");
        bool good = !json_dump_file(array, path, 0);
        if (!good)
                *error = arena_printf(arena, "cannot write '%s': %s", path, strerror(errno));
        json_decref(array);
        return good;
}
