/* settings.c: see settings.h. Reads no file and no argument itself. */
#include "settings.h"

#include "nearest.h"

#include <stdlib.h>
#include <string.h>

static void *spot(const struct values *values, const struct option_row *row)
{
        return (char *)&values->settings + row->offset;
}

/* "unknown value 'hihg'; did you mean 'high'?", else the list. */
static const char *unknown_word(struct arena *arena, const struct option_row *row, const char *text)
{
        struct words words = option_choices(arena, row);
        const char *hint = nearest_hint(arena, text, &words);
        struct out out = {.arena = arena};
        out_format(&out, "unknown value '%s'", text);
        if (*hint) {
                out_text(&out, hint);
                return out_string(&out);
        }
        for (int i = 0; i < words.n; i++)
                out_format(&out, "%s%s",
                           i == 0            ? "; it is one of "
                           : i + 1 < words.n ? ", "
                                             : " and ",
                           words.at[i]);
        return out_string(&out);
}

static int choice_of(struct arena *arena, const struct option_row *row, const char *text)
{
        struct words words = option_choices(arena, row);
        for (int i = 0; i < words.n; i++)
                if (!strcmp(words.at[i], text))
                        return i;
        return -1;
}

bool flag_read(const char *text, bool *out)
{
        *out = !strcmp(text, "yes") || !strcmp(text, "true") || !strcmp(text, "1");
        return *out || !strcmp(text, "no") || !strcmp(text, "false") || !strcmp(text, "0");
}

static const char *set_flag(struct values *values, const struct option_row *row, const char *text)
{
        if (!flag_read(text, spot(values, row)))
                return arena_printf(values->arena, "expected yes or no, not '%s'", text);
        return NULL;
}

static const char *set_number(struct values *values, const struct option_row *row, const char *text)
{
        char *end;
        unsigned long number = strtoul(text, &end, 10);
        if (*text < '0' || *text > '9' || *end)
                return arena_printf(values->arena, "expected a number, not '%s'", text);
        if (number > 1000000 || (!strcmp(row->meta, "PERCENT") && number > 100))
                return arena_printf(values->arena, "the number '%s' is too large", text);
        *(int *)spot(values, row) = (int)number;
        return NULL;
}

/* "3.12" into a version; false when it is none. */
static bool version_read(const char *text, version *out)
{
        char *end;
        unsigned long major = strtoul(text, &end, 10), minor;
        if (*text < '0' || *text > '9' || *end != '.' || major > 9)
                return false;
        text = end + 1;
        minor = strtoul(text, &end, 10);
        if (*text < '0' || *text > '9' || *end || minor > 255)
                return false;
        *out = (version)(major << 8 | minor);
        return true;
}

static const char *set_version(struct values *values, const struct option_row *row, const char *text)
{
        if (version_read(text, spot(values, row)))
                return NULL;
        return arena_printf(values->arena, "expected a version such as 3.12, not '%s'", text);
}

static const char *set_word(struct values *values, const struct option_row *row, const char *text)
{
        int choice = choice_of(values->arena, row, text);
        if (choice < 0)
                return unknown_word(values->arena, row, text);
        if (row->kind == OPTION_CHOICE)
                *(int *)spot(values, row) = choice;
        else
                *(const char **)spot(values, row) = text;
        return NULL;
}

/* FORMAT=FILE: the format must be one that --output-format takes. */
static const char *add_output(struct values *values, const struct option_row *row, const char *text,
                              const char *dir)
{
        const char *equal = strchr(text, '=');
        const struct option_row *formats = option_find("output-format");
        if (!equal || !equal[1])
                return arena_printf(values->arena, "expected FORMAT=FILE, not '%s'", text);
        const char *format = arena_strndup(values->arena, text, (size_t)(equal - text));
        if (choice_of(values->arena, formats, format) < 0)
                return unknown_word(values->arena, formats, format);
        const char *file = path_join(values->arena, dir, equal + 1);
        VEC_PUSH(values->arena, (struct words *)spot(values, row),
                 arena_printf(values->arena, "%s=%s", format, file));
        return NULL;
}

