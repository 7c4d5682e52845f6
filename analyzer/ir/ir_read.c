/*
 * ir_read.c: the text of a unit back to a unit. In: anybody's bytes. Out: a
 * unit whose every index is in range, or a message with the line. It checks
 * form, not sense: a place may be odd C, but never out of bounds.
 */
#include "base/arena.h"
#include "ir/reader.h"
#include "ir/spell.h"

#include <string.h>

sym reader_name(struct reader *r)
{
        scan_expect(&r->scan, " ");
        return scan_spelled(&r->scan, spell_name);
}

sym reader_quoted(struct reader *r)
{
        scan_expect(&r->scan, " ");
        return scan_quoted(&r->scan);
}

bool reader_loc(struct reader *r, struct loc *at)
{
        uint32_t file = r->func ? r->func->at.at.file : r->data ? r->data->at.at.file : 0;
        return scan_loc(&r->scan, file, r->unit->files.n, at);
}

bool reader_range(struct reader *r, struct range *at)
{
        uint32_t file = r->func ? r->func->at.at.file : r->data ? r->data->at.at.file : 0;
        return scan_range(&r->scan, file, r->unit->files.n, at);
}

static sym word(struct reader *r)
{
        scan_expect(&r->scan, " ");
        return scan_spelled(&r->scan, spell_word);
}

bool reader_linkage(struct reader *r)
{
        bool is_static = scan_flag(&r->scan, " static");
        if (!is_static && !scan_flag(&r->scan, " extern"))
                scan_fail(&r->scan, "'static' or 'extern' expected");
        return is_static;
}

static struct loc loc_of(struct reader *r)
{
        struct loc at;
        if (!reader_loc(r, &at))
                scan_fail(&r->scan, "position expected");
        return at;
}

static uint32_t line_number(struct reader *r)
{
        return (uint32_t)scan_number(&r->scan, 0, UINT32_MAX);
}

static void read_file(struct reader *r)
{
        scan_expect(&r->scan, " ");
        if (scan_number(&r->scan, 0, INT32_MAX) != r->unit->files.n)
                scan_fail(&r->scan, "files are numbered from 1");
        VEC_PUSH(r->unit->arena, &r->unit->files, word(r));
}

static void read_dep(struct reader *r)
{
        struct dep dep = {.path = word(r)};
        dep.hash = word(r);
        VEC_PUSH(r->unit->arena, &r->unit->deps, dep);
}

static void read_diag(struct reader *r)
{
        struct diag diag = {0};
        reader_loc(r, &diag.at);
        diag.text = reader_quoted(r);
        VEC_PUSH(r->unit->arena, &r->unit->diags, diag);
}

static void read_allow(struct reader *r)
{
        struct allow allow = {.at = loc_of(r)};
        scan_expect(&r->scan, " ");
        allow.first = line_number(r);
        scan_expect(&r->scan, "-");
        allow.last = line_number(r);
        allow.form = word(r);
        allow.rules = reader_quoted(r);
        allow.reason = r->scan.at < r->scan.end ? reader_quoted(r) : name_of(r->unit->names, "");
        VEC_PUSH(r->unit->arena, &r->unit->allows, allow);
}

static void read_guard(struct reader *r)
{
        struct guard guard = {0};
        scan_expect(&r->scan, " ");
        if (scan_accept(&r->scan, "f")) {
                guard.file = (uint32_t)scan_number(&r->scan, 0, r->unit->files.n - 1);
                scan_expect(&r->scan, ":");
        }
        guard.first = line_number(r);
        scan_expect(&r->scan, "-");
        guard.last = line_number(r);
        guard.active = scan_flag(&r->scan, " active");
        if (!guard.active)
                scan_expect(&r->scan, " skipped");
        guard.condition = reader_quoted(r);
        VEC_PUSH(r->unit->arena, &r->unit->guards, guard);
}

static void read_macro(struct reader *r)
{
        struct macro *macro = NEW(r->unit->arena, struct macro);
        macro->name = reader_name(r);
        macro->at = loc_of(r);
        macro->function_like = scan_flag(&r->scan, " function");
        if (!macro->function_like)
                scan_expect(&r->scan, " object");
        while (!r->scan.error && r->scan.at < r->scan.end) {
                struct word used = {.name = reader_name(r), .at.file = macro->at.file};
                scan_expect(&r->scan, "@");
                used.at.line = line_number(r);
                scan_expect(&r->scan, ":");
                used.at.col = line_number(r);
                VEC_PUSH(r->unit->arena, &macro->words, used);
        }
        VEC_PUSH(r->unit->arena, &r->unit->macros, macro);
}

