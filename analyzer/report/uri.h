/*
 * uri.h: paths of files as URIs and back. In: bytes that anybody may have named a
 * file. Out: text in an arena. It opens nothing and judges nothing: whether a path
 * lies in the tree is the caller's to ask.
 */
#ifndef REPORT_URI_H
#define REPORT_URI_H

struct arena;

/* PATH as a relative URI reference. */
const char *uri_of(struct arena *arena, const char *path);

/* The path that a relative or "file:" URI names: percent signs resolved; not checked any further. */
const char *uri_path(struct arena *arena, const char *uri);

#endif
