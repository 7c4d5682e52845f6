/*
 * table_census.c: a census as a document; see tables.h. In: counted sites. Out:
 * tables and stories, for any of the formats of table.h. It counts nothing.
 */
#include "report/tables.h"

#include <string.h>

void document_coverage(struct document *document, const struct census *census)
{
        long all = census->kept + census->lost;
        if (census->units == census->whole) {
                document_say(document, "%d unit%s, all seen whole.", census->units, plural(census->units));
                return;
        }
        document_say(document,
                     "%d unit%s: %d whole, %d partial, %d failed; %ld of %ld statements read. What was not "
                     "read is not counted here.",
                     census->units, plural(census->units), census->whole, census->partial, census->failed,
                     census->kept, all);
}

static void put_counts(struct document *document, struct table *table, const struct census_count *count,
                       bool total)
{
        struct table_row *row = table_row(document, table);
        int c = 0;
        row->total = total;
        row->cells[c++] = count->key;
        for (int i = 0; i < SITE_ROLES; i++)
                row->cells[c++] = table_number(document, count->roles[i], !total);
        row->cells[c++] = table_number(document, count->zeroed, !total);
        for (int i = 0; i < LOCK_COLUMNS; i++)
                row->cells[c++] = table_number(document, count->locks[i], !total);
        row->cells[c++] =
            count->sized ? arena_printf(document->arena, "%d/%d", count->small, count->sized) : "";
        row->cells[c++] = table_number(document, count->sites, false);
}

static void counts_part(struct document *document, const struct census *census, enum census_by by, bool data)
{
        static const char *const titles[] = {"family", "file", "function", "field"};
        struct census_table counts = census_count(document->arena, census, by);
        struct table *table = document_part(document, arena_printf(document->arena, "By %s", titles[by]));
        table->data = data;
        table->note = "Roles of the sites, then the lock states in which control reaches them; small: "
                      "allocations of constant size that have at most 512 bytes, of all of constant size.";
        table_column(document, table, titles[by], false);
        for (int i = 0; i < SITE_ROLES; i++)
                table_column(document, table, site_role_name((enum site_role)i), true);
        table_column(document, table, "zeroed", true);
        for (int i = 0; i < LOCK_COLUMNS; i++)
                table_column(document, table, lock_column_name((enum lock_column)i), true);
        table_column(document, table, "small", true);
        table_column(document, table, "sites", true);
        table->columns.at[table->columns.n - 1].bar = true;
        for (int i = 0; i < counts.rows.n; i++)
                put_counts(document, table, &counts.rows.at[i], false);
        put_counts(document, table, &counts.total, true);
}

static void families_part(struct document *document, const struct census *census)
{
        struct table *table = document_part(document, "Families");
        static const char *const titles[] = {"family", "of", "traced by tracemalloc", "needs the GIL"};
        for (int i = 0; i < 4; i++)
                table_column(document, table, titles[i], false);
        table_column(document, table, "sites", true);
        table->columns.at[4].bar = true;
        for (int i = 0; i < census->families.n; i++) {
                const struct census_family *family = &census->families.at[i];
                struct table_row *row = table_row(document, table);
                row->cells[0] = family->name;
                row->cells[1] = family->title;
                row->cells[2] = family->traced ? "yes" : "no";
                row->cells[3] = family->needs_gil ? "yes" : "no";
                row->cells[4] = table_number(document, family->sites, false);
        }
}

static const char *place_text(struct document *document, const struct where *at)
{
        return arena_printf(document->arena, "%s:%u", at->file, at->line);
}

static void aliases_part(struct document *document, const struct census *census)
{
        static const char *const titles[] = {"name", "kind", "stands for", "family", "role", "place"};
        if (!census->aliases.n)
                return;
        struct table *table = document_part(document, "Wrappers and aliases of the tree");
        for (int i = 0; i < 6; i++)
                table_column(document, table, titles[i], false);
        table_column(document, table, "uses", true);
        for (int i = 0; i < census->aliases.n; i++) {
                const struct census_alias *alias = &census->aliases.at[i];
                struct table_row *row = table_row(document, table);
                row->cells[0] = alias->name;
                row->cells[1] = alias->macro ? "macro" : "function";
                row->cells[2] = alias->of;
                row->cells[3] = alias->family;
                row->cells[4] = site_role_name(alias->role);
                row->cells[5] = place_text(document, &alias->at);
                row->cells[6] = table_number(document, alias->uses, false);
        }
}

