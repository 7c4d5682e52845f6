/*
 * capture.h: recording what a build runs. The program goes by the compilers'
 * names in a folder that the build finds first; called so, it notes its
 * arguments in a fragment of its own and becomes the real compiler.
 */
#ifndef CLI_CAPTURE_H
#define CLI_CAPTURE_H

#include "pipeline.h"

/* Where fragments go; set by `pymemlint capture`, absent in a later build through the same folder. */
#define CAPTURE_DIR "PYMEMLINT_CAPTURE_DIR"
/* What CC, CXX and LDSHARED were, when the user had set them to a path of their own. */
#define CAPTURE_CC "PYMEMLINT_CAPTURE_CC"
#define CAPTURE_CXX "PYMEMLINT_CAPTURE_CXX"
#define CAPTURE_LDSHARED "PYMEMLINT_CAPTURE_LDSHARED"

/* True when NAME, that of a program, is one that compilers go by: "gcc-12", "x86_64-linux-gnu-g++". */
bool is_compiler_name(const char *name);

/* Acts as the compiler ARGV[0] names: notes the call, then runs the real one. Returns only on failure. */
int capture_compiler(int argc, char **argv);

/*
 * Joins the fragments below DIR into the text of a compile_commands.json,
 * sorted and without calls whose source is gone; *COUNT is the number of
 * entries. False with *ERROR when DIR cannot be read.
 */
bool capture_join(struct arena *arena, const char *dir, struct out *out, int *count, const char **error);

#endif
