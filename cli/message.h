/*
 * message.h: what the program says besides its results. Everything goes to the
 * standard error, one line each, in the manner of "pymemlint: error: ...".
 */
#ifndef CLI_MESSAGE_H
#define CLI_MESSAGE_H

/* "pymemlint: error: ..." Returns the exit status of a wrong use, so that callers can `return complain(...)`.
 */
int complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* "pymemlint: warning: ..." */
void warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* "pymemlint: ..." */
void remark(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
