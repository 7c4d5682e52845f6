/*
 * run_overlay.c: units of files that an editor has changed and not saved. In:
 * texts. Out: units, parsed as if the texts were on the disk, by way of the
 * compiler's own overlay of files. See run.h. What is not edited comes through
 * the cache as ever.
 */
#include "run.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct overlay {
        struct arena *arena;
        const char *dir, *map; /* the folder of the texts, and the file that maps paths to them */
        const struct edited *files;
        int n;
};

static const char *text_file(const struct overlay *overlay, int i)
{
        return arena_printf(overlay->arena, "%s/%d", overlay->dir, i);
}

/* The compiler reads YAML, of which JSON is a part. */
static bool write_map(struct overlay *overlay)
{
        json_t *roots = json_array();
        for (int i = 0; i < overlay->n; i++)
                json_array_append_new(roots,
                                      json_pack("{ss ss ss}", "type", "file", "name", overlay->files[i].path,
                                                "external-contents", text_file(overlay, i)));
        /* Positions are to be told in the edited file, not in our copy. */
        json_t *top = json_pack("{si sb so}", "version", 0, "use-external-names", 0, "roots", roots);
        size_t size = json_dumpb(top, NULL, 0, 0);
        char *bytes = arena_alloc(overlay->arena, size + 1);
        json_dumpb(top, bytes, size, 0);
        json_decref(top);
        return file_write(overlay->map, bytes, size, 0600);
}

/* Takes away what overlay_make wrote. */
static void overlay_drop(struct overlay *overlay)
{
        for (int i = 0; i < overlay->n; i++)
                unlink(text_file(overlay, i));
        unlink(overlay->map);
        rmdir(overlay->dir);
}

/* Puts FILES into a folder of its own for the parser. NULL with *ERROR. */
static struct overlay *overlay_make(struct arena *arena, const struct edited *files, int n,
                                    const char **error)
{
        const char *tmp = getenv("TMPDIR");
        struct overlay *overlay = NEW(arena, struct overlay);
        char *dir = arena_printf(arena, "%s/pymemlint-edit-XXXXXX", tmp && *tmp == '/' ? tmp : "/tmp");
        *overlay = (struct overlay){.arena = arena, .files = files, .n = n};
        bool good = mkdtemp(dir) != NULL;
        overlay->dir = dir;
        overlay->map = path_join(arena, dir, "map");
        for (int i = 0; i < n && good; i++)
                good = file_write(text_file(overlay, i), files[i].text, files[i].length, 0600);
        if (good && write_map(overlay))
                return overlay;
        *error = arena_printf(arena, "cannot write to the folder '%s': %s", dir, strerror(errno));
        overlay_drop(overlay);
        return NULL;
}

static bool is_edited(const struct overlay *overlay, const char *path)
{
        for (int i = 0; i < overlay->n; i++)
                if (!strcmp(overlay->files[i].path, path))
                        return true;
        return false;
}

/* Whether the unit is, or when it was last read did read, an edited file. */
static bool rests_on_edited(const struct run *run, const struct overlay *overlay, const struct run *before,
                            const struct project_unit *unit)
{
        if (is_edited(overlay, unit->file))
                return true;
        for (int i = 0; before && i < before->units->n; i++) {
                const struct unit *old = before->units->at[i];
                for (int j = 0; !strcmp(old->path, unit->path) && j < old->deps.n; j++)
                        if (is_edited(overlay,
                                      path_join(run->arena, run->project->tree, old->deps.at[j].path)))
                                return true;
        }
        return false;
}

static struct units *obtain(struct run *run, const struct project *project, bool fresh)
{
        struct pool_options how = run_pool_options(run);
        how.no_cache |= fresh;
        how.no_pch |= fresh;
        return units_obtain(run->arena, run->names, project, &how, &run->error);
}

/* The two halves in the project's order. */
static struct units *merge(struct run *run, const bool *edited, const struct units *calm,
                           const struct units *fresh)
{
        struct units *units = NEW(run->arena, struct units);
        int n = calm->n + fresh->n, at[2] = {0, 0};
        *units = *calm;
        units->n = n;
        units->at = NEW_ARRAY(run->arena, struct unit *, n);
        units->costs = NEW_ARRAY(run->arena, struct unit_cost, n);
        units->whole += fresh->whole;
        units->partial += fresh->partial;
        units->failed += fresh->failed;
        for (int i = 0; i < n; i++) {
                const struct units *from = edited[i] ? fresh : calm;
                int k = at[edited[i]]++;
                units->at[i] = from->at[k];
                units->costs[i] = from->costs[k];
        }
        return units;
}

/*
 * A run that knows who reads what: the one before, or when there is none and
 * an edited file is a header, one of the disk. NULL: not needed, or *FAILED.
 */
static const struct run *readers(struct run *run, const struct overlay *overlay, bool *failed)
{
        int sources = 0;
        for (int i = 0; i < run->project->units.n; i++)
                sources += is_edited(overlay, run->project->units.at[i]->file);
        if (run->before || sources >= overlay->n)
                return run->before;
        struct run *disk = NEW(run->arena, struct run);
        *disk = *run;
        disk->units = obtain(run, run->project, false);
        *failed = !disk->units;
        return *failed ? NULL : disk;
}

/* Units that rest on an edited file are read through the overlay, and kept in no cache. */
static struct units *overlay_units(struct run *run, const struct overlay *overlay)
{
        bool failed = false;
        const struct run *before = readers(run, overlay, &failed);
        if (failed)
                return NULL;
        struct project calm = *run->project, fresh = *run->project;
        bool *edited = NEW_ARRAY(run->arena, bool, run->project->units.n);
        const char *option = "-ivfsoverlay";
        memset(&calm.units, 0, sizeof calm.units);
        memset(&fresh.units, 0, sizeof fresh.units);
        for (int i = 0; i < run->project->units.n; i++) {
                struct project_unit *unit = run->project->units.at[i];
                edited[i] = rests_on_edited(run, overlay, before, unit);
                if (!edited[i]) {
                        VEC_PUSH(run->arena, &calm.units, unit);
                        continue;
                }
                struct project_unit *copy = NEW(run->arena, struct project_unit);
                *copy = *unit;
                copy->args.room = copy->args.n; /* the first push copies */
                VEC_PUSH(run->arena, &copy->args, option);
                VEC_PUSH(run->arena, &copy->args, overlay->map);
                VEC_PUSH(run->arena, &fresh.units, copy);
        }
        if (run->opt->edited && !fresh.units.n) {
                run->error =
                    arena_printf(run->arena, "no unit of this program reads '%s'", run->edited->path);
                return NULL;
        }
        struct units *one = obtain(run, &calm, false);
        struct units *other = one ? obtain(run, &fresh, true) : NULL;
        return other ? merge(run, edited, one, other) : NULL;
}

struct units *run_edited_units(struct run *run)
{
        struct overlay *overlay = overlay_make(run->arena, run->edited, run->nedited, &run->error);
        struct units *units = overlay ? overlay_units(run, overlay) : NULL;
        if (overlay)
                overlay_drop(overlay);
        return units;
}
