/*
 * order.h: findings in their one order, each place once, so that the same program
 * gives the same bytes whatever found them first. In and out: the list of a
 * report; none is dropped that is not told elsewhere.
 */
#ifndef REPORT_ORDER_H
#define REPORT_ORDER_H

#include "rule.h"

/* Sorts by path, line, column and code; what remains equal by the proof. */
void findings_sort(struct findings *found);

/* Of neighbours with one rule and place the first stays; the others become its related places. */
void findings_merge(struct findings *found);

#endif
