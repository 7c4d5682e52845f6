/*
 * texts.c: what libclang does not tell of the files of the tree. In: their
 * text and which lines the preprocessor skipped. Out: `#define` bodies,
 * conditional sections, comments that speak to us. Expands nothing.
 */
#include "skips.h"

#include "base/arena.h"
#include "lex.h"

#include <string.h>

/* Whether the preprocessor read a section. */
enum reading { READING_UNKNOWN, READING_YES, READING_NO };

struct section {
        const char *condition; /* of the section that is open */
        const char *others;    /* "!(A) && !(B)": the ones before it are false */
        size_t opens;          /* the end of the line that opens it: the next one may open a section in it */
        uint32_t first;
        enum reading reading;
};

struct texts {
        struct lower *l;
        struct source *source;
        const char *text;
        size_t length;
        struct file_skips skips;
        VEC(struct section) sections;
        int begins; /* index in unit->allows of the last open ignore-begin plus one */
};

static struct loc loc_at(struct texts *t, size_t offset)
{
        return spot_loc(&t->l->sources, (struct spot){t->source, (unsigned)offset});
}

static struct section *innermost(struct texts *t)
{
        return t->sections.n ? &t->sections.at[t->sections.n - 1] : NULL;
}

static sym text_of(struct texts *t, size_t from, size_t to)
{
        return name_of_bytes(t->l->unit->names, t->text + from, to - from);
}

/* --- comments ----------------------------------------------------------------------------- */

static size_t trim_end(const struct texts *t, size_t from, size_t to)
{
        while (to > from && strchr(" \t\r\n*/", t->text[to - 1]))
                to--;
        return to;
}

/* Which lines the comment covers, by its form. */
static void set_lines(struct texts *t, struct allow *allow, size_t end)
{
        uint32_t last = loc_at(t, end > 0 ? end - 1 : 0).line;
        allow->first = allow->at.line;
        allow->last = last;
        if (strcmp(allow->form, "ignore-next-line") == 0) {
                allow->first = allow->last = last + 1;
        } else if (strcmp(allow->form, "ignore-begin") == 0) {
                allow->last = 0;
                t->begins = t->l->head->allows.n + 1;
        } else if (strcmp(allow->form, "ignore-file") == 0) {
                allow->first = 1;
                allow->last = 0;
        } else if (strcmp(allow->form, "ignore-end") == 0 && t->begins) {
                t->l->head->allows.at[t->begins - 1].last = last;
                t->begins = 0;
        }
}

static void see_comment(struct texts *t, size_t from, size_t end)
{
        static const char word[] = "pymemlint:";
        const char *found = memmem(t->text + from, end - from, word, sizeof word - 1);
        if (!found)
                return;
        size_t at = (size_t)(found - t->text) + sizeof word - 1, to;
        while (at < end && t->text[at] == ' ')
                at++;
        for (to = at; to < end && (lex_is_part(t->text[to]) || t->text[to] == '-');)
                to++;
        struct allow allow = {.at = loc_at(t, from), .form = text_of(t, at, to)};
        if (strncmp(allow.form, "ignore", 6) != 0)
                return;
        allow.rules = name_of(t->l->unit->names, "");
        const char *close = to < end && t->text[to] == '[' ? memchr(t->text + to, ']', end - to) : NULL;
        if (close) {
                allow.rules = text_of(t, to + 1, (size_t)(close - t->text));
                to = (size_t)(close - t->text) + 1;
        }
        while (to < end && (t->text[to] == ' ' || t->text[to] == '\t'))
                to++;
        const char *newline = memchr(t->text + to, '\n', end - to);
        allow.reason = text_of(t, to, trim_end(t, to, newline ? (size_t)(newline - t->text) : end));
        set_lines(t, &allow, end);
        VEC_PUSH(t->l->arena, &t->l->head->allows, allow);
}

/* --- directives ----------------------------------------------------------------------------- */

