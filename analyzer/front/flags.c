/*
 * flags.c: see flags.h. A table says for each option that is kept how it
 * takes its value; an option that is not in the table is dropped, because
 * libclang refuses a unit for an option it does not know, and no other one
 * changes the meaning of C.
 */
#include "front/flags.h"

#include "base/file.h"
#include "base/text.h"

#include <stdbool.h>
#include <string.h>

enum shape {
        SHAPE_ALONE,  /* -pthread */
        SHAPE_PREFIX, /* -std=c11: value joined, any */
        SHAPE_VALUE,  /* -DX or -D X */
        SHAPE_PATH,   /* as SHAPE_VALUE, and the value is a path */
        SHAPE_APART,  /* -include FILE: a path, always a word of its own */
        SHAPE_SKIP,   /* -o FILE: drop it with its word; joined values are dropped anyway */
};

static const struct option {
        const char *text;
        enum shape shape;
} options[] = {
    {"-isystem", SHAPE_PATH},
    {"-iquote", SHAPE_PATH},
    {"-idirafter", SHAPE_PATH},
    {"-isysroot", SHAPE_PATH},
    {"-include", SHAPE_APART},
    {"-imacros", SHAPE_APART},
    {"-I", SHAPE_PATH},
    {"-D", SHAPE_VALUE},
    {"-U", SHAPE_VALUE},
    {"-std=", SHAPE_PREFIX},
    {"--std=", SHAPE_PREFIX},
    {"--sysroot=", SHAPE_PREFIX},
    {"--target=", SHAPE_PREFIX},
    {"-ansi", SHAPE_ALONE},
    {"-pthread", SHAPE_ALONE},
    {"-undef", SHAPE_ALONE},
    {"-nostdinc", SHAPE_ALONE},
    {"-fms-extensions", SHAPE_ALONE},
    {"-fplan9-extensions", SHAPE_ALONE},
    {"-fsigned-char", SHAPE_ALONE},
    {"-funsigned-char", SHAPE_ALONE},
    {"-fshort-enums", SHAPE_ALONE},
    {"-fshort-wchar", SHAPE_ALONE},
    {"-fgnu89-inline", SHAPE_ALONE},
    {"-ffreestanding", SHAPE_ALONE},
    {"-fno-builtin", SHAPE_ALONE},
    {"-fblocks", SHAPE_ALONE},
    {"-m32", SHAPE_ALONE},
    {"-m64", SHAPE_ALONE},
    {"-mx32", SHAPE_ALONE},
    {"-march=", SHAPE_PREFIX},
    {"-mcpu=", SHAPE_PREFIX},
    {"-mfpu=", SHAPE_PREFIX},
    {"-mfloat-abi=", SHAPE_PREFIX},
    /* Features of processors: they define the macros by which sources choose their kernels. */
    {"-msse", SHAPE_PREFIX},
    {"-mssse3", SHAPE_ALONE},
    {"-mavx", SHAPE_PREFIX},
    {"-mfma", SHAPE_PREFIX},
    {"-mf16c", SHAPE_ALONE},
    {"-mpopcnt", SHAPE_ALONE},
    {"-maes", SHAPE_ALONE},
    {"-mbmi", SHAPE_PREFIX},
    {"-mlzcnt", SHAPE_ALONE},
    {"-mpclmul", SHAPE_ALONE},
    {"-mvsx", SHAPE_ALONE},
    {"-maltivec", SHAPE_ALONE},
    {"-mxop", SHAPE_ALONE},
    {"-o", SHAPE_SKIP},
    {"-MF", SHAPE_SKIP},
    {"-MT", SHAPE_SKIP},
    {"-MQ", SHAPE_SKIP},
    {"-MJ", SHAPE_SKIP},
    {"-x", SHAPE_SKIP},
    {"-arch", SHAPE_SKIP},
    {"-include-pch", SHAPE_SKIP},
    {"-Xclang", SHAPE_SKIP},
    {"-Xpreprocessor", SHAPE_SKIP},
    {"-Xassembler", SHAPE_SKIP},
    {"-Xlinker", SHAPE_SKIP},
    {"--param", SHAPE_SKIP},
};

/* The longest option that WORD starts with, or is. */
static const struct option *option_of(const char *word)
{
        const struct option *best = NULL;
        for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
                const struct option *option = &options[i];
                size_t n = strlen(option->text);
                bool joins = option->shape == SHAPE_PREFIX || option->shape == SHAPE_VALUE ||
                             option->shape == SHAPE_PATH;
                if (strncmp(word, option->text, n) || (word[n] && !joins && option->shape != SHAPE_SKIP))
                        continue;
                if (!best || n > strlen(best->text))
                        best = option;
        }
        return best;
}

