/*
 * capture_join.c: fragments of a captured build into compile_commands.json,
 * see capture.h. Fragments are read as anybody's bytes.
 */
#include "capture.h"

#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One source that one call compiled. */
struct compile {
        const char *directory, *file, *output, *object;
        json_t *arguments;
};

/* A link: where its inputs and its output are. */
struct linking {
        const char *output;
        struct words inputs;
};

struct joined {
        struct arena *arena;
        VEC(struct compile) entries;
        VEC(struct linking) links;
        VEC(json_t *) made; /* arguments that are no fragment's */
};

static const char *text_of(const json_t *fragment, const char *key)
{
        const char *text = json_string_value(json_object_get(fragment, key));
        return text ? text : "";
}

/* What configuration steps compile to learn about the compiler is none of the project's sources. */
static bool is_probe(const char *path)
{
        return strstr(path, "/CMakeFiles/") || strstr(path, "/meson-private/");
}

/* WORD with the relative path behind the option it begins with, if it is one of a header or its folder. */
static const char *rooted_word(struct arena *arena, const char *directory, const char *word, bool *next)
{
        static const char *const options[] = {"-iquote",  "-isystem", "-idirafter",
                                              "-include", "-imacros", "-I"};
        *next = false;
        for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
                size_t length = strlen(options[i]);
                if (strncmp(word, options[i], length))
                        continue;
                *next = !word[length];
                return *next ? word
                             : arena_printf(arena, "%s%s", options[i],
                                            path_clean(arena, directory, word + length));
        }
        return word;
}

/* Moves ENTRY out of a folder that is gone, as those are in which wheels are built, to one that is there. */
static void root_entry(struct joined *joined, struct compile *entry, const char *source)
{
        struct arena *arena = joined->arena;
        const char *gone = entry->directory;
        json_t *words = json_array();
        bool path = false;
        for (size_t i = 0; i < json_array_size(entry->arguments); i++) {
                const char *word = json_string_value(json_array_get(entry->arguments, i));
                bool next = false;
                if (word && path)
                        word = path_clean(arena, gone, word);
                else if (word)
                        word = !strcmp(word, source) ? entry->file : rooted_word(arena, gone, word, &next);
                path = next;
                json_array_append_new(words, json_string(word ? word : ""));
        }
        entry->arguments = words;
        VEC_PUSH(arena, &joined->made, words);
        while (access(entry->directory, F_OK) && strcmp(entry->directory, "/"))
                entry->directory = path_dir(arena, entry->directory);
}

static void add_fragment(struct joined *joined, json_t *fragment)
{
        struct arena *arena = joined->arena;
        const char *directory = text_of(fragment, "directory"), *output = text_of(fragment, "output");
        json_t *sources = json_object_get(fragment, "sources"), *inputs = json_object_get(fragment, "inputs");
        struct linking link = {.output = path_clean(arena, directory, output)};
        for (size_t i = 0; i < json_array_size(sources); i++) {
                const char *source = json_string_value(json_array_get(sources, i));
                const char *file = source ? path_clean(arena, directory, source) : NULL;
                /* The folder may be gone: builders of wheels build in one that they remove. */
                if (!file || access(file, R_OK) || is_probe(file) || is_probe(directory))
                        continue;
                struct compile entry = {directory, file, *output ? path_clean(arena, directory, output) : "",
                                        "", json_object_get(fragment, "arguments")};
                if (access(directory, F_OK))
                        root_entry(joined, &entry, source);
                VEC_PUSH(arena, &joined->entries, entry);
        }
        for (size_t i = 0; i < json_array_size(inputs); i++) {
                const char *input = json_string_value(json_array_get(inputs, i));
                if (input)
                        VEC_PUSH(arena, &link.inputs, path_clean(arena, directory, input));
        }
        if (link.inputs.n && *output)
                VEC_PUSH(arena, &joined->links, link);
}

/* Into which shared object an entry's output goes. */
static void find_objects(struct joined *joined)
{
        for (int i = 0; i < joined->entries.n; i++) {
                struct compile *entry = &joined->entries.at[i];
                size_t length = strlen(entry->output);
                if (length > 3 && !strcmp(entry->output + length - 3, ".so"))
                        entry->object = entry->output;
                for (int l = 0; l < joined->links.n; l++)
                        for (int n = 0; n < joined->links.at[l].inputs.n; n++)
                                if (!strcmp(joined->links.at[l].inputs.at[n], entry->output))
                                        entry->object = joined->links.at[l].output;
        }
}

static int by_place(const void *a, const void *b)
{
        const struct compile *x = a, *y = b;
        int order = strcmp(x->file, y->file);
        if (!order)
                order = strcmp(x->directory, y->directory);
        return order ? order : strcmp(x->output, y->output);
}

/* Sorted, a source that was compiled again to the same output once. */
static void write_entries(struct joined *joined, struct out *out, int *count)
{
        if (joined->entries.n)
                qsort(joined->entries.at, (size_t)joined->entries.n, sizeof *joined->entries.at, by_place);
        json_t *array = json_array();
        for (int i = 0; i < joined->entries.n; i++) {
                const struct compile *entry = &joined->entries.at[i];
                if (i && !by_place(entry - 1, entry))
                        continue;
                json_t *object =
                    json_pack("{ss ss sO ss}", "directory", entry->directory, "file", entry->file,
                              "arguments", entry->arguments, "output", entry->output);
                if (*entry->object)
                        json_object_set_new(object, "object", json_string(entry->object));
                json_array_append_new(array, object);
        }
        *count = (int)json_array_size(array);
        size_t room = json_dumpb(array, NULL, 0, JSON_INDENT(1));
        char *bytes = arena_alloc(joined->arena, room + 1);
        json_dumpb(array, bytes, room, JSON_INDENT(1));
        out_bytes(out, bytes, room);
        out_char(out, '\n');
        json_decref(array);
}

bool capture_join(struct arena *arena, const char *dir, struct out *out, int *count, const char **error)
{
        struct joined joined = {.arena = arena};
        VEC(json_t *) fragments = {0};
        DIR *folder = opendir(dir);
        if (!folder) {
                *error = arena_printf(arena, "cannot read '%s': %s", dir, strerror(errno));
                return false;
        }
        for (struct dirent *item; (item = readdir(folder));) {
                size_t length = strlen(item->d_name);
                if (length < 5 || strcmp(item->d_name + length - 5, ".json"))
                        continue;
                json_t *fragment = json_load_file(path_join(arena, dir, item->d_name), 0, NULL);
                if (fragment)
                        VEC_PUSH(arena, &fragments, fragment);
        }
        closedir(folder);
        for (int i = 0; i < fragments.n; i++)
                add_fragment(&joined, fragments.at[i]);
        find_objects(&joined);
        write_entries(&joined, out, count);
        for (int i = 0; i < fragments.n; i++)
                json_decref(fragments.at[i]);
        for (int i = 0; i < joined.made.n; i++)
                json_decref(joined.made.at[i]);
        return true;
}
