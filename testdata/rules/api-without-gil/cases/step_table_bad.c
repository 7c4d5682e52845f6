/* A table of step functions runs inside a region; one of its entries raises. */
#include <Python.h>
#include <stdint.h>

typedef int (*step_fn)(int64_t *stack, int *depth, int64_t operand);

static int
step_push(int64_t *stack, int *depth, int64_t operand)
{
    if (*depth == 16)
        return -1;
    stack[(*depth)++] = operand;
    return 0;
}

static int
step_add(int64_t *stack, int *depth, int64_t Py_UNUSED(operand))
{
    if (*depth < 2)
        return -1;
    stack[*depth - 2] += stack[*depth - 1];
    (*depth)--;
    return 0;
}

static int
step_div(int64_t *stack, int *depth, int64_t Py_UNUSED(operand))
{
    if (*depth < 2)
        return -1;
    if (stack[*depth - 1] == 0) {
        PyErr_SetString(PyExc_ZeroDivisionError, "division by zero"); // expect: api-without-gil // because: 53, 55
        return -1;
    }
    stack[*depth - 2] /= stack[*depth - 1];
    (*depth)--;
    return 0;
}

static const step_fn steps[] = {step_push, step_add, step_div};

/* Program: pairs of (step, operand) as 64-bit numbers. */
static PyObject *
stackvm_run(PyObject *Py_UNUSED(module), PyObject *arg)
{
    int64_t stack[16] = {0};
    int depth = 0, status = 0;
    Py_buffer code;

    if (PyObject_GetBuffer(arg, &code, PyBUF_SIMPLE) < 0)
        return NULL;
    const int64_t *op = code.buf, *end = op + code.len / 16 * 2;
    Py_BEGIN_ALLOW_THREADS
    for (; op < end && status == 0; op += 2)
        status = (uint64_t)op[0] < 3 ? steps[op[0]](stack, &depth, op[1]) : -1;
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&code);
    if (status < 0)
        return PyErr_Occurred() ? NULL : PyErr_Format(PyExc_ValueError, "bad program");
    return PyLong_FromLongLong(stack[0]);
}

static PyMethodDef stackvm_methods[] = {
    {"run", stackvm_run, METH_O, PyDoc_STR("run(...)")},
    {NULL, NULL, 0, NULL},
};

static int
stackvm_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot stackvm_slots[] = {
    {Py_mod_exec, stackvm_exec},
    {0, NULL},
};

static struct PyModuleDef stackvm_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "stackvm",
    .m_methods = stackvm_methods,
    .m_slots = stackvm_slots,
};

PyMODINIT_FUNC
PyInit_stackvm(void)
{
    return PyModuleDef_Init(&stackvm_module);
}
/* run: import array */
/* run: assert mod.run(array.array("q", [0, 6, 0, 3, 2, 0])) == 2 */
/* run: try: mod.run(array.array("q", [0, 6, 0, 0, 2, 0])) */
/* run: except ZeroDivisionError: pass */
/* dies: signal 11|without holding the GIL */
