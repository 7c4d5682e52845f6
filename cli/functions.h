/*
 * functions.h: [tool.pymemlint.functions]: what the project's own functions
 * do, into lines of a model file, so that there is one grammar behind both.
 */
#ifndef CLI_FUNCTIONS_H
#define CLI_FUNCTIONS_H

struct arena;
struct toml_value;

/*
 * The model line of ITEM, whose key is the function's name: a text is taken as
 * the attributes themselves ("gives=pymem may-fail"), a table has the keys
 * allocates, reallocates, releases, takes-ownership, requires-gil,
 * releases-gil, takes-gil, calls-back, may-fail. NULL with a clause in *ERROR
 * and the value it speaks of in *AT.
 */
const char *function_line(struct arena *arena, const struct toml_value *item, const struct toml_value **at,
                          const char **error);

#endif
