/*
 * doc.c: a rule's documentation, cut and made plain for help texts. Comes in:
 * Markdown of a rule. It knows headings, code marks and nothing else of Markdown.
 */
#include "report/view.h"

#include "base/embedded.h"

#include <ctype.h>
#include <string.h>

const char *clause_of(struct arena *arena, const char *text)
{
        size_t length = strlen(text);
        return length && text[length - 1] == '.' ? arena_strndup(arena, text, length - 1) : text;
}

const char *sentence_of(struct arena *arena, const char *text)
{
        size_t length = strlen(text), word = strspn(text, "abcdefghijklmnopqrstuvwxyz");
        char *copy = arena_printf(arena, "%s%s", text, length && strchr(".!?", text[length - 1]) ? "" : ".");
        /* only what is surely a word of prose gets a capital, never a name */
        if (word && (text[word] == ' ' || text[word] == ','))
                copy[0] = (char)toupper((unsigned char)copy[0]);
        return copy;
}

const char *doc_section(struct arena *arena, const struct rule *rule, const char *heading)
{
        const char *at = rule->doc;
        size_t length = strlen(heading);
        for (; at && *at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL) {
                if (strncmp(at, "## ", 3) || strncmp(at + 3, heading, length) ||
                    !strchr("\n", at[3 + length]))
                        continue;
                at += 3 + length;
                const char *end = strstr(at, "\n## ");
                size_t n = end ? (size_t)(end - at) : strlen(at);
                while (n && isspace((unsigned char)*at)) {
                        at++;
                        n--;
                }
                while (n && isspace((unsigned char)at[n - 1]))
                        n--;
                return n ? arena_strndup(arena, at, n) : NULL;
        }
        return NULL;
}

/* A line of prose without its marks. */
static void put_plain_line(struct out *out, const char *at, const char *end)
{
        const char *text = at + strspn(at, "#");
        at = text > at && *text == ' ' ? text + 1 : at;
        for (; at < end; at++) {
                if (at[0] == '*' && at[1] == '*')
                        at++;
                else if (*at != '`')
                        out_char(out, *at);
        }
}

const char *doc_plain(struct arena *arena, const char *markdown)
{
        struct out out = {.arena = arena};
        bool code = false;
        while (*markdown) {
                const char *end = strchrnul(markdown, '\n');
                bool fence = !strncmp(markdown, "```", 3);
                code ^= fence;
                if (code && !fence)
                        out_bytes(&out, markdown, (size_t)(end - markdown));
                else if (!fence)
                        put_plain_line(&out, markdown, end);
                if (*end && !fence)
                        out_char(&out, '\n');
                markdown = *end ? end + 1 : end;
        }
        return out_string(&out);
}

const char *first_sentence(struct arena *arena, const char *text)
{
        size_t n = 0;
        while (text[n] &&
               !(strchr(".!?", text[n]) && (!text[n + 1] || isspace((unsigned char)text[n + 1]))) &&
               strncmp(text + n, "\n\n", 2))
                n++;
        char *copy = arena_printf(arena, "%.*s.", (int)n, text);
        for (char *c = copy; *c; c++)
                if (*c == '\n')
                        *c = ' ';
        return copy;
}

/* An example without the comments that tell the tests what to expect. */
static void put_example(struct out *out, const char *text)
{
        while (*text) {
                const char *end = strchrnul(text, '\n'), *stop = end;
                const char *marks[] = {"// expect:", "// because:"};
                for (int i = 0; i < 2; i++) {
                        const char *mark = memmem(text, (size_t)(stop - text), marks[i], strlen(marks[i]));
                        if (mark)
                                stop = mark;
                }
                bool whole = stop == end;
                while (!whole && stop > text && stop[-1] == ' ')
                        stop--;
                out_bytes(out, text, (size_t)(stop - text));
                if (whole || stop > text)
                        out_char(out, '\n');
                text = *end ? end + 1 : end;
        }
}

static void put_example_file(struct out *out, const struct rule *rule, const char *file, const char *heading)
{
        const char *name = arena_printf(out->arena, "testdata/rules/%s/%s", rule->name, file);
        for (const struct embedded *at = embedded_files; at->name; at++)
                if (!strcmp(at->name, name)) {
                        out_format(out, "\n\n## %s\n\n```c\n", heading);
                        put_example(out, at->text);
                        out_text(out, "```");
                }
}

const char *rule_markdown(struct arena *arena, const struct rule *rule)
{
        struct out out = {.arena = arena};
        const char *doc = rule->doc && *rule->doc ? rule->doc : sentence_of(arena, rule->title);
        size_t length = strlen(doc);
        while (length && isspace((unsigned char)doc[length - 1]))
                length--;
        out_bytes(&out, doc, length);
        put_example_file(&out, rule, "bad.c", "Example");
        put_example_file(&out, rule, "good.c", "Use instead");
        out_char(&out, '\n');
        return out_string(&out);
}

const char *rule_plain(struct arena *arena, const struct rule *rule)
{
        return doc_plain(arena, rule_markdown(arena, rule));
}
