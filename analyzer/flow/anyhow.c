/*
 * anyhow.c: functions of which nobody is seen to call them, and which need not
 * be entered with the lock. Comes in: a function whose callers are known; goes
 * out: yes or no. Follows no path.
 */
#include "flow/infer.h"

#include "flow/call.h"

#include <string.h>

bool program_hosts(const struct program *program)
{
        bool main = false, brings = false;
        for (int i = 0; i < program->functions.n; i++) {
                const struct function *function = program->functions.at[i];
                main |= function->exported && !strcmp(function_name(function), "main");
                for (int c = 0; c < function->calls.n && !brings; c++)
                        brings = contract_brings_lock(function->calls.at[c].contract);
        }
        return main && brings;
}

bool entered_anyhow(const struct function *function)
{
        bool called = function->callers.n > 0;
        for (int i = 0; i < function->callers.n; i++)
                called &= function->callers.at[i]->entered == GIL_UNKNOWN;
        return called || function->refuses_lock ||
               (function->contract.modelled && contract_runs_released(&function->contract)) ||
               function->brings_lock;
}
