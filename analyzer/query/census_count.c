/*
 * census_count.c: sites counted by group. The total is counted from the sites
 * themselves, so that rows that do not add up to it are found out.
 */
#include "query/census.h"

#include <stdlib.h>
#include <string.h>

static void count(struct census_count *count, const struct census_site *site)
{
        bool gives = site->role != SITE_FREE;
        count->sites++;
        count->roles[site->role]++;
        count->locks[site->lock]++;
        count->zeroed += site->zeroed;
        count->sized += gives && site->size >= 0;
        count->small += gives && site->size >= 0 && site->size <= SMALL_BLOCK;
}

static const char *key_of(struct arena *arena, const struct census_site *site, enum census_by by)
{
        switch (by) {
        case BY_FILE:
                return site->at.file;
        case BY_FUNCTION: /* two files may have equal names */
                return arena_printf(arena, "%s:%s", site->at.file, site->function);
        case BY_FIELD:
                return site->field ? site->field : "(no field)";
        default:
                return site->family;
        }
}

static int by_key(const void *a, const void *b)
{
        return strcmp(((const struct census_count *)a)->key, ((const struct census_count *)b)->key);
}

struct census_table census_count(struct arena *arena, const struct census *census, enum census_by by)
{
        struct census_table table = {.by = by, .total = {.key = "total"}};
        for (int i = 0; i < census->sites.n; i++) {
                const struct census_site *site = &census->sites.at[i];
                const char *key = key_of(arena, site, by);
                int row = 0;
                while (row < table.rows.n && strcmp(table.rows.at[row].key, key) != 0)
                        row++;
                if (row == table.rows.n)
                        VEC_PUSH(arena, &table.rows, (struct census_count){.key = key});
                count(&table.rows.at[row], site);
                count(&table.total, site);
        }
        if (table.rows.n)
                qsort(table.rows.at, (size_t)table.rows.n, sizeof *table.rows.at, by_key);
        return table;
}
