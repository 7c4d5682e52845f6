/* words.c: see words.h. In: a command line. Out: its words. Cannot fail. */
#include "front/words.h"

#include "base/text.h"

#include <string.h>

static const char *skip_space(const char *at)
{
        while (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r')
                at++;
        return at;
}

/* The quoted stretch at AT into WORD; returns behind the closing quote. */
static const char *read_quoted(const char *at, struct out *word)
{
        char quote = *at++;
        while (*at && *at != quote) {
                if (quote == '"' && *at == '\\' && at[1] && strchr("\"\\$`\n", at[1]))
                        at++;
                out_char(word, *at++);
        }
        return *at ? at + 1 : at;
}

static const char *read_word(const char *at, struct out *word)
{
        while (*at && !strchr(" \t\r\n", *at)) {
                if (*at == '"' || *at == '\'') {
                        at = read_quoted(at, word);
                        continue;
                }
                if (*at == '\\' && at[1])
                        at++;
                out_char(word, *at++);
        }
        return at;
}

struct words words_split(struct arena *arena, const char *text)
{
        struct words words = {0};
        for (text = skip_space(text); *text; text = skip_space(text)) {
                struct out word = {.arena = arena};
                text = read_word(text, &word);
                VEC_PUSH(arena, &words, out_string(&word));
        }
        return words;
}
