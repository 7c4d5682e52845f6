#include "queue.h"
#include "/dev/null" /* unread: what this includes is no regular file */

void
queue_enter(PyThreadState **slot)
{
    PyEval_RestoreThread(*slot);
    *slot = NULL;
}
