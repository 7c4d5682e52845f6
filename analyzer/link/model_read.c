/*
 * model_read.c: reads model files. In: text, anybody's; out: entries of
 * struct models, or "FILE:LINE:COL: message". Judges nothing: whether a name
 * exists in a header is a test's business.
 *
 * A line holds words between blanks; "..." keeps blanks together (\" and \\
 * inside); # begins a comment. The first word is a keyword or a name:
 *
 *   NAME ATTRIBUTE...            what a call of NAME means ("function NAME ..." when NAME is a keyword).
 *                                Several lines of one file are its cases; a later file's lines replace all
 *                                of an earlier one's. A line is complete: what it does not say does not
 *                                happen, so a pointer it does not mention is neither kept nor released.
 *   family NAME title="..." release=NAME [gil|nogil] [traced] [object] [resource] [unowned]
 *   pair FAMILIES FAMILIES same|bug [since=V] [until=V] [small="..."] [large=] [debug=] [threaded=]
 *   slot TAG.MEMBER enters=STATE [time=TIME] [by=NAME,...] [role=WORD] [id=TABLE:N] ATTRIBUTE...
 *   slot $VARIABLE ...           the same for a variable that holds a function
 *   record TAG NAME              slots written NAME.member are also those of TAG.member
 *   spelled SYMBOL NAME          sources write NAME for the address of the global SYMBOL
 *   entry GLOB enters=STATE      functions of such names are called from outside
 *   header GLOB gil=STATE [keeps-nothing] [calls-back]    functions such headers declare and no line names
 *   name GLOB gil=STATE [keeps-nothing] [calls-back]      the same by the shape of a name
 *   unit TABLE LETTERS args=N [ends] [optional] ATTRIBUTE...   one unit of a format string; its arguments
 *                                                         from 0; behind an optional one they may be
 *                                                         left out; may-fail: null may be left there.
 *                                                         Tables with a unit "%" are read as scanf reads.
 *   default gil=STATE            for the lines of this file that follow and say no gil=
 *
 * ATTRIBUTE, about the line (conditions of all that stands on it):
 *   when=SPOT:SPAN,...           at entry      if-result=SPAN   for such results
 *   in=V..V                      in these versions only ("3.12..", "..3.11", "numpy-2.5..")
 *   by=NAME,...                  calls= happens inside calls of these functions; "*": of what
 *                                is called through a pointer in the same file
 * about memory:
 *   gives=FAMILIES[:SPOT,...]    SPOT (result) is a block the caller owns
 *   takes=FAMILIES[:SPOT,...]    the block at SPOT (0) is released
 *   resizes=FAMILIES[:OLD[:NEW]] the block at OLD (0) becomes that at NEW (result), unless NEW is null
 *   keeps=[FAMILIES:]SPOT,...    the callee owns the block from now on (and releases it to FAMILIES)
 *   borrows=SPOT,...             SPOT is somebody else's memory
 *   fills=SPOT[=SPAN],...        SPOT is written
 *   copies=SPOT<-SPOT            the first becomes the second
 *   inside=SPOT                  the result, where it is not null, is an address inside what SPOT points at
 *   reads=SPOT,...               dereferenced without a test for null
 * about calls back and the lock:
 *   calls=SPOT,...[:TIME][:STATE]   the function at SPOT is called; SPOT(A,...) tells its arguments, each one
 *                                of this call's by number or what is known of it (a SPAN): what it does with
 *                                them during this call is done by it then, for results of the line's if-result=
 *                                [:rows:ARRAY/NIN+NOUT=NUMBER] out of a table: held where its row of
 *                                another table has that number
 *   gil=STATE[->STATE]           needed at entry, left behind; "forbidden" is released
 *   gil=STATE->HELD/RELEASED     what is left when entered held and when entered released; "never": it does
 *                                not return so, which with if-result= makes a test of the result
 *   saves=SPOT[:opaque]          SPOT receives a token with the state before; null when that is the state
 *                                after, unless opaque
 *   restores=SPOT                the state of that token comes back; without "->" and token it is unknown
 * about the name (reads-object: argument 0 is read, and a softer rule speaks of it; zeroes: argument 0 is
 * filled with zeros; makes-object: argument 0 becomes an object; traces: tells a tracer of allocations;
 * counts-nothing: it takes no reference to what it is given):
 *   may-fail never-null noreturn opaque macro pure reads-object allocator object-allocator zeroed zeroes
 *   makes-object counts-nothing traces lock-api returns-twice jumps (may end in a jump to where one returned
 *   twice) status (its result is where every function of a library may leave one) tells-failure (its result
 *   says whether something failed) sets-failure
 *   type=N                       argument N is the type of the object it gives
 *   drops=N                      a reference to argument N is given back; with the last its type releases it
 *   size=N[*N] size=type:N*N     arguments whose product is the size
 *   assigns=N                    it assigns argument N
 *   format=ARG:FIRST:TABLE       a format string, its first variable argument, its table of units
 *   since=V until=V deprecated=V removed=V soft numpy-alias
 *   alias=NAME renamed=NAME nearly replaced="..." removes-call note="..."
 *
 * SPOT:  *...ROOT->TAG.MEMBER...   ROOT: an argument's number from 0, result, ... (the variable arguments),
 *        $global. As in C, -> binds first: *1 is what argument 1 points at, *0->s.p what its field p does.
 *        ->TAG(N).MEMBER is another place for each name that argument N, a literal or a variable, gives
 * SPAN:  null nonnull zero nonzero negative nonneg positive any N N..M
 * STATE: held released any unknown caller     TIME: during later thread
 * FAMILIES: names joined by |, or any         V: 3.12 or numpy-2.5
 */
