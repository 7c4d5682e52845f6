/*
 * plan_fix.c: see plan_fix.h. Turns the edits of a group into one fix, which
 * fix.c applies whole or not at all.
 */
#include "report/plan_fix.h"

#include "base/embedded.h"
#include "base/file.h"
#include "report/source.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

struct mover {
        struct report *report;
        struct arena *arena;
        const struct plan *plan;
        struct plan_fix_result *result;
        const char *compat; /* where the header of ours goes, relative to the tree; NULL: none */
};

static void refuse(struct mover *mover, const struct plan_group *group, const char *why)
{
        VEC_PUSH(
            mover->arena, &mover->result->refused,
            arena_printf(mover->arena, "group %d (%s) was left alone: %s", group->number, group->name, why));
}

/* --- text ------------------------------------------------------------------------------- */

static const char *text_between(struct mover *mover, const struct source *source, const struct where *at)
{
        size_t from = source_offset(source, at->line, at->col);
        size_t to = source_offset(source, at->end_line, at->end_col);
        return arena_strndup(mover->arena, source->bytes + from, to > from ? to - from : 0);
}

/* TEXT without blanks at its ends. */
static const char *trim(struct mover *mover, const char *text, size_t length)
{
        while (length && isspace((unsigned char)*text)) {
                text++;
                length--;
        }
        while (length && isspace((unsigned char)text[length - 1]))
                length--;
        return arena_strndup(mover->arena, text, length);
}

/* Equal but for blanks. */
static bool same_words(const char *a, const char *b)
{
        for (;; a++, b++) {
                while (isspace((unsigned char)*a))
                        a++;
                while (isspace((unsigned char)*b))
                        b++;
                if (*a != *b)
                        return false;
                if (!*a)
                        return true;
        }
}

/* The only "*" of TEXT outside of parentheses, else NULL. */
static const char *only_star(const char *text)
{
        const char *star = NULL;
        int depth = 0;
        for (const char *at = text; *at; at++) {
                depth += *at == '(' || *at == '[';
                depth -= *at == ')' || *at == ']';
                if (*at != '*' || depth)
                        continue;
                if (star)
                        return NULL;
                star = at;
        }
        return star;
}

/* "sizeof(TYPE)" with blanks anywhere. */
static bool is_sizeof(struct mover *mover, const char *text, const char *type)
{
        return same_words(text, arena_printf(mover->arena, "sizeof(%s)", type));
}

/* The count in "count * sizeof(TYPE)" or the other way round; NULL when the text is not like that. */
static const char *count_of(struct mover *mover, const char *text, const char *type)
{
        const char *star = only_star(text);
        if (!star)
                return NULL;
        const char *left = trim(mover, text, (size_t)(star - text));
        const char *right = trim(mover, star + 1, strlen(star + 1));
        if (is_sizeof(mover, right, type))
                return *left ? left : NULL;
        return is_sizeof(mover, left, type) && *right ? right : NULL;
}

/* Where a cast "(TYPE *)" in front of offset AT begins; AT when there is none. */
static size_t cast_before(struct mover *mover, const struct source *source, size_t at, const char *type)
{
        size_t end = at;
        while (end && isblank((unsigned char)source->bytes[end - 1]))
                end--;
        if (!end || source->bytes[end - 1] != ')')
                return at;
        size_t start = end - 1;
        while (start && source->bytes[start] != '(' && source->bytes[start] != '\n')
                start--;
        const char *cast = arena_strndup(mover->arena, source->bytes + start, end - start);
        return same_words(cast, arena_printf(mover->arena, "(%s *)", type)) ? start : at;
}

/* --- one edit ------------------------------------------------------------------------------ */

static struct where place_of(const struct source *source, size_t from, const struct where *end)
{
        uint32_t line = 1;
        while (line < (uint32_t)source->nlines && source->lines[line] <= from)
                line++;
        return (struct where){source->path, line, (uint32_t)(from - source->lines[line - 1]) + 1,
                              end->end_line, end->end_col};
}

/* A product becomes a typed allocation where the type of the result says the same. */
static bool typed_edit(struct mover *mover, const struct source *source, const struct plan_edit *edit,
                       struct edit *out)
{
        if (!edit->call.end_line || !edit->args[0].end_line)
                return false;
        const char *count = count_of(mover, text_between(mover, source, &edit->args[0]), edit->element);
        size_t name = source_offset(source, edit->at.line, edit->at.col);
        size_t from = cast_before(mover, source, name, edit->element);
        bool fits = edit->type && (same_words(edit->type, "void *") ||
                                   same_words(edit->type, arena_printf(mover->arena, "%s *", edit->element)));
        if (!count || (from == name && !fits))
                return false;
        out->at = place_of(source, from, &edit->call);
        out->text = arena_printf(mover->arena, "%s(%s, %s)", edit->typed, edit->element, count);
        return true;
}

