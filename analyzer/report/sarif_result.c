/*
 * sarif_result.c: a finding as a SARIF result: message with links, places, the
 * path as a code flow, fingerprints, fixes. Comes in: a settled finding.
 */
#include "report/sarif.h"

#include "report/source.h"
#include "report/view.h"

#include <string.h>

#define LINKED 10   /* related places that the message links */
#define RELATED 100 /* code scanning keeps that many */
#define FLOW_LIMIT 1000

/* The name for a place without a function, within the result of FINDING. */
static const char *name_at(struct sarif *sarif, const struct finding *finding, const struct step *step)
{
        if (!step)
                return place_name(sarif->arena, finding->func, finding->said, finding->at.file);
        return place_name(sarif->arena, step->func, step->said, step->at.file);
}

static int related_count(const struct finding *finding)
{
        return finding->related.n < RELATED ? finding->related.n : RELATED;
}

/* "'f' does that. Related: [allocated here](1), [again here](2)." */
static const char *linked_message(struct arena *arena, const struct finding *finding)
{
        struct out out = {.arena = arena};
        const char *said = sentence_of(arena, finding->said);
        int links = related_count(finding) < LINKED ? related_count(finding) : LINKED;
        out_text(&out, sarif_escape(arena, said));
        for (int i = 0; i < links; i++) {
                out_text(&out, i ? ", [" : " Related: [");
                for (const char *c = clause_of(arena, finding->related.at[i].said); *c; c++) {
                        if (strchr("[]\\", *c))
                                out_char(&out, '\\');
                        out_char(&out, *c);
                }
                out_format(&out, "](%d)", i + 1);
        }
        if (links)
                out_char(&out, '.');
        return out_string(&out);
}

static void result_message(struct sarif *sarif, const struct finding *finding)
{
        struct json *json = &sarif->json;
        json_open(json, "message", '{');
        json_text(json, "text", linked_message(sarif->arena, finding));
        json_text(json, "id", "default");
        json_open(json, "arguments", '[');
        json_text(json, NULL, name_at(sarif, finding, NULL));
        json_close(json);
        json_close(json);
}

static void result_places(struct sarif *sarif, const struct finding *finding)
{
        struct json *json = &sarif->json;
        json_open(json, "locations", '[');
        sarif_location(sarif, NULL, finding->at, name_at(sarif, finding, NULL), NULL, -1, true);
        json_close(json);
        if (!finding->related.n)
                return;
        json_open(json, "relatedLocations", '[');
        for (int i = 0; i < related_count(finding); i++) {
                const struct step *step = &finding->related.at[i];
                sarif_location(sarif, NULL, step->at, name_at(sarif, finding, step), step->said, i + 1, true);
        }
        json_close(json);
}

static void step_kinds(struct json *json, enum step_kind kind)
{
        static const char *const words[][2] = {
            [STEP_OTHER] = {NULL, NULL},          [STEP_ENTER] = {"enter", "function"},
            [STEP_CALL] = {"call", "function"},   [STEP_ACQUIRE] = {"acquire", "lock"},
            [STEP_RELEASE] = {"release", "lock"}, [STEP_BRANCH] = {"branch", NULL},
            [STEP_ALLOC] = {"acquire", "memory"}, [STEP_STORE] = {"value", NULL},
            [STEP_FREE] = {"release", "memory"},  [STEP_FAULT] = {"danger", NULL},
        };
        if (!words[kind][0])
                return;
        json_open(json, "kinds", '[');
        json_text(json, NULL, words[kind][0]);
        json_text(json, NULL, words[kind][1]);
        json_close(json);
}

static const char *step_importance(enum step_kind kind)
{
        switch (kind) {
        case STEP_OTHER:
                return "unimportant";
        case STEP_CALL:
        case STEP_BRANCH:
        case STEP_STORE:
                return "important";
        default:
                return "essential";
        }
}

/* STATE: of the lock behind the step, or NULL. */
static void flow_step(struct sarif *sarif, const struct finding *finding, const struct step *step,
                      const char *state, int order, int level)
{
        struct json *json = &sarif->json;
        json_open(json, NULL, '{');
        sarif_location(sarif, "location", step->at, name_at(sarif, finding, step), step->said, -1, true);
        step_kinds(json, step->kind);
        if (state) {
                json_open(json, "state", '{');
                sarif_message(sarif, "gil", state);
                json_close(json);
        }
        json_number(json, "nestingLevel", level);
        json_number(json, "executionOrder", order);
        json_text(json, "importance", step_importance(step->kind));
        json_close(json);
}