#include "link/model_read.h"

#include "base/embedded.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool read_fail(struct reader *reader, int col, const char *format, ...)
{
        va_list args;
        if (reader->error)
                return false;
        va_start(args, format);
        const char *said = arena_vprintf(reader->models->arena, format, args);
        va_end(args);
        reader->error =
            arena_printf(reader->models->arena, "%s:%d:%d: %s", reader->file, reader->line, col, said);
        return false;
}

/* ---- hints ---- */

enum { HINT_LONGEST = 40 };

static int least(int a, int b)
{
        return a < b ? a : b;
}

/* How many letters must change to make A of B; a big number for words too long to be typed by mistake. */
static int distance(const char *a, const char *b)
{
        int row[HINT_LONGEST + 1];
        int n = (int)strlen(a), m = (int)strlen(b);
        if (n > HINT_LONGEST || m > HINT_LONGEST)
                return HINT_LONGEST;
        for (int j = 0; j <= m; j++)
                row[j] = j;
        for (int i = 1; i <= n; i++) {
                int diagonal = row[0];
                row[0] = i;
                for (int j = 1; j <= m; j++) {
                        int above = row[j];
                        row[j] = least(least(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] != b[j - 1]));
                        diagonal = above;
                }
        }
        return row[m];
}

void hint_try(struct hint *hint, const void *names, int n, size_t stride)
{
        for (int i = 0; i < n; i++) {
                const char *name = *(const char *const *)((const char *)names + (size_t)i * stride);
                int far = distance(hint->word, name);
                if (!hint->best || far < hint->distance) {
                        hint->best = name;
                        hint->distance = far;
                }
        }
}

bool hint_fail(struct reader *reader, int col, const char *what, const struct hint *hint)
{
        int near = least(3, (int)strlen(hint->word) / 2);
        if (hint->best && hint->distance <= near)
                return read_fail(reader, col, "unknown %s '%s', did you mean '%s'?", what, hint->word,
                                 hint->best);
        return read_fail(reader, col, "unknown %s '%.60s'", what, hint->word);
}

bool read_unknown(struct reader *reader, int col, const char *what, const char *word, const void *names,
                  int n, size_t stride)
{
        struct hint hint = {.word = word};
        hint_try(&hint, names, n, stride);
        return hint_fail(reader, col, what, &hint);
}

/* ---- lines and words ---- */

enum { MOST_WORDS = 64 };

/* The end of the word at AT: the first blank outside of quotes, or END. */
static const char *word_end(const char *at, const char *end)
{
        bool quoted = false;
        for (; at < end && (quoted || (*at != ' ' && *at != '\t')); at++) {
                if (*at == '"')
                        quoted = !quoted;
                else if (quoted && *at == '\\' && at + 1 < end)
                        at++;
        }
        return quoted ? NULL : at;
}

