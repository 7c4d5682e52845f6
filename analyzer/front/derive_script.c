/*
 * derive_script.c: see derive_script.h. Python, TOML and Meson are read as one
 * language of words, strings, brackets and indented branches, which is all of
 * them that definitions of macros use.
 */
#include "front/derive_script.h"

#include "base/arena.h"

#include <ctype.h>
#include <fnmatch.h>
#include <string.h>

enum verdict { NO, YES, UNKNOWN };

/* An open `if` chain: whether the current arm is taken, and whether one of the arms so far was. Or a `def`.
 */
struct branch {
        int indent;
        enum verdict arm, any;
        bool function;
};

struct script {
        struct arena *arena;
        struct words *args;
        const char *at, *end;
        const char *line; /* where the current statement begins */
        int depth;        /* of brackets */
        int armed;        /* depth at which a name spoke of macros, -1: none did */
        VEC(struct branch) branches;
};

bool script_is_one(const char *base)
{
        return !strcmp(base, "setup.py") || !strcmp(base, "setup.cfg") || !strcmp(base, "pyproject.toml") ||
               !strcmp(base, "meson.build") || !fnmatch("setup_*.py", base, 0);
}

/* ---- conditions ---- */

static bool mentions(const char *text, const char *const *words)
{
        for (; *words; words++)
                if (strstr(text, *words))
                        return true;
        return false;
}

static enum verdict negated(enum verdict verdict)
{
        return verdict == UNKNOWN ? UNKNOWN : verdict == YES ? NO : YES;
}

/* Whether CONDITION, in small letters, holds for an ordinary build here. Guesses only what its words say. */
static enum verdict judge(const char *condition)
{
        static const char *const here[] = {"linux", "posix", "__name__", "little", "cpython", "py3", NULL};
        static const char *const elsewhere[] = {
            "win32",   "windows", "'nt'",   "\"nt\"", "darwin",  "mac", "osx",     "bsd",   "sunos",
            "solaris", "aix",     "cygwin", "mingw",  "msvc",    "big", "debug",   "cover", "trace",
            "pypy",    "environ", "getenv", "abi3",   "limited", "py2", "sanitiz", NULL};
        static const char *const newer[] = {"] >= 3", "]>=3", "] == 3", ">= (3", "> (2", NULL};
        static const char *const joined[] = {" and ", " or ", NULL};
        static const char *const turned[] = {"!=", "not ", NULL};
        bool mine = mentions(condition, here), other = mentions(condition, elsewhere);
        if (strstr(condition, "version_info"))
                return mentions(condition, newer) ? YES : strchr(condition, '<') ? NO : UNKNOWN;
        if (mine == other || (mine && mentions(condition, joined)))
                return UNKNOWN;
        enum verdict verdict = mine ? YES : NO;
        return mentions(condition, turned) ? negated(verdict) : verdict;
}

static const char *rest_of_line(struct script *script, const char *at)
{
        const char *end = memchr(at, '\n', (size_t)(script->end - at));
        char *text = arena_strndup(script->arena, at, (size_t)((end ? end : script->end) - at));
        for (char *c = text; *c; c++)
                *c = (char)tolower((unsigned char)*c);
        return text;
}

static bool begins(const char *at, const char *end, const char *word)
{
        size_t n = strlen(word);
        return (size_t)(end - at) > n && !memcmp(at, word, n) && !isalnum((unsigned char)at[n]) &&
               at[n] != '_';
}

static enum verdict either(enum verdict a, enum verdict b)
{
        return a == YES || b == YES ? YES : a == NO && b == NO ? NO : UNKNOWN;
}

/* A statement begins: which branches does it end, which one does it open? */
static void open_line(struct script *script)
{
        int indent = (int)strspn(script->at, " \t");
        const char *at = script->line = script->at + indent;
        if (at >= script->end || *at == '\n' || *at == '#' || *at == '\r')
                return;
        struct branch last = {.indent = -1};
        while (script->branches.n && script->branches.at[script->branches.n - 1].indent >= indent)
                last = script->branches.at[--script->branches.n];
        bool first = begins(at, script->end, "if"), again = begins(at, script->end, "elif");
        bool other = begins(at, script->end, "else"), failed = begins(at, script->end, "except");
        if (begins(at, script->end, "def")) {
                struct branch function = {.indent = indent, .arm = YES, .function = true};
                VEC_PUSH(script->arena, &script->branches, function);
                return;
        }
        if (!first && !failed && ((!again && !other) || last.indent != indent))
                return;
        struct branch branch = {.indent = indent};
        enum verdict before = first ? NO : last.any;
        enum verdict holds = failed ? NO : other ? YES : judge(rest_of_line(script, at));
        branch.arm = before == YES || holds == NO ? NO : before == NO ? holds : UNKNOWN;
        branch.any = either(before, holds);
        VEC_PUSH(script->arena, &script->branches, branch);
}

