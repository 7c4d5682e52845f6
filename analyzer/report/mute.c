/*
 * mute.c: applies suppression comments and judges them. Comes in: comments
 * with the lines they cover, and sorted findings. Whether a comment is of use
 * is told from the findings alone, so neither the cache nor the number of
 * workers matters. It does not parse comments; that is the front end's.
 */
#include "report/mute.h"

#include "report/source.h"

#include <ctype.h>
#include <string.h>

/* One word of a comment's list, as it stands there. */
struct word {
        const char *at;
        size_t length;
        bool used;
};

struct words {
        VEC(struct word) all;
};

static struct words words_of(struct arena *arena, const char *list)
{
        struct words words = {0};
        while (*list) {
                size_t blank = strspn(list, ", \t"), length = strcspn(list + blank, ", \t");
                if (length)
                        VEC_PUSH(arena, &words.all, (struct word){list + blank, length, false});
                list += blank + length;
        }
        return words;
}

static bool word_is(const struct word *word, const char *text)
{
        return strlen(text) == word->length && !memcmp(word->at, text, word->length);
}

/* True for the rule's code, a prefix of it with a digit ("PML1"), its name or its category. */
static bool word_names(const struct word *word, const struct rule *rule)
{
        bool prefix = word->length <= strlen(rule->code) && !memcmp(word->at, rule->code, word->length) &&
                      isdigit((unsigned char)word->at[word->length - 1]);
        return prefix || word_is(word, rule->name) || word_is(word, category_name(rule->category));
}

static bool names_any(const struct word *word, const struct rule *const *rules)
{
        for (; *rules; rules++)
                if (word_names(word, *rules))
                        return true;
        return false;
}

static bool mute_covers(const struct mute *mute, const struct finding *finding)
{
        if (!strcmp(mute->form, "ignore-end") || strcmp(mute->at.file, finding->at.file))
                return false;
        uint32_t last = finding->at.end_line > finding->at.line ? finding->at.end_line : finding->at.line;
        return mute->first <= last && (!mute->last || finding->at.line <= mute->last);
}

/* The word of MUTE that silences FINDING, or NULL. */
static struct word *silencing_word(const struct mute *mute, struct words *words,
                                   const struct finding *finding)
{
        if (!mute_covers(mute, finding))
                return NULL;
        for (int i = 0; i < words->all.n; i++)
                if (word_names(&words->all.at[i], finding->rule))
                        return &words->all.at[i];
        return NULL;
}

/* Comments in headers come once for every unit that includes them. */
static void drop_repeated(struct report *report)
{
        int kept = 0;
        for (int i = 0; i < report->mutes.n; i++) {
                struct mute *mute = &report->mutes.at[i];
                bool seen = false;
                for (int j = 0; j < kept && !seen; j++) {
                        const struct mute *old = &report->mutes.at[j];
                        seen = old->at.line == mute->at.line && old->at.col == mute->at.col &&
                               !strcmp(old->at.file, mute->at.file) && !strcmp(old->form, mute->form);
                }
                if (!seen)
                        report->mutes.at[kept++] = *mute;
        }
        report->mutes.n = kept;
}

/* Marks what MUTE covers. */
static void apply(struct report *report, struct mute *mute)
{
        struct words words = words_of(report->arena, mute->rules);
        for (int i = 0; i < report->found->list.n; i++) {
                struct finding *finding = report->found->list.at[i];
                if (!silencing_word(mute, &words, finding))
                        continue;
                mute->used = true;
                if (!finding->suppressed || !finding->reason || !*finding->reason)
                        finding->reason = mute->reason ? mute->reason : "";
                finding->suppressed = true;
        }
}

void mutes_apply(struct report *report)
{
        drop_repeated(report);
        for (int i = 0; i < report->mutes.n; i++)
                apply(report, &report->mutes.at[i]);
}