static void result_flow(struct sarif *sarif, const struct finding *finding)
{
        struct json *json = &sarif->json;
        struct path path = path_of(sarif->arena, finding);
        if (!path.n)
                return;
        int *levels = path_levels(sarif->arena, &path);
        json_open(json, "codeFlows", '[');
        json_open(json, NULL, '{');
        json_open(json, "threadFlows", '[');
        json_open(json, NULL, '{');
        json_open(json, "locations", '[');
        /* the end of a very long path says more than its middle */
        const char *state = NULL;
        for (int i = 0; i < path.n; i++) {
                /* the story of a lock tells each change: between two of them it stays as it is */
                if (path.at[i]->state || finding->rule->category != CATEGORY_GIL)
                        state = path.at[i]->state;
                if (i < FLOW_LIMIT / 2 || i >= path.n - FLOW_LIMIT / 2)
                        flow_step(sarif, finding, path.at[i], state, i + 1, levels[i]);
        }
        for (int i = 0; i < 5; i++)
                json_close(json);
}

static void result_prints(struct sarif *sarif, const struct finding *finding)
{
        struct source *source = source_of(sarif->report, finding->at.file);
        json_open(&sarif->json, "partialFingerprints", '{');
        json_text(&sarif->json, "primaryLocationLineHash",
                  source_line_hash(sarif->report->arena, source, finding->at.line));
        json_text(&sarif->json, "findingHash/v1", finding->hash);
        json_close(&sarif->json);
}

/* All edits of a fix that go into the file of edit FIRST; nothing when an earlier edit did that. */
static void artifact_change(struct sarif *sarif, const struct fix *fix, int first)
{
        struct json *json = &sarif->json;
        sym file = fix->edits.at[first].at.file;
        for (int i = 0; i < first; i++)
                if (!strcmp(fix->edits.at[i].at.file, file))
                        return;
        json_open(json, NULL, '{');
        sarif_artifact(sarif, file);
        json_open(json, "replacements", '[');
        for (int i = first; i < fix->edits.n; i++) {
                if (strcmp(fix->edits.at[i].at.file, file))
                        continue;
                json_open(json, NULL, '{');
                sarif_region(sarif, "deletedRegion", fix->edits.at[i].at);
                sarif_message(sarif, "insertedContent", fix->edits.at[i].text);
                json_close(json);
        }
        json_close(json);
        json_close(json);
}

static void result_fixes(struct sarif *sarif, const struct finding *finding)
{
        struct json *json = &sarif->json;
        if (!finding->fixes.n)
                return;
        json_open(json, "fixes", '[');
        for (int i = 0; i < finding->fixes.n; i++) {
                const struct fix *fix = &finding->fixes.at[i];
                json_open(json, NULL, '{');
                sarif_message(sarif, "description", sentence_of(sarif->arena, fix->said));
                json_open(json, "artifactChanges", '[');
                for (int j = 0; j < fix->edits.n; j++)
                        artifact_change(sarif, fix, j);
                json_close(json);
                json_close(json);
        }
        json_close(json);
}

static void result_standing(struct sarif *sarif, const struct finding *finding)
{
        struct json *json = &sarif->json;
        if (finding->suppressed) {
                json_open(json, "suppressions", '[');
                json_open(json, NULL, '{');
                json_text(json, "kind", "inSource");
                json_text(json, "status", "accepted");
                if (finding->reason && *finding->reason)
                        json_text(json, "justification", finding->reason);
                json_close(json);
                json_close(json);
        }
        if (sarif->report->baselined)
                json_text(json, "baselineState", finding->known ? "unchanged" : "new");
}

void sarif_result(struct sarif *sarif, const struct finding *finding)
{
        struct json *json = &sarif->json;
        json_open(json, NULL, '{');
        json_text(json, "ruleId", finding->rule->code);
        json_number(json, "ruleIndex", sarif_rule_index(sarif, finding->rule));
        json_text(json, "level", level_name(finding->rule->level));
        result_message(sarif, finding);
        result_places(sarif, finding);
        result_prints(sarif, finding);
        result_flow(sarif, finding);
        result_fixes(sarif, finding);
        result_standing(sarif, finding);
        json_open(json, "properties", '{');
        json_text(json, "confidence", confidence_name(finding->confidence));
        json_close(json);
        json_close(json);
}
