#!/bin/bash
# shellcheck disable=SC2015
# `pymemlint plan` from the outside: verdicts with their reasons, several files,
# trees that use this one, units that were not read whole, and the change
# itself: after it the tree parses, `check` finds nothing new, and a second plan
# says that everything is there.
# Environment: PYMEMLINT, PYMEMLINT_FRONT, SOURCE.
set -u
SOURCE=${SOURCE:-$(cd "$(dirname "$0")/.." && pwd)}
export SOURCE PYTHON=${PYTHON:-/usr/bin/python3}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

expect() { # what is checked, then a command that must succeed
    "${@:2}" || { echo "plan: $1"; failed=1; }
}

plan() {
    "$PYMEMLINT" plan --isolated --quiet --no-cache --python "$PYTHON" "$@"
}

status() { # the exit status that is expected, then the arguments
    local wanted=$1 got=0
    shift
    plan "$@" >"$scratch/out" 2>"$scratch/err" || got=$?
    [ "$got" = "$wanted" ] || { cat "$scratch/err"; echo "status $got, not $wanted: $*"; return 1; }
}

verdicts() { # "VERDICT TARGET (KINDS)" of every group, in order, from $scratch/out
    "$PYTHON" -c '
import json, sys
for group in json.load(open(sys.argv[1]))["groups"]:
    print(group["verdict"], group["target"], *sorted({r["kind"] for r in group["reasons"]}))' "$scratch/out"
}

says() { # the verdicts that are expected, one an argument
    diff <(printf '%s\n' "$@") <(verdicts)
}

schema() {
    "$PYTHON" "$SOURCE/tests/schema.py" "$SOURCE/testdata/schema/plan.schema.json" "$scratch/out"
}

# --- one file each: every reason not to move, and its twin that moves -------------------
expect "verdicts of testdata/plan" "$PYTHON" "$SOURCE/tests/plan.py"

# --- several files -------------------------------------------------------------------------
cp -r "$SOURCE/testdata/projects/plan-queue" "$scratch/queue"
tree=$scratch/queue
expect "a tree" status 0 "$tree" --format json
expect "its schema" schema
expect "its verdicts" says 'movable pymem' 'movable pymem_raw' 'already-there pymem'
expect "only what uses a family" status 0 "$tree" --format json --from pymem
expect "is planned" says 'already-there pymem'
expect "to the raw domain" status 0 "$tree" --format json --to pyraw --from libc
expect "nothing holds it back" says 'movable pymem_raw' 'movable pymem_raw'
expect "an unknown family" status 2 "$tree" --from pymen
expect "names the nearest" grep -q "did you mean 'pymem'" "$scratch/err"
expect "an unknown target" status 2 "$tree" --to pymen
expect "names the nearest, too" grep -q "did you mean 'pymem'" "$scratch/err"
status 0 "$tree" --format markdown && expect "markdown" grep -q '^## Group 1' "$scratch/out"
status 0 "$tree" --format csv && expect "csv" grep -q '^group,of,family' "$scratch/out"
status 0 "$tree" --format html && expect "html" grep -q '<h2>Group 1' "$scratch/out"

# --- what was not read ------------------------------------------------------------------------
cp -r "$tree" "$scratch/partial"
cat >"$scratch/partial/extra.c" <<'C'
#include "queue.h"
void extra(struct queue *queue) { unknown_t *x = queue->items; frob(x->y); }
C
expect "a unit that lost statements" status 0 "$scratch/partial" --format json --to pymem --from libc
expect "keeps what it may mention" grep -q "'extra.c' was not read whole" "$scratch/out"
expect "whatever else holds them" says 'not-movable pymem not-read-whole' 'not-movable pymem_raw gil not-read-whole'
cat >"$scratch/partial/extra.c" <<'C'
#include <stddef.h>
static int alone(void) { unknown_t *x = NULL; return x->y; }
C
expect "a unit that cannot mention them" status 0 "$scratch/partial" --format json --to pymem --from libc
expect "keeps nothing" says 'movable pymem' 'movable-raw pymem_raw gil'

# --- trees that use this one ---------------------------------------------------------------------
mkdir -p "$scratch/lib" "$scratch/app"
cat >"$scratch/lib/lib.c" <<'C'
#include <Python.h>
#include <stdlib.h>
char *lib_new(size_t n) { return malloc(n); }
void lib_free(char *block) { free(block); }
C
printf '[project]\n' >"$scratch/lib/pyproject.toml"
expect "an exported allocator" status 0 "$scratch/lib" --format json --to pymem
expect "stays" says 'not-movable pymem exported one-sided' 'not-movable pymem exported one-sided'
cat >"$scratch/app/app.c" <<'C'
#include <stdlib.h>
char *lib_new(size_t n);
void app(void) { free(lib_new(3)); }
C
expect "with those who use it" status 0 "$scratch/lib" --format json --to pymem --consumers "$scratch/app"
expect "a release over there" grep -q '"consumer"' "$scratch/out"

# --- the change ----------------------------------------------------------------------------------------
check() { # prints the findings
    "$PYMEMLINT" check --isolated --quiet --no-cache --python "$PYTHON" --output-format concise "$@"
}

