/*
 * lsp_answer.c: findings as an editor wants them: diagnostics with the places
 * of their paths, edits, hovers. See lsp.h.
 */
#include "lsp.h"

#include <string.h>

enum { SEVERITY_ERROR = 1, SEVERITY_WARNING, SEVERITY_INFORMATION, LARGEST_SOURCE = 64 << 20 };

/* Texts of files while one answer is made: those of the editor, else the disk's. */
struct answer {
        const struct server *server;
        struct arena *arena;
        struct map files;
};

static struct answer answer_begin(const struct server *server)
{
        struct answer answer = {.server = server, .arena = arena_new()};
        map_init(&answer.files, answer.arena);
        return answer;
}

static const struct text *text_of(struct answer *answer, sym file)
{
        void **slot = map_at(&answer->files, MAP_KEY(file));
        const char *path = path_join(answer->arena, watch_tree(answer->server->watch), file);
        const struct document *document = document_of(answer->server, path);
        struct text *text = *slot;
        if (document)
                return &document->text;
        if (text)
                return text;
        text = NEW(answer->arena, struct text);
        if (!file_read(answer->arena, path, LARGEST_SOURCE, text))
                *text = (struct text){.bytes = "", .length = 0};
        return *slot = text;
}

static json_t *position(struct answer *answer, sym file, unsigned line, unsigned col)
{
        size_t length;
        const char *bytes = line_of(text_of(answer, file), line ? line : 1, &length);
        return json_pack("{sI sI}", "line", (json_int_t)(line ? line - 1 : 0), "character",
                         (json_int_t)column_sent(bytes, length, col ? col : 1));
}

/* What has no end is marked to the end of its word. */
static json_t *range(struct answer *answer, const struct where *at)
{
        unsigned end_line = at->end_line, end_col = at->end_col;
        if (!end_line) {
                size_t length;
                bool member;
                const char *bytes = line_of(text_of(answer, at->file), at->line ? at->line : 1, &length);
                const char *word = word_at(answer->arena, bytes, length, at->col ? at->col : 1, &member);
                end_line = at->line;
                end_col = at->col + (unsigned)strlen(word);
        }
        return json_pack("{so so}", "start", position(answer, at->file, at->line, at->col), "end",
                         position(answer, at->file, end_line, end_col));
}

static json_t *text_json(const char *text)
{
        json_t *value = json_string(text);
        return value ? value : json_string("?");
}

static const char *uri_of(struct answer *answer, sym file)
{
        const char *path = path_join(answer->arena, watch_tree(answer->server->watch), file);
        const struct document *document = document_of(answer->server, path);
        return document ? document->uri : uri_of_path(answer->arena, path);
}

static void add_related(struct answer *answer, json_t *list, const struct step *step)
{
        json_array_append_new(list,
                              json_pack("{s{ss so} so}", "location", "uri", uri_of(answer, step->at.file),
                                        "range", range(answer, &step->at), "message", text_json(step->said)));
}

static void add_path(struct answer *answer, json_t *list, const struct step *step)
{
        if (!step || *step->at.file == '<')
                return;
        add_path(answer, list, step->because);
        add_related(answer, list, step);
}

static json_t *diagnostic(struct answer *answer, const struct finding *finding)
{
        static const int severities[] = {[LEVEL_NOTE] = SEVERITY_INFORMATION,
                                         [LEVEL_WARNING] = SEVERITY_WARNING,
                                         [LEVEL_ERROR] = SEVERITY_ERROR};
        json_t *related = json_array();
        add_path(answer, related, finding->because);
        for (int i = 0; i < finding->related.n; i++)
                add_related(answer, related, &finding->related.at[i]);
        return json_pack("{so si ss ss so so}", "range", range(answer, &finding->at), "severity",
                         severities[finding->rule->level], "code", finding->rule->code, "source", "pymemlint",
                         "message", text_json(finding->said), "relatedInformation", related);
}

/* Whether the finding stands in the document. */
static bool is_in(const struct server *server, struct arena *arena, const struct finding *finding,
                  const struct document *document)
{
        return !strcmp(path_join(arena, watch_tree(server->watch), finding->at.file), document->path);
}

json_t *diagnostics_of(struct server *server, const struct document *document)
{
        struct answer answer = answer_begin(server);
        json_t *list = json_array();
        int n;
        struct finding *const *findings = watch_findings(server->watch, &n);
        for (int i = 0; i < n; i++)
                if (is_in(server, answer.arena, findings[i], document))
                        json_array_append_new(list, diagnostic(&answer, findings[i]));
        arena_drop(answer.arena);
        return list;
}

static json_t *action(struct answer *answer, const struct finding *finding, const struct fix *fix)
{
        json_t *changes = json_object(), *list = json_array();
        for (int i = 0; i < fix->edits.n; i++) {
                const struct edit *edit = &fix->edits.at[i];
                const char *uri = uri_of(answer, edit->at.file);
                json_t *edits = json_object_get(changes, uri);
                if (!edits)
                        json_object_set_new(changes, uri, edits = json_array());
                json_array_append_new(edits, json_pack("{so so}", "range", range(answer, &edit->at),
                                                       "newText", text_json(edit->text)));
        }
        json_array_append_new(list, diagnostic(answer, finding));
        return json_pack("{so ss so sb s{so}}", "title", text_json(fix->said), "kind", "quickfix",
                         "diagnostics", list, "isPreferred", fix->safe, "edit", "changes", changes);
}

/* Whether a finding's lines meet those of the range that the editor asks about. */
static bool meets(const struct finding *finding, const json_t *asked)
{
        json_int_t first = json_integer_value(json_object_get(json_object_get(asked, "start"), "line")) + 1;
        json_int_t last = json_integer_value(json_object_get(json_object_get(asked, "end"), "line")) + 1;
        uint32_t end = finding->at.end_line ? finding->at.end_line : finding->at.line;
        return !asked || ((json_int_t)finding->at.line <= last && (json_int_t)end >= first);
}

json_t *actions_of(struct server *server, const struct document *document, const json_t *asked)
{
        struct answer answer = answer_begin(server);
        json_t *list = json_array();
        int n;
        struct finding *const *findings = watch_findings(server->watch, &n);
        for (int i = 0; i < n; i++)
                for (int f = 0; f < findings[i]->fixes.n; f++)
                        if (is_in(server, answer.arena, findings[i], document) && meets(findings[i], asked))
                                json_array_append_new(
                                    list, action(&answer, findings[i], &findings[i]->fixes.at[f]));
        arena_drop(answer.arena);
        return list;
}

json_t *hover_of(struct server *server, const struct document *document, const json_t *asked)
{
        json_int_t line = json_integer_value(json_object_get(asked, "line"));
        json_int_t unit = json_integer_value(json_object_get(asked, "character"));
        const char *tree = watch_tree(server->watch);
        const char *file = tree ? path_below(tree, document->path) : NULL;
        if (!file || line < 0 || line >= UINT32_MAX || unit < 0 || unit >= UINT32_MAX)
                return json_null();
        struct arena *scratch = arena_new();
        size_t length;
        bool member;
        const char *bytes = line_of(&document->text, (unsigned)line + 1, &length);
        unsigned column = column_received(bytes, length, (unsigned)unit);
        const char *word = word_at(scratch, bytes, length, column, &member);
        const char *said = watch_hover(server->watch, scratch, file, (unsigned)line + 1, word, member);
        json_t *answer =
            said ? json_pack("{s{ss so}}", "contents", "kind", "markdown", "value", text_json(said))
                 : json_null();
        arena_drop(scratch);
        return answer;
}