static void add_words(struct values *values, const struct option_row *row, const char *text)
{
        struct words *words = spot(values, row);
        while (*text) {
                size_t length = strcspn(text, ",");
                const char *word = text, *end = text + length;
                while (word < end && *word == ' ')
                        word++;
                while (end > word && end[-1] == ' ')
                        end--;
                if (end > word)
                        VEC_PUSH(values->arena, words,
                                 arena_strndup(values->arena, word, (size_t)(end - word)));
                text += length + (text[length] == ',');
        }
}

/* It goes into logs and to terminals, and may come with the sources: nothing but the address of a folder. */
static bool is_address(const char *text)
{
        static const char *const schemes[] = {"https://", "http://", "file:///"};
        size_t length = strlen(text);
        bool known = false;
        for (int i = 0; i < 3; i++)
                known |= !strncmp(text, schemes[i], strlen(schemes[i])) && length > strlen(schemes[i]);
        return known && text[length - 1] == '/' &&
               strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/%@+,=") ==
                   length;
}

static const char *set_one(struct values *values, const struct option_row *row, const char *text,
                           const char *dir)
{
        if (!*text && row->kind != OPTION_WORDS)
                return "the value is empty";
        switch (row->kind) {
        case OPTION_FLAG:
                return set_flag(values, row, text);
        case OPTION_NUMBER:
                return set_number(values, row, text);
        case OPTION_VERSION:
                return set_version(values, row, text);
        case OPTION_CHOICE:
        case OPTION_WORD:
                return set_word(values, row, text);
        case OPTION_OUTPUT:
                return add_output(values, row, text, dir);
        case OPTION_WORDS:
                add_words(values, row, text);
                return NULL;
        case OPTION_URL:
                if (!is_address(text))
                        return arena_printf(
                            values->arena, "expected an address such as https://example.org/rules/, not '%s'",
                            text);
                *(const char **)spot(values, row) = text;
                return NULL;
        case OPTION_TEXT:
                *(const char **)spot(values, row) = text;
                return NULL;
        case OPTION_PATH:
                *(const char **)spot(values, row) = path_join(values->arena, dir, text);
                return NULL;
        case OPTION_TEXTS:
                VEC_PUSH(values->arena, (struct words *)spot(values, row), text);
                return NULL;
        case OPTION_PATHS:
                VEC_PUSH(values->arena, (struct words *)spot(values, row),
                         path_join(values->arena, dir, text));
                return NULL;
        }
        return NULL;
}

const char *values_set(struct values *values, const struct option_row *row, const char *text, const char *dir,
                       struct option_origin origin)
{
        struct option_origin *old = &values->origins[row - option_rows];
        if (option_is_list(row) && origin.layer > old->layer)
                *(struct words *)spot(values, row) = (struct words){0};
        *old = origin;
        return set_one(values, row, arena_strndup(values->arena, text, strlen(text)), dir);
}

struct values *values_new(struct arena *arena)
{
        struct values *values = NEW(arena, struct values);
        values->arena = arena;
        values->origins = NEW_ARRAY(arena, struct option_origin, option_count);
        for (const struct option_row *row = option_rows; row->name; row++)
                if (row->initial)
                        set_one(values, row, row->initial, ".");
        return values;
}

static const char *words_text(struct arena *arena, const struct words *words)
{
        struct out out = {.arena = arena};
        for (int i = 0; i < words->n; i++)
                out_format(&out, "%s%s", i ? "," : "", words->at[i]);
        return out_string(&out);
}

const char *values_text(const struct values *values, const struct option_row *row)
{
        const void *at = spot(values, row);
        const char *text;
        switch (row->kind) {
        case OPTION_FLAG:
                return *(const bool *)at ? "yes" : "no";
        case OPTION_NUMBER:
                return arena_printf(values->arena, "%d", *(const int *)at);
        case OPTION_CHOICE:
                return option_choices(values->arena, row).at[*(const int *)at];
        case OPTION_VERSION:
                if (!*(const version *)at)
                        return "";
                return arena_printf(values->arena, "%u.%u", *(const version *)at >> 8,
                                    *(const version *)at & 255);
        case OPTION_URL:
        case OPTION_TEXT:
        case OPTION_PATH:
        case OPTION_WORD:
                text = *(const char *const *)at;
                return text ? text : "";
        default:
                return words_text(values->arena, at);
        }
}
