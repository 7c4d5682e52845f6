/* macros.c: see macros.h. */
#include "macros.h"

#include "base/arena.h"
#include "base/hash.h"
#include "lex.h"

#include <stdlib.h>
#include <string.h>

static uint64_t spot_key(struct spot spot)
{
        return (uint64_t)spot.source->id << 32 | spot.offset;
}

/* The parameters behind the name of a function-like macro; returns where the body begins. */
static size_t read_params(struct macros *macros, struct macro_def *def, size_t at)
{
        const char *text = def->source->text;
        while (at < def->end && text[at] != ')') {
                size_t to = lex_token(text, at, def->end);
                if (lex_is_start(text[at]))
                        VEC_PUSH(macros->arena, &def->params,
                                 name_of_bytes(macros->sources->unit->names, text + at, to - at));
                def->variadic |= text[at] == '.';
                at = lex_skip(text, to, def->end);
        }
        return at < def->end ? at + 1 : at;
}

/* The definition at BEGIN, one only even if its header is read more than once. */
static struct macro_def *define_at(struct macros *macros, const char *name, struct spot begin, unsigned end,
                                   bool function_like)
{
        struct macro_def **slot = (struct macro_def **)map_at(&macros->by_place, spot_key(begin));
        if (*slot)
                return *slot;
        struct macro_def *def = *slot = NEW(macros->arena, struct macro_def);
        def->name = name_of(macros->sources->unit->names, name);
        def->function_like = function_like;
        def->source = begin.source;
        def->in_tree = begin.source->in_tree;
        def->begin = begin.offset;
        def->end = end > def->source->length || end < def->begin ? def->begin : end;
        size_t body = lex_token(def->source->text, def->begin, def->end);
        if (def->function_like)
                body = read_params(macros, def, body);
        def->body = (unsigned)lex_skip(def->source->text, body, def->end);
        return def;
}

static struct macro_def *define(struct macros *macros, CXCursor cursor)
{
        /* equal cursors have equal data: this is the definition's identity */
        uint64_t key = MAP_KEY(cursor.data[0]);
        struct macro_def *def = map_get(&macros->by_cursor, key);
        if (def)
                return def;
        CXSourceRange extent = clang_getCursorExtent(cursor);
        struct spot from = spot_file(macros->sources, clang_getRangeStart(extent));
        bool function_like = clang_Cursor_isMacroFunctionLike(cursor);
        CXString name = clang_getCursorSpelling(cursor);
        if (clang_Cursor_isMacroBuiltin(cursor) || !from.source || !from.source->text) {
                def = NEW(macros->arena, struct macro_def);
                def->name = name_of(macros->sources->unit->names, clang_getCString(name));
                def->function_like = function_like;
        } else {
                def = define_at(macros, clang_getCString(name), from,
                                spot_file(macros->sources, clang_getRangeEnd(extent)).offset, function_like);
        }
        clang_disposeString(name);
        return *map_at(&macros->by_cursor, key) = def;
}

/* A definition that libclang does not list, because it stands in the precompiled header. */
static struct macro_def *define_header(struct macros *macros, const struct header_macro *macro)
{
        struct spot begin = {source_of_header(macros->sources, macro->file), macro->begin};
        return define_at(macros, macro->name, begin, macro->end, macro->function_like);
}

void macros_add(struct macros *macros, CXCursor cursor)
{
        if (clang_getCursorKind(cursor) == CXCursor_MacroDefinition) {
                VEC_PUSH(macros->arena, &macros->definitions, cursor);
                return;
        }
        CXSourceRange extent = clang_getCursorExtent(cursor);
        struct spot from = spot_file(macros->sources, clang_getRangeStart(extent));
        CXCursor definition = clang_getCursorReferenced(cursor);
        if (!from.source || !from.source->in_tree || clang_Cursor_isNull(definition))
                return;
        struct expansion *expansion = NEW(macros->arena, struct expansion);
        expansion->source = from.source;
        expansion->from = from.offset;
        expansion->to = spot_file(macros->sources, clang_getRangeEnd(extent)).offset;
        expansion->def = define(macros, definition);
        *map_at(&macros->by_spot, spot_key(from)) = expansion;
        VEC_PUSH(macros->arena, &macros->list, expansion);
}

