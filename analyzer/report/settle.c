/*
 * settle.c: from findings as the rules left them to findings as they are
 * shown. Comes in: a report with its list, comments and perhaps a baseline.
 * Goes out: the same list ordered, merged, hashed and marked. It finds nothing
 * about code itself.
 */
#include "report/finding_hash.h"
#include "report/mute.h"
#include "report/order.h"
#include "report/source.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/*
 * Gives each finding without one its hash with a number, because one statement
 * can be wrong twice in one way. All of a rule are numbered before any is
 * dropped, so that a number does not depend on what is shown.
 */
static void hash_all(struct report *report)
{
        struct map seen;
        map_init(&seen, report->arena);
        for (int i = 0; i < report->found->list.n; i++) {
                struct finding *finding = report->found->list.at[i];
                if (finding->hash)
                        continue;
                const char *hash = finding_hash(report, finding, finding->at.file);
                void **count = map_at(&seen, hash_bytes(hash, strlen(hash)));
                *count = (void *)((uintptr_t)*count + 1);
                finding->hash = arena_printf(report->arena, "%s:%u", hash, (unsigned)(uintptr_t)*count);
        }
}

static void drop_unsure(struct report *report)
{
        int kept = 0;
        for (int i = 0; i < report->found->list.n; i++)
                if (report->found->list.at[i]->confidence >= report->confidence)
                        report->found->list.at[kept++] = report->found->list.at[i];
        report->found->list.n = kept;
}

static bool edit_fits(const struct report *report, const struct edit *edit)
{
        const struct source *source = edit->was ? source_of(report, edit->at.file) : NULL;
        if (!source)
                return !edit->was;
        size_t length = strlen(edit->was);
        struct line line = source_line(source, edit->at.line);
        size_t from = edit->at.col - 1;
        if (source->changed || from + length >= line.length || memcmp(line.bytes + from, edit->was, length))
                return false;
        return line.bytes[from + length] == '(' || line.bytes[from + length] == ' ';
}

/* What is to be replaced may be hidden in a macro: then no change in this place mends anything. */
static void drop_unfit(const struct report *report, struct finding *finding)
{
        int kept = 0;
        for (int i = 0; i < finding->fixes.n; i++) {
                bool fits = true;
                for (int j = 0; j < finding->fixes.at[i].edits.n; j++)
                        fits &= edit_fits(report, &finding->fixes.at[i].edits.at[j]);
                if (fits)
                        finding->fixes.at[kept++] = finding->fixes.at[i];
        }
        finding->fixes.n = kept;
}

/* ---- baseline ---- */

static int compare_hashes(const void *a, const void *b)
{
        return strcmp((*(struct baseline_entry *const *)a)->hash, (*(struct baseline_entry *const *)b)->hash);
}

/* The entries in order of their hashes. */
static struct baseline_entry **by_hash(struct arena *arena, struct baseline *baseline)
{
        struct baseline_entry **list = NEW_ARRAY(arena, struct baseline_entry *, baseline->entries.n + 1);
        for (int i = 0; i < baseline->entries.n; i++) {
                baseline->entries.at[i].found = NULL; /* of an earlier run */
                list[i] = &baseline->entries.at[i];
        }
        qsort(list, (size_t)baseline->entries.n, sizeof *list, compare_hashes);
        return list;
}

static void match(struct finding *finding, struct baseline_entry *entry)
{
        entry->found = finding;
        finding->known = true;
        if (!finding->reason && *entry->reason)
                finding->reason = entry->reason;
}

