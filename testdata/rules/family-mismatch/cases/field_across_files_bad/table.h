/* A string table, shared by the object that owns it and the loader that fills it. */
#ifndef TABLE_H
#define TABLE_H

#include <Python.h>

struct table {
    char *text;
    Py_ssize_t length;
};

typedef struct {
    PyObject_HEAD
    struct table names;
} Catalog;

int table_load(struct table *table, const char *path);

#endif
