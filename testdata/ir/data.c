/* Variables of static storage and what is stored in them before the program starts. */
#include <api.h>

typedef Object *(*method)(Object *, Object *);
typedef struct {
        const char *name;
        method call;
        int flags;
} Method;
typedef struct {
        int id;
        void *value;
} Slot;
typedef struct {
        Object head;
        const char *name;
        void (*dealloc)(Object *);
        const Method *methods;
        struct {
                method length, item;
        } sequence;
} Type;
#define HEAD(t) {1, t},
#define SLOT(id, f) {id, (void *)(f)}
#define END {0}
enum { SLOT_NEW = 52, SLOT_FREE };

static Object *load(Object *self, Object *args);
static void dealloc(Object *self)
{
        api_free(self);
}
static Type base;
static const Method methods[] = {
        {"load", load, 1 | 4},
        {.call = (method)(void (*)(void))load, .name = "again"},
        {NULL},
};
Type type = {
        HEAD(NULL)
        .name = "x.Type",
        .dealloc = dealloc,
        .methods = methods,
        .sequence = {.item = load},
};
static Slot slots[] = {SLOT(SLOT_NEW, load), SLOT(SLOT_FREE, api_free), {60, &type}, END};
static const unsigned char numbers[1000] = {1, 2, 3};
int limit = sizeof(Type) / 8, *where = &limit, table[2][2] = {{1, 2}};
Object **list[] = {[2] = (Object *[]){(Object *)&type, NULL}};
extern int elsewhere;
int tentative;
int tentative = 3;
static char buffer[100];
static Type base = {.name = "base", .methods = &methods[1]};

static Object *load(Object *self, Object *args)
{
        static Object *cache = (Object *)&base;
        static const Method *const first = &methods[0];
        static int cache2;
        {
                static Object *cache;
                cache = args;
        }
        elsewhere = cache2 + buffer[numbers[1]] + slots[0].id;
        return first->call ? cache : self;
}
