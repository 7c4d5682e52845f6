/*
 * lsp.h: the parts of the language server: messages on standard streams, open
 * documents and their positions, answers made of findings. Everything that
 * comes in is somebody else's: sizes are bounded, nothing is trusted.
 */
#ifndef CLI_LSP_H
#define CLI_LSP_H

#include "base/map.h"
#include "pipeline.h"

#include <jansson.h>

/* ---- lsp_wire.c ---- */

struct wire {
        int in, out;
        struct arena *arena; /* of the message under way */
        char *bytes;         /* what was read and not yet taken */
        size_t length, room;
        bool ended;
};

enum wire_state { WIRE_MESSAGE, WIRE_QUIET, WIRE_ENDED, WIRE_BROKEN };

/* Waits MILLISECONDS (-1: for ever) for a message, which is *OUT, owned by the caller; NULL when it is no
 * JSON. */
enum wire_state wire_read(struct wire *wire, int milliseconds, json_t **out);

/* Sends MESSAGE, whose reference it takes. False when nobody listens any more. */
bool wire_send(struct wire *wire, json_t *message);

/* ---- lsp_text.c ---- */

/* An open document. */
struct document {
        struct arena *arena; /* of all in it, dropped when the text changes */
        char *uri, *path;    /* the path is absolute and without links */
        struct text text;
        json_int_t version;
        bool changed;
};

/* "file:///a%20b.c" as a path without links, or NULL; and back. */
char *path_of_uri(struct arena *arena, const char *uri);
const char *uri_of_path(struct arena *arena, const char *path);

/* Line LINE (from 1) of TEXT into *LENGTH bytes; "" behind the end. */
const char *line_of(const struct text *text, unsigned line, size_t *length);

/* Byte columns from 1 in a line as UTF-16 units from 0, and back. */
unsigned column_sent(const char *line, size_t length, unsigned byte);
unsigned column_received(const char *line, size_t length, unsigned unit);

/* The word around byte column COLUMN of a line, "" none; *MEMBER: it stands behind "." or "->". */
const char *word_at(struct arena *arena, const char *line, size_t length, unsigned column, bool *member);

/* ---- lsp_answer.c ---- */

struct server {
        struct arena *arena;
        struct options *opt;
        struct watch *watch;
        struct wire wire;
        VEC(struct document *) documents;
        const char *root;       /* the folder of the workspace, or NULL */
        bool begun, shut, over; /* initialize, shutdown, exit came */
        bool stale;             /* something changed since the last analysis */
};

/* The open document of this URI or path, or NULL. */
struct document *document_of(const struct server *server, const char *uri_or_path);

/* Arrays for textDocument/publishDiagnostics and textDocument/codeAction. RANGE may be NULL. */
json_t *diagnostics_of(struct server *server, const struct document *document);
json_t *actions_of(struct server *server, const struct document *document, const json_t *range);

/* The answer to textDocument/hover; null when there is nothing to say. */
json_t *hover_of(struct server *server, const struct document *document, const json_t *position);

#endif