/* Whether the current statement adds to a list that stands elsewhere. */
static bool adds(const struct script *script)
{
        static const char *const ways[] = {".append(", ".extend(", ".insert(", "+=", NULL};
        return mentions(arena_strndup(script->arena, script->line, (size_t)(script->at - script->line)),
                        ways);
}

/* Whether the current statement is executed for sure. A function that adds is called when the build needs it.
 */
static bool is_live(const struct script *script)
{
        for (int i = 0; i < script->branches.n; i++)
                if (script->branches.at[i].arm != YES || (script->branches.at[i].function && adds(script)))
                        return false;
        return true;
}

/* ---- strings ---- */

/* Behind the string that opens at AT; NULL: none does. Its content goes to *CONTENT, escapes undone. */
static const char *string_end(const struct script *script, const char *at, const char **content)
{
        char quote = at < script->end ? *at : 0;
        if (quote != '"' && quote != '\'')
                return NULL;
        bool triple = script->end - at > 5 && at[1] == quote && at[2] == quote;
        const char *from = at + (triple ? 3 : 1);
        for (at = from; at < script->end; at++) {
                if (*at == quote && (!triple || (at + 2 < script->end && at[1] == quote && at[2] == quote)))
                        break;
                if (*at == '\n' && !triple)
                        break;
                if (*at == '\\' && at + 1 < script->end)
                        at++;
        }
        char *to = arena_alloc(script->arena, (size_t)(at - from) + 1);
        *content = to;
        for (; from < at; from++) {
                if (*from == '\\' && from + 1 < at)
                        from++;
                *to++ = *from;
        }
        *to = 0;
        at += triple ? 3 : 1;
        return at < script->end ? at : script->end;
}

static const char *skip_blank(const struct script *script, const char *at)
{
        while (at < script->end && isspace((unsigned char)*at))
                at++;
        return at;
}

/* ---- definitions ---- */

static bool is_name(const char *name)
{
        if (!isalpha((unsigned char)*name) && *name != '_')
                return false;
        for (; *name; name++)
                if (!isalnum((unsigned char)*name) && *name != '_')
                        return false;
        return true;
}

/* Defines NAME as VALUE (NULL: as 1), unless it is a switch that ordinary builds leave alone. */
static void define(struct script *script, const char *name, const char *value)
{
        if (!is_name(name) || strstr(name, "DEBUG") || strstr(name, "COVERAGE") || !strncmp(name, "WIN", 3) ||
            !strncmp(name, "_WIN", 4) || !strncmp(name, "_CRT", 4) || !strncmp(name, "__APPLE", 7))
                return;
        size_t n = strlen(name);
        for (int i = 0; i < script->args->n; i++)
                if (!strncmp(script->args->at[i] + 2, name, n) && strchr("=", script->args->at[i][n + 2]))
                        return;
        VEC_PUSH(script->arena, script->args,
                 value ? arena_printf(script->arena, "-D%s=%s", name, value)
                       : arena_printf(script->arena, "-D%s", name));
}

/* The value that the N bytes at TEXT stand for; false: only the script knows. A computed string is empty. */
static bool value_of(struct script *script, const char *text, size_t n, const char **value)
{
        const char *end = text + n, *content;
        while (end > text && (isspace((unsigned char)end[-1]) || end[-1] == ','))
                end--;
        const char *behind = string_end(script, text, &content);
        *value = NULL;
        if (behind == end)
                *value = content;
        else if (end - text == 4 && !memcmp(text, "None", 4))
                *value = NULL;
        else if (end > text && isdigit((unsigned char)*text) && !memchr(text, ' ', (size_t)(end - text)))
                *value = arena_strndup(script->arena, text, (size_t)(end - text));
        else if (memmem(text, (size_t)(end - text), "'\"", 2) ||
                 memmem(text, (size_t)(end - text), "\\\"", 2))
                *value = "\"\"";
        else
                return false;
        return true;
}

