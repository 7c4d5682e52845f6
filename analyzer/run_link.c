/*
 * run_link.c: a program from unit files that were made elsewhere. In: folders,
 * unit files and lists of them, which may be anybody's bytes. Out: run->project
 * and run->units as if everything had been read here; a unit whose file is
 * missing, damaged or made with other flags is there as a failed one. See ship.h.
 */
#include "run.h"

#include "front/tree.h"
#include "ship.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST_LIST = 256 << 20, LISTS_IN_LISTS = 4 };

/* A unit that there must be, and what became of its file. */
struct wanted {
        const struct ship_unit *plan; /* NULL: nobody knows what there must be */
        struct unit *unit;
        const char *why; /* a clause: why there is none, as far as is known */
};

struct gathering {
        struct run *run;
        struct ship_plan *plan;
        const char *plan_file, *first_file; /* for messages about what does not fit */
        struct ship_head first;
        struct words files, folders; /* unit files, and folders with a plan */
        VEC(struct wanted) wanted;
        struct map by_flags; /* path and flags of a planned unit -> its number, from 1 */
        int strays;          /* unit files that the plan does not know */
};

static bool fail(struct gathering *g, const char *error)
{
        g->run->error = error;
        return false;
}

static bool add_plan(struct gathering *g, const char *path)
{
        struct arena *arena = g->run->arena;
        struct text text;
        const char *error;
        if (!file_read(arena, path, LARGEST_LIST, &text))
                return fail(g, arena_printf(arena, "cannot read '%s': %s", path, strerror(errno)));
        struct ship_plan *plan = ship_plan_read(arena, &text, &error);
        if (!plan)
                return fail(g, arena_printf(arena, "'%s': %s", path, error));
        VEC_PUSH(arena, &g->folders, path_dir(arena, path));
        const char *differs = g->plan ? ship_plan_differs(arena, g->plan, plan) : NULL;
        if (differs)
                return fail(g, arena_printf(arena, "'%s' and '%s' are not of one program: %s", g->plan_file,
                                            path, differs));
        /* Notes tell what one machine had; which machine is named must not depend on the order. */
        if (!g->plan || strcmp(ship_plan_write(arena, plan), ship_plan_write(arena, g->plan)) < 0) {
                g->plan = plan;
                g->plan_file = path;
        }
        return true;
}

static bool add_operand(struct gathering *g, const char *operand, int depth);

/* One name a line; relative ones are so to the list's folder. */
static bool add_list(struct gathering *g, const char *path, int depth)
{
        struct arena *arena = g->run->arena;
        struct text text;
        if (depth > LISTS_IN_LISTS)
                return fail(g, arena_printf(arena, "the list '%s' lies too deep in lists", path));
        if (!file_read(arena, path, LARGEST_LIST, &text))
                return fail(g, arena_printf(arena, "cannot read the list '%s': %s", path, strerror(errno)));
        for (char *rest = text.bytes, *line; (line = strsep(&rest, "\n"));) {
                const char *dir = path_dir(arena, path);
                if (*line == '@')
                        line = arena_printf(arena, "@%s", path_join(arena, dir, line + 1));
                else if (*line)
                        line = path_join(arena, dir, line);
                if (*line && !add_operand(g, line, depth + 1))
                        return false;
        }
        return true;
}

static bool add_operand(struct gathering *g, const char *operand, int depth)
{
        struct arena *arena = g->run->arena;
        struct stat st;
        if (*operand == '@')
                return add_list(g, operand + 1, depth);
        if (!strcmp(path_base(operand), SHIP_PLAN))
                return add_plan(g, operand);
        if (stat(operand, &st)) {
                /* With a plan its unit is told as missing; without one nothing would. */
                if (depth && errno == ENOENT)
                        return true;
                return fail(g, arena_printf(arena, "cannot read '%s': %s", operand, strerror(errno)));
        }
        const char *plan = S_ISDIR(st.st_mode) ? path_join(arena, operand, SHIP_PLAN) : NULL;
        if (plan && access(plan, F_OK) && errno == ENOENT)
                return fail(g, arena_printf(arena,
                                            "'%s' holds no '" SHIP_PLAN
                                            "', which 'pymemlint summarize -o %s' would have written",
                                            operand, operand));
        if (plan)
                return add_plan(g, plan);
        VEC_PUSH(arena, &g->files, operand);
        return true;
}

static sym key_of(struct gathering *g, const char *path, const char *flags)
{
        return name_printf(g->run->names, "%s\n%s", path, flags);
}

