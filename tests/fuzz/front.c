/*
 * front.c: readers of the front half, for fuzz.c. In: a compile_commands.json;
 * the text of a source for its comments that silence rules, which goes the way
 * of the program: scanned as the worker does, though without libclang's tree,
 * written as a unit, and read again.
 */
#include "front.h"

#include "front/compdb.h"
#include "front/flags.h"
#include "front/worker/lower.h"

#include <stdlib.h>

/* The unit of a source whose syntax nobody looked at. */
static struct unit *scanned(struct arena *arena, const char *text, size_t length)
{
        struct names *names = names_new(arena);
        struct job job = {.path = "x.c", .tree = "/", .directory = "/"};
        struct unit *unit = unit_new(arena, names, name_of(names, "x.c"));
        struct source source = {.path = name_of(names, "y.c"), .in_tree = true, .header = -1, .number = -1};
        struct lower lower = {
            .arena = arena, .scratch = arena_new(), .head = unit, .unit = unit, .job = &job};
        lower.sources = (struct sources){.arena = arena, .unit = unit, .job = &job};
        map_init(&lower.sources.by_file, arena);
        source.text = text;
        source.length = length;
        *map_at(&lower.sources.by_file, MAP_KEY(&source)) = &source;
        lower_texts(&lower);
        arena_drop(lower.scratch);
        return unit;
}

struct unit *scan_comments(struct arena *arena, const char *text, size_t length)
{
        const char *error = NULL;
        struct text bytes;
        struct unit *unit = scanned(arena, text, length);
        unit_write(arena, unit, &bytes);
        struct unit *again = unit_read(arena, names_new(arena), bytes.bytes, bytes.length, &error);
        /* What we write ourselves we must be able to read. */
        if (!again || again->allows.n != unit->allows.n)
                abort();
        return again;
}

void read_database(struct arena *arena, const uint8_t *bytes, size_t length)
{
        const char *error = NULL;
        const char *path = file_of(arena, "compile_commands.json", bytes, length);
        struct compdb *database = compdb_read(arena, path, &error);
        for (int i = 0; database && i < database->entries.n; i++) {
                const struct compdb_entry *entry = &database->entries.at[i];
                struct flags flags = flags_read(arena, entry->command.at, entry->command.n, entry->directory);
                flags_object(arena, flags.output ? flags.output : entry->output ? entry->output : "");
        }
}
