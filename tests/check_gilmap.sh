#!/bin/bash
# shellcheck disable=SC2015
# `pymemlint gilmap` from the outside: letters and reasons on a terminal, the
# schema of its JSON, and its pages in a real browser.
# Environment: PYMEMLINT, PYMEMLINT_FRONT, SOURCE, BUILD. The last part needs npm and chromium.
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
# shellcheck source=tests/npm.sh
. "$SOURCE/tests/npm.sh"
mkdir -p "$work" && cp "$SOURCE"/tests/browser/{package.json,gilmap.mjs} "$work/"
skipped=
command -v "${CHROMIUM:-chromium}" >/dev/null || skipped="there is no chromium"
[ -n "$skipped" ] || skipped=$(npm_install "$work" node_modules/playwright-core/package.json)
if [ -z "$skipped" ]; then
    (cd "$work" && timeout 1200 node gilmap.mjs "$scratch/pages" "$work/screenshots") >"$scratch/said" 2>&1
    status=$?
    case $status in
    0) ;;
    77) skipped=$(tail -n 3 "$scratch/said") ;;
    *) failed=1 ;;
    esac
    cat "$scratch/said"
fi
npm_end $failed "${skipped:+the pages in a browser: $skipped}"
