/* A hook gives no block for no bytes, as realloc may; who asks for some jumps out when none comes. */
#include <Python.h>
#include <setjmp.h>
#include <stdlib.h>

struct heap {
    void *(*hook)(void *block, size_t n);
    jmp_buf *out;
    size_t used;
};

struct pair {
    long left, right;
};

static void *
heap_hook(void *block, size_t n)
{
    if (n == 0) {
        free(block);
        return NULL;
    }
    return realloc(block, n);
}

static void
heap_fail(struct heap *heap)
{
    if (heap->out != NULL)
        longjmp(*heap->out, 1);
    abort();
}

static void *
heap_block(struct heap *heap, void *block, size_t n)
{
    block = heap->hook(block, n);
    if (block == NULL && n > 0)
        heap_fail(heap);
    heap->used += n;
    return block;
}

static struct pair *
pair_new(struct heap *heap, long left, long right)
{
    struct pair *pair = heap_block(heap, NULL, sizeof(struct pair));
    pair->left = left;
    pair->right = right;
    return pair;
}

static PyObject *
adder_sum(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct heap heap = {.hook = heap_hook};
    struct pair *pair;
    jmp_buf out;
    long left, right;

    if (!PyArg_ParseTuple(args, "ll:sum", &left, &right))
        return NULL;
    heap.out = &out;
    if (setjmp(out))
        return PyErr_NoMemory();
    pair = pair_new(&heap, left, right);
    left = pair->left + pair->right;
    heap_block(&heap, pair, 0);
    return PyLong_FromLong(left);
}

static PyMethodDef adder_methods[] = {
    {"sum", adder_sum, METH_VARARGS, PyDoc_STR("sum(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef adder_module = {
    PyModuleDef_HEAD_INIT, "adder", NULL, -1, adder_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_adder(void)
{
    return PyModule_Create(&adder_module);
}
/* run: assert mod.sum(3, 4) == 7 */