struct expansion *macros_at(const struct macros *macros, struct spot spot)
{
        return spot.source ? map_get(&macros->by_spot, spot_key(spot)) : NULL;
}

/* All definitions become known only when a name is asked for: most units never ask. */
static void index_definitions(struct macros *macros)
{
        for (; macros->indexed < macros->definitions.n; macros->indexed++) {
                struct macro_def *def = define(macros, macros->definitions.at[macros->indexed]);
                if (def->source)
                        *map_at(&macros->by_name, MAP_KEY(def->name)) = def;
        }
}

/* Behind the precompiled header comes all that libclang lists: it defines a name anew. */
static struct macro_def *find_name(struct macros *macros, sym name)
{
        index_definitions(macros);
        struct macro_def *def = map_get(&macros->by_name, MAP_KEY(name));
        const struct header_macro *known = def ? NULL : headers_macro(macros->sources->headers, name);
        return known ? define_header(macros, known) : def;
}

static int by_place(const void *a, const void *b)
{
        const struct macro_def *x = *(struct macro_def *const *)a, *y = *(struct macro_def *const *)b;
        if (x->source != y->source)
                return x->source->id < y->source->id ? -1 : 1;
        return (x->begin > y->begin) - (x->begin < y->begin);
}

static void sort_definitions(struct macros *macros)
{
        index_definitions(macros);
        for (int i = 0; i < macros->by_place.n; i++)
                VEC_PUSH(macros->arena, &macros->sorted, macros->by_place.entries[i].value);
        if (macros->sorted.n)
                qsort(macros->sorted.at, (size_t)macros->sorted.n, sizeof *macros->sorted.at, by_place);
}

static bool holds(const struct macro_def *def, struct spot spot)
{
        return def->source == spot.source && spot.offset >= def->body && spot.offset < def->end;
}

/* Among the definitions that libclang lists, the last one that begins before SPOT. */
static struct macro_def *listed_before(struct macros *macros, struct spot spot)
{
        if (!macros->sorted.n)
                sort_definitions(macros);
        int low = 0, high = macros->sorted.n;
        while (high - low > 1) {
                int middle = low + (high - low) / 2;
                const struct macro_def *def = macros->sorted.at[middle];
                bool before = def->source == spot.source ? def->begin <= spot.offset
                                                         : def->source->id < spot.source->id;
                if (before)
                        low = middle;
                else
                        high = middle;
        }
        return low < macros->sorted.n ? macros->sorted.at[low] : NULL;
}

static struct macro_def *find_holder(struct macros *macros, struct spot spot)
{
        struct macro_def *def = listed_before(macros, spot);
        if (def && holds(def, spot))
                return def;
        const struct header_macro *known = NULL;
        if (spot.source->header >= 0)
                known = headers_macro_at(macros->sources->headers, spot.source->header, spot.offset);
        def = known ? define_header(macros, known) : NULL;
        return def && holds(def, spot) ? def : NULL;
}

/* The definition whose body the characters at SPOT stand in, or NULL. */
static struct macro_def *holder_of(struct macros *macros, struct spot spot)
{
        if (!macros->holder || !holds(macros->holder, spot)) {
                struct macro_def *def = find_holder(macros, spot);
                if (!def)
                        return NULL;
                macros->holder = def;
        }
        return macros->holder;
}

/* Finds the macros that a body names, once. */
static void split_body(struct macros *macros, struct macro_def *def)
{
        if (def->split || !def->source)
                return;
        def->split = true;
        const char *text = def->source->text;
        for (size_t at = def->body, to; at < def->end; at = lex_skip(text, to, def->end)) {
                to = lex_token(text, at, def->end);
                if (!lex_is_start(text[at]))
                        continue;
                sym word = name_of_bytes(macros->sources->unit->names, text + at, to - at);
                struct macro_def *next = word == def->name ? NULL : find_name(macros, word);
                if (next)
                        VEC_PUSH(macros->arena, &def->words, (struct body_word){(unsigned)at, next});
        }
}

/* --- calls and their arguments ------------------------------------------------ */

static void add_segs(struct arena *arena, struct arg *to, const struct arg *from)
{
        for (int i = 0; i < from->segs.n; i++)
                VEC_PUSH(arena, &to->segs, from->segs.at[i]);
}

