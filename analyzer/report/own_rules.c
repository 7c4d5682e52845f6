/*
 * own_rules.c: rules that look at suppressions and baselines instead of code.
 * They have no check: settle.c and mute.c add their findings.
 */
#include "report/mute.h"

const struct rule rule_unused_suppression = {
    .code = "PML901",
    .name = "unused-suppression",
    .title = "Suppression that silences nothing",
    .category = CATEGORY_ADVICE,
    .level = LEVEL_NOTE,
    .precision = PRECISION_VERY_HIGH,
    .doc = "## What it finds\n"
           "A comment `pymemlint: ignore[...]` with a rule that was run and finds nothing where the comment\n"
           "applies. Files that could not be analyzed completely are passed over.\n\n"
           "## Why it matters\n"
           "A leftover comment hides the next finding that happens to appear there.\n\n"
           "## How to fix it\n"
           "Remove the rule from the comment, or the comment. `--fix` does it.\n\n"
           "## Limits\n"
           "Comments that begin or end a range are reported, but not removed.\n",
};

const struct rule rule_suppression_without_reason = {
    .code = "PML902",
    .name = "suppression-without-reason",
    .title = "Suppression without a reason",
    .category = CATEGORY_ADVICE,
    .level = LEVEL_WARNING,
    .precision = PRECISION_VERY_HIGH,
    .doc =
        "## What it finds\n"
        "A comment `pymemlint: ignore[...]` without words behind the bracket, when reasons are required.\n\n"
        "## Why it matters\n"
        "Nobody can tell later whether the finding was judged or only silenced.\n\n"
        "## How to fix it\n"
        "Write behind the bracket why the finding does not apply.\n\n"
        "## Limits\n"
        "Whether the reason is a good one is for people to say.\n",
};

const struct rule rule_unknown_suppression = {
    .code = "PML903",
    .name = "unknown-suppression",
    .title = "Suppression that does not do what it says",
    .category = CATEGORY_ADVICE,
    .level = LEVEL_WARNING,
    .precision = PRECISION_VERY_HIGH,
    .doc =
        "## What it finds\n"
        "A comment `pymemlint: ignore[...]` with a word that is no code, prefix of codes, name or category\n"
        "of a rule, or with an empty bracket; an `ignore-begin` without an `ignore-end`, an `ignore-end`\n"
        "without a beginning, and other words that begin with `ignore-`.\n\n"
        "## Why it matters\n"
        "Such a comment silences nothing, or more than its author believed.\n\n"
        "## How to fix it\n"
        "Name the rule as the finding does; `pymemlint rules` lists them all. Close what was begun.\n\n"
        "## Limits\n"
        "A rule of a newer version of the tool is unknown to an older one.\n",
};

const struct rule rule_stale_baseline = {
    .code = "PML904",
    .name = "stale-baseline",
    .title = "Baseline entry for a finding that is gone",
    .category = CATEGORY_ADVICE,
    .level = LEVEL_NOTE,
    .precision = PRECISION_VERY_HIGH,
    .doc = "## What it finds\n"
           "An entry of the baseline whose rule was run on its file and found nothing that matches.\n\n"
           "## Why it matters\n"
           "A stale entry would hide the same bug if it came back.\n\n"
           "## How to fix it\n"
           "Run `pymemlint baseline prune`, which only ever removes entries.\n\n"
           "## Limits\n"
           "Entries of files or rules outside the run are left alone.\n",
};

const struct rule rule_stale_baseline_strict = {
    .code = "PML905",
    .name = "stale-baseline-strict",
    .title = "Baseline entry for a finding that is gone, forbidden",
    .category = CATEGORY_ADVICE,
    .level = LEVEL_ERROR,
    .precision = PRECISION_VERY_HIGH,
    .doc = "## What it finds\n"
           "With `--strict-baseline`: an entry of the baseline that matches nothing any more.\n\n"
           "## Why it matters\n"
           "A baseline that may only shrink must be brought up to date with the fix.\n\n"
           "## How to fix it\n"
           "Run `pymemlint baseline prune` and commit the result.\n\n"
           "## Limits\n"
           "Entries of files or rules outside the run are left alone.\n",
};

const struct rule *const report_rules[] = {&rule_unused_suppression,    &rule_suppression_without_reason,
                                           &rule_unknown_suppression,   &rule_stale_baseline,
                                           &rule_stale_baseline_strict, NULL};
