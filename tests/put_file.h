/*
 * put_file.h: a file of a test's own tree, with the folders above it.
 */
#ifndef TESTS_PUT_FILE_H
#define TESTS_PUT_FILE_H

#include "base/file.h"

#include <check.h>
#include <string.h>
#include <sys/stat.h>

/* Writes TEXT to NAME below the folder TOP; the path comes from ARENA. */
static inline void put_file(struct arena *arena, const char *top, const char *name, const char *text)
{
        char *path = path_join(arena, top, name);
        for (char *at = path + 1; (at = strchr(at, '/')); at++) {
                *at = 0;
                mkdir(path, 0777);
                *at = '/';
        }
        ck_assert_msg(file_write(path, text, strlen(text), 0), "%s", path);
}

#endif
