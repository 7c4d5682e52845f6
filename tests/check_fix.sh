#!/bin/bash
# Fixes of the release by the wrong function: exactly those of which the source
# says so, the same by --fix, --diff and as suggestions for a review, and the
# finding is gone afterwards. Environment: PYMEMLINT, SOURCE (the tree).
set -u
: "${PYMEMLINT:?}" "${SOURCE:?}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export XDG_CACHE_HOME=$scratch/cache PYMEMLINT_PYTHON=/usr/bin/python3
cd "$scratch" || exit 1
failed=0
fail() {
    echo "FAILED: $*"
    failed=1
}
check() { "$PYMEMLINT" check --select PML201 "$@" 2>err; }

mkdir -p {fixed,patched,reviewed} && for to in fixed patched reviewed; do cp "$SOURCE/testdata/fixes/release.c" $to; done
check --output-format concise fixed >before
[ "$(wc -l <before)" -ge 10 ] || fail "the mistakes are not found: $(cat before err)"
(cd patched && check -q --diff . >../patch)
patch -s -d patched -p1 <patch || fail "the patch does not apply"
(cd reviewed && check -q --output-format rdjson . | /usr/bin/python3 "$SOURCE/tests/review.py" .) >suggested
check -q --fix fixed >out
for to in fixed patched reviewed; do
    diff "$SOURCE/testdata/fixes/release.fixed.c" $to/release.c >out || fail "$to: not as expected: $(cat out)"
done
[ "$(cat suggested)" = 5 ] || fail "not a suggestion for each fix: $(cat suggested)"
# What is left is what the source says is not mended.
check --output-format concise fixed >after
awk -F: '{print $2}' after | while read -r line; do
    head -n "$line" fixed/release.c | grep '^void' | tail -1 | grep -q '/\* not' || echo "$line"
done >out
[ ! -s out ] || fail "still found at $(cat out)"
[ $(($(wc -l <before) - $(wc -l <after))) = "$(cat suggested)" ] || fail "fixed other findings than suggested"
gcc -fsyntax-only -I"$(/usr/bin/python3 -c 'import sysconfig; print(sysconfig.get_paths()["include"])')" fixed/release.c || fail "the result is no C"

# Both halves of a change or none of it, whether one file cannot be written or turns out not to be.
mkdir -p halves/{one,two}
echo 'struct thing { long n; }; __attribute__((visibility("hidden"))) struct thing *thing_new(void);' >halves/x.h
printf '#include <stdlib.h>\n#include "../x.h"\nstruct thing *thing_new(void)\n{\n    return malloc(sizeof(struct thing));\n}\n' >halves/one/a.c
cat >halves/two/b.c <<'C'
#include <Python.h>
#include <stdlib.h>
#include "../x.h"
static PyObject *run(PyObject *module, PyObject *none)
{
    struct thing *t = thing_new();
    if (!t)
        return PyErr_NoMemory();
    free(t);
    Py_RETURN_NONE;
}
static PyMethodDef methods[] = {{"run", run, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef mod = {PyModuleDef_HEAD_INIT, .m_name = "two", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_two(void) { return PyModule_Create(&mod); }
C
cp -r halves late
cp -r halves whole
long=$(printf 'b%.0s' $(seq 253)).c # as long as names may be
mv whole/two/b.c "whole/two/$long"
. "$SOURCE/tests/nobody.sh"
be_nobody "$scratch" || fail "nobody can be found who may not write all"
chmod -R a+rX . && chmod a+w halves halves/one && [ -n "${as[*]}" ] || chmod a-w halves/two
halves() { # TREE: a plan that cannot change b.c changes nothing
    local status
    "${as[@]}" "$program" plan --no-cache --to pymem --fix "$1" >out 2>&1
    status=$?
    [ $status = 1 ] && grep -q "b.c' was not fixed: " out && grep -q 'moved 0 of 1 group by 0 edits' out ||
        fail "plan --fix of $1: $status $(cat out)"
    grep -q 'malloc(sizeof' "$1/one/a.c" && grep -rqw 'free' "$1/two" || fail "half of $1 is changed"
}
halves halves
# In a folder of all, one's own files can be replaced and those of others cannot: it shows after the first.
[ -z "${as[*]}" ] || { chown -R 65534 late/one late/one/a.c && chmod 1777 late late/two && halves late; }
chmod u+w halves/two
"$PYMEMLINT" plan --no-cache --to pymem --fix whole >out 2>&1
grep -q 'moved 1 of 1 group by 3 edits in 2 files' out && grep -q PyMem_Malloc whole/one/a.c && grep -q PyMem_Free "whole/two/$long" ||
    fail "plan --fix: $(cat out)"
exit $failed
