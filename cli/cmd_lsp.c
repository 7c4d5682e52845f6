/*
 * cmd_lsp.c: `pymemlint lsp`: findings in an editor. Reads the client's
 * messages, keeps its documents, analyzes when it pauses. See lsp.h.
 */
#include "command.h"
#include "lsp.h"
#include "message.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { PAUSE = 200, MOST_DOCUMENTS = 1000, LARGEST_DOCUMENT = 32 << 20 };

enum {
        ERROR_PARSE = -32700,
        ERROR_REQUEST = -32600,
        ERROR_METHOD = -32601,
        ERROR_PARAMS = -32602,
        ERROR_NOT_BEGUN = -32002,
};

static void send(struct server *server, json_t *message)
{
        json_object_set_new(message, "jsonrpc", json_string("2.0"));
        if (!wire_send(&server->wire, message))
                server->over = true;
}

static void notify(struct server *server, const char *method, json_t *params)
{
        send(server, json_pack("{ss so}", "method", method, "params", params));
}

static void answer(struct server *server, const json_t *id, json_t *result)
{
        send(server, json_pack("{sO so}", "id", (json_t *)id, "result", result));
}

static void refuse(struct server *server, const json_t *id, int code, const char *said)
{
        send(server, json_pack("{sO s{si ss}}", "id", id ? (json_t *)id : json_null(), "error", "code", code,
                               "message", said));
}

/* ---- documents ---- */

struct document *document_of(const struct server *server, const char *name)
{
        for (int i = 0; i < server->documents.n; i++)
                if (!strcmp(server->documents.at[i]->uri, name) ||
                    !strcmp(server->documents.at[i]->path, name))
                        return server->documents.at[i];
        return NULL;
}

static const char *string_at(const json_t *object, const char *key)
{
        const char *text = json_string_value(json_object_get(object, key));
        return text ? text : "";
}

/* A document with this text in memory of its own. */
static struct document *document_new(const char *uri, const json_t *text, json_int_t version)
{
        struct arena *arena = arena_new();
        struct document *document = NEW(arena, struct document);
        struct text disk;
        document->arena = arena;
        document->uri = arena_strndup(arena, uri, strlen(uri));
        document->path = path_of_uri(arena, uri);
        document->version = version;
        document->text.length = json_string_length(text);
        document->text.bytes = arena_strndup(arena, json_string_value(text), document->text.length);
        if (!document->path || document->text.length > LARGEST_DOCUMENT) {
                arena_drop(arena);
                return NULL;
        }
        struct arena *scratch = arena_new();
        document->changed = !file_read(scratch, document->path, LARGEST_DOCUMENT, &disk) ||
                            disk.length != document->text.length ||
                            memcmp(disk.bytes, document->text.bytes, disk.length);
        arena_drop(scratch);
        return document;
}

/* Puts DOCUMENT in place of what is open under its URI. */
static void put_document(struct server *server, struct document *document)
{
        for (int i = 0; i < server->documents.n; i++)
                if (!strcmp(server->documents.at[i]->uri, document->uri)) {
                        arena_drop(server->documents.at[i]->arena);
                        server->documents.at[i] = document;
                        return;
                }
        if (server->documents.n < MOST_DOCUMENTS)
                VEC_PUSH(server->arena, &server->documents, document);
        else
                arena_drop(document->arena);
}

static void publish(struct server *server, const struct document *document)
{
        notify(server, "textDocument/publishDiagnostics",
               json_pack("{ss sI so}", "uri", document->uri, "version", document->version, "diagnostics",
                         diagnostics_of(server, document)));
}

/* Analyzes what is open as it is open, the rest as it is on the disk, and tells. */
static void analyze(struct server *server)
{
        struct arena *scratch = arena_new();
        VEC(struct edited) edited = {0};
        const char *error;
        server->stale = false;
        if (!server->opt->paths.n)
                VEC_PUSH(server->arena, &server->opt->paths, server->root ? server->root : ".");
        for (int i = 0; i < server->documents.n; i++) {
                const struct document *document = server->documents.at[i];
                if (document->changed)
                        VEC_PUSH(
                            scratch, &edited,
                            (struct edited){document->path, document->text.bytes, document->text.length});
        }
        if (!watch_run(server->watch, edited.at, edited.n, &error))
                notify(server, "window/logMessage", json_pack("{si ss}", "type", 1, "message", error));
        for (int i = 0; watch_tree(server->watch) && i < server->documents.n; i++)
                publish(server, server->documents.at[i]);
        arena_drop(scratch);
}