/* The bytes from AT to END without quotes and backslashes. */
static char *unquoted(struct arena *arena, const char *at, const char *end)
{
        char *text = arena_alloc(arena, (size_t)(end - at) + 1), *to = text;
        bool quoted = false;
        for (; at < end; at++) {
                if (*at == '"') {
                        quoted = !quoted;
                        continue;
                }
                if (quoted && *at == '\\' && at + 1 < end)
                        at++;
                *to++ = *at;
        }
        *to = 0;
        return text;
}

static struct word word_of(struct arena *arena, const char *line, const char *at, const char *end)
{
        struct word word = {.col = (int)(at - line) + 1};
        const char *equal = *at == '"' ? NULL : memchr(at, '=', (size_t)(end - at));
        word.name = unquoted(arena, at, equal ? equal : end);
        if (equal) {
                word.value = unquoted(arena, equal + 1, end);
                word.value_col = (int)(equal + 1 - line) + 1 + (equal[1] == '"');
        }
        return word;
}

/* Cuts one line into words. -1 after an error. */
static int words_cut(struct reader *reader, const char *line, const char *end, struct word words[MOST_WORDS])
{
        int n = 0;
        for (const char *at = line; at < end;) {
                if (*at == ' ' || *at == '\t' || *at == '\r') {
                        at++;
                        continue;
                }
                if (*at == '#')
                        break;
                const char *stop = word_end(at, end);
                int col = (int)(at - line) + 1;
                if (!stop)
                        return read_fail(reader, col, "a quote is not closed"), -1;
                if (memchr(at, 0, (size_t)(stop - at)))
                        return read_fail(reader, col, "a zero byte stands here"), -1;
                if (n == MOST_WORDS)
                        return read_fail(reader, col, "more than %d words on a line", (int)MOST_WORDS), -1;
                while (stop > at + 1 && stop[-1] == '\r')
                        stop--;
                words[n++] = word_of(reader->models->arena, line, at, stop);
                at = stop;
        }
        return n;
}

bool text_read(struct reader *reader, const char *text, size_t length, bool families)
{
        const char *end = text + length;
        struct word words[MOST_WORDS];
        reader->line = 0;
        for (const char *line = text; line < end;) {
                const char *stop = memchr(line, '\n', (size_t)(end - line));
                stop = stop ? stop : end;
                reader->line++;
                int n = words_cut(reader, line, stop, words);
                if (n < 0 || (n > 0 && !line_read(reader, words, n, families)))
                        return false;
                line = stop + 1;
        }
        return true;
}

static void reader_init(struct reader *reader, struct models *models, const char *file)
{
        memset(reader, 0, sizeof *reader);
        reader->models = models;
        reader->file = name_of(models->names, file);
        reader->needs = GIL_ANY;
        map_init(&reader->fresh_by_name, models->arena);
}

bool models_read(struct models *models, const char *file, const char *text, size_t length, const char **error)
{
        struct reader reader;
        reader_init(&reader, models, file);
        bool fine = text_read(&reader, text, length, true) && text_read(&reader, text, length, false);
        fine = reader_settle(&reader) && fine;
        *error = reader.error;
        return fine;
}

/* ---- the models inside ---- */

static bool is_model(const struct embedded *file)
{
        size_t length = strlen(file->name);
        return length > 6 && !strcmp(file->name + length - 6, ".model");
}

/* One reader for all files, families first: a pair or an alias may speak of another file's. */
static void embedded_read(struct models *models)
{
        struct reader reader;
        bool fine = true;
        reader_init(&reader, models, "");
        for (int pass = 0; pass < 2; pass++)
                for (const struct embedded *file = embedded_files; file->name && fine; file++) {
                        reader.file = name_of(models->names, file->name);
                        reader.needs = GIL_ANY;
                        if (is_model(file))
                                fine = text_read(&reader, file->text, file->length, pass == 0);
                }
        if (!fine || !reader_settle(&reader)) {
                fprintf(stderr, "pymemlint: %s\n", reader.error);
                abort();
        }
}

struct models *models_new(struct arena *arena, struct names *names, version python_min, version python_max,
                          version numpy)
{
        struct models *models = NEW(arena, struct models);
        models->arena = arena;
        models->names = names;
        models->python_min = python_min ? python_min : VERSION(3, 10);
        models->python_max = python_max ? python_max : VERSION(3, 15);
        models->numpy = numpy;
        map_init(&models->by_name, arena);
        map_init(&models->spelled, arena);
        map_init(&models->slot_by_key, arena);
        embedded_read(models);
        return models;
}