static bool counted_edit(struct mover *mover, const struct source *source, const struct plan_edit *edit,
                         struct edit *out)
{
        if (!edit->call.end_line || !edit->args[0].end_line || !edit->args[1].end_line)
                return false;
        const char *type = text_between(mover, source, &edit->args[0]);
        out->at = edit->call;
        out->text = arena_printf(mover->arena, "(%s *)%s(%s, sizeof(%s))", type, edit->text,
                                 text_between(mover, source, &edit->args[1]), type);
        return true;
}

static bool make_edit(struct mover *mover, const struct plan_group *group, const struct plan_edit *edit,
                      struct edit *out)
{
        const struct source *source = source_of(mover->report, edit->at.file);
        const char *place = arena_printf(mover->arena, "%s:%u", edit->at.file, edit->at.line);
        if (!source->bytes || strcmp(text_between(mover, source, &edit->at), edit->old) != 0) {
                refuse(mover, group,
                       source->bytes ? arena_printf(mover->arena, "%s does not spell '%s'.", place, edit->old)
                                     : arena_printf(mover->arena, "'%s' changed since it was analyzed.",
                                                    edit->at.file));
                return false;
        }
        *out = (struct edit){.at = edit->at, .text = edit->text};
        if (edit->kind == EDIT_TYPED)
                typed_edit(mover, source, edit, out);
        if (edit->kind == EDIT_COUNT && !counted_edit(mover, source, edit, out)) {
                refuse(mover, group,
                       arena_printf(mover->arena, "the arguments at %s are not in one place.", place));
                return false;
        }
        return true;
}

/* --- includes -------------------------------------------------------------------------------- */

/* From the folder of FILE to TARGET, both relative to the tree. */
static const char *relative(struct mover *mover, const char *file, const char *target)
{
        size_t shared = 0;
        struct out out = {.arena = mover->arena};
        for (size_t i = 0; file[i] && file[i] == target[i]; i++)
                if (file[i] == '/')
                        shared = i + 1;
        for (const char *at = file + shared; *at; at++)
                if (*at == '/')
                        out_text(&out, "../");
        out_text(&out, target + shared);
        return out_string(&out);
}

static void add_include(struct mover *mover, struct fix *fix, sym file, const char *header, bool own)
{
        const struct source *source = source_of(mover->report, file);
        if (!source->bytes || includes_header(source, path_base(header)))
                return;
        size_t at = include_place(source);
        struct where end = {0};
        struct edit edit = {.at = place_of(source, at, &end)};
        edit.at.end_line = edit.at.line;
        edit.at.end_col = edit.at.col;
        edit.text = own ? arena_printf(mover->arena, "#include \"%s\"\n", relative(mover, file, header))
                        : arena_printf(mover->arena, "#include <%s>\n", header);
        VEC_PUSH(mover->arena, &fix->edits, edit);
}

/* Groups that share a file agree on what it includes. */
static bool wants_compat(const struct mover *mover, sym file)
{
        for (int g = 0; g < mover->plan->groups.n && mover->compat; g++) {
                const struct plan_group *group = mover->plan->groups.at[g];
                for (int i = 0; i < group->edited.n && group->compat; i++)
                        if (group->edited.at[i] == file)
                                return true;
        }
        return false;
}

/* What a generator writes is changed in its source, not here. */
static bool is_generated(const struct source *source)
{
        static const char *const marks[] = {"Generated by", "generated by", "automatically generated",
                                            "AUTOMATICALLY GENERATED", "DO NOT EDIT"};
        size_t head = source->length < 400 ? source->length : 400;
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
                if (source->bytes && memmem(source->bytes, head, marks[i], strlen(marks[i])))
                        return true;
        return false;
}

/* --- one group -------------------------------------------------------------------------------- */

static bool make_fix(struct mover *mover, const struct plan_group *group, struct fix *fix)
{
        for (int i = 0; i < group->edited.n; i++)
                if (is_generated(source_of(mover->report, group->edited.at[i]))) {
                        refuse(mover, group,
                               arena_printf(mover->arena, "'%s' is generated.", group->edited.at[i]));
                        return false;
                }
        for (int i = 0; i < group->edits.n; i++) {
                struct edit edit;
                if (!make_edit(mover, group, &group->edits.at[i], &edit))
                        return false;
                VEC_PUSH(mover->arena, &fix->edits, edit);
        }
        for (int i = 0; i < group->edited.n; i++)
                if (wants_compat(mover, group->edited.at[i]))
                        add_include(mover, fix, group->edited.at[i], mover->compat, true);
        for (int i = 0; i < group->lacking.n; i++)
                if (!wants_compat(mover, group->lacking.at[i])) /* which includes it, too */
                        add_include(mover, fix, group->lacking.at[i], group->header, false);
        return true;
}

