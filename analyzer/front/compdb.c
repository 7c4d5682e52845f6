/* compdb.c: see compdb.h. In: JSON. Out: entries. Judges no flag and looks at no source. */
#include "front/compdb.h"

#include "base/file.h"

#include <errno.h>
#include <glob.h>
#include <jansson.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DATABASE "compile_commands.json"

const char *compdb_find(struct arena *arena, const char *root)
{
        static const char *const places[] = {"", "build*/", "builddir/", "build/cp*/"};
        for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
                /* The root is not a pattern: its own special characters are taken as they are. */
                struct arena *scratch = arena_new();
                char *quoted = arena_alloc(scratch, 2 * strlen(root) + 1), *to = quoted;
                for (const char *from = root; *from; from++) {
                        if (strchr("*?[\\", *from))
                                *to++ = '\\';
                        *to++ = *from;
                }
                glob_t found;
                const char *path = NULL;
                if (glob(arena_printf(scratch, "%s/%s" DATABASE, quoted, places[i]), 0, NULL, &found) == 0) {
                        path = arena_strndup(arena, found.gl_pathv[0], strlen(found.gl_pathv[0]));
                        globfree(&found);
                }
                arena_drop(scratch);
                if (path)
                        return path;
        }
        return NULL;
}

static const char *string_of(struct arena *arena, const json_t *object, const char *name)
{
        const json_t *value = json_object_get(object, name);
        return json_is_string(value)
                   ? arena_strndup(arena, json_string_value(value), json_string_length(value))
                   : NULL;
}

static bool read_command(struct arena *arena, const json_t *object, struct words *words)
{
        const char *command = string_of(arena, object, "command");
        const json_t *arguments = json_object_get(object, "arguments");
        if (json_is_array(arguments)) {
                for (size_t i = 0; i < json_array_size(arguments); i++) {
                        const json_t *word = json_array_get(arguments, i);
                        if (!json_is_string(word))
                                return false;
                        VEC_PUSH(arena, words,
                                 arena_strndup(arena, json_string_value(word), json_string_length(word)));
                }
                return true;
        }
        if (command)
                *words = words_split(arena, command);
        return command;
}

/* What is wrong with one entry, or NULL. */
static const char *read_entry(struct arena *arena, const char *folder, const json_t *object,
                              struct compdb *made)
{
        if (!json_is_object(object))
                return "is not an object";
        const char *file = string_of(arena, object, "file"),
                   *directory = string_of(arena, object, "directory");
        if (!file || !directory)
                return file ? "has no \"directory\"" : "has no \"file\"";
        struct compdb_entry entry = {.output = string_of(arena, object, "output"),
                                     .object = string_of(arena, object, "object")};
        entry.directory = path_clean(arena, folder, directory);
        entry.file = path_clean(arena, entry.directory, file);
        if (!read_command(arena, object, &entry.command))
                return "has neither \"arguments\" (an array of strings) nor \"command\"";
        VEC_PUSH(arena, &made->entries, entry);
        return NULL;
}

static const char *read_entries(struct arena *arena, const char *folder, const json_t *root,
                                struct compdb *made)
{
        if (!json_is_array(root))
                return arena_printf(arena, "'%s' is not a compilation database: it is not an array",
                                    made->path);
        for (size_t i = 0; i < json_array_size(root); i++) {
                const char *wrong = read_entry(arena, folder, json_array_get(root, i), made);
                if (wrong)
                        return arena_printf(arena, "'%s' is not a compilation database: entry %zu %s",
                                            made->path, i + 1, wrong);
        }
        return NULL;
}

struct compdb *compdb_read(struct arena *arena, const char *path, const char **error)
{
        struct compdb *made = NEW(arena, struct compdb);
        struct stat st;
        char here[PATH_MAX];
        bool folder = stat(path, &st) == 0 && S_ISDIR(st.st_mode);
        made->path = folder ? path_join(arena, path, DATABASE) : path;
        if (*made->path != '/' && getcwd(here, sizeof here))
                made->path = path_clean(arena, here, made->path);
        struct arena *scratch = arena_new();
        struct text text;
        json_error_t wrong;
        json_t *root = NULL;
        *error = NULL;
        if (!file_read(scratch, made->path, 0, &text))
                *error = arena_printf(arena, "cannot read '%s': %s", made->path, strerror(errno));
        else if (!(root = json_loadb(text.bytes, text.length, 0, &wrong)))
                *error =
                    arena_printf(arena, "%s:%d:%d: %s", made->path, wrong.line, wrong.column, wrong.text);
        else
                *error = read_entries(arena, path_dir(arena, made->path), root, made);
        json_decref(root);
        arena_drop(scratch);
        return *error ? NULL : made;
}
