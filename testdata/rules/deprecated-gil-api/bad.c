/* Set up threads, as was done before Python 3.7. */
#include <Python.h>

extern struct PyModuleDef trace_module;

PyMODINIT_FUNC PyInit_trace(void)
{
    PyEval_InitThreads(); // expect: deprecated-gil-api
    return PyModule_Create(&trace_module);
}
