/*
 * message.h: what the program says besides its results. Everything goes to the
 * standard error, one line each, in the manner of "pymemlint: error: ...".
 */
#ifndef CLI_MESSAGE_H
#define CLI_MESSAGE_H

#include <stdbool.h>

/*
 * "pymemlint: error: ..." Returns the exit status of a wrong use, so that callers
 * can `return complain(...)`.
 */
int complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Whether PATH, the value of OPTION, is a folder or NULL; complains when it is neither. */
bool folder_is_there(const char *option, const char *path);

/* "pymemlint: warning: ..." */
void warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* "pymemlint: ..." */
void remark(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
