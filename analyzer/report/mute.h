/*
 * mute.h: comments in sources that silence rules. In: a report with its findings
 * and the comments that the units brought. Out: findings that are marked as
 * suppressed, and new ones about comments that do no good. It reads no source.
 */
#ifndef REPORT_MUTE_H
#define REPORT_MUTE_H

#include "report/report.h"

/* Marks the findings that a comment covers. */
void mutes_apply(struct report *report);

/* Adds findings about comments that silence nothing, name no rule or give no reason. Call behind
 * mutes_apply(). */
void mutes_judge(struct report *report);

/* Rules about this room's own matters. */
extern const struct rule rule_unused_suppression, rule_suppression_without_reason, rule_unknown_suppression,
    rule_stale_baseline, rule_stale_baseline_strict;

#endif
