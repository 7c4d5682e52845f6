#!/bin/bash
# shellcheck disable=SC2015
# `pymemlint census` from the outside: counts, formats, the schema of its JSON,
# lines that a project holds, and what it says of a tree that it cannot read.
# Environment: PYMEMLINT, PYMEMLINT_FRONT, SOURCE.
set -u
SOURCE=${SOURCE:-$(cd "$(dirname "$0")/.." && pwd)}
python=${PYTHON:-/usr/bin/python3}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

expect() { # what is checked, then a command that must succeed
    "${@:2}" || { echo "census: $1"; failed=1; }
}

census() {
    "$PYMEMLINT" census --isolated --quiet --no-cache --python "$python" "$@"
}

status() { # the exit status that is expected, then the arguments
    local wanted=$1 got=0
    shift
    census "$@" >"$scratch/out" 2>"$scratch/err" || got=$?
    [ "$got" = "$wanted" ] || { cat "$scratch/err"; echo "status $got, not $wanted: $*"; return 1; }
}

cp -r "$SOURCE/testdata/projects/census-ring" "$scratch/ring" # its paths are then those of its own tree
tree=$scratch/ring

# --- JSON: the schema, and sums ------------------------------------------------
for by in family file function field; do
    expect "status by $by" status 0 "$tree" --format json --by "$by"
    expect "schema by $by" "$python" "$SOURCE/tests/schema.py" "$SOURCE/testdata/schema/census.schema.json" "$scratch/out"
    expect "sums by $by" "$python" - "$scratch/out" <<'CHECK'
import json, sys
census = json.load(open(sys.argv[1]))
total = census["total"]
assert total["sites"] == len(census["sites"]) == 6, total
for column in set(total) - {"key"}:
    assert sum(row[column] for row in census["counts"]) == total[column], column
assert sum(total[role] for role in ("alloc", "calloc", "realloc", "free")) == total["sites"]
assert sum(total[state] for state in ("held", "released", "either", "assumed", "unknown", "unreachable")) == total["sites"]
CHECK
done

status 0 "$tree" --format json && expect "what is said of each site" "$python" - "$scratch/out" <<'CHECK'
import json, sys
census = json.load(open(sys.argv[1]))
site = {(s["file"], s["written"]): s for s in census["sites"]}
grab = site["ring.c", "RING_ALLOC"]
assert (grab["callee"], grab["macro"], grab["family"], grab["role"]) == ("malloc", "RING_ALLOC", "libc", "alloc"), grab
assert grab["gil"] == "released" and grab["wrapper"] == "ring_grab", grab
assert [step["line"] for step in grab["witness"]["released"]][-1] == 12, grab
new = site["ring.c", "PyMem_New"]
assert (new["family"], new["gil"], new["field"]) == ("pymem", "released", "ring.h|ring.weights"), new
free = site["ring.c", "PyMem_Free"]
assert free["gil"] == "either" and set(free["witness"]) == {"held", "released"}, free
zeros = site["ringmodule.c", "PyMem_Calloc"]
assert zeros["size"] == 512 and zeros["zeroed"] and zeros["role"] == "calloc" and zeros["gil"] == "held", zeros
names = {alias["name"]: (alias["kind"], alias["of"], alias["uses"]) for alias in census["aliases"]}
assert names == {"RING_ALLOC": ("macro", "malloc", 1), "RING_FREE": ("macro", "free", 1),
                 "ring_grab": ("function", "RING_ALLOC", 1)}, names
families = {f["name"]: (f["traced"], f["needsGil"], f["sites"]) for f in census["families"]}
assert families == {"libc": (False, False, 2), "pymem": (True, True, 4)}, families
CHECK

# --- the other formats ------------------------------------------------------------
status 0 "$tree" && expect "text" grep -q "^ *total  *2  *1  *0  *3" "$scratch/out"
expect "text tells the way to a call without the GIL" grep -q "'Py_BEGIN_ALLOW_THREADS' releases the GIL" "$scratch/out"
status 0 "$tree" --format csv --sites && expect "csv" "$python" - "$scratch/out" <<'CHECK'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], newline="")))
assert len(rows) == 6 and {row["family"] for row in rows} == {"libc", "pymem"}, rows
CHECK
status 0 "$tree" --format markdown && expect "markdown" grep -q '^| total | 2 | 1 | 0 | 3 |' "$scratch/out"
status 0 "$tree" --format html && expect "html" grep -q 'class="bar"' "$scratch/out"
expect "html stands alone" bash -c "! grep -qE '<script|https?://|@import|url\(' '$scratch/out'"
status 0 "$tree" --format html && cp "$scratch/out" "$scratch/first" && status 0 "$tree" --format html &&
    expect "same bytes again" cmp -s "$scratch/first" "$scratch/out"

# --- lines that a project holds ------------------------------------------------------
expect "a line that is crossed" status 1 "$tree" --fail-if 'libc.alloc > 0 under ring.c'
expect "and says which" grep -q "libc.alloc > 0 under ring.c (libc.alloc is 1 under 'ring.c')" "$scratch/err"
expect "a line that is held" status 0 "$tree" --fail-if 'libc.alloc > 0 under src/'
expect "two lines" status 1 "$tree" --fail-if 'libc > 99' --fail-if 'pymem.released > 0'
expect "exit-zero" status 0 "$tree" --fail-if 'libc > 0' --exit-zero
expect "an unknown family" status 2 "$tree" --fail-if 'pymen > 0'
expect "names the nearest" grep -q "did you mean 'pymem'" "$scratch/err"
expect "no expression" status 2 "$tree" --fail-if 'libc >'

# --- a name that meant something else in older headers ------------------------------------
mkdir -p "$scratch/older/include/numpy" "$scratch/older/tree"
printf '#include <Python.h>\n#define PyArray_malloc PyMem_Malloc\n#define PyArray_free PyMem_Free\n' \
    >"$scratch/older/include/numpy/ndarraytypes.h"
cat >"$scratch/older/tree/old.c" <<'C'
#include <numpy/ndarraytypes.h>
void old(void);
void old(void) { PyArray_free(PyArray_malloc(8)); }
C
status 0 "$scratch/older/tree" --format json -- -I"$scratch/older/include" && expect "counts as what it was" "$python" - "$scratch/out" <<'CHECK'
import json, sys
sites = json.load(open(sys.argv[1]))["sites"]
found = sorted((site["written"], site["family"]) for site in sites)
assert found == [("PyArray_free", "pymem"), ("PyArray_malloc", "pymem")], found
CHECK

# --- a tree that cannot be read whole ---------------------------------------------------
mkdir "$scratch/odd" && cat >"$scratch/odd/a.c" <<'C'
#include <Python.h>
#include <stdlib.h>
#include "nowhere.h"
void *f(void) { blob_t *b = malloc(4); b->x = 1; return b; }
void g(void *p) { free(p); }
C
status 0 "$scratch/odd" --format json
expect "schema of a partial unit" "$python" "$SOURCE/tests/schema.py" "$SOURCE/testdata/schema/census.schema.json" "$scratch/out"
expect "a partial unit is counted" grep -q '"status": "partial"' "$scratch/out"
status 0 "$scratch/odd" && expect "and told" grep -q "0 whole, 1 partial" "$scratch/out"
expect "coverage that was asked for" status 3 "$scratch/odd" --min-coverage 100
exit $failed
