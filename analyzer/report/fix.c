/*
 * fix.c: applies the fixes of findings. Comes in: a settled report. Goes out:
 * changed files, or a patch. A fix is applied whole or not at all; a file that
 * is no longer what was analyzed, or lies outside the tree, is left alone.
 */
#include "report/patch.h"
#include "report/view.h"

#include "base/file.h"
#include "base/map.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct fixer {
        struct report *report;
        struct arena *arena;
        struct fix_result *result;
        struct map patches; /* sym of the path -> struct patch * */
        bool writes;        /* files, and not a diff */
        VEC(struct finding *) fixed;
};

/* Says why something was left out, once. */
static void refuse(struct fixer *fixer, const char *sentence)
{
        for (int i = 0; i < fixer->result->refused.n; i++)
                if (!strcmp(fixer->result->refused.at[i], sentence))
                        return;
        VEC_PUSH(fixer->report->arena, &fixer->result->refused, sentence);
}

/* The real path of SOURCE; NULL with a reason when it leads out of the tree or changed meanwhile. */
static const char *target_of(struct fixer *fixer, const struct source *source)
{
        struct report *report = fixer->report;
        const char *path = path_join(fixer->arena, report->tree, source->path);
        char real[PATH_MAX], root[PATH_MAX];
        struct text now;
        const char *why = NULL;
        if (source->changed)
                why = "it changed since it was analyzed";
        else if (!realpath(path, real) || !realpath(*report->tree ? report->tree : ".", root))
                why = strerror(errno);
        else if (!path_below(root, real))
                why = "it lies outside the tree";
        else if (!file_read(fixer->arena, real, 0, &now))
                why = strerror(errno);
        else if (!source->bytes || now.length != source->length ||
                 memcmp(now.bytes, source->bytes, now.length))
                why = "it changed since it was analyzed";
        else if (fixer->writes && access(path_dir(fixer->arena, real), W_OK))
                why = strerror(errno);
        if (why)
                refuse(fixer, arena_printf(report->arena, "'%s' was not fixed: %s.", source->path, why));
        return why ? NULL : arena_strndup(fixer->arena, real, strlen(real));
}

static struct patch *patch_of(struct fixer *fixer, sym file)
{
        struct patch **slot =
            (struct patch **)map_at(&fixer->patches, MAP_KEY(name_of(fixer->report->names, file)));
        if (!*slot) {
                *slot = NEW(fixer->arena, struct patch);
                (*slot)->source = source_of(fixer->report, file);
                (*slot)->target = target_of(fixer, (*slot)->source);
        }
        return *slot;
}

/* Text as the file ends its lines. */
static const char *with_line_ends(struct arena *arena, const struct source *source, const char *text)
{
        const char *first = memchr(source->bytes, '\n', source->length);
        struct out out = {.arena = arena};
        if (!first || first == source->bytes || first[-1] != '\r')
                return text;
        for (const char *c = text; *c; c++) {
                if (*c == '\n' && (c == text || c[-1] != '\r'))
                        out_char(&out, '\r');
                out_char(&out, *c);
        }
        return out_string(&out);
}

static bool inside(const struct source *source, uint32_t line, uint32_t col)
{
        return line >= 1 && line <= (uint32_t)source->nlines && col >= 1 &&
               col <= source_line(source, line).length + 1;
}

/* The bytes that EDIT changes; false with a reason when they cannot be told. */
static bool change_of(struct fixer *fixer, const struct edit *edit, struct change *change)
{
        const struct patch *patch = patch_of(fixer, edit->at.file);
        const struct source *source = patch->source;
        if (!patch->target)
                return false;
        uint32_t end_line = edit->at.end_line ? edit->at.end_line : edit->at.line;
        uint32_t end_col = edit->at.end_line ? edit->at.end_col : edit->at.col;
        bool fits = inside(source, edit->at.line, edit->at.col) && inside(source, end_line, end_col);
        change->from = fits ? source_offset(source, edit->at.line, edit->at.col) : 1;
        change->to = fits ? source_offset(source, end_line, end_col) : 0;
        if (change->from > change->to) {
                refuse(fixer, arena_printf(fixer->report->arena, "A fix at %s:%u:%u does not fit the file.",
                                           edit->at.file, edit->at.line, edit->at.col));
                return false;
        }
        change->text = with_line_ends(fixer->arena, source, edit->text);
        change->length = strlen(change->text);
        return true;
}

/* The changes of a patch may be looked at by trial: the copy is what stays when one does not fit. */
static struct patch patch_copy(struct arena *arena, const struct patch *patch)
{
        struct patch copy = {.source = patch->source, .target = patch->target};
        for (int i = 0; i < patch->changes.n; i++)
                VEC_PUSH(arena, &copy.changes, patch->changes.at[i]);
        return copy;
}

