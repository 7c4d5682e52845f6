/*
 * ir_write.c: a unit as text. In: a unit. Out: the text that the foot of ir.h
 * describes, line for line. Sorts nothing: order is the order of the unit.
 */
#include "base/arena.h"
#include "base/file.h"
#include "base/map.h"
#include "base/text.h"
#include "ir/ir.h"
#include "ir/place_text.h"
#include "ir/spell.h"

struct writer {
        struct out *out;
        struct arena *arena;
        const struct unit *unit;
        const struct func *func;
        uint32_t file; /* the one that positions leave out */
};

static void put_word(struct writer *w, const char *text)
{
        out_char(w->out, ' ');
        out_spelled(w->out, text, spell_word);
}

static void put_name(struct writer *w, sym name)
{
        out_char(w->out, ' ');
        out_spelled(w->out, name, spell_name);
}

static void put_quoted(struct writer *w, const char *text)
{
        out_char(w->out, ' ');
        out_quoted(w->out, text ? text : "");
}

/* A position, nothing when it is not known. */
static void put_loc(struct writer *w, struct loc loc)
{
        if (!loc.line)
                return;
        out_text(w->out, " @");
        if (loc.file != w->file) {
                out_char(w->out, 'f');
                out_long(w->out, loc.file);
                out_char(w->out, ':');
        }
        out_long(w->out, loc.line);
        out_char(w->out, ':');
        out_long(w->out, loc.col);
}

static void put_range(struct writer *w, struct range range)
{
        put_loc(w, range.at);
        if (range.at.line && range.end_line) {
                out_char(w->out, '-');
                out_long(w->out, range.end_line);
                out_char(w->out, ':');
                out_long(w->out, range.end_col);
        }
}

static void put_place(struct writer *w, int place)
{
        place_print(w->out, w->func, place);
}

static void put_line(struct writer *w)
{
        out_char(w->out, '\n');
}

/* --- functions -------------------------------------------------------------- */

static void write_args(struct writer *w, const struct event *event)
{
        out_char(w->out, '(');
        for (int i = 0; i < event->nargs; i++) {
                if (i)
                        out_text(w->out, ", ");
                put_place(w, event->args[i]);
        }
        out_char(w->out, ')');
}

static void write_argat(struct writer *w, const struct event *event)
{
        if (!event->argat || !event->nargs)
                return;
        out_text(w->out, " args");
        for (int i = 0; i < event->nargs; i++) {
                if (event->argat[i].at.line)
                        put_range(w, event->argat[i]);
                else
                        out_text(w->out, " -");
        }
}

static void write_call(struct writer *w, const struct event *event)
{
        if (event->dst >= 0) {
                put_place(w, event->dst);
                out_text(w->out, " = ");
        }
        out_text(w->out, "call ");
        if (event->callee) {
                out_spelled(w->out, event->callee, spell_name);
        } else {
                out_char(w->out, '*');
                put_place(w, event->target);
        }
        write_args(w, event);
        if (event->via)
                out_text(w->out, " via"), put_name(w, event->via);
        if (event->spelled)
                out_text(w->out, " in"), put_name(w, event->spelled);
        if (event->noreturn)
                out_text(w->out, " noreturn");
        if (event->cleanup)
                out_text(w->out, " cleanup");
        put_range(w, event->at);
        write_argat(w, event);
}

static void write_event(struct writer *w, const struct event *event)
{
        switch (event->kind) {
        case EVENT_CALL:
                write_call(w, event);
                return;
        case EVENT_ASSIGN:
        case EVENT_COPY:
                put_place(w, event->dst);
                out_text(w->out, event->kind == EVENT_COPY ? " := " : " = ");
                put_place(w, event->src);
                break;
        case EVENT_USE:
                out_text(w->out, "use ");
                put_place(w, event->src);
                break;
        case EVENT_SCOPE:
                out_text(w->out, "scope ");
                put_place(w, event->dst);
                break;
        case EVENT_LOST:
                out_text(w->out, "lost");
                break;
        }
        put_range(w, event->at);
}

static void write_targets(struct writer *w, const struct block *block)
{
        for (int i = 0; i < block->next.n; i++)
                out_format(w->out, " L%d", block->next.at[i]);
}

static void write_switch(struct writer *w, const struct block *block)
{
        for (int i = 0; i < block->arms.n; i++) {
                const struct arm *arm = &block->arms.at[i];
                out_char(w->out, ' ');
                out_long(w->out, arm->low);
                if (arm->high != arm->low)
                        out_text(w->out, ".."), out_long(w->out, arm->high);
                out_format(w->out, ":L%d", arm->next);
        }
        out_format(w->out, " else:L%d", block->next.at[0]);
}

