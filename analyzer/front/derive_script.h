/*
 * derive_script.h: the macros that a build description defines. In: the text
 * of a setup.py, setup.cfg, pyproject.toml or meson.build. Out: -D arguments.
 * Runs nothing: what a script works out only when it runs is not known here.
 */
#ifndef FRONT_DERIVE_SCRIPT_H
#define FRONT_DERIVE_SCRIPT_H

#include "base/file.h"
#include "front/words.h"

#include <stdbool.h>

/* Whether a file with the last component BASE may describe a build. */
bool script_is_one(const char *base);

/*
 * What the script BASE with TEXT defines for every build on a system like this
 * one: macros under conditions that are false here, or that nobody can tell,
 * are left out, and so are switches for debugging. Appends to ARGS in ARENA.
 */
void script_defines(struct arena *arena, const char *base, const struct text *text, struct words *args);

#endif
