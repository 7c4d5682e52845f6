/*
 * finding_hash.c: see finding_hash.h. Line numbers, blanks and comments do not
 * count, so that moved and reformatted code keeps its findings; the statement,
 * its function and the calls that lead to it do.
 */
#include "report/finding_hash.h"

#include "base/hash.h"
#include "report/source.h"
#include "report/tokens.h"
#include "report/view.h"

#include <ctype.h>
#include <string.h>

/* The identifiers in single quotes, each ended by a zero. */
static void put_quoted(struct out *out, const char *said)
{
        for (const char *open = strchr(said, '\''); open; open = strchr(open + 1, '\'')) {
                size_t n = 1;
                while (isalnum((unsigned char)open[n]) || open[n] == '_')
                        n++;
                if (n > 1 && open[n] == '\'')
                        out_bytes(out, open + 1, n);
                if (open[n] == '\'')
                        open += n;
        }
}

/* Conditions are left out: they are words of the source that move with it. */
static bool names_callees(enum step_kind kind)
{
        return kind == STEP_CALL || kind == STEP_ALLOC || kind == STEP_FREE || kind == STEP_ACQUIRE ||
               kind == STEP_RELEASE;
}

static void put_path_names(struct out *out, const struct finding *finding)
{
        struct path path = path_of(out->arena, finding);
        sym before = NULL;
        for (int i = 0; i < path.n; i++) {
                const struct step *step = path.at[i];
                if (step->func && step->func != before)
                        out_bytes(out, step->func, strlen(step->func) + 1);
                before = step->func;
                if (names_callees(step->kind))
                        put_quoted(out, step->said);
        }
}

/* The tokens of the source, made once. */
static const struct tokens *source_tokens(const struct report *report, struct source *source)
{
        if (!source->tokens) {
                struct tokens *tokens = NEW(report->arena, struct tokens);
                *tokens = tokens_of(report->arena, source);
                source->tokens = tokens;
        }
        return source->tokens;
}

const char *finding_hash(const struct report *report, const struct finding *finding, const char *file)
{
        struct arena *scratch = arena_new();
        struct out out = {.arena = scratch};
        struct source *source = source_of(report, finding->at.file);
        const char *func = finding->func ? finding->func : "";
        char hex[HASH_HEX];
        out_bytes(&out, finding->rule->code, strlen(finding->rule->code) + 1);
        out_bytes(&out, file, strlen(file) + 1);
        out_bytes(&out, func, strlen(func) + 1);
        put_path_names(&out, finding);
        out_char(&out, 0);
        if (source->bytes)
                statement_write(source_tokens(report, source), source,
                                source_offset(source, finding->at.line, finding->at.col), &out);
        hash_hex(out.bytes, out.length, hex);
        arena_drop(scratch);
        return arena_strndup(report->arena, hex, 16);
}
