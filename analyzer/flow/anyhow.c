/*
 * anyhow.c: functions of which nobody is seen to call them, and which need not
 * be entered with the lock. Comes in: a function whose callers are known; goes
 * out: yes or no. Follows no path.
 */
#include "flow/infer.h"

#include "flow/call.h"

#include <string.h>

/* A call that takes the lock without a token where there may have been none to take: it brings it into being.
 */
static bool brings_lock(const struct contract *contract)
{
        for (int i = 0; contract && i < contract->gil.n; i++) {
                const struct gil_case *c = &contract->gil.at[i];
                if (!c->inferred && !c->has_saves && !c->has_restores && (c->needs & GIL_RELEASED) &&
                    c->leaves_held == GIL_HELD && c->leaves_released == GIL_HELD && !c->nwhen)
                        return true;
        }
        return false;
}

enum { BRINGS_DEPTH = 4 };

static bool brings_up(const struct function *function, int depth)
{
        for (int c = 0; c < function->calls.n; c++) {
                const struct call *call = &function->calls.at[c];
                if (brings_lock(call->contract))
                        return true;
                bool deeper = call->event->target < 0 && call->to.n == 1 && depth < BRINGS_DEPTH;
                if (deeper && brings_up(call->to.at[0], depth + 1))
                        return true;
        }
        return false;
}

bool program_hosts(const struct program *program)
{
        bool main = false, brings = false;
        for (int i = 0; i < program->functions.n; i++) {
                const struct function *function = program->functions.at[i];
                main |= function->exported && !strcmp(function_name(function), "main");
                for (int c = 0; c < function->calls.n && !brings; c++)
                        brings = brings_lock(function->calls.at[c].contract);
        }
        return main && brings;
}

bool entered_anyhow(const struct function *function)
{
        bool called = function->callers.n > 0;
        for (int i = 0; i < function->callers.n; i++)
                called &= function->callers.at[i]->entered == GIL_UNKNOWN;
        return called || (function->contract.modelled && contract_runs_released(&function->contract)) ||
               brings_up(function, 0);
}