/* A comment in a unit that lost something proves nothing by being of no use. */
static bool wholly_seen(const struct report *report, sym file)
{
        for (int i = 0; i < report->units.n; i++)
                if (!strcmp(report->units.at[i].path, file))
                        return report->units.at[i].outcome == OUTCOME_WHOLE;
        return true;
}

/* The whole comment that begins at AT, when it holds nothing but the suppression; length 0 otherwise. */
static size_t comment_length(const struct source *source, size_t at)
{
        const char *text = source->bytes + at, *end = source->bytes + source->length;
        if (end - text < 4 || *text != '/' || (text[1] != '/' && text[1] != '*'))
                return 0;
        const char *word = text + 2;
        while (word < end && (*word == ' ' || *word == '*'))
                word++;
        if (end - word < 10 || strncmp(word, "pymemlint:", 10))
                return 0;
        const char *stop = text[1] == '/' ? memchr(text, '\n', (size_t)(end - text))
                                          : memmem(text + 2, (size_t)(end - text - 2), "*/", 2);
        if (!stop)
                return text[1] == '/' ? (size_t)(end - text) : 0;
        if (text[1] == '/')
                return (size_t)(stop - text) - (stop[-1] == '\r');
        return (size_t)(stop + 2 - text);
}

/* Where the comment begins that holds the place AT: there, or before blanks and stars. */
static size_t comment_begin(const struct source *source, size_t start, size_t at)
{
        size_t from = at;
        while (from > start && strchr(" *", source->bytes[from - 1]))
                from--;
        if (source->bytes[at] == '/' || from == start)
                return at;
        if (source->bytes[from - 1] == '/')
                return from - (from > start + 1 && source->bytes[from - 2] == '/' ? 2 : 1);
        return at;
}

/* The comment with the blanks before it; its whole line when nothing else stands there. */
static bool comment_range(const struct source *source, struct where at, struct where *range)
{
        struct line line = source_line(source, at.line);
        size_t start = source_offset(source, at.line, 1);
        size_t from = comment_begin(source, start, source_offset(source, at.line, at.col));
        size_t length = comment_length(source, from), to = from + length;
        if (!length || to > start + line.length)
                return false;
        while (from > start && isspace((unsigned char)source->bytes[from - 1]))
                from--;
        *range = (struct where){at.file, at.line, (uint32_t)(from - start) + 1, at.line,
                                (uint32_t)(to - start) + 1};
        if (from == start && to == start + line.length) {
                range->end_line++;
                range->end_col = 1;
        }
        return true;
}

/* A fix that takes the comment away; none for the ends of a range, which come in pairs. */
static void offer_removal(struct report *report, struct finding *finding, const struct mute *mute)
{
        const struct source *source = source_of(report, mute->at.file);
        struct where range;
        bool paired = !strcmp(mute->form, "ignore-begin") || !strcmp(mute->form, "ignore-end");
        if (!paired && source->bytes && comment_range(source, mute->at, &range))
                finding_fix(report->found, finding, true, range, "", "Remove the comment");
}

/* A fix that takes WORD out of the list between the brackets. */
static void offer_shortening(struct report *report, struct finding *finding, const struct mute *mute,
                             const struct word *word)
{
        const struct source *source = source_of(report, mute->at.file);
        struct line line = source_line(source, mute->at.line);
        size_t col = mute->at.col - 1;
        const char *open = col < line.length ? memchr(line.bytes + col, '[', line.length - col) : NULL;
        if (!open)
                return;
        size_t left = (size_t)(line.bytes + line.length - open);
        const char *at = memmem(open, left, word->at, word->length);
        if (!at)
                return;
        const char *from = at, *to = at + word->length;
        while (from > open + 1 && strchr(", ", from[-1]))
                from--;
        /* the first of the list takes the comma behind it along */
        while (from == open + 1 && to < line.bytes + line.length && strchr(", ", *to))
                to++;
        struct where range = {mute->at.file, mute->at.line, (uint32_t)(from - line.bytes) + 1, mute->at.line,
                              (uint32_t)(to - line.bytes) + 1};
        finding_fix(report->found, finding, true, range, "", "Remove '%.*s' from the comment",
                    (int)word->length, word->at);
}