/* ---- notifications ---- */

static void did_open(struct server *server, const json_t *params)
{
        const json_t *item = json_object_get(params, "textDocument"), *text = json_object_get(item, "text");
        struct document *document = json_is_string(text)
                                        ? document_new(string_at(item, "uri"), text,
                                                       json_integer_value(json_object_get(item, "version")))
                                        : NULL;
        if (!document)
                return;
        if (!server->root)
                server->root = path_dir(server->arena, document->path);
        server->stale |= document->changed || !watch_tree(server->watch);
        put_document(server, document);
        if (!server->stale)
                publish(server, document_of(server, string_at(item, "uri")));
}

/* Whole texts only: the last of them counts. */
static void did_change(struct server *server, const json_t *params)
{
        const json_t *item = json_object_get(params, "textDocument");
        const json_t *changes = json_object_get(params, "contentChanges");
        const json_t *text = json_object_get(json_array_get(changes, json_array_size(changes) - 1), "text");
        if (!json_is_string(text) || !document_of(server, string_at(item, "uri")))
                return;
        struct document *document =
            document_new(string_at(item, "uri"), text, json_integer_value(json_object_get(item, "version")));
        if (document)
                put_document(server, document);
        server->stale = true;
}

static void did_save(struct server *server, const json_t *params)
{
        const json_t *item = json_object_get(params, "textDocument"), *text = json_object_get(params, "text");
        const struct document *old = document_of(server, string_at(item, "uri"));
        if (!old)
                return;
        json_t *same = json_is_string(text) ? NULL : json_stringn(old->text.bytes, old->text.length);
        struct document *document = document_new(old->uri, same ? same : text, old->version);
        json_decref(same);
        if (document)
                put_document(server, document);
        server->stale = true;
}

static void did_close(struct server *server, const json_t *params)
{
        const char *uri = string_at(json_object_get(params, "textDocument"), "uri");
        for (int i = 0; i < server->documents.n; i++) {
                struct document *document = server->documents.at[i];
                if (strcmp(document->uri, uri))
                        continue;
                server->stale |= document->changed; /* the disk's text counts again */
                server->documents.at[i] = server->documents.at[--server->documents.n];
                arena_drop(document->arena);
                notify(server, "textDocument/publishDiagnostics",
                       json_pack("{ss s[]}", "uri", uri, "diagnostics"));
                return;
        }
}

static void did_change_files(struct server *server, const json_t *params)
{
        (void)params;
        server->stale = true;
}

static void leave(struct server *server, const json_t *params)
{
        (void)params;
        server->over = true;
}

/* ---- requests; each gives its result, or NULL when the parameters make no sense ---- */

static json_t *initialize(struct server *server, const json_t *params)
{
        const json_t *folders = json_object_get(params, "workspaceFolders");
        const char *uri = string_at(json_array_get(folders, 0), "uri");
        if (!*uri)
                uri = string_at(params, "rootUri");
        server->root = *uri ? path_of_uri(server->arena, uri) : NULL;
        server->begun = true;
        return json_pack("{s{s{sb si s{sb}} sb s{s[s]}} s{ss ss}}", "capabilities", "textDocumentSync",
                         "openClose", 1, "change", 1, "save", "includeText", 0, "hoverProvider", 1,
                         "codeActionProvider", "codeActionKinds", "quickfix", "serverInfo", "name",
                         "pymemlint", "version", PYMEMLINT_VERSION);
}

static json_t *quit(struct server *server, const json_t *params)
{
        (void)params;
        server->shut = true;
        return json_null();
}

static const struct document *document_in(const struct server *server, const json_t *params)
{
        return document_of(server, string_at(json_object_get(params, "textDocument"), "uri"));
}

static json_t *hover(struct server *server, const json_t *params)
{
        const struct document *document = document_in(server, params);
        const json_t *position = json_object_get(params, "position");
        return document && json_is_object(position) ? hover_of(server, document, position) : NULL;
}

static json_t *code_action(struct server *server, const json_t *params)
{
        const struct document *document = document_in(server, params);
        return document ? actions_of(server, document, json_object_get(params, "range")) : NULL;
}

