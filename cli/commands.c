/*
 * commands.c: the table of subcommands. A new one is a file that defines its
 * `struct command`, and a row here.
 */
#include "command.h"

#include <stddef.h>

extern const struct command command_check, command_census, command_plan, command_gilmap, command_explain,
    command_rules, command_report, command_lsp, command_baseline, command_capture, command_flags,
    command_summarize, command_link, command_emit, command_batch, command_config, command_cache, command_dump,
    command_completion, command_man;

const struct command *const commands_all[] = {
    &command_check,      &command_census,  &command_plan,
    &command_gilmap,     &command_explain, &command_rules,
    &command_report,     &command_lsp,     &command_baseline,
    &command_capture,    &command_flags,   &command_summarize,
    &command_link,       &command_emit,    &command_batch,
    &command_config,     &command_cache,   &command_dump,
    &command_completion, &command_man,     NULL,
};
