/*
 * travel_kind.c: which operand of a sum is the pointer. Types of variables
 * tell, and how values are used: what is dereferenced somewhere is a pointer,
 * what is multiplied, shifted or used as an index is a number. See travel.h.
 */
#include "query/travel.h"

#include "base/hash.h"

#include <ctype.h>
#include <string.h>

enum { USED_AS_POINTER = 1, USED_AS_NUMBER = 2 };

/* What the place is the same as wherever it is met: fields and variables; 0 for anything else. */
static uint64_t carrier(const struct func *func, int place)
{
        const struct place *p = &func->places.at[place];
        switch (p->kind) {
        case PLACE_LOCAL:
        case PLACE_PARAM:
        case PLACE_TEMP:
                return hash_pair(MAP_KEY(func), (uint64_t)place + 1);
        case PLACE_FIELD:
        case PLACE_GLOBAL:
                return MAP_KEY(p->name);
        case PLACE_ELEM:
                return carrier(func, p->base);
        default:
                return 0;
        }
}

static void use(struct travel *travel, const struct func *func, int place, uintptr_t kind)
{
        uint64_t key = place < 0 ? 0 : carrier(func, place);
        if (!key)
                return;
        void **slot = map_at(&travel->kinds, key);
        *slot = (void *)((uintptr_t)*slot | kind);
}

static bool is_number_word(const char *word, size_t length)
{
        static const char *const words[] = {"int",     "long",   "short", "char",  "unsigned",
                                            "signed",  "float",  "bool",  "_Bool", "double",
                                            "ssize_t", "size_t", "off_t"};
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
                size_t n = strlen(words[i]);
                /* size_t with any prefix; uint8_t and the like, but not those that hold pointers */
                bool whole = length == n && !memcmp(word, words[i], n);
                bool tail = n > 5 && length > n && word[length - n - 1] == '_' &&
                            !memcmp(word + length - n, words[i], n);
                if (whole || (tail && words[i][n - 1] == 't'))
                        return true;
        }
        bool sized =
            length > 3 && !memcmp(word + length - 2, "_t", 2) && isdigit((unsigned char)word[length - 3]);
        return sized && (!memcmp(word, "int", 3) || !memcmp(word, "uint", 4));
}

static bool is_number_type(const char *type)
{
        while (*type) {
                size_t length = strcspn(type, " ");
                if (is_number_word(type, length))
                        return true;
                type += length + (type[length] == ' ');
        }
        return false;
}

static enum pointerness of_variable(const struct func *func, int place)
{
        for (int i = 0; i < func->vars.n; i++) {
                const struct var *var = &func->vars.at[i];
                if (var->place != place)
                        continue;
                if (strchr(var->type, '*') || var->array)
                        return POINTER;
                return is_number_type(var->type) ? NO_POINTER : MAYBE_POINTER;
        }
        return MAYBE_POINTER;
}

enum pointerness travel_pointerness(const struct travel *travel, const struct func *func, int place)
{
        const struct place *p = &func->places.at[place];
        enum pointerness left, right, own;
        switch (p->kind) {
        case PLACE_CONST:
        case PLACE_SIZEOF:
                return NO_POINTER;
        case PLACE_ADDR:
        case PLACE_STRING:
        case PLACE_FUNC:
                return POINTER;
        case PLACE_ARITH:
                if (p->op == ARITH_MUL || p->op == ARITH_DIV || p->op == ARITH_MOD || p->op >= ARITH_SHL)
                        return NO_POINTER;
                left = travel_pointerness(travel, func, p->base);
                right = travel_pointerness(travel, func, p->index);
                return left > right ? left : right;
        default:
                own = p->kind == PLACE_LOCAL || p->kind == PLACE_PARAM ? of_variable(func, place)
                                                                       : MAYBE_POINTER;
                if (own != MAYBE_POINTER)
                        return own;
                uint64_t key = carrier(func, place);
                uintptr_t used = key ? (uintptr_t)map_get(&travel->kinds, key) : 0;
                return used == USED_AS_POINTER  ? POINTER
                       : used == USED_AS_NUMBER ? NO_POINTER
                                                : MAYBE_POINTER;
        }
}

/* The pointer inside of what is dereferenced, where only one operand of a sum can be. */
static void use_pointer(struct travel *travel, const struct func *func, int place)
{
        const struct place *p = &func->places.at[place];
        while (p->kind == PLACE_ARITH && (p->op == ARITH_ADD || p->op == ARITH_SUB)) {
                enum pointerness left = travel_pointerness(travel, func, p->base);
                enum pointerness right = travel_pointerness(travel, func, p->index);
                if (left != NO_POINTER && right != NO_POINTER)
                        return;
                place = left == NO_POINTER ? p->index : p->base;
                p = &func->places.at[place];
        }
        use(travel, func, place, USED_AS_POINTER);
}

static void read_places(struct travel *travel, const struct func *func)
{
        for (int i = 0; i < func->places.n; i++) {
                const struct place *p = &func->places.at[i];
                if (p->kind == PLACE_DEREF)
                        use_pointer(travel, func, p->base);
                if (p->kind == PLACE_ELEM)
                        use(travel, func, p->index, USED_AS_NUMBER);
                if (p->kind == PLACE_ARITH &&
                    (p->op == ARITH_MUL || p->op == ARITH_DIV || p->op == ARITH_SHL)) {
                        use(travel, func, p->base, USED_AS_NUMBER);
                        use(travel, func, p->index, USED_AS_NUMBER);
                }
        }
}

static void read_events(struct travel *travel, const struct func *func)
{
        for (int b = 0; b < func->blocks.n; b++)
                for (int e = 0; e < func->blocks.at[b].events.n; e++) {
                        const struct event *event = &func->blocks.at[b].events.at[e];
                        if (event->kind != EVENT_ASSIGN || event->src < 0)
                                continue;
                        const struct place *src = &func->places.at[event->src];
                        if (src->kind == PLACE_CONST && src->value != 0)
                                use(travel, func, event->dst, USED_AS_NUMBER);
                        if (src->kind == PLACE_STRING || src->kind == PLACE_ADDR)
                                use(travel, func, event->dst, USED_AS_POINTER);
                }
}

void travel_kinds(struct travel *travel)
{
        const struct program *program = travel->program;
        /* twice: what the first round says of one operand tells of the other */
        for (int round = 0; round < 2; round++)
                for (int f = 0; f < program->functions.n; f++) {
                        read_events(travel, program->functions.at[f]->func);
                        read_places(travel, program->functions.at[f]->func);
                }
}