parses() {
    gcc -fsyntax-only -Wall -Wextra -Werror -I"$("$PYTHON" -c 'import sysconfig; print(sysconfig.get_paths()["include"])')" "$@"
}

changed() { # a copy of the queue, changed with the options
    rm -rf "$scratch/new"
    cp -r "$tree" "$scratch/new"
    status 0 "$scratch/new" --fix "$@"
}

for options in '--to auto' '--to pyraw' '--to auto --python-min 3.3' '--to libc --from pymem'; do
    # shellcheck disable=SC2086
    expect "fix $options" changed $options
    expect "parses after $options" parses "$scratch"/new/*.c
    expect "check after $options" diff /dev/null <(check "$scratch/new")
    # shellcheck disable=SC2086
    status 0 "$scratch/new" --format json $options
    expect "a second plan after $options" bash -c "! grep -qE '\"verdict\": \"(movable|not-movable|inconsistent)' '$scratch/out'"
    cp -r "$tree" "$scratch/patched"
    # shellcheck disable=SC2086
    (cd "$scratch/patched" && plan . --diff $options >"$scratch/patch" && patch -sp1 <"$scratch/patch")
    expect "the patch of $options is the change" diff -r "$scratch/patched" "$scratch/new"
    rm -rf "$scratch/patched"
done
expect "a typed allocation" changed --to pymem
expect "stands where it fits" grep -q 'items = PyMem_New(double, room);' "$scratch/new/queue.c"
expect "the body of the macro is changed once" changed --to pyraw
expect "and its use is not" grep -q '#define LINE_NEW(n) PyMem_RawCalloc((n), 1)' "$scratch/new/queue.c"
expect "an older Python" changed --to auto --python-min 3.3
expect "gets a header of ours" grep -q 'include "pymem_compat.h"' "$scratch/new/queue.c"
expect "that stands on its own" parses "$scratch/new/pymem_compat.h"

# A header that declares the allocators in one build only, read by a file that calls none of them.
mkdir "$scratch/shared"
cat >"$scratch/shared/shared.h" <<'C'
#ifndef SHARED_H
#define SHARED_H
#include <stdlib.h>
#ifdef WITH_PYTHON
#include <Python.h>
#endif
static inline char *fresh(size_t n) { return malloc(n); }
#endif
C
cat >"$scratch/shared/user.c" <<'C'
#include <Python.h>
#include "shared.h"
PyObject *user(PyObject *self, PyObject *args);
PyObject *user(PyObject *self, PyObject *args)
{
    (void)self, (void)args;
    free(fresh(8));
    Py_RETURN_NONE;
}
PyMethodDef methods[] = {{"user", user, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
C
printf '#include "shared.h"\nint bystander(void);\nint bystander(void) { return 1; }\n' >"$scratch/shared/bystander.c"
expect "a header that others read" status 0 "$scratch/shared" --fix --to auto
expect "is changed" grep -q 'PyMem_Malloc(n)' "$scratch/shared/shared.h"
expect "and parses for all" parses -Wno-unused-function "$scratch"/shared/*.c

# Modes and line ends stay as they are.
cp -r "$tree" "$scratch/modes"
sed -i 's/$/\r/' "$scratch/modes/queue.c" && chmod 640 "$scratch/modes/queue.c"
expect "other line ends" status 0 "$scratch/modes" --fix
expect "stay" bash -c "[ \"\$(grep -c \$'\r' '$scratch/modes/queue.c')\" = \"\$(wc -l <'$scratch/modes/queue.c')\" ]"
expect "and the mode does" test "$(stat -c %a "$scratch/modes/queue.c")" = 640

# Models of one's own may leave nothing to move to.
printf 'family pymem gil traced\nfamily pymem_raw nogil traced\n' >"$scratch/none.model"
expect "no target is told" status 2 "$tree" --model "$scratch/none.model"
expect "and named" grep -q "no model has a family that a plan could move to without the GIL" "$scratch/err"

# What a site does is told of it: one that allocates releases nothing.
plan "$SOURCE/testdata/projects/sample" >"$scratch/out" 2>/dev/null
expect "of an allocation" grep -q "mismatch: what 'PyMem_MALLOC' allocates is PyMem memory that goes to libc" "$scratch/out"
expect "of a release" grep -q "mismatch: 'free' releases PyMem memory to libc" "$scratch/out"

# What a generator wrote, and what lies outside the tree, is left alone.
cp -r "$tree" "$scratch/made"
sed -i '1s/.*/\/* Generated by Cython 3.0 *\//' "$scratch/made/queue.c"
cp "$scratch/made/queue.c" "$scratch/before"
expect "a generated file" status 1 "$scratch/made" --fix
expect "is no failure where none counts" status 0 "$scratch/made" --diff --exit-zero
expect "is told" grep -q "'queue.c' is generated" "$scratch/err"
expect "and left alone" cmp -s "$scratch/before" "$scratch/made/queue.c"
cp -r "$tree" "$scratch/linked" && mv "$scratch/linked/queue.c" "$scratch/elsewhere.c"
ln -s ../elsewhere.c "$scratch/linked/queue.c"
cp "$scratch/elsewhere.c" "$scratch/before"
plan "$scratch/linked" --fix >/dev/null 2>&1
expect "a file outside the tree is left alone" cmp -s "$scratch/before" "$scratch/elsewhere.c"
exit $failed
