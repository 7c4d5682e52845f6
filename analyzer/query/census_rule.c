/*
 * census_rule.c: asks a census whether a line holds, such as
 * "libc.alloc > 0 under src/". In: the user's text; out: yes or no with the
 * counts, or a message that says where the text is wrong.
 */
#include "query/census.h"

#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { ANY = -1 };

struct clause {
        const char *name, *family; /* NULL: any */
        int role, lock;            /* or ANY */
        char op[3];
        long number;
        const char *under; /* a folder or file, NULL: everywhere */
};

struct reading {
        struct arena *arena;
        const char *start, *at;
        const struct models *models;
        const char *error;
};

static bool fail(struct reading *reading, const char *said)
{
        if (!reading->error)
                reading->error = arena_printf(reading->arena, "column %d: %s",
                                              (int)(reading->at - reading->start) + 1, said);
        return false;
}

static void skip(struct reading *reading)
{
        while (isspace((unsigned char)*reading->at))
                reading->at++;
}

/* The characters up to a blank or an operator. */
static const char *word(struct reading *reading)
{
        skip(reading);
        const char *start = reading->at;
        while (*reading->at && !isspace((unsigned char)*reading->at) && !strchr("<>=!", *reading->at))
                reading->at++;
        return arena_strndup(reading->arena, start, (size_t)(reading->at - start));
}

static int index_of(const char *text, const char *(*name)(int), int n)
{
        for (int i = 0; i < n; i++)
                if (!strcmp(text, name(i)))
                        return i;
        return ANY;
}

static const char *role_at(int i)
{
        return site_role_name((enum site_role)i);
}

static const char *lock_at_column(int i)
{
        return lock_column_name((enum lock_column)i);
}

/* One part behind a point: a role or a lock state. */
static bool read_part(struct reading *reading, struct clause *clause, const char *part)
{
        int role = index_of(part, role_at, SITE_ROLES), lock = index_of(part, lock_at_column, LOCK_COLUMNS);
        if (role != ANY && clause->role == ANY)
                clause->role = role;
        else if (lock != ANY && clause->lock == ANY)
                clause->lock = lock;
        else
                return fail(reading, arena_printf(reading->arena,
                                                  "'%s' is neither a role (alloc, calloc, realloc, free) nor "
                                                  "a lock state (held, released, either, assumed, unknown, "
                                                  "unreachable)",
                                                  part));
        return true;
}

static bool read_name(struct reading *reading, struct clause *clause)
{
        skip(reading);
        const char *here = reading->at;
        char *name = (char *)word(reading), *rest = strchr(name, '.');
        if (!*name)
                return fail(reading, "a family is expected here, as in 'libc.alloc > 0'");
        clause->name = arena_strndup(reading->arena, name, strlen(name));
        if (rest)
                *rest++ = '\0';
        if (strcmp(name, "any") != 0) {
                const char *unknown;
                if (family_named(reading->arena, reading->models, name, &unknown) < 0) {
                        reading->at = here;
                        return fail(reading, unknown);
                }
                clause->family = name;
        }
        while (rest) {
                char *part = rest;
                rest = strchr(part, '.');
                if (rest)
                        *rest++ = '\0';
                if (!read_part(reading, clause, part))
                        return false;
        }
        return true;
}

static bool read_comparison(struct reading *reading, struct clause *clause)
{
        static const char *const ops[] = {">=", "<=", "==", "!=", ">", "<", "="};
        char *end;
        skip(reading);
        for (size_t i = 0; i < sizeof ops / sizeof *ops && !*clause->op; i++)
                if (!strncmp(reading->at, ops[i], strlen(ops[i])))
                        strcpy(clause->op, ops[i]);
        if (!*clause->op)
                return fail(reading, "a comparison is expected here: >, >=, <, <=, = or !=");
        reading->at += strlen(clause->op);
        skip(reading);
        clause->number = strtol(reading->at, &end, 10);
        if (end == reading->at || clause->number < 0)
                return fail(reading, "a number is expected here");
        reading->at = end;
        skip(reading);
        if (strncmp(reading->at, "under ", 6) != 0)
                return true;
        reading->at += 6;
        clause->under = word(reading);
        return *clause->under || fail(reading, "a folder is expected behind 'under'");
}

static bool below(const char *file, const char *folder)
{
        size_t length = strlen(folder);
        while (length > 1 && folder[length - 1] == '/')
                length--;
        if (length == 1 && *folder == '.')
                return true;
        return !strncmp(file, folder, length) && (file[length] == '/' || !file[length]);
}

/* A site of "a|b" counts for a and for b. */
static bool has_family(const char *families, const char *family)
{
        size_t length = strlen(family);
        for (const char *at = families; at; at = strchr(at, '|'), at += at != NULL)
                if (!strncmp(at, family, length) && (!at[length] || at[length] == '|'))
                        return true;
        return false;
}

static long count(const struct census *census, const struct clause *clause)
{
        long n = 0;
        for (int i = 0; i < census->sites.n; i++) {
                const struct census_site *site = &census->sites.at[i];
                n += (!clause->family || has_family(site->family, clause->family)) &&
                     (clause->role == ANY || (int)site->role == clause->role) &&
                     (clause->lock == ANY || (int)site->lock == clause->lock) &&
                     (!clause->under || below(site->at.file, clause->under));
        }
        return n;
}

static bool compare(const struct clause *clause, long n)
{
        switch (clause->op[0]) {
        case '>':
                return clause->op[1] ? n >= clause->number : n > clause->number;
        case '<':
                return clause->op[1] ? n <= clause->number : n < clause->number;
        case '!':
                return n != clause->number;
        default:
                return n == clause->number;
        }
}

bool census_ask(struct arena *arena, const struct census *census, const struct models *models,
                const char *expression, struct census_answer *answer, const char **error)
{
        struct reading reading = {.arena = arena, .start = expression, .at = expression, .models = models};
        struct out said = {.arena = arena};
        const char *join = "or";
        *answer = (struct census_answer){0};
        for (;;) {
                struct clause clause = {.role = ANY, .lock = ANY};
                if (!read_name(&reading, &clause) || !read_comparison(&reading, &clause))
                        break;
                long n = count(census, &clause);
                bool holds = compare(&clause, n);
                answer->holds = strcmp(join, "and") ? answer->holds || holds : answer->holds && holds;
                out_format(&said, "%s%s is %ld%s%s%s", said.length ? ", " : "", clause.name, n,
                           clause.under ? " under '" : "", clause.under ? clause.under : "",
                           clause.under ? "'" : "");
                skip(&reading);
                if (!*reading.at) {
                        answer->said = out_string(&said);
                        return true;
                }
                join = word(&reading);
                if (strcmp(join, "and") != 0 && strcmp(join, "or") != 0) {
                        fail(&reading, "'and' or 'or' is expected here");
                        break;
                }
        }
        *error = reading.error;
        return false;
}
