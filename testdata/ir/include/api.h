/* A header from outside the tree: functions, inline functions and every kind of macro over them. */
#ifndef API_H
#define API_H

#define NULL ((void *)0)
typedef unsigned long size_t;

struct object {
        long count;
        struct type *type;
};
typedef struct object Object;
typedef struct {
        Object base;
        void *items[4];
} Tuple;

void *api_malloc(size_t size) __attribute__((malloc, alloc_size(1)));
void *api_realloc(void *block, size_t size);
void api_free(void *block);
void *api_save(void);
void api_restore(void *token);
struct api_table_type *api_self_of(void *self);
#define api_self(o) api_self_of(o)
struct api_table_type {
        void (*put)(void *self);
};
int api_check(Object *object, int flag);
void api_fatal(const char *text) __attribute__((noreturn));
_Noreturn void api_exit(int status);
int *api_errno_location(void);
int api_printf(const char *format, ...);
struct api_env {
        long words[8];
};
int setjmp(struct api_env *env);
extern Object api_none;
extern void **api_table;

static inline void api_decref(Object *object)
{
        if (--object->count == 0)
                api_free(object);
}

/* expressions: each is one call of its own name */
#define API_CAST(o) ((Object *)(o))
#define api_decref(o) api_decref(API_CAST(o))
#define API_NEW(type, n)                                                                                     \
        (((size_t)(n) > 0x7fffffffffffffffL / sizeof(type)) ? NULL                                           \
                                                            : ((type *)api_malloc((n) * sizeof(type))))
#define API_NEW_OLD(type, n) API_NEW(type, n)
#define API_RESIZE(p, type, n) ((p) = (type *)api_realloc((p), (n) * sizeof(type)))
#define API_ITEM(o, i) (((Tuple *)(o))->items[i])
#define API_CHECK(o) api_check(API_CAST(o), 1 << 3)
#define API_DIE() api_fatal("died")

/* another name for a function, and entries of a table */
#define API_FREE api_free
#define API_DEL API_FREE
#define api_array (*(Object * (*)(int, long *))api_table[7])
#define api_array_simple(n, dims) api_array(n, dims)
#define api_type (*(Object *)api_table[3])

/* what only computes is no call */
#define API_MAX(a, b) ((a) > (b) ? (a) : (b))
#define API_BYTE(type, v) (type)(unsigned char)(v)
#define API_TAG(a, b) ((API_BYTE(int, a) << 8) | API_BYTE(int, b))
#define API_NONE (&api_none)
#define API_LIMIT 500
#define api_errno (*api_errno_location())

/* statements are lowered as what they expand to */
#define API_BEGIN {                                                                                          \
                void *_save;                                                                                 \
                _save = api_save();
#define API_END                                                                                              \
        api_restore(_save);                                                                                  \
        }
#define API_BEGIN_IF(n)                                                                                      \
        do {                                                                                                 \
                if ((n) > API_LIMIT)                                                                         \
                        _save = api_save();                                                                  \
        } while (0)
#define API_CLEAR(o)                                                                                         \
        do {                                                                                                 \
                Object *_old = API_CAST(o);                                                                  \
                if (_old != NULL) {                                                                          \
                        (o) = NULL;                                                                          \
                        api_decref(_old);                                                                    \
                }                                                                                            \
        } while (0)
#define API_VISIT(o)                                                                                         \
        do {                                                                                                 \
                if (o) {                                                                                     \
                        int result = visit((o), arg);                                                        \
                        if (result)                                                                          \
                                return result;                                                               \
                }                                                                                            \
        } while (0)
#define API_RETURN_NONE return api_none.count++, API_NONE
#define api_assert(e) ((e) ? (void)0 : api_fatal(#e))
#define api_assert_gnu(e)                                                                                    \
        ((void)sizeof((e) ? 1 : 0), __extension__({                                                          \
                 if (e)                                                                                      \
                         ; /* holds */                                                                       \
                 else                                                                                        \
                         api_fatal(#e);                                                                      \
         }))

#endif