/* ("NAME", VALUE) at the bracket AT: defines it. Returns what follows, or NULL when it is none. */
static const char *pair(struct script *script, const char *at)
{
        const char *name, *content;
        at = string_end(script, skip_blank(script, at + 1), &name);
        if (!at || !is_name(name) || *(at = skip_blank(script, at)) != ',')
                return NULL;
        const char *value = at = skip_blank(script, at + 1);
        for (int depth = 0; at < script->end && (depth || !strchr(")]", *at)); at++) {
                depth += *at == '(' || *at == '[' ? 1 : *at == ')' || *at == ']' ? -1 : 0;
                const char *behind = string_end(script, at, &content);
                at = behind ? behind - 1 : at;
        }
        const char *text;
        if (at < script->end && is_live(script) && value_of(script, value, (size_t)(at - value), &text))
                define(script, name, text);
        return at < script->end ? at + 1 : at;
}

/* "-DNAME=VALUE" as a word of its own, for a compiler; AT is behind it. */
static void flag(struct script *script, const char *word, const char *at)
{
        if (strncmp(word, "-D", 2) || !is_live(script) || strpbrk(word, " :%{\n"))
                return;
        const char *line = rest_of_line(script, at);
        const char *statement = arena_strndup(script->arena, script->line, (size_t)(at - script->line));
        at = skip_blank(script, at);
        if ((at < script->end && strchr("+%.", *at)) || strstr(line, " if ") || strstr(statement, "cmake") ||
            strstr(statement, "swig"))
                return;
        const char *equals = strchr(word, '=');
        define(
            script,
            arena_strndup(script->arena, word + 2, equals ? (size_t)(equals - word) - 2 : strlen(word) - 2),
            equals ? equals + 1 : NULL);
}

/* ---- words ---- */

/* A name that speaks of macros arms the brackets behind it. */
static void arm(struct script *script, const char *word, size_t n)
{
        const char *text = arena_strndup(script->arena, word, n);
        if (strcasestr(text, "macro") || strcasestr(text, "defines"))
                script->armed = script->depth;
}

static void bracket(struct script *script)
{
        char before = script->at > script->line ? script->at[-1] : ' ';
        bool call = isalnum((unsigned char)before) || before == '_';
        const char *behind = script->armed >= 0 && !call ? pair(script, script->at) : NULL;
        script->at = behind ? behind : script->at + 1;
        script->depth += !behind;
}

static void punctuation(struct script *script)
{
        char c = *script->at++;
        if (c == ')' || c == ']' || c == '}')
                script->depth -= script->depth > 0;
        bool ends = c == '\n' && !script->depth;
        if (script->depth < script->armed || ends ||
            (c == ',' && script->depth && script->depth == script->armed))
                script->armed = -1;
        if (ends)
                open_line(script);
}

static void step(struct script *script)
{
        const char *content, *at = script->at;
        const char *behind = string_end(script, at, &content);
        if (behind) {
                flag(script, content, behind);
                arm(script, content, strlen(content));
                script->at = behind;
        } else if (*at == '#') {
                at = memchr(at, '\n', (size_t)(script->end - at));
                script->at = at ? at : script->end;
        } else if (isalpha((unsigned char)*at) || *at == '_') {
                while (at < script->end && (isalnum((unsigned char)*at) || *at == '_' || *at == '-'))
                        at++;
                arm(script, script->at, (size_t)(at - script->at));
                script->at = at;
        } else if (*at == '(' || *at == '[' || *at == '{') {
                bracket(script);
        } else {
                punctuation(script);
        }
}

/* [build_ext] define = A, B=1 */
static void read_settings(struct script *script, const char *text)
{
        char *rest = arena_strndup(script->arena, text, strlen(text)), *line, *word;
        bool ours = false, more = false;
        while ((line = strsep(&rest, "\n"))) {
                char *value = strchr(line, '=');
                if (*line == '[')
                        ours = !strncmp(line, "[build_ext]", 11);
                if (*line != ' ' && *line != '\t')
                        more = value && !strncmp(line, "define", 6) &&
                               strspn(line + 6, " \t") == (size_t)(value - line) - 6;
                else
                        value = line;
                if (!ours || !more || !value)
                        continue;
                for (value += *value == '='; (word = strsep(&value, ", \t\r"));) {
                        char *equals = strchr(word, '=');
                        if (equals)
                                *equals++ = 0;
                        if (*word)
                                define(script, word, equals);
                }
        }
}

void script_defines(struct arena *arena, const char *base, const struct text *text, struct words *args)
{
        struct script script = {.arena = arena, .args = args, .at = text->bytes, .armed = -1};
        script.end = text->bytes + text->length;
        if (!strcmp(base, "setup.cfg")) {
                read_settings(&script, text->bytes);
                return;
        }
        for (open_line(&script); script.at < script.end;)
                step(&script);
}
