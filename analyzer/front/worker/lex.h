/*
 * lex.h: just enough of C's lexical rules to find macro arguments, words of a
 * macro body and clauses of a loop in the text of a file. No preprocessing.
 */
#ifndef WORKER_LEX_H
#define WORKER_LEX_H

#include <stdbool.h>
#include <stddef.h>

/* The offset behind white space, comments and continued lines from AT on. */
size_t lex_skip(const char *text, size_t at, size_t end);

/* The offset behind the comment at AT; of one with two slashes the end of its line. */
size_t lex_comment(const char *text, size_t at, size_t end);

/* The offset behind the token at AT (an identifier, a number, a literal in quotes, else one character). */
size_t lex_token(const char *text, size_t at, size_t end);

/* Can C begin an identifier, or go on in one? */
bool lex_is_start(char c);
bool lex_is_part(char c);

struct lex_span {
        size_t from, to;
};

/*
 * The arguments of a macro call whose '(' is at AT: their spans without the
 * white space around them, at most MOST of them. Returns the offset behind the
 * closing parenthesis, 0 when there is none; *COUNT is how many there are.
 */
size_t lex_arguments(const char *text, size_t at, size_t end, struct lex_span *spans, int most, int *count);

#endif