static const struct {
        const char *method;
        bool settled; /* it speaks of an analysis, which must be that of the last text */
        json_t *(*answer)(struct server *server, const json_t *params);
} requests[] = {
    {"initialize", false, initialize},
    {"shutdown", false, quit},
    {"textDocument/hover", true, hover},
    {"textDocument/codeAction", true, code_action},
};

static const struct {
        const char *method;
        void (*take)(struct server *server, const json_t *params);
} notifications[] = {
    {"textDocument/didOpen", did_open},
    {"textDocument/didChange", did_change},
    {"textDocument/didSave", did_save},
    {"textDocument/didClose", did_close},
    {"workspace/didChangeWatchedFiles", did_change_files},
    {"exit", leave},
};

static void take_request(struct server *server, const json_t *id, const char *method, const json_t *params)
{
        if (server->shut) {
                refuse(server, id, ERROR_REQUEST, "the server is shut down");
                return;
        }
        for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
                if (strcmp(requests[i].method, method))
                        continue;
                if (!server->begun && requests[i].answer != initialize) {
                        refuse(server, id, ERROR_NOT_BEGUN, "'initialize' comes first");
                        return;
                }
                if (requests[i].settled && server->stale)
                        analyze(server);
                json_t *result = requests[i].answer(server, params);
                if (result)
                        answer(server, id, result);
                else
                        refuse(server, id, ERROR_PARAMS,
                               "the document is not open, or the position is missing");
                return;
        }
        refuse(server, id, ERROR_METHOD, "no such method");
}

static void take(struct server *server, const json_t *message)
{
        const json_t *id = json_object_get(message, "id"), *params = json_object_get(message, "params");
        const char *method = json_string_value(json_object_get(message, "method"));
        if (!json_is_object(message)) {
                refuse(server, NULL, message ? ERROR_REQUEST : ERROR_PARSE, "this is no message");
                return;
        }
        if (!method) /* an answer; nothing was asked */
                return;
        if (id) {
                take_request(server, id, method, params);
                return;
        }
        bool counts = server->begun || !strcmp(method, "exit");
        for (size_t i = 0; counts && i < sizeof notifications / sizeof *notifications; i++)
                if (!strcmp(notifications[i].method, method))
                        notifications[i].take(server, params);
}

/* Until the client leaves. */
static int serve(struct server *server)
{
        json_t *message;
        while (!server->over) {
                enum wire_state state = wire_read(&server->wire, server->stale ? PAUSE : -1, &message);
                if (state == WIRE_BROKEN)
                        return complain("the client sends no messages of the language server protocol");
                if (state == WIRE_ENDED)
                        break;
                if (state == WIRE_QUIET)
                        analyze(server);
                else
                        take(server, message);
                json_decref(message);
        }
        return server->shut ? VERDICT_CLEAN : VERDICT_FINDINGS;
}

static int lsp(struct use_of_command *use)
{
        struct options *opt = &use->values->settings.opt;
        struct server server = {.arena = use->arena, .opt = opt};
        opt->paths = use->operands;
        opt->quiet = true;
        opt->progress = NULL;
        signal(SIGPIPE, SIG_IGN);
        server.watch = watch_new(opt);
        server.wire = (struct wire){.in = STDIN_FILENO, .out = STDOUT_FILENO, .arena = arena_new()};
        int status = serve(&server);
        for (int i = 0; i < server.documents.n; i++)
                arena_drop(server.documents.at[i]->arena);
        watch_drop(server.watch);
        arena_drop(server.wire.arena);
        return status;
}

const struct command command_lsp = {
    .name = "lsp",
    .operands = "[PATH...] [-- CLANG ARGS]",
    .title = "serve an editor: findings, hovers and fixes while one writes",
    .text = "Speaks the language server protocol on the standard streams; an editor starts it. The whole "
            "program is analyzed, the files that PATH names or holds, else the folder of the workspace; "
            "what is found in an open file is shown there, with the places of its path. Text that is not "
            "saved counts. Hovering tells the state of the GIL on the line and the family of the memory "
            "behind the variable or field under the cursor; fixes are offered as quick fixes.",
    .groups = IN(GROUP_READ) | IN(GROUP_MODEL) | IN(GROUP_SELECT) | IN(GROUP_RUN) | IN(GROUP_CACHE) |
              IN(GROUP_CONFIG),
    .configured = true,
    .here = true,
    .passes = "the client said 'shutdown' before it left",
    .fails = "it did not",
    .run = lsp,
};
