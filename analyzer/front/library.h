/*
 * library.h: where the headers of a library lie that keeps them in folders of
 * its own, which nobody names here. In: the name of a header that no folder of
 * the system has. Out: the folders to search for it and for what it includes.
 */
#ifndef FRONT_LIBRARY_H
#define FRONT_LIBRARY_H

#include "front/includes.h"

/*
 * The folders, absolute, the one that has NAME first; NULL when there is none, or
 * more than one, or when its name is one that everybody uses. Kept in INCLUDES.
 */
const struct folders *library_folders(struct includes *includes, const char *name);

#endif