/* Enters the edits of FIX, or none of them. */
static bool enter_fix(struct fixer *fixer, const struct fix *fix)
{
        struct {
                VEC(struct patch) before;
                VEC(struct patch *) of;
        } undo = {0};
        bool fits = true;
        for (int i = 0; i < fix->edits.n && fits; i++) {
                const struct edit *edit = &fix->edits.at[i];
                struct change change;
                fits = change_of(fixer, edit, &change);
                if (!fits)
                        break;
                struct patch *patch = patch_of(fixer, edit->at.file);
                /* a single edit is refused by patch_add() without a trace */
                if (fix->edits.n > 1) {
                        VEC_PUSH(fixer->arena, &undo.before, patch_copy(fixer->arena, patch));
                        VEC_PUSH(fixer->arena, &undo.of, patch);
                }
                fits = patch_add(fixer->arena, patch, change);
                if (!fits)
                        refuse(fixer,
                               arena_printf(fixer->report->arena,
                                            "Two fixes overlap at %s:%u:%u; run again after the first.",
                                            edit->at.file, edit->at.line, edit->at.col));
        }
        for (int i = undo.of.n; !fits && i-- > 0;)
                *undo.of.at[i] = undo.before.at[i];
        return fits;
}

/* The first fix that may be applied, or NULL. */
static const struct fix *allowed_fix(const struct finding *finding, bool unsafe)
{
        for (int i = 0; i < finding->fixes.n; i++)
                if (finding->fixes.at[i].safe || unsafe)
                        return &finding->fixes.at[i];
        return NULL;
}

static void enter_all(struct fixer *fixer, bool unsafe)
{
        for (int i = 0; i < fixer->report->found->list.n; i++) {
                struct finding *finding = fixer->report->found->list.at[i];
                const struct fix *fix = finding_shown(finding) ? allowed_fix(finding, unsafe) : NULL;
                if (fix && enter_fix(fixer, fix))
                        VEC_PUSH(fixer->arena, &fixer->fixed, finding);
        }
}

static bool replace_file(struct fixer *fixer, const struct patch *patch, const char *undone)
{
        struct out out = {.arena = fixer->arena};
        patch_apply(patch, &out);
        if (file_write(patch->target, out_string(&out), out.length, 0))
                return true;
        refuse(fixer, arena_printf(fixer->report->arena, "'%s' was not %s: %s.", patch->source->path, undone,
                                   strerror(errno)));
        return false;
}

/* All files or none: the two halves of a fix may lie in two of them, and one half alone is a mistake. */
static void replace_files(struct fixer *fixer, struct patch **list, int n)
{
        int done = 0;
        while (done < n && replace_file(fixer, list[done], "fixed"))
                done++;
        if (done == n)
                return;
        while (done-- > 0)
                replace_file(fixer,
                             &(struct patch){.source = list[done]->source, .target = list[done]->target},
                             "put back");
        for (int i = 0; i < n; i++)
                list[i]->changes.n = 0;
}

static int compare_patches(const void *a, const void *b)
{
        return strcmp((*(struct patch *const *)a)->source->path, (*(struct patch *const *)b)->source->path);
}

/* All patches that change something, by path. */
static int list_patches(struct fixer *fixer, struct patch ***list)
{
        int n = 0;
        *list = NEW_ARRAY(fixer->arena, struct patch *, fixer->patches.n + 1);
        for (int i = 0; i < fixer->patches.n; i++) {
                struct patch *patch = fixer->patches.entries[i].value;
                if (patch->changes.n)
                        (*list)[n++] = patch;
        }
        qsort(*list, (size_t)n, sizeof **list, compare_patches);
        return n;
}

/* A finding is fixed when every file that its fix touches was written. */
static bool was_written(struct fixer *fixer, const struct finding *finding, bool unsafe)
{
        const struct fix *fix = allowed_fix(finding, unsafe);
        for (int i = 0; i < fix->edits.n; i++)
                if (!patch_of(fixer, fix->edits.at[i].at.file)->changes.n)
                        return false;
        return true;
}

static void drop_fixed(struct fixer *fixer, bool unsafe)
{
        struct findings *found = fixer->report->found;
        int kept = 0, next = 0;
        for (int i = 0; i < found->list.n; i++) {
                bool fixed = next < fixer->fixed.n && fixer->fixed.at[next] == found->list.at[i];
                next += fixed;
                if (fixed && was_written(fixer, found->list.at[i], unsafe))
                        fixer->result->fixed++;
                else
                        found->list.at[kept++] = found->list.at[i];
        }
        found->list.n = kept;
}

void report_fix(struct report *report, bool unsafe, struct out *diff, struct fix_result *result)
{
        struct fixer fixer = {.report = report, .arena = arena_new(), .result = result, .writes = !diff};
        struct patch **list;
        *result = (struct fix_result){0};
        map_init(&fixer.patches, fixer.arena);
        enter_all(&fixer, unsafe);
        int n = list_patches(&fixer, &list);
        if (!diff)
                replace_files(&fixer, list, n);
        for (int i = 0; i < n; i++) {
                if (diff)
                        patch_write(list[i], diff);
                result->files += list[i]->changes.n > 0;
                result->edits += list[i]->changes.n;
        }
        if (diff)
                result->fixed = fixer.fixed.n;
        else
                drop_fixed(&fixer, unsafe);
        arena_drop(fixer.arena);
}
