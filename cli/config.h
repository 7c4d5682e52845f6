/*
 * config.h: the layers below the command line: a configuration file and the
 * environment. In: where to look. Out: values. Reads TOML through toml.h.
 */
#ifndef CLI_CONFIG_H
#define CLI_CONFIG_H

#include "parse.h"
#include "settings.h"

/* Applies file, then environment, to VALUES. PARSED says where to look. False after messages. */
bool config_apply(struct values *values, const struct parsed *parsed);

/*
 * The file that holds for PATH: the nearest pymemlint.toml, or pyproject.toml
 * with a [tool.pymemlint], at PATH's folder or above, not above the repository
 * root. NULL when there is none. A file that cannot be read is an error of
 * whoever reads it.
 */
const char *config_find(struct arena *arena, const char *path);

/* Applies the file PATH. False after messages, one for each thing that is wrong. */
bool config_read(struct values *values, const char *path);

/* Applies PYMEMLINT_SELECT and so on. False after messages. */
bool environment_read(struct values *values);

#endif