static void read_use(struct reader *r)
{
        sym used = reader_name(r);
        do {
                struct use use = {.name = used, .at = loc_of(r)};
                VEC_PUSH(r->unit->arena, &r->unit->uses, use);
        } while (!r->scan.error && r->scan.at < r->scan.end);
}

static void read_decl(struct reader *r)
{
        struct decl decl = {.is_func = scan_flag(&r->scan, " func")};
        if (!decl.is_func)
                scan_expect(&r->scan, " var");
        decl.name = reader_name(r);
        decl.header = word(r);
        decl.type = reader_quoted(r);
        decl.noreturn = scan_flag(&r->scan, " noreturn");
        if (scan_flag(&r->scan, " attr"))
                decl.attributes = reader_quoted(r);
        VEC_PUSH(r->unit->arena, &r->unit->decls, decl);
}

static void read_data(struct reader *r)
{
        r->data = NULL;
        struct data *data = data_new(r->unit, reader_name(r));
        data->is_static = reader_linkage(r);
        data->type = reader_quoted(r);
        reader_range(r, &data->at);
        r->data = data;
}

/* An indented line belongs to the function or the variable that is open. */
static void read_inner(struct reader *r)
{
        if (r->func)
                reader_func_line(r);
        else if (r->data && r->scan.indent == 1)
                reader_store(r, &r->data->inits->blocks.at[0]);
        else
                scan_fail(&r->scan, "indented line without a function or variable");
}

static void read_outer(struct reader *r)
{
        static const struct {
                const char *word;
                void (*read)(struct reader *);
        } lines[] = {{"file", read_file},   {"dep", read_dep},     {"diag", read_diag}, {"allow", read_allow},
                     {"guard", read_guard}, {"macro", read_macro}, {"use", read_use},   {"decl", read_decl},
                     {"data", read_data},   {"func", reader_func}};
        reader_func_end(r);
        r->func = NULL;
        r->data = NULL;
        map_init(&r->vars, r->unit->arena);
        if (scan_flag(&r->scan, "end")) {
                r->ended = true;
                return;
        }
        for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
                if (scan_flag(&r->scan, lines[i].word)) {
                        lines[i].read(r);
                        return;
                }
        scan_fail(&r->scan, "unknown kind of line");
}

static enum unit_status read_status(struct reader *r)
{
        if (scan_flag(&r->scan, "whole"))
                return UNIT_WHOLE;
        if (scan_flag(&r->scan, "partial"))
                return UNIT_PARTIAL;
        scan_expect(&r->scan, "failed");
        return UNIT_FAILED;
}

/* "unit 1 PATH" and what may stand behind it, in any order. */
static void read_unit_line(struct reader *r, struct arena *arena, struct names *names)
{
        struct scan *scan = &r->scan;
        scan_expect(scan, "unit ");
        if (scan_number(scan, 0, INT32_MAX) != UNIT_FORMAT)
                scan_fail(scan, "not the unit format of this version");
        scan_expect(scan, " ");
        r->unit = unit_new(arena, names, scan_spelled(scan, spell_word));
        while (!scan->error && scan->at < scan->end) {
                if (scan_accept(scan, " key="))
                        r->unit->key = scan_spelled(scan, spell_word);
                else if (scan_accept(scan, " flags="))
                        r->unit->flags = scan_spelled(scan, spell_word);
                else if (scan_accept(scan, " status="))
                        r->unit->status = read_status(r);
                else if (scan_accept(scan, " kept="))
                        r->unit->kept = (int)scan_number(scan, 0, INT32_MAX);
                else if (scan_accept(scan, " lost="))
                        r->unit->lost = (int)scan_number(scan, 0, INT32_MAX);
                else if (scan_accept(scan, " object="))
                        r->unit->object = scan_quoted(scan);
                else
                        scan_end(scan);
        }
}

struct unit *unit_read(struct arena *arena, struct names *names, const char *bytes, size_t length,
                       const char **error)
{
        struct reader r = {.scan = {.arena = arena, .names = names, .rest = bytes, .stop = bytes + length}};
        if (scan_line(&r.scan))
                read_unit_line(&r, arena, names);
        else
                scan_fail(&r.scan, "a unit file is empty");
        while (!r.ended && scan_line(&r.scan)) {
                if (r.scan.indent)
                        read_inner(&r);
                else
                        read_outer(&r);
                scan_end(&r.scan);
        }
        if (!r.ended)
                scan_fail(&r.scan, "the unit file stops before its 'end'");
        else if (scan_line(&r.scan))
                scan_fail(&r.scan, "text behind 'end'");
        *error = r.scan.error;
        return r.scan.error ? NULL : r.unit;
}
