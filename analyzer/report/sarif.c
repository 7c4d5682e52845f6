/*
 * sarif.c: a SARIF 2.1.0 log that code scanning takes. Comes in: a settled
 * report. Goes out: one run. Paths are relative to the tree, and nothing in
 * the log tells where the tree lies. Suppressed and known findings stay out
 * unless asked for, because readers show them as open.
 */
#include "report/sarif.h"

#include "report/view.h"
#include "report/writers.h"

#define SCHEMA "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

static void sarif_provenance(struct sarif *sarif)
{
        const struct report *report = sarif->report;
        struct json *json = &sarif->json;
        if (!report->repository || !report->revision)
                return;
        json_open(json, "versionControlProvenance", '[');
        json_open(json, NULL, '{');
        json_text(json, "repositoryUri", report->repository);
        json_text(json, "revisionId", report->revision);
        json_text(json, "branch", report->branch);
        json_open(json, "mappedTo", '{');
        json_text(json, "uriBaseId", "%SRCROOT%");
        json_close(json);
        json_close(json);
        json_close(json);
}

static void sarif_bases(struct sarif *sarif)
{
        struct json *json = &sarif->json;
        json_open(json, "originalUriBaseIds", '{');
        json_open(json, "%SRCROOT%", '{');
        sarif_message(sarif, "description", "The root of the analyzed source tree.");
        json_close(json);
        json_close(json);
}

static void sarif_run(struct sarif *sarif)
{
        struct json *json = &sarif->json;
        const struct findings *found = sarif->report->found;
        json_open(json, NULL, '{');
        sarif_tool(sarif);
        if (sarif->report->automation_id) {
                json_open(json, "automationDetails", '{');
                json_text(json, "id", sarif->report->automation_id);
                json_close(json);
        }
        sarif_bases(sarif);
        sarif_provenance(sarif);
        sarif_invocations(sarif);
        json_text(json, "columnKind", "utf16CodeUnits");
        json_open(json, "results", '[');
        sarif->arena = arena_new(); /* of one result */
        for (int i = 0; i < found->list.n; i++) {
                if (finding_listed(sarif->report, found->list.at[i]))
                        sarif_result(sarif, found->list.at[i]);
                arena_reset(sarif->arena);
        }
        arena_drop(sarif->arena);
        sarif->arena = sarif->report->arena;
        json_close(json);
        json_close(json);
}

void sarif_write(const struct report *report, struct out *out)
{
        struct sarif sarif = {.report = report, .arena = report->arena, .json = {.out = out}};
        struct json *json = &sarif.json;
        sarif_collect_rules(&sarif);
        json_open(json, NULL, '{');
        json_text(json, "$schema", SCHEMA);
        json_text(json, "version", "2.1.0");
        json_open(json, "runs", '[');
        sarif_run(&sarif);
        json_close(json);
        json_close(json);
}
