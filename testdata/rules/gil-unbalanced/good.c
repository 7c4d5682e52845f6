/* Leave an allow-threads block early. */
#include <Python.h>
#include <unistd.h>

int write_all(int fd, const char *bytes, size_t n)
{
    Py_BEGIN_ALLOW_THREADS
    while (n > 0) {
        ssize_t done = write(fd, bytes, n);
        if (done < 0) {
            Py_BLOCK_THREADS
            return -1;
        }
        bytes += done;
        n -= (size_t)done;
    }
    Py_END_ALLOW_THREADS
    return 0;
}