/* The first of the N sorted entries whose hash is not before HASH. */
static int first_with(struct baseline_entry **list, int n, const char *hash)
{
        int low = 0, high = n;
        while (low < high) {
                int middle = low + (high - low) / 2;
                if (strcmp(list[middle]->hash, hash) < 0)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low;
}

/* A finding can stand in the file and in an earlier run at once: it matches both. */
static void match_by_hash(struct report *report, struct baseline *baseline)
{
        struct baseline_entry **list = by_hash(report->arena, baseline);
        int n = baseline->entries.n;
        for (int i = 0; i < report->found->list.n; i++) {
                struct finding *finding = report->found->list.at[i];
                int at = first_with(list, n, finding->hash);
                for (; !finding->suppressed && at < n && !strcmp(list[at]->hash, finding->hash); at++)
                        match(finding, list[at]);
        }
}

static bool file_gone(const struct report *report, const char *file)
{
        struct stat st;
        return stat(path_join(report->arena, report->tree, file), &st) < 0 && errno == ENOENT;
}

/* True when FINDING would be ENTRY if its file still had the entry's name. */
static bool same_but_renamed(const struct report *report, const struct finding *finding,
                             const struct baseline_entry *entry)
{
        if (finding->known || finding->suppressed || strcmp(finding->rule->code, entry->rule))
                return false;
        const char *number = strchr(entry->hash, ':');
        const char *hash = finding_hash(report, finding, entry->file);
        return number && strlen(hash) == (size_t)(number - entry->hash) &&
               !strncmp(hash, entry->hash, strlen(hash)) && !strcmp(number, strchr(finding->hash, ':'));
}

/* A file that was renamed takes its known findings along. */
static void match_renamed(struct report *report, struct baseline *baseline)
{
        for (int i = 0; i < baseline->entries.n; i++) {
                struct baseline_entry *entry = &baseline->entries.at[i];
                if (entry->found || !file_gone(report, entry->file))
                        continue;
                for (int j = 0; j < report->found->list.n && !entry->found; j++)
                        if (same_but_renamed(report, report->found->list.at[j], entry))
                                match(report->found->list.at[j], entry);
        }
}

static bool rule_was_run(const struct report *report, const char *code)
{
        for (int i = 0; report->rules[i]; i++)
                if (!strcmp(report->rules[i]->code, code))
                        return true;
        return false;
}

/* Read by the analysis, and not a unit that lost something. */
static bool file_was_seen(const struct report *report, const char *file)
{
        for (int i = 0; i < report->units.n; i++)
                if (!strcmp(report->units.at[i].path, file))
                        return report->units.at[i].outcome == OUTCOME_WHOLE;
        for (int i = 0; i < report->files.n; i++)
                if (!strcmp(report->files.at[i].path, file))
                        return true;
        return false;
}

bool baseline_stale(const struct baseline_entry *entry, const struct report *report)
{
        return !entry->found && !entry->earlier && rule_was_run(report, entry->rule) &&
               (file_was_seen(report, entry->file) || file_gone(report, entry->file));
}

/* The baseline's place as findings have theirs: below the tree, else its bare name. */
static sym baseline_place(const struct report *report, const struct baseline *baseline)
{
        char root[PATH_MAX], real[PATH_MAX];
        const char *below = NULL;
        if (realpath(*report->tree ? report->tree : ".", root) && realpath(baseline->path, real))
                below = path_below(root, real);
        return name_of(report->names, below ? below : path_base(baseline->path));
}

static void note_stale(struct report *report, const struct baseline *baseline)
{
        const struct rule *rule = baseline->strict ? &rule_stale_baseline_strict : &rule_stale_baseline;
        for (int i = 0; i < baseline->entries.n; i++) {
                const struct baseline_entry *entry = &baseline->entries.at[i];
                if (!baseline_stale(entry, report))
                        continue;
                struct where at = {.file = baseline_place(report, baseline),
                                   .line = entry->line ? (uint32_t)entry->line : 1,
                                   .col = 1};
                finding_add(report->found, rule, at, NULL, NULL,
                            "The finding of '%s' in '%s' of '%s' is gone, but the baseline still has it.",
                            entry->rule, *entry->func ? entry->func : "file scope", entry->file);
        }
}

void findings_settle(struct report *report, struct baseline *baseline)
{
        findings_sort(report->found);
        findings_merge(report->found);
        for (int i = 0; i < report->found->list.n; i++)
                drop_unfit(report, report->found->list.at[i]);
        hash_all(report);
        mutes_apply(report);
        if (baseline) {
                report->baselined = true;
                match_by_hash(report, baseline);
                match_renamed(report, baseline);
                note_stale(report, baseline);
        }
        mutes_judge(report);
        drop_unsure(report);
        findings_sort(report->found);
        hash_all(report);
}