static void write_end(struct writer *w, const struct block *block)
{
        static const char *const words[] = {
            [END_GOTO] = "goto", [END_IF] = "if",         [END_SWITCH] = "switch",
            [END_ANY] = "any",   [END_RETURN] = "return", [END_STOP] = "stop"};
        out_text(w->out, "  ");
        out_text(w->out, words[block->end]);
        bool places = block->end == END_IF || block->end == END_SWITCH || block->end == END_RETURN;
        if (places && block->place >= 0)
                out_char(w->out, ' '), put_place(w, block->place);
        if (block->end == END_SWITCH)
                write_switch(w, block);
        else
                write_targets(w, block);
        put_loc(w, block->at);
        put_line(w);
}

static void write_var(struct writer *w, const struct var *var)
{
        const struct place *place = &w->func->places.at[var->place];
        out_text(w->out, place->kind == PLACE_PARAM ? " param" : " local");
        put_name(w, place->name);
        put_quoted(w, var->type);
        if (var->array)
                out_text(w->out, " array");
        if (var->cleanup)
                out_text(w->out, " cleanup");
        put_line(w);
}

static void write_block(struct writer *w, const struct block *block, int number)
{
        out_format(w->out, " L%d\n", number);
        for (int i = 0; i < block->events.n; i++) {
                out_text(w->out, "  ");
                write_event(w, &block->events.at[i]);
                put_line(w);
        }
        write_end(w, block);
}

static void write_head(struct writer *w, const struct func *func)
{
        out_text(w->out, "func");
        put_name(w, func->name);
        out_text(w->out, func->is_static ? " static" : " extern");
        put_quoted(w, func->result);
        put_range(w, func->at);
        if (func->variadic)
                out_text(w->out, " variadic");
        if (func->uses_setjmp)
                out_text(w->out, " setjmp");
        if (func->lost)
                out_format(w->out, " lost=%d", func->lost);
        if (func->attributes)
                out_text(w->out, " attr"), put_quoted(w, func->attributes);
        if (func->macro)
                out_text(w->out, " macro"), put_name(w, func->macro);
        put_line(w);
}

static void write_func(struct writer *w, const struct func *func)
{
        w->func = func;
        write_head(w, func);
        w->file = func->at.at.file;
        for (int i = 0; i < func->vars.n; i++)
                write_var(w, &func->vars.at[i]);
        for (int i = 0; i < func->blocks.n; i++)
                write_block(w, &func->blocks.at[i], i);
        w->file = 0;
}

/* --- the rest of a unit ------------------------------------------------------- */

static void write_data(struct writer *w, const struct data *data)
{
        out_text(w->out, "data");
        put_name(w, data->name);
        out_text(w->out, data->is_static ? " static" : " extern");
        put_quoted(w, data->type);
        put_range(w, data->at);
        put_line(w);
        w->func = data->inits;
        w->file = data->at.at.file;
        const struct block *block = &data->inits->blocks.at[0];
        for (int i = 0; i < block->events.n; i++) {
                out_char(w->out, ' ');
                write_event(w, &block->events.at[i]);
                put_line(w);
        }
        w->file = 0;
}

static void write_decl(struct writer *w, const struct decl *decl)
{
        out_text(w->out, decl->is_func ? "decl func" : "decl var");
        put_name(w, decl->name);
        put_word(w, decl->header);
        put_quoted(w, decl->type);
        if (decl->noreturn)
                out_text(w->out, " noreturn");
        if (decl->attributes)
                out_text(w->out, " attr"), put_quoted(w, decl->attributes);
        put_line(w);
}

static void write_macro(struct writer *w, const struct macro *macro)
{
        out_text(w->out, "macro");
        put_name(w, macro->name);
        put_loc(w, macro->at);
        out_text(w->out, macro->function_like ? " function" : " object");
        for (int i = 0; i < macro->words.n; i++) {
                const struct loc *at = &macro->words.at[i].at;
                put_name(w, macro->words.at[i].name);
                out_char(w->out, '@');
                out_long(w->out, at->line);
                out_char(w->out, ':');
                out_long(w->out, at->col);
        }
        put_line(w);
}

