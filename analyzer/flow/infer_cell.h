/*
 * infer_cell.h: how the scan of a body fills the cells of the program.
 */
#ifndef FLOW_INFER_CELL_H
#define FLOW_INFER_CELL_H

#include "flow/walk.h"

/* The field out of which one of the values of MEETING is loaded, or NULL. */
sym cell_link(struct program *program, const struct walk *walk, const struct meeting *meeting);

/* "Record.member" of a field's key, the name of a global. */
const char *cell_text(sym key);

/* CONTENT (-1: unknown), of the families SET because of WHY, is stored in the cell KEY, which ADDRESS (-1:
 * unknown) is. */
void cell_write(struct program *program, const struct visit *visit, int address, int content, sym key,
                families set, const struct step *why);

/* CONTENT is stored at ADDRESS, perhaps an element of an array that has no name, or such an array itself. */
void cell_write_element(struct program *program, const struct visit *visit, int address, int content);

/* A body of the tree that is called here stores into the field KEY itself, and has said so. */
bool cell_of_callee(const struct visit *visit, sym key);

#endif
