/*
 * scope.c: local variables, what happens where their scope ends, and jumps
 * across scopes. A goto may go forward to a label not seen yet, so what it
 * leaves is emitted when the function is complete.
 */
#include "lower.h"

#include "base/arena.h"

#include <string.h>

struct scope *scope_open(struct lower *l)
{
        struct scope *scope = NEW(l->scratch, struct scope);
        scope->up = l->body->scope;
        return l->body->scope = scope;
}

static void close_variable(struct lower *l, const struct closing *var, struct loc at)
{
        struct event event = {.kind = EVENT_SCOPE, .dst = var->place, .src = -1, .target = -1, .at.at = at};
        if (var->cleanup) {
                struct event call = {.kind = EVENT_CALL, .dst = -1, .src = -1, .target = -1, .at.at = at};
                call.callee = var->cleanup;
                call.cleanup = true;
                call.args = NEW(l->scratch, int);
                call.args[0] = place_addr(l->unit, l->body->func, var->place);
                call.nargs = 1;
                emit(l, call);
        }
        if (var->addressed)
                emit(l, event);
}

static void leave_vars(struct lower *l, const struct scope *scope, int from, int to, struct loc at)
{
        for (int i = to - 1; i >= from; i--)
                close_variable(l, &scope->vars.at[i], at);
}

void scope_close(struct lower *l, struct loc at)
{
        struct scope *scope = l->body->scope;
        if (scope->up && !scope->up->up)
                scope_return(l, at); /* the outermost block of a function */
        else
                leave_vars(l, scope, 0, scope->vars.n, at);
        l->body->scope = scope->up;
}

void scope_leave(struct lower *l, struct scope *outer, struct loc at)
{
        for (struct scope *scope = l->body->scope; scope && scope != outer; scope = scope->up)
                leave_vars(l, scope, 0, scope->vars.n, at);
}

bool scope_has_cleanup(struct lower *l)
{
        for (struct scope *scope = l->body->scope; scope; scope = scope->up)
                for (int i = 0; i < scope->vars.n; i++)
                        if (scope->vars.at[i].cleanup)
                                return true;
        return false;
}

/* A return ends every local anyway: only what is called on the way is worth saying. */
void scope_return(struct lower *l, struct loc at)
{
        for (struct scope *scope = l->body->scope; scope; scope = scope->up)
                for (int i = scope->vars.n - 1; i >= 0; i--) {
                        struct closing var = scope->vars.at[i];
                        var.addressed = false;
                        close_variable(l, &var, at);
                }
}

/* --- variables ------------------------------------------------------------------------ */

static bool is_word_of_units(const char *name)
{
        static const char *const words[] = {"null", "call", "use", "scope", "lost", "any", "stop"};
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
                if (strcmp(name, words[i]) == 0)
                        return true;
        return *name == '$';
}

/* name, name'2, name'3 ... in one function. */
static sym unique_name(struct lower *l, sym name)
{
        intptr_t *count = (intptr_t *)map_at(&l->body->names, MAP_KEY(name));
        ++*count;
        if (*count == 1 && !is_word_of_units(name))
                return name;
        return name_printf(l->unit->names, "%s%s'%d", *name == '$' ? "_" : "", name, (int)*count);
}

static sym declared_name(struct lower *l, CXCursor declaration)
{
        CXString text = clang_getCursorSpelling(declaration);
        const char *string = clang_getCString(text);
        sym name = name_of(l->unit->names, string && *string ? string : "unnamed");
        clang_disposeString(text);
        return name;
}

struct local *local_declare(struct lower *l, CXCursor declaration, enum place_kind kind)
{
        struct body *body = l->body;
        struct local **slot = (struct local **)map_at(&body->locals, MAP_KEY(declaration.data[0]));
        struct local *local = *slot = NEW(l->scratch, struct local);
        CXType type = clang_getCursorType(declaration);
        struct var var = {.type = type_text(l, type)};
        /* a parameter written as an array is a pointer */
        local->array = var.array = kind == PLACE_LOCAL && type_is_array(type);
        sym cleanup = kind == PLACE_LOCAL ? attribute_cleanup(l, declaration) : NULL;
        var.cleanup = cleanup != NULL;
        local->place = var.place =
            place_named(l->unit, body->func, kind, unique_name(l, declared_name(l, declaration)));
        VEC_PUSH(l->scratch, &body->func->vars, var);
        local->scope = body->scope;
        if (kind == PLACE_LOCAL) {
                VEC_PUSH(l->scratch, &body->scope->vars, (struct closing){local->place, cleanup, false});
                local->scope_var = body->scope->vars.n;
                *map_at(&body->locals, (uint64_t)local->place << 1 | 1) = local;
        }
        return local;
}

