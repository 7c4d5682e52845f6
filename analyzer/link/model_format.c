/*
 * model_format.c: which variable arguments the units of a format string use
 * up. In: a format and the table of units that the model of the called
 * function names; out: units with the number of their first argument.
 *
 * Two kinds of formats are known: units that stand side by side ("O|es#i:f"),
 * where the longest name in the table wins, and conversions behind a percent
 * sign with flags, width and length as scanf(3) has them.
 */
#include "link/model.h"

#include <ctype.h>
#include <string.h>

struct scan {
        struct arena *arena;
        const struct models *models;
        sym table;
        const char *at;
        int arg;
        bool optional; /* from here on */
        VEC(struct format_use) uses;
};

/* The unit with the longest name that TEXT begins with; EXACT: whose whole name is TEXT. */
static const struct format_unit *unit_find(const struct scan *scan, const char *text, bool exact)
{
        const struct format_unit *best = NULL;
        size_t longest = 0;
        for (int i = 0; i < scan->models->units.n; i++) {
                const struct format_unit *unit = &scan->models->units.at[i];
                size_t length = strlen(unit->name);
                if (unit->table != scan->table || strncmp(unit->name, text, length) != 0 || length < longest)
                        continue;
                if (exact && text[length])
                        continue;
                best = unit;
                longest = length;
        }
        return best;
}

static void use_add(struct scan *scan, const struct format_unit *unit)
{
        if (unit->nargs)
                VEC_PUSH(scan->arena, &scan->uses, (struct format_use){unit, scan->arg, scan->optional});
        scan->arg += unit->nargs;
}

static bool units_scan(struct scan *scan)
{
        while (*scan->at) {
                const struct format_unit *unit = unit_find(scan, scan->at, false);
                if (!unit)
                        return false;
                if (unit->ends)
                        return true;
                use_add(scan, unit);
                scan->optional |= unit->optional;
                scan->at += strlen(unit->name);
        }
        return true;
}

/* Behind "%[": up to the closing bracket, which may itself be the first member. */
static const char *set_end(const char *at)
{
        if (*at == '^')
                at++;
        if (*at == ']')
                at++;
        return strchr(at, ']');
}

static bool conversion_scan(struct scan *scan)
{
        const char *at = scan->at + 1;
        bool drops = *at == '*';
        at += drops;
        while (isdigit((unsigned char)*at))
                at++;
        bool allocates = *at == 'm';
        at += allocates;
        at += strspn(at, "hlqjztL");
        const char *end = *at == '[' ? set_end(at + 1) : at;
        if (!*at || !end)
                return false;
        const struct format_unit *unit = unit_find(scan, allocates ? "%m" : "%", true);
        if (!unit)
                return false;
        if (!drops && *at != '%')
                use_add(scan, unit);
        scan->at = end + 1;
        return true;
}

static bool conversions_scan(struct scan *scan)
{
        while ((scan->at = strchr(scan->at, '%')))
                if (!conversion_scan(scan))
                        return false;
        return true;
}

int models_format(struct arena *arena, const struct models *models, const struct model *model,
                  const char *format, struct format_use **uses, bool *known)
{
        struct scan scan = {.arena = arena,
                            .models = models,
                            .table = model->format_units,
                            .at = format,
                            .arg = model->format_first};
        *known = unit_find(&scan, "%", true) ? conversions_scan(&scan) : units_scan(&scan);
        *uses = scan.uses.at;
        return scan.uses.n;
}
