/*
 * settings.h: options get their values here, whoever says them: the table, a
 * configuration file, the environment, the command line.
 */
#ifndef CLI_SETTINGS_H
#define CLI_SETTINGS_H

#include "options.h"

/* Settings under construction, and who said each of them. */
struct values {
        struct arena *arena;
        struct settings settings;
        struct option_origin *origins; /* by number of the row */
};

/* All options at their defaults. Lives in ARENA. */
struct values *values_new(struct arena *arena);

/*
 * Sets ROW from TEXT, said by ORIGIN; paths in it are relative to DIR. A list
 * grows while one layer speaks and starts anew with the next. Returns NULL, or
 * a message without the option's name ("expected a number, not 'x'").
 */
const char *values_set(struct values *values, const struct option_row *row, const char *text, const char *dir,
                       struct option_origin origin);

/* The value of ROW as a user writes it, "" when it has none. */
const char *values_text(const struct values *values, const struct option_row *row);

/* "yes", "true", "1", and the words against them; false when TEXT is none of these, then *OUT is, too. */
bool flag_read(const char *text, bool *out);

#endif
