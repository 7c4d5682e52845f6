/* What a variable holds is swapped in, a new interpreter's state or the old one's; the other is freed too late. */
#include <Python.h>

struct shop {
    const char *name;
    PyInterpreterState *interp;
};

extern const char *shop_copy(const char *name);

PyObject *shop_log;

static int
shop_open(struct shop *shop)
{
    PyThreadState *own = NULL, *fresh;

    if (shop->name == NULL)
        shop->interp = PyInterpreterState_Main();
    shop->name = shop_copy(shop->name == NULL ? "" : shop->name);
    if (shop->interp == NULL) {
        own = PyThreadState_Swap(NULL);
        fresh = Py_NewInterpreter();
        if (fresh == NULL) {
            PyThreadState_Swap(own);
            PyErr_WriteUnraisable(shop_log);
            return -1;
        }
        shop->interp = fresh->interp;
    }
    if (*shop->name != 0)
        PyThreadState_Swap(own);
    return 0;
}

int
shop_begin(struct shop *shop)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    int failed = shop_open(shop);

    if (failed)
        PyErr_WriteUnraisable(shop_log);
    PyGILState_Release(gil);
    return failed;
}
