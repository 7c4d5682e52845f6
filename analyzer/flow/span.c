/* span.c: arithmetic of spans, the small intervals that facts are made of. */
#include "flow/state.h"

static struct span normal(struct span span)
{
        if (span.nonzero && span.low == 0)
                span.low = 1;
        if (span.nonzero && span.high == 0)
                span.high = -1;
        if (span.low > 0 || span.high < 0)
                span.nonzero = true;
        return span;
}

bool span_meet(struct span *span, struct span other)
{
        if (other.low > span->low)
                span->low = other.low;
        if (other.high < span->high)
                span->high = other.high;
        span->nonzero |= other.nonzero;
        *span = normal(*span);
        return span->low <= span->high && !(span->nonzero && span->low == 0 && span->high == 0);
}

struct span span_hull(struct span a, struct span b)
{
        a = normal(a);
        b = normal(b);
        struct span hull = {a.low < b.low ? a.low : b.low, a.high > b.high ? a.high : b.high,
                            a.nonzero && b.nonzero};
        return hull;
}

bool span_overlap(struct span a, struct span b)
{
        return span_meet(&a, b);
}

bool span_is_zero(struct span span)
{
        return span.low == 0 && span.high == 0;
}

bool span_not_zero(struct span span)
{
        return span.nonzero || span.low > 0 || span.high < 0;
}

bool span_equal(struct span a, struct span b)
{
        a = normal(a);
        b = normal(b);
        return a.low == b.low && a.high == b.high && a.nonzero == b.nonzero;
}

bool span_rest(struct span span, struct span *rest)
{
        span = normal(span);
        if (span_is_zero(span))
                *rest = SPAN_NONZERO;
        else if (span.low == INT64_MIN && span.high == INT64_MAX && span.nonzero)
                *rest = SPAN_ZERO;
        else if (span.low == INT64_MIN && span.high < INT64_MAX)
                *rest = (struct span){span.high + 1, INT64_MAX, span.high >= 0};
        else if (span.high == INT64_MAX && span.low > INT64_MIN)
                *rest = (struct span){INT64_MIN, span.low - 1, span.low <= 0};
        else
                return false;
        return true;
}