struct reader {
        struct arena *arena;
        const char *const *words;
        int n, at;
        const char *directory;
        struct flags *flags;
};

static void keep(struct reader *reader, const char *arg)
{
        VEC_PUSH(reader->arena, &reader->flags->args, arg);
}

/* The value of an option: the rest of its word, or the next word. NULL at the end. */
static const char *value_of(struct reader *reader, const char *word, const struct option *option)
{
        const char *joined = word + strlen(option->text);
        if (*joined)
                return joined;
        return reader->at < reader->n ? reader->words[reader->at++] : NULL;
}

/* A level of checks in the C library: without optimisation it only warns. */
static bool is_noise(const char *word, const char *value)
{
        return (word[1] == 'D' || word[1] == 'U') && !strncmp(value, "_FORTIFY_SOURCE", 15);
}

static void read_word(struct reader *reader, const char *word)
{
        const struct option *option = option_of(word);
        if (!option)
                return;
        if (option->shape == SHAPE_ALONE || option->shape == SHAPE_PREFIX) {
                keep(reader, word);
                return;
        }
        const char *value = value_of(reader, word, option);
        if (!value)
                return;
        switch (option->shape) {
        case SHAPE_VALUE:
                if (!is_noise(word, value))
                        keep(reader, arena_printf(reader->arena, "%s%s", option->text, value));
                break;
        case SHAPE_PATH:
                value = path_clean(reader->arena, reader->directory, value);
                keep(reader, arena_printf(reader->arena, "%s%s", option->text, value));
                break;
        case SHAPE_APART:
                keep(reader, option->text);
                keep(reader, path_clean(reader->arena, reader->directory, value));
                break;
        default:
                if (!strcmp(option->text, "-o"))
                        reader->flags->output = value;
        }
}

/* gcc -Wp,-DX,-MD,file: what the preprocessor alone is told. */
static void read_preprocessor(struct reader *reader, const char *word)
{
        char *rest = arena_strndup(reader->arena, word, strlen(word)), *part;
        while ((part = strsep(&rest, ",")))
                if (part[0] == '-' && (part[1] == 'D' || part[1] == 'U' || part[1] == 'I') && part[2])
                        read_word(reader, part);
}

static void read_words(struct reader *reader, int depth);

/* @file: more words of the command. */
static void read_response(struct reader *reader, const char *name, int depth)
{
        struct text text;
        if (depth > 4 ||
            !file_read(reader->arena, path_clean(reader->arena, reader->directory, name), 1 << 20, &text))
                return;
        struct words words = words_split(reader->arena, text.bytes);
        struct reader inner = *reader;
        inner.words = words.at;
        inner.n = words.n;
        inner.at = 0;
        read_words(&inner, depth + 1);
}

static void read_words(struct reader *reader, int depth)
{
        while (reader->at < reader->n) {
                const char *word = reader->words[reader->at++];
                if (word[0] == '@')
                        read_response(reader, word + 1, depth);
                else if (!strncmp(word, "-Wp,", 4))
                        read_preprocessor(reader, word + 4);
                else if (word[0] == '-')
                        read_word(reader, word);
        }
}

struct flags flags_read(struct arena *arena, const char *const *words, int nwords, const char *directory)
{
        struct flags flags = {.output = NULL};
        struct reader reader = {
            .arena = arena, .words = words, .n = nwords, .directory = directory, .flags = &flags};
        read_words(&reader, 0);
        return flags;
}

const char *flags_object(struct arena *arena, const char *output)
{
        char *rest = arena_strndup(arena, output, strlen(output)), *part;
        bool in_cmake = false;
        while ((part = strsep(&rest, "/"))) {
                size_t n = strlen(part);
                /* Meson keeps the objects of NAME.so in a folder NAME.so.p, CMake in CMakeFiles/NAME.dir. */
                if (n > 2 && !strcmp(part + n - 2, ".p") && (strstr(part, ".so") || strstr(part, ".pyd")))
                        return arena_strndup(arena, part, n - 2);
                if (in_cmake && n > 4 && !strcmp(part + n - 4, ".dir"))
                        return arena_strndup(arena, part, n - 4);
                in_cmake = !strcmp(part, "CMakeFiles");
        }
        return "";
}
