/* family_names.c: families as users write them; see census.h. */
#include "query/census.h"

#include "link/model_read.h"

#include <string.h>

int family_named(struct arena *arena, const struct models *models, const char *word, const char **error)
{
        struct hint hint = {.word = word};
        int found = family_find(models, word);
        if (found >= 0)
                return found;
        hint_try(&hint, models->families.at, models->families.n, sizeof *models->families.at);
        bool near = hint.best && hint.distance <= 1 + (int)strlen(word) / 3;
        *error = near ? arena_printf(arena, "there is no family '%s'; did you mean '%s'?", word, hint.best)
                      : arena_printf(arena, "there is no family '%s'", word);
        return -1;
}
