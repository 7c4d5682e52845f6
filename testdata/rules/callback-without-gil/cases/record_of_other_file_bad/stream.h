#ifndef STREAM_H
#define STREAM_H
#include <Python.h>

/* of a library that reads through functions */
struct reader;
struct reader_ops {
    long (*read)(void *, void *, unsigned long);
    long (*seek)(void *, long);
};
extern struct reader *reader_open(const struct reader_ops *, void *) __attribute__((weak));
extern int reader_samples(struct reader *, float *, int) __attribute__((weak));
extern void reader_close(struct reader *) __attribute__((weak));

struct source {
    PyObject *file;
    int failed;
};

extern const struct reader_ops source_ops;

#endif
