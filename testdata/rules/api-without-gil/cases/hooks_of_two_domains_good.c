/* Hooks for two allocators stand in records of one type; the one of the raw allocator runs without the lock. */
#include <Python.h>

static PyMemAllocatorEx raw_before, object_before;
static Py_ssize_t seen;

static void *
hooks_object_malloc(void *Py_UNUSED(ctx), size_t n)
{
    seen += PyErr_Occurred() != NULL;
    return object_before.malloc(object_before.ctx, n);
}

static void *
hooks_pass_on(size_t n)
{
    return raw_before.malloc(raw_before.ctx, n);
}

static void *
hooks_raw_malloc(void *Py_UNUSED(ctx), size_t n)
{
    return hooks_pass_on(n);
}

static PyObject *
hooks_on(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    PyMemAllocatorEx raw, object;

    PyMem_GetAllocator(PYMEM_DOMAIN_RAW, &raw_before);
    raw = raw_before;
    raw.malloc = hooks_raw_malloc;
    PyMem_SetAllocator(PYMEM_DOMAIN_RAW, &raw);
    PyMem_GetAllocator(PYMEM_DOMAIN_OBJ, &object_before);
    object = object_before;
    object.malloc = hooks_object_malloc;
    PyMem_SetAllocator(PYMEM_DOMAIN_OBJ, &object);
    Py_RETURN_NONE;
}

static PyMethodDef hooks_methods[] = {
    {"on", hooks_on, METH_NOARGS, PyDoc_STR("on(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef hooks_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "hooks",
    .m_size = -1,
    .m_methods = hooks_methods,
};

PyMODINIT_FUNC
PyInit_hooks(void)
{
    return PyModule_Create(&hooks_module);
}
/* run: mod.on() */
