/*
 * span.h: arithmetic of spans, the small intervals that facts are made of.
 * Every join asks for them many times, so the short ones stand here.
 */
#ifndef FLOW_SPAN_H
#define FLOW_SPAN_H

#include "link/contract.h"

/* One way of writing each span. */
static inline struct span span_normal(struct span span)
{
        if (span.nonzero && span.low == 0)
                span.low = 1;
        if (span.nonzero && span.high == 0)
                span.high = -1;
        if (span.low > 0 || span.high < 0)
                span.nonzero = true;
        return span;
}

/* The intersection; false when it is empty. */
static inline bool span_meet(struct span *span, struct span other)
{
        if (other.low > span->low)
                span->low = other.low;
        if (other.high < span->high)
                span->high = other.high;
        span->nonzero |= other.nonzero;
        *span = span_normal(*span);
        return span->low <= span->high && !(span->nonzero && span->low == 0 && span->high == 0);
}

/* The smallest span that holds both. */
static inline struct span span_hull(struct span a, struct span b)
{
        a = span_normal(a);
        b = span_normal(b);
        struct span hull = {a.low < b.low ? a.low : b.low, a.high > b.high ? a.high : b.high,
                            a.nonzero && b.nonzero};
        return hull;
}

static inline bool span_overlap(struct span a, struct span b)
{
        return span_meet(&a, b);
}

static inline bool span_is_zero(struct span span)
{
        return span.low == 0 && span.high == 0;
}

static inline bool span_not_zero(struct span span)
{
        return span.nonzero || span.low > 0 || span.high < 0;
}

static inline bool span_equal(struct span a, struct span b)
{
        a = span_normal(a);
        b = span_normal(b);
        return a.low == b.low && a.high == b.high && a.nonzero == b.nonzero;
}

/* The span of all that is not in SPAN, where that is a span again; false where it is not (or is empty). */
bool span_rest(struct span span, struct span *rest);

#endif