/* An argument inside a macro body: the parameters in it stand for what the caller gave. */
static void inherit(struct macros *macros, struct arg *arg, const struct invocation *caller)
{
        const struct seg whole = arg->text;
        const char *text = whole.source->text;
        for (size_t at = whole.from, to; at < whole.to; at = lex_skip(text, to, whole.to)) {
                to = lex_token(text, at, whole.to);
                sym word = name_of_bytes(macros->sources->unit->names, text + at, to - at);
                for (int i = 0; i < caller->def->params.n && i < caller->nargs; i++) {
                        if (caller->def->params.at[i] != word)
                                continue;
                        add_segs(macros->scratch, arg, &caller->args[i]);
                        if (at == whole.from && to == whole.to)
                                arg->text = caller->args[i].text;
                }
        }
}

static struct invocation *call_at(struct macros *macros, struct macro_def *def, struct seg at,
                                  const struct invocation *caller)
{
        struct lex_span spans[MACRO_ARGS];
        const char *text = at.source->text;
        struct invocation *call = NEW(macros->scratch, struct invocation);
        call->def = def;
        call->at = at;
        call->nargs = -1;
        size_t open = lex_skip(text, lex_token(text, at.from, at.to), at.to);
        if (!def->function_like || open >= at.to || text[open] != '(')
                return call;
        size_t close = lex_arguments(text, open, at.to, spans, MACRO_ARGS, &call->nargs);
        call->at.to = close ? (unsigned)close : at.to;
        call->args = NEW_ARRAY(macros->scratch, struct arg, call->nargs);
        for (int i = 0; i < call->nargs; i++) {
                struct arg *arg = &call->args[i];
                arg->text =
                    (struct seg){at.source, (unsigned)spans[i].from, (unsigned)spans[i].to, at.spelled};
                VEC_PUSH(macros->scratch, &arg->segs, arg->text);
                if (caller)
                        inherit(macros, arg, caller);
        }
        return call;
}

struct invocation *macros_call(struct macros *macros, struct expansion *expansion)
{
        if (expansion->call && expansion->round == macros->round)
                return expansion->call;
        struct seg at = {expansion->source, expansion->from, expansion->to, false};
        if (!at.source->text || at.to > at.source->length)
                at.to = at.from;
        expansion->round = macros->round;
        return expansion->call = call_at(macros, expansion->def, at, NULL);
}

/* --- expansions that libclang does not record ------------------------------- */

static bool leads(struct macros *macros, struct macro_def *def, const struct macro_def *to, int depth)
{
        if (def == to)
                return true;
        if (def->stamp == macros->searches || depth > 16)
                return false;
        def->stamp = macros->searches;
        split_body(macros, def);
        for (int i = 0; i < def->words.n; i++)
                if (leads(macros, def->words.at[i].def, to, depth + 1))
                        return true;
        return false;
}

/* Does the expansion of DEF contain the body of TO, directly or through other macros? */
static bool reaches(struct macros *macros, struct macro_def *def, const struct macro_def *to)
{
        static const char yes, no; /* only their addresses matter */
        void **known = map_at(&macros->reached, hash_pair(MAP_KEY(def), MAP_KEY(to)));
        if (!*known) {
                macros->searches++;
                *known = (void *)(leads(macros, def, to, 0) ? &yes : &no);
        }
        return *known == &yes;
}

bool macros_reach(struct macros *macros, const struct seg *seg, struct spot spelled)
{
        const char *text = seg->source->text;
        const struct macro_def *to = holder_of(macros, spelled);
        for (size_t at = seg->from, end; to && at < seg->to; at = lex_skip(text, end, seg->to)) {
                end = lex_token(text, at, seg->to);
                if (!lex_is_start(text[at]))
                        continue;
                struct macro_def *def =
                    find_name(macros, name_of_bytes(macros->sources->unit->names, text + at, end - at));
                if (def && reaches(macros, def, to))
                        return true;
        }
        return false;
}

bool macro_names_outside(struct macros *macros, struct macro_def *def)
{
        if (def->outside)
                return def->outside == 'y';
        def->outside = 'n'; /* as long as it is being found out: a macro that names itself adds nothing */
        split_body(macros, def);
        for (int i = 0; i < def->words.n; i++) {
                struct macro_def *next = def->words.at[i].def;
                if ((next->source && !next->in_tree) || macro_names_outside(macros, next))
                        def->outside = 'y';
        }
        return def->outside == 'y';
}

