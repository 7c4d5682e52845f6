/*
 * handles.c: the handles that a path has taken and not given back, in the order
 * in which it took them. Comes in: the tokens of calls; goes out: whether the
 * one given back is the last one taken. What more than one path left behind is
 * not known.
 */
#include "flow/handles.h"

void handles_take(struct handles *handles, int token)
{
        bool again = handles_at(handles, token) >= 0;
        if (handles->n < 0 || handles->n == HANDLES_MOST || again)
                handles->n = -1;
        else
                handles->list[handles->n++] = token;
}

int handles_at(const struct handles *handles, int token)
{
        for (int i = handles->n - 1; i >= 0; i--)
                if (handles->list[i] == token)
                        return i;
        return -1;
}

int handles_last(const struct handles *handles)
{
        return handles->n > 0 ? handles->list[handles->n - 1] : -1;
}

void handles_give(struct handles *handles, int token)
{
        int at = handles_at(handles, token);
        if (at < 0) /* one from before, or none that has a name: which of them it was is open */
                handles->n = handles->n ? -1 : 0;
        for (int i = at; at >= 0 && i + 1 < handles->n; i++)
                handles->list[i] = handles->list[i + 1];
        handles->n -= at >= 0;
}

void handles_rename(struct handles *handles, int from, int to)
{
        int at = handles_at(handles, from);
        if (at >= 0 && to < 0)
                handles->n = -1;
        else if (at >= 0)
                handles->list[at] = to;
}

bool handles_equal(const struct handles *a, const struct handles *b)
{
        if (a->n != b->n)
                return false;
        for (int i = 0; i < a->n; i++)
                if (a->list[i] != b->list[i])
                        return false;
        return true;
}
