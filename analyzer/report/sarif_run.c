/*
 * sarif_run.c: how the run went: whether it was complete, and a notification
 * for each unit that was not wholly analyzed. A reader must be able to tell
 * "no findings" from "could not look".
 */
#include "report/sarif.h"

#include "report/view.h"

enum notification { NOTE_PARTIAL, NOTE_FAILED, NOTE_SKIPPED, NOTE_RUN };

static const struct {
        const char *id, *name, *meaning, *level;
} kinds[] = {
    [NOTE_PARTIAL] = {"PML991", "UnitPartial", "Some statements of a source were lost.", "warning"},
    [NOTE_FAILED] = {"PML992", "UnitFailed", "A source could not be analyzed.", "error"},
    [NOTE_SKIPPED] = {"PML993", "UnitSkipped", "A source was left out.", "note"},
    [NOTE_RUN] = {"PML994", "RunNotice", "Something about the run as a whole.", "note"},
};

void sarif_notification_kinds(struct sarif *sarif)
{
        json_open(&sarif->json, "notifications", '[');
        for (int i = 0; i <= NOTE_RUN; i++) {
                json_open(&sarif->json, NULL, '{');
                json_text(&sarif->json, "id", kinds[i].id);
                json_text(&sarif->json, "name", kinds[i].name);
                sarif_message(sarif, "shortDescription", kinds[i].meaning);
                sarif_message(sarif, "fullDescription", kinds[i].meaning);
                sarif_message(sarif, "help", kinds[i].meaning);
                json_open(&sarif->json, "defaultConfiguration", '{');
                json_text(&sarif->json, "level", kinds[i].level);
                json_close(&sarif->json);
                json_close(&sarif->json);
        }
        json_close(&sarif->json);
}

static void notify(struct sarif *sarif, enum notification kind, const char *level, sym path, const char *said)
{
        struct json *json = &sarif->json;
        json_open(json, NULL, '{');
        json_open(json, "descriptor", '{');
        json_text(json, "id", kinds[kind].id);
        json_number(json, "index", kind);
        json_close(json);
        json_text(json, "level", level);
        sarif_message(sarif, "message", sarif_escape(sarif->arena, said));
        if (path) {
                json_open(json, "locations", '[');
                json_open(json, NULL, '{');
                json_open(json, "physicalLocation", '{');
                sarif_artifact(sarif, path);
                json_close(json);
                json_close(json);
                json_close(json);
        }
        json_close(json);
}

static void notify_unit(struct sarif *sarif, const struct unit_note *unit)
{
        static const enum notification of[] = {NOTE_RUN, NOTE_PARTIAL, NOTE_FAILED, NOTE_SKIPPED};
        static const char *const words[] = {"", "only partly analyzed", "not analyzed", "left out"};
        if (unit->outcome == OUTCOME_WHOLE)
                return;
        struct out said = {.arena = sarif->arena};
        out_format(&said, "'%s' was %s", unit->path, words[unit->outcome]);
        if (unit->lost)
                out_format(&said, " (%d of %d statements lost)", unit->lost, unit->kept + unit->lost);
        if (unit->reason)
                out_format(&said, ": %s", unit->reason);
        enum notification kind = of[unit->outcome];
        notify(sarif, kind, kinds[kind].level, unit->path, sentence_of(sarif->arena, out_string(&said)));
}

static void notifications(struct sarif *sarif)
{
        const struct report *report = sarif->report;
        json_open(&sarif->json, "toolExecutionNotifications", '[');
        for (int i = 0; i < report->units.n; i++)
                notify_unit(sarif, &report->units.at[i]);
        for (int i = 0; i < report->notices.n; i++)
                notify(sarif, NOTE_RUN, level_name(report->notices.at[i].level), report->notices.at[i].path,
                       report->notices.at[i].said);
        if (report->incomplete)
                notify(sarif, NOTE_RUN, "error", NULL, report->incomplete);
        json_close(&sarif->json);
}

/* How much was looked at, for those who compare runs. */
static void coverage(struct sarif *sarif)
{
        struct tally tally = report_tally(sarif->report);
        struct json *json = &sarif->json;
        json_open(json, "properties", '{');
        json_number(json, "unitsWhole", tally.whole);
        json_number(json, "unitsPartial", tally.partial);
        json_number(json, "unitsFailed", tally.failed);
        json_number(json, "unitsSkipped", tally.skipped);
        json_number(json, "flagsRecorded", tally.recorded);
        json_number(json, "flagsDerived", tally.derived);
        json_number(json, "flagsGiven", tally.given);
        json_number(json, "statementsKept", tally.kept);
        json_number(json, "statementsLost", tally.lost);
        json_text(json, "python", sarif->report->python);
        json_close(json);
}

void sarif_invocations(struct sarif *sarif)
{
        static const char *const meanings[] = {"clean", "findings", "usage or configuration error",
                                               "incomplete"};
        const struct report *report = sarif->report;
        struct json *json = &sarif->json;
        json_open(json, "invocations", '[');
        json_open(json, NULL, '{');
        json_text(json, "commandLine", report->command_line);
        json_text(json, "startTimeUtc", report->started);
        json_text(json, "endTimeUtc", report->ended);
        json_number(json, "exitCode", report->exit_status);
        if (report->exit_status >= 0 && report->exit_status < 4)
                json_text(json, "exitCodeDescription", meanings[report->exit_status]);
        notifications(sarif);
        json_bool(json, "executionSuccessful", !report->incomplete);
        coverage(sarif);
        json_close(json);
        json_close(json);
}