static void site_row(struct document *document, struct table *table, const struct census_site *site)
{
        struct table_row *row = table_row(document, table);
        int c = 0;
        row->cells[c++] = site->at.file;
        row->cells[c++] = table_number(document, site->at.line, false);
        row->cells[c++] = site->function;
        row->cells[c++] = site->written;
        row->cells[c++] = site->callee;
        row->cells[c++] = site->family;
        row->cells[c++] = site_role_name(site->role);
        row->cells[c++] = site->zeroed ? "yes" : "";
        row->cells[c++] = site->size >= 0 ? table_number(document, site->size, false) : "";
        row->cells[c++] = lock_column_name(site->lock);
        row->cells[c++] = site->field;
        row->cells[c++] = site->wrapper;
}

static void sites_part(struct document *document, const struct census *census)
{
        static const struct {
                const char *title;
                bool number;
        } columns[] = {{"file", false},   {"line", true},    {"function", false}, {"written", false},
                       {"callee", false}, {"family", false}, {"role", false},     {"zeroed", false},
                       {"size", true},    {"gil", false},    {"field", false},    {"wrapper", false}};
        struct table *table = document_part(document, "Sites");
        table->data = true;
        for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
                table_column(document, table, columns[i].title, columns[i].number);
        for (int i = 0; i < census->sites.n; i++)
                site_row(document, table, &census->sites.at[i]);
}

static bool needs_gil(const struct census *census, const char *family)
{
        for (int i = 0; i < census->families.n; i++)
                if (!strcmp(census->families.at[i].name, family))
                        return census->families.at[i].needs_gil;
        return false;
}

/* What the counts cannot say: where an allocator that needs the lock is reached without it, and how. */
static void released_part(struct document *document, const struct census *census)
{
        struct table *table = NULL;
        for (int i = 0; i < census->sites.n; i++) {
                const struct census_site *site = &census->sites.at[i];
                if (!site->released || !needs_gil(census, site->family))
                        continue;
                if (!table)
                        table =
                            document_part(document, "Reached without the GIL, though their family needs it");
                struct table_story story = {.at = site->at};
                story.said = arena_printf(document->arena, "'%s' in '%s'%s", site->written, site->function,
                                          site->lock == LOCK_EITHER ? ", which is reached with it too" : "");
                VEC_PUSH(document->arena, &story.because, site->released);
                const struct step *other = site->held ? site->held : site->assumed;
                if (other && other != site->released)
                        VEC_PUSH(document->arena, &story.because, other);
                VEC_PUSH(document->arena, &table->stories, story);
        }
}

static void lines_part(struct document *document, const struct census_lines *lines)
{
        if (!lines->list.n)
                return;
        struct table *table = document_part(document, "Lines that were asked about");
        table_column(document, table, "fails if", false);
        table_column(document, table, "answer", false);
        table_column(document, table, "because", false);
        for (int i = 0; i < lines->list.n; i++) {
                struct table_row *row = table_row(document, table);
                row->cells[0] = lines->list.at[i].expression;
                row->cells[1] = lines->list.at[i].answer.holds ? "fails" : "passes";
                row->cells[2] = lines->list.at[i].answer.said;
        }
}

struct document *census_document(struct arena *arena, const struct census *census, enum census_by by,
                                 bool sites, const struct census_lines *lines)
{
        const char *title =
            arena_printf(arena, "Census of %d memory site%s", census->sites.n, plural(census->sites.n));
        struct document *document = document_new(arena, title);
        document_coverage(document, census);
        counts_part(document, census, by, !sites);
        families_part(document, census);
        aliases_part(document, census);
        if (sites)
                sites_part(document, census);
        released_part(document, census);
        lines_part(document, lines);
        return document;
}
