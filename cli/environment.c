/*
 * environment.c: the layer between configuration file and command line:
 * PYMEMLINT_SELECT for --select, and so on. See config.h.
 */
#include "config.h"
#include "message.h"
#include "nearest.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PREFIX "PYMEMLINT_"

/* Variables that are no options: the worker's place and what a captured build hands down. */
static const char *const others[] = {
    "PYMEMLINT_FRONT",       "PYMEMLINT_CAPTURE_DIR",      "PYMEMLINT_CAPTURE_CC",
    "PYMEMLINT_CAPTURE_CXX", "PYMEMLINT_CAPTURE_LDSHARED", NULL};

static const char *variable_of(struct arena *arena, const struct option_row *row)
{
        char *name = arena_printf(arena, PREFIX "%s", row->name);
        for (char *c = name; *c; c++)
                *c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
        return name;
}

/* A misspelt variable would be ignored in silence otherwise. */
static void warn_unknown(struct arena *arena, const struct words *known)
{
        for (char **entry = environ; *entry; entry++) {
                if (strncmp(*entry, PREFIX, strlen(PREFIX)))
                        continue;
                const char *name = arena_strndup(arena, *entry, strcspn(*entry, "="));
                bool found = false;
                for (int i = 0; i < known->n; i++)
                        found |= !strcmp(known->at[i], name);
                if (!found)
                        warn("the environment variable '%s' means nothing here%s", name,
                             nearest_hint(arena, name, known));
        }
}

bool environment_read(struct values *values)
{
        struct words known = {0};
        bool good = true;
        for (int i = 0; others[i]; i++)
                VEC_PUSH(values->arena, &known, others[i]);
        for (const struct option_row *row = option_rows; row->name; row++) {
                const char *name = variable_of(values->arena, row), *text = getenv(name);
                VEC_PUSH(values->arena, &known, name);
                if (!text || !*text)
                        continue;
                const char *wrong =
                    values_set(values, row, text, ".", (struct option_origin){LAYER_ENVIRONMENT, name});
                if (wrong)
                        complain("%s: %s", name, wrong);
                good &= !wrong;
        }
        warn_unknown(values->arena, &known);
        return good;
}