static void judge_word(struct report *report, const struct mute *mute, const struct words *words, int unused,
                       const struct word *word)
{
        if (!names_any(word, rules_all) && !names_any(word, report->rules) &&
            !names_any(word, report_rules)) {
                finding_add(report->found, &rule_unknown_suppression, mute->at, NULL, NULL,
                            "'%.*s' is no rule, so this comment silences nothing.", (int)word->length,
                            word->at);
                return;
        }
        if (word->used || !names_any(word, report->rules) || !wholly_seen(report, mute->at.file))
                return;
        struct finding *finding =
            finding_add(report->found, &rule_unused_suppression, mute->at, NULL, NULL,
                        "'%.*s' finds nothing where this comment applies.", (int)word->length, word->at);
        if (unused == words->all.n)
                offer_removal(report, finding, mute);
        else
                offer_shortening(report, finding, mute, word);
}

static void judge(struct report *report, const struct mute *mute, struct words *words)
{
        int unused = 0;
        for (int i = 0; i < words->all.n; i++)
                unused += !words->all.at[i].used && names_any(&words->all.at[i], report->rules);
        if (!words->all.n)
                finding_add(report->found, &rule_unknown_suppression, mute->at, NULL, NULL,
                            "This 'pymemlint' comment names no rule, so it silences nothing.");
        for (int i = 0; i < words->all.n; i++)
                judge_word(report, mute, words, unused, &words->all.at[i]);
        if (report->require_reason && (!mute->reason || !*mute->reason))
                finding_add(report->found, &rule_suppression_without_reason, mute->at, NULL, NULL,
                            "This comment silences '%s' without a reason.", mute->rules);
}

/* Whether a range that begins where BEGIN says ends at the comment END. */
static bool is_pair(const struct mute *begin, const struct mute *end)
{
        return !strcmp(begin->form, "ignore-begin") && !strcmp(end->form, "ignore-end") &&
               !strcmp(begin->at.file, end->at.file) && begin->last == end->last;
}

/* A range that is open on one side, or a form that there is not: the author believed otherwise. */
static void judge_form(struct report *report, const struct mute *mute)
{
        static const char *const forms[] = {"ignore", "ignore-next-line", "ignore-file"};
        bool begins = !strcmp(mute->form, "ignore-begin"), paired = begins && mute->last;
        for (int i = 0; i < 3; i++)
                if (!strcmp(mute->form, forms[i]))
                        return;
        for (int i = 0; i < report->mutes.n && !paired; i++)
                paired = is_pair(&report->mutes.at[i], mute);
        if (paired)
                return;
        bool ends = !strcmp(mute->form, "ignore-end");
        finding_add(
            report->found, &rule_unknown_suppression, mute->at, NULL, NULL, "This '%s' %s.", mute->form,
            begins ? "has no 'ignore-end' behind it, so it holds to the end of the file"
            : ends ? "ends nothing"
                   : "is taken for 'ignore'; there are 'ignore-next-line', 'ignore-begin', 'ignore-end' and "
                     "'ignore-file'");
}

void mutes_judge(struct report *report)
{
        int before = report->found->list.n;
        for (int i = 0; i < report->mutes.n; i++) {
                struct mute *mute = &report->mutes.at[i];
                struct words words = words_of(report->arena, mute->rules);
                judge_form(report, mute);
                if (!strcmp(mute->form, "ignore-end"))
                        continue;
                for (int j = 0; j < before; j++) {
                        struct word *word = silencing_word(mute, &words, report->found->list.at[j]);
                        if (word)
                                word->used = true;
                }
                judge(report, mute, &words);
        }
}
