/* span.c: see span.h. */
#include "flow/span.h"

bool span_rest(struct span span, struct span *rest)
{
        span = span_normal(span);
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