struct search {
        struct macros *macros;
        const struct macro_def *to;
        struct invocation **found;
        int n, most;
        int steps; /* left: macros that double at each level must not be followed for ever */
};

static void search_body(struct search *search, struct macro_def *def, const struct invocation *outer,
                        int depth)
{
        split_body(search->macros, def);
        for (int i = 0; i < def->words.n && depth <= 8; i++) {
                struct macro_def *next = def->words.at[i].def;
                if (search->n == search->most || search->steps-- < 0 ||
                    !reaches(search->macros, next, search->to))
                        continue;
                struct seg text = {def->source, def->words.at[i].at, def->end, true};
                struct invocation *call = call_at(search->macros, next, text, outer);
                if (next->in_tree)
                        search_body(search, next, call, depth + 1);
                else
                        search->found[search->n++] = call;
        }
}

int macros_inside(struct macros *macros, struct expansion *written, struct spot spelled,
                  struct invocation **found, int most)
{
        if (!spelled.source || !written->def->source || holds(written->def, spelled) ||
            !macro_names_outside(macros, written->def))
                return 0;
        struct search search = {macros, holder_of(macros, spelled), found, 0, most, 500};
        if (search.to && reaches(macros, written->def, search.to))
                search_body(&search, written->def, macros_call(macros, written), 0);
        return search.n;
}

/* --- shapes of bodies --------------------------------------------------------- */

bool macro_in_parentheses(struct macro_def *def)
{
        struct lex_span spans[1];
        int count;
        const char *text = def->source ? def->source->text : NULL;
        if (!text || def->body >= def->end || text[def->body] != '(')
                return false;
        if (!def->closed)
                def->closed = lex_arguments(text, def->body, def->end, spans, 0, &count);
        return def->closed && lex_skip(text, def->closed, def->end) >= def->end;
}

sym macro_alias(struct macros *macros, const struct macro_def *def)
{
        if (def->function_like || !def->source || def->body >= def->end)
                return NULL;
        const char *text = def->source->text;
        size_t to = lex_token(text, def->body, def->end);
        if (!lex_is_start(text[def->body]) || lex_skip(text, to, def->end) < def->end)
                return NULL;
        return name_of_bytes(macros->sources->unit->names, text + def->body, to - def->body);
}

/* The macro that a body begins with a call of, or NULL; *BEHIND: the offset behind that call. */
static struct macro_def *head_of(struct macros *macros, const struct macro_def *def, size_t *behind)
{
        struct lex_span spans[1];
        int count;
        if (!def->source || def->body >= def->end || !lex_is_start(def->source->text[def->body]))
                return NULL;
        const char *text = def->source->text;
        size_t to = lex_token(text, def->body, def->end);
        sym word = name_of_bytes(macros->sources->unit->names, text + def->body, to - def->body);
        struct macro_def *next = word == def->name ? NULL : find_name(macros, word);
        *behind = lex_skip(text, to, def->end);
        if (next && next->function_like)
                *behind = lex_arguments(text, *behind, def->end, spans, 0, &count);
        return *behind ? next : NULL;
}

static struct macro_def *head_once(struct macros *macros, struct macro_def *def)
{
        if (!def->headed) {
                size_t behind = 0;
                def->headed = true;
                def->head = head_of(macros, def, &behind);
                def->all_head = def->head && lex_skip(def->source->text, behind, def->end) >= def->end;
        }
        return def->head;
}

struct spot macros_first(struct macros *macros, struct macro_def *def)
{
        for (int hops = 0; hops < 16; hops++) {
                struct macro_def *next = head_once(macros, def);
                if (!next || !next->source || next->body >= next->end)
                        break;
                def = next;
        }
        return (struct spot){def->source, def->body};
}

struct macro_def *macros_final(struct macros *macros, struct macro_def *def)
{
        for (int hops = 0; hops < 16; hops++) {
                struct macro_def *next = head_once(macros, def);
                if (!next || !next->source || !def->all_head)
                        break;
                def = next;
        }
        return def;
}