/* The end of the directive that begins at AT: a line end that no backslash and no comment hides. */
static size_t line_end(const struct texts *t, size_t at)
{
        while (at < t->length && t->text[at] != '\n') {
                char c = t->text[at], next = at + 1 < t->length ? t->text[at + 1] : 0;
                if (c == '\\' && next == '\r' && at + 2 < t->length && t->text[at + 2] == '\n')
                        at += 3;
                else if (c == '\\')
                        at += 2;
                else if (c == '/' && (next == '*' || next == '/'))
                        at = lex_comment(t->text, at, t->length);
                else if (c == '"')
                        at = lex_token(t->text, at, t->length);
                else
                        at++;
        }
        return at < t->length ? at : t->length;
}

/* The words between two offsets as one line, comments left out. */
static const char *joined(struct texts *t, size_t from, size_t to)
{
        struct out out = {.arena = t->l->scratch};
        size_t at = lex_skip(t->text, from, to);
        for (size_t behind; at < to; at = behind) {
                size_t token = lex_token(t->text, at, to);
                behind = lex_skip(t->text, token, to);
                out_bytes(&out, t->text + at, token - at);
                if (behind > token && behind < to)
                        out_char(&out, ' ');
        }
        return arena_printf(t->l->scratch, "%s", out_string(&out));
}

static bool is_parameter(sym word, const sym *params, int n)
{
        for (int i = 0; i < n; i++)
                if (params[i] == word)
                        return true;
        return false;
}

/* The identifiers of a parameter list; returns the offset behind it. */
static size_t read_parameters(struct texts *t, size_t at, size_t end, sym *params, int most, int *n)
{
        for (size_t to; at < end; at = to) {
                to = lex_token(t->text, at, end);
                if (lex_is_start(t->text[at]) && *n < most)
                        params[(*n)++] = text_of(t, at, to);
                if (t->text[at] == ')')
                        return to;
                to = lex_skip(t->text, to, end);
        }
        return at;
}

static void see_define(struct texts *t, size_t at, size_t end)
{
        enum { MOST = 64 };
        sym params[MOST];
        int nparams = 0;
        if (at >= end || !lex_is_start(t->text[at]))
                return;
        bool read = skips_defined(&t->skips, at);
        if (t->sections.n)
                innermost(t)->reading = read ? READING_YES : READING_NO;
        if (!read)
                return;
        size_t to = lex_token(t->text, at, end);
        struct macro *macro = NEW(t->l->arena, struct macro);
        macro->name = text_of(t, at, to);
        macro->at = loc_at(t, at);
        macro->function_like = to < end && t->text[to] == '(';
        if (macro->function_like)
                to = read_parameters(t, to, end, params, MOST, &nparams);
        for (at = lex_skip(t->text, to, end); at < end; at = lex_skip(t->text, to, end)) {
                to = lex_token(t->text, at, end);
                if (!lex_is_start(t->text[at]))
                        continue;
                struct word word = {text_of(t, at, to), loc_at(t, at)};
                if (!is_parameter(word.name, params, nparams))
                        VEC_PUSH(t->l->arena, &macro->words, word);
        }
        VEC_PUSH(t->l->arena, &t->l->head->macros, macro);
}

/* What stands in a section may have told already: definitions, and sections that were read. */
static bool is_read(struct texts *t, const struct section *section)
{
        if (!section->reading)
                return !skips_at(&t->skips, section->opens);
        return section->reading == READING_YES;
}

/* The open section ends in front of the directive at AT. */
static void close_section(struct texts *t, size_t at)
{
        struct section *section = innermost(t);
        struct guard guard = {.first = section->first, .last = loc_at(t, at).line - 1};
        if (guard.last < guard.first)
                return;
        guard.file = (uint32_t)t->source->number;
        guard.condition = name_of(t->l->unit->names, section->condition);
        guard.active = is_read(t, section);
        section->reading = guard.active ? READING_YES : READING_NO;
        VEC_PUSH(t->l->arena, &t->l->head->guards, guard);
}

