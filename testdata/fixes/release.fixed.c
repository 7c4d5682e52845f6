/*
 * release.c: releases by the wrong function. --fix mends those of which it is
 * said, and no others; release.fixed.c is what it makes of this file.
 */
#include <Python.h>
#include <stdlib.h>

char *given(int which);

void plain(void) /* is mended */
{
    char *p = PyMem_Malloc(3);
    if (p == NULL)
        return;
    PyMem_Free(p);
}

void late(int n) /* both are mended */
{
    char *p = NULL, *q;
    if (n)
        p = (char *)PyMem_RawMalloc(n);
    q = p;
    if (n > 3) {
        PyMem_RawFree(q);
        return;
    }
    PyMem_RawFree(p);
}

void two(int n) /* not: one of them fits */
{
    char *p = n ? PyMem_Malloc(3) : malloc(3);
    free(p);
}

void released(void) /* not: without the lock */
{
    char *p = PyMem_Malloc(3);
    Py_BEGIN_ALLOW_THREADS
    free(p);
    Py_END_ALLOW_THREADS
}

void address(void) /* not: others may store in it */
{
    char *p = PyMem_Malloc(3);
    char **at = &p;
    if (given(2))
        *at = given(1);
    free(p);
}

#define FREE(x) do { free(x); x = NULL; } while (0)
#define RELEASE free
void macro(void) /* not */
{
    char *p = PyMem_Malloc(3), *q = PyMem_Malloc(3);
    FREE(p);
    RELEASE(q);
}

void (*release)(void *) = free;
void pointer(void) /* not */
{
    char *p = PyMem_Malloc(3);
    release(p);
}

void parenthesized(void) /* not */
{
    char *p = PyMem_Malloc(3);
    (free)(p);
}

void twice(int n) /* is mended: what is null is released by any */
{
    void *p = PyMem_RawCalloc(1, 3);
    if (n) {
        PyMem_RawFree(p);
        p = NULL;
    }
    PyMem_RawFree(p);
}

void looped(int n) /* is mended */
{
    while (n--) {
        void *p = malloc(3);
        free(p);
    }
}

void resized(void) /* not */
{
    char *p = PyMem_Malloc(3);
    p = realloc(p, 4);
    free(p);
}
