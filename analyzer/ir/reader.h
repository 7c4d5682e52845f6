/*
 * reader.h: the state of reading one unit file, shared by ir_read.c (lines of
 * the unit) and func_read.c (lines of a function).
 */
#ifndef IR_READER_H
#define IR_READER_H

#include "base/map.h"
#include "ir/scan.h"

struct reader {
        struct scan scan;
        struct unit *unit;
        struct data *data; /* the one whose inits are being read */
        struct func *func; /* the one whose lines are being read */
        struct map vars;   /* its variables: sym -> place plus one */
        int block;         /* the block that is open, -1 none */
        int label;         /* the number of the next label */
        VEC(int) ends;     /* line of each block's end, for complaints */
        bool ended;        /* "end" was read */
};

/* " NAME", and a position or range in the file that the open function or data leaves out. */
sym reader_name(struct reader *r);
sym reader_quoted(struct reader *r);
bool reader_loc(struct reader *r, struct loc *at);
bool reader_range(struct reader *r, struct range *at);

/* " static" or " extern"; true for the former. */
bool reader_linkage(struct reader *r);

/* The line that opens a function; behind "func". */
void reader_func(struct reader *r);

/* A line of the open function. */
void reader_func_line(struct reader *r);

/* The open function is complete: its targets are checked. Nothing happens when none is open. */
void reader_func_end(struct reader *r);

/* "PLACE = PLACE RANGE" or ":=", appended to a block; calls only inside functions. */
void reader_store(struct reader *r, struct block *into);

#endif
