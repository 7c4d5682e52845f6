#!/bin/bash
# shellcheck disable=SC2015
# `pymemlint gilmap` from the outside: letters and reasons on a terminal, the
# schema of its JSON, and its pages in a real browser.
# Environment: PYMEMLINT, PYMEMLINT_FRONT, SOURCE, BUILD. Needs npm and chromium.
set -u
SOURCE=${SOURCE:-$(cd "$(dirname "$0")/.." && pwd)}
: "${BUILD:?the build folder}"
python=${PYTHON:-/usr/bin/python3}
work=$BUILD/gilmap-check
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

expect() { # what is checked, then a command that must succeed
    "${@:2}" || { echo "gilmap: $1"; failed=1; }
}

gilmap() {
    "$PYMEMLINT" gilmap --isolated --quiet --no-cache --python "$python" "$@"
}

cp -r "$SOURCE/testdata/projects/sample" "$scratch/sample"
tree=$scratch/sample

# --- text ------------------------------------------------------------------------------
gilmap "$tree" --show "$tree/tallymodule.c" >"$scratch/out" || { echo "gilmap: status $?"; failed=1; }
expect "held before the region" grep -q '^H    49 |     Py_BEGIN_ALLOW_THREADS$' "$scratch/out"
expect "released inside" grep -q '^R    51 | *self->lines++;$' "$scratch/out"
expect "held behind it" grep -q '^H    55 | *buffer_clear(&line);$' "$scratch/out"
expect "the reason" grep -q "\^ released: 'Py_BEGIN_ALLOW_THREADS' releases the GIL" "$scratch/out"
expect "no letter outside of functions" grep -q '^     60 | $' "$scratch/out"
expect "no colour in a file" bash -c "! grep -q $'\033' '$scratch/out'"
gilmap "$tree" --show "$tree/lines.c" --color always >"$scratch/out"
expect "colour and letter" grep -qE $'^\033\\[97;41mR\033\\[0m +21 \\|' "$scratch/out"
gilmap "$tree" >"$scratch/out"
expect "a table of files" grep -qE '^ +total +[0-9]+ +[0-9]+' "$scratch/out"
gilmap "$tree" --show nowhere.c >"$scratch/out" 2>"$scratch/err" && echo "gilmap: takes a file that is none" && failed=1
expect "says so" grep -q "no unit of this program reads 'nowhere.c'" "$scratch/err"

cat >"$scratch/states.c" <<'C'
#include <Python.h>
static void either(void)
{
    puts("x");
}
static PyObject *call(PyObject *self, PyObject *args)
{
    int n = 0;
    (void)self, (void)args;
    either();
    Py_BEGIN_ALLOW_THREADS
    either();
    Py_END_ALLOW_THREADS
    if (n)
        puts("never");
    Py_RETURN_NONE;
}
void alone(void)
{
    puts("who calls?");
}
PyMethodDef methods[] = {{"call", call, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
C
gilmap "$scratch/states.c" >"$scratch/out"
expect "either" grep -qE '^E +4 \|' "$scratch/out"
expect "assumed" grep -qE '^A +20 \|' "$scratch/out"
expect "not reached" grep -qE '^- +15 \|' "$scratch/out"
printf '#include <Python.h>\nint odd(void)\n{\n    unknown_t x = 1;\n    puts("a");\n    return x.y;\n}\n' >"$scratch/lost.c"
gilmap "$scratch/lost.c" >"$scratch/out"
expect "not understood" grep -qE '^\? +[46] \|' "$scratch/out"

# --- JSON --------------------------------------------------------------------------------
gilmap "$tree" --format json >"$scratch/out"
expect "the schema" "$python" "$SOURCE/tests/schema.py" "$SOURCE/testdata/schema/gilmap.schema.json" "$scratch/out"
expect "the sums" "$python" - "$scratch/out" <<'CHECK'
import json, sys
gilmap = json.load(open(sys.argv[1]))
for state, lines in gilmap["lines"].items():
    assert lines == sum(file["lines"][state] for file in gilmap["files"]), state
    assert lines == sum(r["last"] - r["first"] + 1 for f in gilmap["files"] for r in f["ranges"] if r["gil"] == state), state
assert gilmap["lines"]["released"] > 10
CHECK

# --- pages in a browser ----------------------------------------------------------------------
expect "pages" gilmap "$tree" --html "$scratch/pages"
expect "no script in them" bash -c "! grep -lE '<script|https?://|@import' '$scratch'/pages/*"
gilmap "$tree" --html "$scratch/again"
expect "the same bytes again" diff -r "$scratch/pages" "$scratch/again"
command -v npm >/dev/null && command -v "${CHROMIUM:-chromium}" >/dev/null || {
    echo "gilmap: npm and chromium are needed for the pages"
    exit 1
}
if [ ! -d "$work/node_modules/playwright-core" ]; then
    mkdir -p "$work" && cp "$SOURCE/tests/browser/package.json" "$work/"
    (cd "$work" && timeout 300 npm install --no-audit --no-fund --loglevel=error >npm.log 2>&1) || {
        echo "gilmap: npm could not install the driver: $(tail -n 1 "$work/npm.log")"
        exit 1
    }
fi
cp "$SOURCE/tests/browser/gilmap.mjs" "$work/"
(cd "$work" && timeout 240 node gilmap.mjs "$scratch/pages" "$work/screenshots") || failed=1
exit $failed