static void plan_wanted(struct gathering *g)
{
        for (int i = 0; g->plan && i < g->plan->units.n; i++) {
                const struct ship_unit *unit = &g->plan->units.at[i];
                VEC_PUSH(g->run->arena, &g->wanted, (struct wanted){.plan = unit});
                void **slot = map_at(&g->by_flags, MAP_KEY(key_of(g, unit->path, unit->flags)));
                if (!*slot)
                        *slot = (void *)(intptr_t)(i + 1);
        }
}

/* What was made by another version, or for another Python, is not linked. */
static bool fits(struct gathering *g, const char *file, const struct ship_head *head)
{
        struct arena *arena = g->run->arena;
        if (strcmp(head->version, PYMEMLINT_VERSION))
                return fail(g, arena_printf(arena, "'%s' was made by pymemlint %s, this is %s", file,
                                            head->version, PYMEMLINT_VERSION));
        if (!g->first_file) {
                g->first = *head;
                g->first_file = file;
        }
        if (g->plan && strcmp(head->variant, g->plan->variant))
                return fail(g, arena_printf(arena, "'%s' was made with %s, the plan '%s' with %s", file,
                                            head->variant, g->plan_file, g->plan->variant));
        if (strcmp(head->variant, g->first.variant))
                return fail(g, arena_printf(arena, "'%s' was made with %s, '%s' with %s", g->first_file,
                                            g->first.variant, file, head->variant));
        return true;
}

/* Paths of the unit are shown and opened: they stay below the tree. */
static bool is_tame_unit(const struct unit *unit)
{
        for (int i = 0; i < unit->files.n; i++)
                if (!ship_is_tame(unit->files.at[i]))
                        return false;
        return true;
}

static struct wanted *place_for(struct gathering *g, const struct unit *unit, const char *flags)
{
        if (!g->plan) {
                VEC_PUSH(g->run->arena, &g->wanted, (struct wanted){0});
                return &g->wanted.at[g->wanted.n - 1];
        }
        intptr_t number = (intptr_t)*map_at(&g->by_flags, MAP_KEY(key_of(g, unit->path, flags)));
        return number ? &g->wanted.at[number - 1] : NULL;
}

/* The unit in BYTES, or NULL with a clause in *ERROR. *GOOD false: the whole must not be linked. */
static struct unit *read_file(struct gathering *g, const char *file, const struct text *bytes,
                              struct ship_head *head, const char **error, bool *good)
{
        struct run *run = g->run;
        const char *wrong;
        if (!ship_head_read(run->arena, bytes, head, error) || !(*good = fits(g, file, head)))
                return NULL;
        struct unit *unit = unit_read(run->arena, run->names, bytes->bytes, bytes->length, &wrong);
        if (!unit)
                *error = arena_printf(run->arena, "its unit file cannot be read: %s", wrong);
        else if (!is_tame_unit(unit))
                *error = "its unit file names files outside of the tree";
        return *error ? NULL : unit;
}

/* A file that was named: whichever unit it is. False with run->error. */
static bool take_file(struct gathering *g, const char *file)
{
        struct arena *arena = g->run->arena, *scratch = arena_new();
        struct ship_head head;
        struct text text;
        struct unit *unit = NULL;
        const char *error = NULL;
        bool good = true;
        if (!file_read(scratch, file, 0, &text))
                error = arena_printf(arena, "it cannot be read: %s", strerror(errno));
        else
                unit = read_file(g, file, &text, &head, &error, &good);
        arena_drop(scratch);
        struct wanted *place = unit ? place_for(g, unit, head.flags) : NULL;
        if (place && !place->unit)
                place->unit = unit;
        g->strays += unit && !place;
        /* With a plan its unit is told as missing. */
        return good && error && !g->plan ? fail(g, arena_printf(arena, "'%s': %s", file, error)) : good;
}

/* The file of a planned unit in a folder. False with run->error. */
static bool take_planned(struct gathering *g, const char *folder, struct wanted *wanted)
{
        struct arena *arena = g->run->arena, *scratch = arena_new();
        const char *file = path_join(arena, folder, wanted->plan->name), *error = NULL;
        struct ship_head head;
        struct text text;
        struct unit *unit = NULL;
        bool good = true;
        if (file_read(scratch, file, 0, &text))
                unit = read_file(g, file, &text, &head, &error, &good);
        else if (errno != ENOENT)
                error = arena_printf(arena, "its unit file cannot be read: %s", strerror(errno));
        arena_drop(scratch);
        if (unit && (strcmp(unit->path, wanted->plan->path) || strcmp(head.flags, wanted->plan->flags)))
                error = "its unit file was made with other flags";
        else if (unit)
                wanted->unit = unit;
        if (error)
                wanted->why = error;
        return good;
}

