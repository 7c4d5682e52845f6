/* Ask a sound card which descriptors to wait for; the library writes into the table and keeps nothing. */
#include <Python.h>
#include <poll.h>
#include <stdlib.h>

typedef struct snd_pcm snd_pcm_t;
int snd_pcm_poll_descriptors(snd_pcm_t *pcm, struct pollfd *table, unsigned int count);

PyObject *descriptors(snd_pcm_t *pcm, int count)
{
    struct pollfd *table = calloc(count, sizeof *table);
    PyObject *list;

    if (!table)
        return PyErr_NoMemory();
    if (snd_pcm_poll_descriptors(pcm, table, count) != count) {
        PyErr_SetString(PyExc_OSError, "no descriptors");
        return NULL; // expect: leak-on-path
    }
    list = Py_BuildValue("(ih)", table[0].fd, table[0].events);
    free(table);
    return list;
}
/* from facts: needs a sound card and its library */