static void add_group(struct mover *mover, struct findings *findings, const struct plan_group *group)
{
        struct fix fix = {.said =
                              arena_printf(mover->arena, "Move group %d to %s", group->number, group->target),
                          .safe = true};
        if (!group->edits.n || !make_fix(mover, group, &fix))
                return;
        struct finding *finding = NEW(mover->arena, struct finding);
        finding->at = group->edits.at[0].at;
        finding->said = fix.said;
        VEC_PUSH(mover->arena, &finding->fixes, fix);
        VEC_PUSH(mover->arena, &findings->list, finding);
}

/* --- the header of ours -------------------------------------------------------------------------- */

static const struct embedded *compat_file(const struct plan *plan)
{
        for (const struct embedded *at = embedded_files; at->name && plan->compat; at++)
                if (!strcmp(path_base(at->name), plan->compat))
                        return at;
        return NULL;
}

/* The deepest folder that holds all files that need it. */
static const char *compat_place(struct mover *mover)
{
        const char *folder = NULL;
        size_t length = 0;
        for (int g = 0; g < mover->plan->groups.n; g++) {
                const struct plan_group *group = mover->plan->groups.at[g];
                for (int i = 0; i < group->edited.n && group->compat; i++) {
                        const char *file = group->edited.at[i], *slash = strrchr(file, '/');
                        size_t n = slash ? (size_t)(slash - file) + 1 : 0;
                        if (!folder)
                                length = n;
                        for (size_t c = 0; folder && c < length; c++)
                                if (c >= n || file[c] != folder[c])
                                        length = c;
                        folder = folder ? folder : file;
                        while (length && folder[length - 1] != '/')
                                length--;
                }
        }
        return folder ? arena_printf(mover->arena, "%.*s%s", (int)length, folder, mover->plan->compat) : NULL;
}

static void diff_new_file(const char *path, const struct embedded *file, struct out *diff)
{
        int lines = 0;
        for (const char *at = file->text; *at; at++)
                lines += *at == '\n';
        out_format(diff, "--- /dev/null\n+++ b/%s\n@@ -0,0 +1,%d @@\n", path, lines);
        for (const char *at = file->text; *at;) {
                const char *end = strchrnul(at, '\n');
                out_char(diff, '+');
                out_bytes(diff, at, (size_t)(end - at));
                out_char(diff, '\n');
                at = *end ? end + 1 : end;
        }
}

static void write_compat(struct mover *mover, struct out *diff)
{
        const struct embedded *file = compat_file(mover->plan);
        const char *path = mover->compat ? path_join(mover->arena, mover->report->tree, mover->compat) : NULL;
        struct text there;
        if (!file || !path || !mover->result->groups)
                return;
        bool exists = file_read(mover->arena, path, 0, &there);
        if (exists && (there.length == file->length && !memcmp(there.bytes, file->text, there.length)))
                return;
        if (diff)
                diff_new_file(mover->compat, file, diff);
        else if (!file_write(path, file->text, file->length, 0)) {
                VEC_PUSH(
                    mover->arena, &mover->result->refused,
                    arena_printf(mover->arena, "'%s' was not written: %s.", mover->compat, strerror(errno)));
                return;
        }
        mover->result->files++;
}

void plan_fix(struct report *report, const struct plan *plan, struct out *diff,
              struct plan_fix_result *result)
{
        struct mover mover = {.report = report, .arena = report->arena, .plan = plan, .result = result};
        struct findings findings = {.arena = report->arena};
        struct findings *found = report->found;
        struct fix_result fixed;
        *result = (struct plan_fix_result){0};
        mover.compat = plan->compat ? compat_place(&mover) : NULL;
        for (int i = 0; i < plan->groups.n; i++)
                add_group(&mover, &findings, plan->groups.at[i]);
        report->found = &findings;
        report_fix(report, false, diff, &fixed);
        report->found = found;
        for (int i = 0; i < fixed.refused.n; i++)
                VEC_PUSH(report->arena, &result->refused, fixed.refused.at[i]);
        result->groups = fixed.fixed;
        result->edits = fixed.edits;
        result->files = fixed.files;
        write_compat(&mover, diff);
}