int local_hidden(struct lower *l, const char *stem, CXType type)
{
        struct body *body = l->body;
        struct var var = {.type = type_text(l, type), .array = type_is_array(type)};
        var.place =
            place_named(l->unit, body->func, PLACE_LOCAL, unique_name(l, name_of(l->unit->names, stem)));
        VEC_PUSH(l->scratch, &body->func->vars, var);
        return var.place;
}

void local_addressed(struct lower *l, int place)
{
        struct body *body = l->body;
        const struct place *places = body->func->places.at;
        while (places[place].kind == PLACE_FIELD || places[place].kind == PLACE_ELEM)
                place = places[place].base;
        if (places[place].kind != PLACE_LOCAL)
                return;
        struct local *local = map_get(&body->locals, (uint64_t)place << 1 | 1);
        if (local && local->scope_var)
                local->scope->vars.at[local->scope_var - 1].addressed = true;
}

/* --- labels and gotos -------------------------------------------------------------------- */

static struct label *label_of(struct lower *l, CXCursor cursor)
{
        struct body *body = l->body;
        for (int i = 0; i < body->labels.n; i++)
                /* the statement itself: cursors differ by the declaration they were reached through */
                if (body->labels.at[i]->cursor.data[1] == cursor.data[1])
                        return body->labels.at[i];
        struct label *label = NEW(l->scratch, struct label);
        label->cursor = cursor;
        label->block = -1;
        VEC_PUSH(l->scratch, &body->labels, label);
        return label;
}

void label_lower(struct lower *l, CXCursor cursor)
{
        struct label *label = label_of(l, cursor);
        struct loc at = cursor_loc(&l->sources, cursor);
        if (label->block < 0)
                label->block = new_block(l);
        label->scope = l->body->scope;
        label->nvars = l->body->scope->vars.n;
        end_goto(l, label->block, at);
        go_on_in(l, label->block);
        CXCursor statement = cursor_last(cursor);
        if (!cursor_is_null(statement))
                lower_statement(l, statement);
}

void label_address(struct lower *l, CXCursor label)
{
        struct body *body = l->body;
        if (body->outer)
                l->body = body->outer; /* a static table of labels belongs to the function around it */
        label_of(l, label)->addressed = true;
        l->body = body;
}

void goto_lower(struct lower *l, CXCursor cursor)
{
        struct pending_goto *jump = NEW(l->scratch, struct pending_goto);
        jump->label = clang_getCursorReferenced(cursor);
        if (cursor_is_null(jump->label))
                jump->label = clang_getCursorReferenced(cursor_first(cursor));
        jump->block = l->body->block;
        jump->scope = l->body->scope;
        jump->at = cursor_loc(&l->sources, cursor);
        for (struct scope *scope = jump->scope; scope; scope = scope->up)
                VEC_PUSH(l->scratch, &jump->nvars, scope->vars.n);
        VEC_PUSH(l->scratch, &l->body->gotos, jump);
        go_on_in(l, new_block(l));
}

void computed_goto(struct lower *l, struct loc at, bool assembler)
{
        int from = l->body->block, behind = new_block(l);
        struct block *block = &l->body->func->blocks.at[from];
        block->end = END_ANY;
        block->at = at;
        if (assembler)
                VEC_PUSH(l->scratch, &block->next, behind);
        VEC_PUSH(l->scratch, &l->body->computed, (struct computed){from, assembler});
        go_on_in(l, behind);
}

static bool is_around(const struct scope *scope, const struct scope *inner)
{
        while (inner && inner != scope)
                inner = inner->up;
        return inner != NULL;
}

/* The scopes that end on the way; in the one they share, variables declared behind a label further up. */
static void leave_for(struct lower *l, const struct pending_goto *jump, const struct label *label)
{
        int depth = 0;
        struct scope *scope = jump->scope;
        for (; scope && !is_around(scope, label->scope); scope = scope->up, depth++)
                leave_vars(l, scope, 0, jump->nvars.at[depth], jump->at);
        if (scope && scope == label->scope)
                leave_vars(l, scope, label->nvars, jump->nvars.at[depth], jump->at);
}

static void connect(struct lower *l, const struct computed *from)
{
        struct block *block = &l->body->func->blocks.at[from->block];
        for (int i = 0; i < l->body->labels.n; i++) {
                const struct label *label = l->body->labels.at[i];
                if (label->block >= 0 && (label->addressed || from->assembler))
                        VEC_PUSH(l->scratch, &block->next, label->block);
        }
}

void gotos_resolve(struct lower *l)
{
        struct body *body = l->body;
        for (int i = 0; i < body->gotos.n; i++) {
                struct pending_goto *jump = body->gotos.at[i];
                struct label *label = label_of(l, jump->label);
                go_on_in(l, jump->block);
                if (label->block < 0) {
                        end_stop(l, jump->at); /* its label was lost with a statement */
                        continue;
                }
                leave_for(l, jump, label);
                end_goto(l, label->block, jump->at);
        }
        for (int i = 0; i < body->computed.n; i++)
                connect(l, &body->computed.at[i]);
}
