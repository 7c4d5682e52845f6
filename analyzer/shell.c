/* shell.c: see shell.h. */
#include "shell.h"

#include <limits.h>
#include <string.h>

void shell_put(struct out *out, const char *word)
{
        static const char plain[] =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=,:@%+";
        if (*word && !word[strspn(word, plain)]) {
                out_text(out, word);
                return;
        }
        out_char(out, '\'');
        for (; *word; word++)
                if (*word == '\'')
                        out_text(out, "'\\''");
                else
                        out_char(out, *word);
        out_char(out, '\'');
}

void shell_put_words(struct out *out, const struct words *words)
{
        for (int i = 0; i < words->n; i++) {
                out_char(out, ' ');
                shell_put(out, words->at[i]);
        }
}

void shell_put_program(struct out *out)
{
        const char *self = path_of_program(out->arena);
        out_text(out, "\"${PYMEMLINT:-");
        /* Inside of double quotes these four mean something. */
        for (const char *at = self ? self : "pymemlint"; *at; at++) {
                if (strchr("\"\\$`", *at))
                        out_char(out, '\\');
                out_char(out, *at);
        }
        out_text(out, "}\"");
}
