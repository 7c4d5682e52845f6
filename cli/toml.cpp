/*
 * toml.cpp: toml++ (https://marzer.github.io/tomlplusplus) behind toml.h. Text
 * comes in, a tree in an arena goes out; no C++ type leaves this file, and no
 * exception: the library is built without them.
 */
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "toml.h"

extern "C" {
#include "base/arena.h"
}

namespace
{

const char *copy(struct arena *arena, std::string_view text)
{
        return arena_strndup(arena, text.data(), text.size());
}

enum toml_kind kind_of(const toml::node &node)
{
        switch (node.type()) {
        case toml::node_type::table:
                return TOML_TABLE;
        case toml::node_type::array:
                return TOML_ARRAY;
        case toml::node_type::string:
                return TOML_TEXT;
        case toml::node_type::integer:
                return TOML_INTEGER;
        case toml::node_type::floating_point:
                return TOML_FLOAT;
        case toml::node_type::boolean:
                return TOML_BOOL;
        default:
                return TOML_DATE;
        }
}

toml_value *items_for(struct arena *arena, size_t n)
{
        return static_cast<toml_value *>(arena_alloc(arena, (n + 1) * sizeof(toml_value)));
}

void fill(struct arena *arena, const toml::node &node, toml_value *out);

/* The library keeps tables sorted by key; messages want the order of the text. */
void fill_table(struct arena *arena, const toml::table &table, toml_value *out)
{
        out->items = items_for(arena, table.size());
        for (auto &&[key, node] : table) {
                toml_value *item = &out->items[out->n++];
                item->key = copy(arena, key.str());
                item->key_line = key.source().begin.line;
                item->key_col = key.source().begin.column;
                fill(arena, node, item);
        }
        std::stable_sort(out->items, out->items + out->n, [](const toml_value &a, const toml_value &b) {
                return a.key_line != b.key_line ? a.key_line < b.key_line : a.key_col < b.key_col;
        });
}

void fill_array(struct arena *arena, const toml::array &array, toml_value *out)
{
        out->items = items_for(arena, array.size());
        for (auto &&node : array) {
                out->items[out->n].key = "";
                fill(arena, node, &out->items[out->n++]);
        }
}

void fill(struct arena *arena, const toml::node &node, toml_value *out)
{
        out->kind = kind_of(node);
        out->line = node.source().begin.line;
        out->col = node.source().begin.column;
        if (const auto *table = node.as_table())
                fill_table(arena, *table, out);
        else if (const auto *array = node.as_array())
                fill_array(arena, *array, out);
        else if (const auto *text = node.as_string())
                out->text = copy(arena, text->get());
        else if (const auto *integer = node.as_integer())
                out->integer = integer->get();
        else if (const auto *boolean = node.as_boolean())
                out->integer = boolean->get();
}

} // namespace

extern "C" const struct toml_value *toml_read(struct arena *arena, const char *text, size_t length,
                                              const char **error, unsigned *line, unsigned *col)
{
        toml::parse_result result = toml::parse(std::string_view(text, length));
        if (!result) {
                *error = copy(arena, result.error().description());
                *line = result.error().source().begin.line;
                *col = result.error().source().begin.column;
                return nullptr;
        }
        toml_value *top = items_for(arena, 1);
        top->key = "";
        fill(arena, result.table(), top);
        return top;
}

extern "C" const struct toml_value *toml_get(const struct toml_value *table, const char *key)
{
        for (int i = 0; i < table->n; i++)
                if (std::string_view(table->items[i].key) == key)
                        return &table->items[i];
        return nullptr;
}

extern "C" const char *toml_kind_name(enum toml_kind kind)
{
        static const char *const names[] = {"a table",          "a list",        "a text", "a number",
                                            "a decimal number", "true or false", "a date"};
        return names[kind];
}
