/* What the parser could not understand is counted, the rest is kept. */
#include "not-there.h"
#include <api.h>

unknown_type global;

void unknown_local(Object *self)
{
        unknown_type x;
        api_free(x.data);
        api_free(self);
        unknown_type *y = api_malloc(3);
        api_free(y);
}

int unknown_name(Object *self)
{
        if (missing_condition)
                api_free(self);
        MISSING_MACRO;
        self->missing_member = 3;
        implicitly_declared(self, 4);
        MISSING_CALL(self);
        return missing_result;
}

int fine(int n)
{
        return n + 1;
}

void broken_loop(Object *self)
{
        for (unknown_type i = 0; i < 3; i++)
                api_free(self);
        while (self->nothing)
                api_free(self);
        switch (missing_value) {
        case 1:
                api_free(self);
        }
        api_decref(self);
}