/* Each folder is asked for each unit that is still wanted. */
static bool take_folders(struct gathering *g)
{
        for (int i = 0; i < g->folders.n; i++)
                for (int j = 0; j < g->wanted.n; j++) {
                        struct wanted *wanted = &g->wanted.at[j];
                        if (!wanted->unit && !take_planned(g, g->folders.at[i], wanted))
                                return false;
                }
        return true;
}

static int by_path(const void *a, const void *b)
{
        const struct wanted *one = a, *other = b;
        int order = strcmp(one->unit->path, other->unit->path);
        return order ? order : strcmp(one->unit->key, other->unit->key);
}

static struct unit *missing_unit(struct run *run, const struct wanted *wanted)
{
        struct unit *unit = unit_new(run->arena, run->names, wanted->plan->path);
        const char *why = wanted->why ? wanted->why : "there is no unit file of it";
        unit->key = name_of(run->names, "-");
        unit->flags = name_of(run->names, wanted->plan->from);
        unit->object = name_of(run->names, wanted->plan->object);
        unit->status = UNIT_FAILED;
        VEC_PUSH(run->arena, &unit->diags,
                 (struct diag){.at = {.file = 0, .line = 1, .col = 1}, .text = name_of(run->names, why)});
        return unit;
}

static void fill_units(struct gathering *g)
{
        struct run *run = g->run;
        struct units *units = run->units = NEW(run->arena, struct units);
        if (!g->plan && g->wanted.n)
                qsort(g->wanted.at, (size_t)g->wanted.n, sizeof *g->wanted.at, by_path);
        units->n = g->wanted.n;
        units->at = NEW_ARRAY(run->arena, struct unit *, units->n);
        units->costs = NEW_ARRAY(run->arena, struct unit_cost, units->n);
        for (int i = 0; i < units->n; i++) {
                struct wanted *wanted = &g->wanted.at[i];
                units->at[i] = wanted->unit ? wanted->unit : missing_unit(run, wanted);
                units->whole += units->at[i]->status == UNIT_WHOLE;
                units->partial += units->at[i]->status == UNIT_PARTIAL;
                units->failed += units->at[i]->status == UNIT_FAILED;
        }
}

/* Where the sources are: as told, as the plan tells, else the project that the current folder belongs to. */
static const char *tree_of(struct gathering *g)
{
        struct run *run = g->run;
        char here[PATH_MAX], real[PATH_MAX];
        const char *told = run->opt->ship.tree, *path = getcwd(here, sizeof here) ? here : "/";
        bool marked;
        if (!told && g->plan)
                told = path_join(run->arena, path_dir(run->arena, g->plan_file), g->plan->tree);
        if (!told)
                return tree_root(run->arena, &path, 1, &marked);
        path = path_clean(run->arena, path, told);
        return realpath(path, real) ? arena_strndup(run->arena, real, strlen(real)) : path;
}

static void fill_project(struct gathering *g)
{
        struct project *project = NEW(g->run->arena, struct project);
        project->arena = g->run->arena;
        project->tree = tree_of(g);
        if (g->plan) {
                project->python = g->plan->python;
                project->python_version = g->plan->python_version;
                project->skips.at = g->plan->skips.at;
                project->skips.n = project->skips.room = g->plan->skips.n;
                project->notes.at = (const char **)g->plan->notes.at;
                project->notes.n = g->plan->notes.n;
                project->notes.room = 0;
        }
        g->run->project = project;
}

bool run_gather(struct run *run)
{
        struct gathering g = {.run = run};
        map_init(&g.by_flags, run->arena);
        for (int i = 0; i < run->opt->paths.n; i++)
                if (!add_operand(&g, run->opt->paths.at[i], 0))
                        return false;
        if (g.plan && strcmp(g.plan->version, PYMEMLINT_VERSION))
                return fail(&g, arena_printf(run->arena, "'%s' was made by pymemlint %s, this is %s",
                                             g.plan_file, g.plan->version, PYMEMLINT_VERSION));
        plan_wanted(&g);
        for (int i = 0; i < g.files.n; i++)
                if (!take_file(&g, g.files.at[i]))
                        return false;
        if (!take_folders(&g))
                return false;
        if (g.strays)
                run->opt->say(LEVEL_WARNING,
                              arena_printf(run->arena,
                                           "%d unit file%s left out: '%s' knows no such unit with such flags",
                                           g.strays, g.strays == 1 ? " is" : "s are", g.plan_file));
        if (!g.wanted.n)
                return fail(&g, "there is no unit file to link");
        fill_units(&g);
        fill_project(&g);
        return true;
}
