/*
 * text.c: findings for people. Comes in: a settled report. Goes out: `full`
 * (message, excerpt, path, help) or `concise` (one line each). Colour only
 * repeats what the words say. It prints nothing itself.
 */
#include "report/text.h"

#include "report/source.h"
#include "report/view.h"

#include <stdlib.h>
#include <string.h>

bool color_wanted(const char *mode, bool terminal)
{
        if (strcmp(mode, "auto"))
                return !strcmp(mode, "always");
        const char *no = getenv("NO_COLOR"), *force = getenv("FORCE_COLOR"), *cli = getenv("CLICOLOR_FORCE");
        const char *term = getenv("TERM");
        if (no && *no)
                return false;
        if ((force && *force && strcmp(force, "0")) || (cli && *cli && strcmp(cli, "0")))
                return true;
        return terminal && !(term && !strcmp(term, "dumb"));
}

void ink(const struct report *report, struct out *out, enum ink ink)
{
        static const char *const codes[] = {
            [INK_PLAIN] = "0",   [INK_PLACE] = "1", [INK_ERROR] = "1;31", [INK_WARNING] = "1;33",
            [INK_NOTE] = "1;36", [INK_FAINT] = "2", [INK_HELP] = "1;34",
        };
        if (report->color)
                out_format(out, "\033[%sm", codes[ink]);
}

enum ink level_ink(enum level level)
{
        return level == LEVEL_ERROR ? INK_ERROR : level == LEVEL_WARNING ? INK_WARNING : INK_NOTE;
}

static bool steers_terminal(uint32_t c)
{
        return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
               (c >= 0x2066 && c <= 0x2069);
}

void put_clean(struct out *out, const char *text)
{
        for (const char *end = text + strlen(text); text < end;) {
                uint32_t c = utf8_next(&text, end);
                utf8_put(out, steers_terminal(c) ? REPLACEMENT : c);
        }
}

void put_place(struct out *out, const struct where *at)
{
        put_clean(out, at->file);
        out_format(out, ":%u:%u", at->line, at->col);
}

/* "[PML201]", with a link when asked for. */
static void put_code(const struct report *report, const struct rule *rule, struct out *out)
{
        const char *link = report->hyperlinks ? rule_link(report, rule) : NULL;
        if (link)
                out_format(out, "\033]8;;%s\033\\", link);
        out_format(out, "[%s]", rule->code);
        if (link)
                out_text(out, "\033]8;;\033\\");
}

static void put_head(const struct report *report, const struct finding *finding, struct out *out)
{
        ink(report, out, INK_PLACE);
        put_place(out, &finding->at);
        out_char(out, ':');
        ink(report, out, INK_PLAIN);
        out_char(out, ' ');
        ink(report, out, level_ink(finding->rule->level));
        out_format(out, "%s:", level_name(finding->rule->level));
        ink(report, out, INK_PLAIN);
        out_char(out, ' ');
        put_clean(out, finding->said);
        out_char(out, ' ');
        put_code(report, finding->rule, out);
        out_char(out, '\n');
}

void concise_write(const struct report *report, const struct finding *finding, struct out *out)
{
        put_head(report, finding, out);
}

static void put_label(const struct report *report, enum ink color, const char *label, struct out *out)
{
        out_text(out, "  ");
        ink(report, out, color);
        out_format(out, "%s:", label);
        ink(report, out, INK_PLAIN);
        out_char(out, ' ');
}

/* "  2. src/a.c:12:3 in load: the lock is released here [released]" */
static void put_step(const struct report *report, const struct step *step, int number, int level,
                     struct out *out)
{
        out_format(out, "  %3d. %*s", number, 2 * (level < 8 ? level : 8), "");
        ink(report, out, INK_PLACE);
        put_place(out, &step->at);
        ink(report, out, INK_PLAIN);
        if (step->func) {
                out_text(out, " in ");
                put_clean(out, step->func);
        }
        out_text(out, ": ");
        put_clean(out, step->said);
        if (step->state) {
                ink(report, out, INK_FAINT);
                out_format(out, " [%s]", step->state);
                ink(report, out, INK_PLAIN);
        }
        out_char(out, '\n');
}

static void put_path(const struct report *report, const struct finding *finding, struct out *out)
{
        struct path path = path_of(report->arena, finding);
        if (path.n < 2)
                return;
        int *levels = path_levels(report->arena, &path);
        out_text(out, "  how it comes about:\n");
        for (int i = 0; i < path.n; i++)
                put_step(report, path.at[i], i + 1, levels[i], out);
}

static void put_related(const struct report *report, const struct finding *finding, struct out *out)
{
        for (int i = 0; i < finding->related.n; i++) {
                const struct step *step = &finding->related.at[i];
                put_label(report, INK_NOTE, "note", out);
                put_place(out, &step->at);
                out_text(out, ": ");
                put_clean(out, step->said);
                out_char(out, '\n');
        }
}

static void put_help(const struct report *report, const struct finding *finding, struct out *out)
{
        const char *how = doc_section(report->arena, finding->rule, "How to fix it");
        put_label(report, INK_HELP, "help", out);
        if (how) {
                put_clean(out, first_sentence(report->arena, doc_plain(report->arena, how)));
                out_char(out, ' ');
        }
        out_format(out, "(pymemlint explain %s)\n", finding->rule->name);
        for (int i = 0; i < finding->fixes.n; i++) {
                const struct fix *fix = &finding->fixes.at[i];
                put_label(report, INK_HELP, "fix", out);
                put_clean(out, fix->said);
                out_text(out, fix->safe ? " (--fix)\n" : " (--unsafe-fixes)\n");
        }
}

void full_write(const struct report *report, const struct finding *finding, struct out *out)
{
        put_head(report, finding, out);
        excerpt_write(report, finding->at, finding->rule->level, out);
        put_path(report, finding, out);
        put_related(report, finding, out);
        put_help(report, finding, out);
        out_char(out, '\n');
}