/* The uses of one name share a line, which stands where its first one does. */
static void write_uses(struct writer *w)
{
        struct map lines;
        map_init(&lines, w->arena);
        for (int i = 0; i < w->unit->uses.n; i++) {
                const struct use *use = &w->unit->uses.at[i];
                struct out **line = (struct out **)map_at(&lines, MAP_KEY(use->name));
                struct out *whole = w->out;
                if (!*line) {
                        *line = NEW(w->arena, struct out);
                        (*line)->arena = w->arena;
                        w->out = *line;
                        out_text(w->out, "use");
                        put_name(w, use->name);
                }
                w->out = *line;
                put_loc(w, use->at);
                w->out = whole;
        }
        for (int i = 0; i < lines.n; i++) {
                const struct out *line = lines.entries[i].value;
                out_bytes(w->out, line->bytes, line->length);
                put_line(w);
        }
}

static void write_guard(struct writer *w, const struct guard *guard)
{
        out_text(w->out, "guard ");
        if (guard->file)
                out_format(w->out, "f%u:", guard->file);
        out_format(w->out, "%u-%u %s", guard->first, guard->last, guard->active ? "active" : "skipped");
        put_quoted(w, guard->condition);
        put_line(w);
}

static void write_allow(struct writer *w, const struct allow *allow)
{
        out_text(w->out, "allow");
        put_loc(w, allow->at);
        out_format(w->out, " %u-%u", allow->first, allow->last);
        put_word(w, allow->form);
        put_quoted(w, allow->rules);
        put_quoted(w, allow->reason);
        put_line(w);
}

static void write_unit_line(struct writer *w)
{
        static const char *const status[] = {
            [UNIT_WHOLE] = "whole", [UNIT_PARTIAL] = "partial", [UNIT_FAILED] = "failed"};
        const struct unit *unit = w->unit;
        out_format(w->out, "unit %d", UNIT_FORMAT);
        put_word(w, unit->path);
        out_text(w->out, " key=");
        out_spelled(w->out, unit->key, spell_word);
        out_text(w->out, " flags=");
        out_spelled(w->out, unit->flags, spell_word);
        out_format(w->out, " status=%s kept=%d lost=%d object=", status[unit->status], unit->kept,
                   unit->lost);
        out_quoted(w->out, unit->object);
        put_line(w);
}

static void write_files(struct writer *w)
{
        const struct unit *unit = w->unit;
        for (int i = 1; i < unit->files.n; i++) {
                out_format(w->out, "file %d", i);
                put_word(w, unit->files.at[i]);
                put_line(w);
        }
        for (int i = 0; i < unit->deps.n; i++) {
                out_text(w->out, "dep");
                put_word(w, unit->deps.at[i].path);
                put_word(w, unit->deps.at[i].hash);
                put_line(w);
        }
}

static struct writer writer_new(struct out *out, const struct unit *unit)
{
        return (struct writer){.out = out, .arena = out->arena, .unit = unit};
}

void unit_write_head(struct out *out, const struct unit *unit)
{
        struct writer w = writer_new(out, unit);
        write_unit_line(&w);
        write_files(&w);
        for (int i = 0; i < unit->diags.n; i++) {
                out_text(out, "diag");
                put_loc(&w, unit->diags.at[i].at);
                put_quoted(&w, unit->diags.at[i].text);
                put_line(&w);
        }
        for (int i = 0; i < unit->allows.n; i++)
                write_allow(&w, &unit->allows.at[i]);
        for (int i = 0; i < unit->guards.n; i++)
                write_guard(&w, &unit->guards.at[i]);
        for (int i = 0; i < unit->macros.n; i++)
                write_macro(&w, unit->macros.at[i]);
        write_uses(&w);
        for (int i = 0; i < unit->decls.n; i++)
                write_decl(&w, &unit->decls.at[i]);
}

void unit_write_data(struct out *out, const struct unit *unit, const struct data *data)
{
        struct writer w = writer_new(out, unit);
        write_data(&w, data);
}

void unit_write_func(struct out *out, const struct unit *unit, const struct func *func)
{
        struct writer w = writer_new(out, unit);
        write_func(&w, func);
}

void unit_write(struct arena *arena, const struct unit *unit, struct text *text)
{
        struct out out = {.arena = arena};
        unit_write_head(&out, unit);
        for (int i = 0; i < unit->datas.n; i++)
                unit_write_data(&out, unit, unit->datas.at[i]);
        for (int i = 0; i < unit->funcs.n; i++)
                unit_write_func(&out, unit, unit->funcs.at[i]);
        out_text(&out, "end\n");
        *text = (struct text){.bytes = out.bytes, .length = out.length};
}
