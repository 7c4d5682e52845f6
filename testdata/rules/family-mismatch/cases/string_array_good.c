/* An array of texts that GLib split: its texts are taken out one by one, the array goes back alone. */
#include <Python.h>

typedef char gchar;
gchar **g_strsplit(const gchar *string, const gchar *delimiter, int max_tokens);
gchar *g_strdup(const gchar *string);
void *g_malloc0_n(size_t n, size_t size);
void g_strfreev(gchar **array);
void g_free(void *mem);

/* The part before the first colon; *REST is what follows, or NULL. */
gchar *
head_of(const char *line, gchar **rest)
{
    gchar **parts = g_strsplit(line, ":", 2), *first = parts[0];

    *rest = first != NULL ? parts[1] : NULL;
    g_free(parts);
    return first;
}

/* The words of a list, as GLib keeps them. */
gchar **
words_of(PyObject *list)
{
    Py_ssize_t n = PyList_GET_SIZE(list);
    gchar **words = g_malloc0_n((size_t)n + 1, sizeof *words);

    for (Py_ssize_t i = 0; i < n; i++) {
        const char *text = PyUnicode_AsUTF8(PyList_GET_ITEM(list, i));
        if (text == NULL) {
            g_strfreev(words);
            return NULL;
        }
        words[i] = g_strdup(text);
    }
    return words;
}