static void open_section(struct texts *t, const char *condition, const char *others, size_t end)
{
        struct arena *arena = t->l->scratch;
        struct section section = {.opens = end, .first = loc_at(t, end).line + 1};
        bool bare = !condition || !*condition;
        section.condition = bare ? "" : condition;
        if (others && bare)
                section.condition = others;
        else if (others)
                section.condition = arena_printf(arena, "%s && (%s)", others, condition);
        section.others = others;
        if (!bare)
                section.others = others ? arena_printf(arena, "%s && !(%s)", others, condition)
                                        : arena_printf(arena, "!(%s)", condition);
        if (t->sections.n && innermost(t)->reading == READING_NO)
                section.reading = READING_NO;
        VEC_PUSH(arena, &t->sections, section);
}

static void see_conditional(struct texts *t, const char *word, size_t hash, size_t at, size_t end)
{
        const char *rest = joined(t, at, end);
        if (strcmp(word, "if") == 0) {
                open_section(t, rest, NULL, end);
        } else if (strcmp(word, "ifdef") == 0) {
                open_section(t, arena_printf(t->l->scratch, "defined(%s)", rest), NULL, end);
                if (strcmp(rest, "__cplusplus") == 0 && t->skips.skips->c)
                        innermost(t)->reading = READING_NO;
        } else if (strcmp(word, "ifndef") == 0) {
                open_section(t, arena_printf(t->l->scratch, "!defined(%s)", rest), NULL, end);
        } else if (t->sections.n) {
                bool is_else = strcmp(word, "else") == 0, is_elif = strcmp(word, "elif") == 0;
                if (!is_else && !is_elif && strcmp(word, "endif") != 0)
                        return;
                close_section(t, hash);
                struct section closed = t->sections.at[--t->sections.n];
                if (t->sections.n && closed.reading == READING_YES)
                        innermost(t)->reading = READING_YES;
                if (!is_else && !is_elif)
                        return;
                open_section(t, is_elif ? rest : NULL, closed.others, end);
                if (closed.reading == READING_YES)
                        innermost(t)->reading = READING_NO;
        }
}

static void see_directive(struct texts *t, size_t hash)
{
        size_t end = line_end(t, hash), at = lex_skip(t->text, hash + 1, end);
        if (at >= end || !lex_is_start(t->text[at]))
                return;
        size_t to = lex_token(t->text, at, end), rest = lex_skip(t->text, to, end);
        sym word = text_of(t, at, to);
        if (strcmp(word, "define") == 0)
                see_define(t, rest, end);
        else
                see_conditional(t, word, hash, rest, end);
}

static void scan(struct texts *t)
{
        bool fresh = true; /* nothing but white space and comments on this line so far */
        for (size_t at = 0, to; at < t->length; at = to) {
                char c = t->text[at], next = at + 1 < t->length ? t->text[at + 1] : 0;
                to = at + 1;
                if (c == '/' && (next == '/' || next == '*')) {
                        to = lex_comment(t->text, at, t->length);
                        see_comment(t, at, to);
                } else if (c == '\n') {
                        fresh = true;
                } else if (c == '#' && fresh) {
                        see_directive(t, at);
                        fresh = false;
                } else if (!strchr(" \t\r\v\f", c)) {
                        to = lex_token(t->text, at, t->length);
                        fresh = false;
                }
        }
}

/* Is it certain that the unit is not C++? */
static bool is_c(const struct job *job)
{
        size_t length = strlen(job->path);
        for (int i = 0; i < job->args.n; i++)
                if (strncmp(job->args.at[i], "-x", 2) == 0 || strstr(job->args.at[i], "__cplusplus"))
                        return false;
        return length > 2 && strcmp(job->path + length - 2, ".c") == 0;
}

void lower_texts(struct lower *l)
{
        int n = l->sources.by_file.n;
        struct skips skips = {.l = l, .c = is_c(l->job)};
        for (int i = 0; i < n; i++) {
                CXFile file = (CXFile)(uintptr_t)l->sources.by_file.entries[i].key;
                struct source *source = l->sources.by_file.entries[i].value;
                if (!source->in_tree || !source->text || !source->length)
                        continue;
                struct texts texts = {
                    .l = l, .source = source, .text = source->text, .length = source->length};
                texts.skips = (struct file_skips){.skips = &skips, .source = source, .file = file};
                loc_at(&texts, 0); /* numbers the file and finds its lines */
                scan(&texts);
                arena_reset(l->scratch);
        }
}
