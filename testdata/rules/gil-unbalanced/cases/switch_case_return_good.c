/* One case of a switch inside the block returns without Py_BLOCK_THREADS. */
#include <Python.h>
#include <stdint.h>

/* Slot of bool(): whether the checksum of the given kind is not zero. */
typedef struct {
    PyObject_HEAD
    int kind;
    unsigned char bytes[64];
} Packet;

static int
packet_bool(PyObject *op)
{
    Packet *self = (Packet *)op;
    uint32_t sum = 0;

    Py_BEGIN_ALLOW_THREADS
    switch (self->kind) {
    case 0:
        for (size_t i = 0; i < sizeof(self->bytes); i++)
            sum += self->bytes[i];
        break;
    case 1:
        for (size_t i = 0; i < sizeof(self->bytes); i++)
            sum ^= self->bytes[i];
        break;
    default:
        Py_BLOCK_THREADS
        return 1;
    }
    Py_END_ALLOW_THREADS
    return sum != 0;
}

static int
packet_init(PyObject *op, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    return PyArg_ParseTuple(args, "i:Packet", &((Packet *)op)->kind) ? 0 : -1;
}

static PyNumberMethods packet_as_number = {
    .nb_bool = packet_bool,
};

static PyTypeObject PacketType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "packet.Packet",
    .tp_basicsize = sizeof(Packet),
    .tp_as_number = &packet_as_number,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_init = packet_init,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef packet_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "packet",
    .m_size = -1,
    .m_methods = NULL,
};

PyMODINIT_FUNC
PyInit_packet(void)
{
    PyObject *m = PyModule_Create(&packet_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &PacketType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: assert not mod.Packet(0); assert not mod.Packet(1); assert mod.Packet(2) */
