/*
 * declared.c: what declarations say of memory by attributes: malloc(f, n),
 * ownership_returns, ownership_takes, ownership_holds. Comes in: the units of
 * a program; goes out: families of the tree's own, and what its functions give
 * to and take from them. Whether a body does so is nobody's question: it was
 * promised.
 */
#include "link/program.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* One attribute: its name, its arguments. */
struct attribute {
        const char *name, *args[4];
        int nargs;
};

static bool is_name(char c)
{
        return isalnum((unsigned char)c) || c == '_';
}

/* The attribute at *AT ("malloc(f,1)"), which moves behind it. False at the end. */
static bool word_next(struct arena *arena, const char **at, struct attribute *word)
{
        const char *text = *at + strspn(*at, " ");
        size_t n = 0;
        memset(word, 0, sizeof *word);
        while (is_name(text[n]))
                n++;
        if (!n)
                return false;
        word->name = arena_strndup(arena, text, n);
        text += n;
        if (*text == '(')
                while (*text && *text != ')') {
                        size_t length = strcspn(++text, ",) ");
                        if (word->nargs < 4 && length)
                                word->args[word->nargs++] = arena_strndup(arena, text, length);
                        text += length;
                }
        *at = text + (*text == ')');
        return true;
}

static struct declared *declared_at(struct program *program, sym name)
{
        struct declared **at = (struct declared **)map_at(&program->declared, MAP_KEY(name));
        if (!*at)
                *at = NEW(program->arena, struct declared);
        return *at;
}

/* A copy that may grow: others read the models too. */
static struct models *own_models(struct program *program)
{
        struct models *models = NEW(program->arena, struct models);
        *models = *program->models;
        models->families.at = NULL;
        models->families.n = models->families.room = 0;
        for (int i = 0; i < program->models->families.n; i++)
                VEC_PUSH(program->arena, &models->families, program->models->families.at[i]);
        program->models = models;
        return models;
}

/* The family that a described function gives back to, or is named like; else one of that name. 0: too many.
 */
static families family_of(struct program *program, struct models *models, const char *name)
{
        const struct model *model = models_find(models, name_of(program->names, name));
        for (int i = 0; model && i < model->contract.effects.n; i++) {
                const struct effect *effect = &model->contract.effects.at[i];
                bool gives = effect->kind == EFFECT_GIVES && effect->at.root == SPOT_RESULT;
                if (effect->kind == EFFECT_TAKES || gives)
                        return effect->family;
        }
        int at = family_find(models, name);
        if (at < 0 && models->families.n < FAMILY_MOST) {
                struct family family = {.name = name_of(program->names, name)};
                family.title = name_printf(program->names, "'%s'", name);
                family.release = family.name;
                at = models->families.n;
                VEC_PUSH(program->arena, &models->families, family);
        }
        return at < 0 ? 0 : (families)1 << at;
}

static void takes_add(struct program *program, const char *name, int arg, families family, bool keeps)
{
        struct declared *declared = declared_at(program, name_of(program->names, name));
        for (int i = 0; i < declared->takes.n; i++)
                if (declared->takes.at[i].arg == arg)
                        return;
        VEC_PUSH(program->arena, &declared->takes, (struct declared_arg){arg, family, keeps});
}

static void take_malloc(struct program *program, struct models *models, sym name,
                        const struct attribute *word)
{
        int arg = word->nargs > 1 ? atoi(word->args[1]) - 1 : 0;
        struct declared *declared = declared_at(program, name);
        const struct declared *other =
            map_get(&program->declared, MAP_KEY(name_of(program->names, word->args[0])));
        if (other && other->takes.n && other->takes.at[0].arg == arg)
                declared->gives = other->takes.at[0].family;
        else if (!declared->gives)
                declared->gives = family_of(program, models, word->args[0]);
        if (declared->gives && !models_find(models, name_of(program->names, word->args[0])))
                takes_add(program, word->args[0], arg, declared->gives, false);
}

static void take_attributes(struct program *program, struct models *models, sym name, const char *text)
{
        struct attribute word;
        while (word_next(program->arena, &text, &word)) {
                bool malloced = !strcmp(word.name, "malloc") && word.nargs;
                bool takes = !strcmp(word.name, "ownership_takes"),
                     holds = !strcmp(word.name, "ownership_holds");
                if (malloced)
                        take_malloc(program, models, name, &word);
                else if (!strcmp(word.name, "ownership_returns") && word.nargs)
                        declared_at(program, name)->gives = family_of(program, models, word.args[0]);
                for (int i = 1; (takes || holds) && i < word.nargs; i++)
                        takes_add(program, name, atoi(word.args[i]) - 1,
                                  family_of(program, models, word.args[0]), holds);
        }
}

static bool speaks(sym attributes)
{
        return attributes && (strstr(attributes, "malloc(") || strstr(attributes, "ownership_"));
}

void declared_find(struct program *program)
{
        struct models *models = NULL;
        map_init(&program->declared, program->arena);
        for (int u = 0; u < program->units.n; u++) {
                const struct unit *unit = program->units.at[u];
                for (int i = 0; i < unit->decls.n + unit->funcs.n; i++) {
                        bool decl = i < unit->decls.n;
                        const struct func *func = decl ? NULL : unit->funcs.at[i - unit->decls.n];
                        sym name = decl ? unit->decls.at[i].name : func->name,
                            attributes = decl ? unit->decls.at[i].attributes : func->attributes;
                        if (!speaks(attributes) || models_find(program->models, name))
                                continue;
                        models = models ? models : own_models(program);
                        take_attributes(program, models, name, attributes);
                }
        }
}

static bool is_about(const struct effect *effect, int root)
{
        return effect->at.root == root && !effect->at.nsteps &&
               (effect->kind == EFFECT_GIVES || effect->kind == EFFECT_TAKES ||
                effect->kind == EFFECT_RESIZES || effect->kind == EFFECT_KEEPS ||
                effect->kind == EFFECT_BORROWS);
}

/* The families that the body gives such a block back to: they work as well as what is declared. */
static families drop_about(struct contract *contract, int root)
{
        int kept = 0;
        families taken = 0;
        for (int i = 0; i < contract->effects.n; i++) {
                const struct effect *effect = &contract->effects.at[i];
                if (!is_about(effect, root))
                        contract->effects.at[kept++] = *effect;
                else if (effect->kind == EFFECT_TAKES && !effect->maybe)
                        taken |= effect->family;
        }
        contract->effects.n = kept;
        return taken;
}

bool declared_apply(const struct program *program, struct arena *arena, sym name, struct contract *contract)
{
        const struct declared *declared = name ? map_get(&program->declared, MAP_KEY(name)) : NULL;
        if (!declared)
                return false;
        for (int i = 0; i < declared->takes.n; i++) {
                const struct declared_arg *takes = &declared->takes.at[i];
                families also = drop_about(contract, takes->arg);
                VEC_PUSH(arena, &contract->effects,
                         (struct effect){.kind = takes->keeps ? EFFECT_KEEPS : EFFECT_TAKES,
                                         .at = {.root = takes->arg},
                                         .family = takes->family | also,
                                         .result = SPAN_ALL});
        }
        if (!declared->gives)
                return true;
        drop_about(contract, SPOT_RESULT);
        contract->result_maybe_null |= !contract->result_never_null;
        VEC_PUSH(arena, &contract->effects,
                 (struct effect){.kind = EFFECT_GIVES,
                                 .at = {.root = SPOT_RESULT},
                                 .family = declared->gives,
                                 .result = SPAN_ALL});
        return true;
}
