#!/bin/bash
# SARIF logs against the schema, the SARIF Multitool and what neither sees.
# First the check itself is checked: every log of testdata/sarif/examples must
# be judged as its name says. Needs python3 with jsonschema; the Multitool comes from npm.
set -u
: "${SOURCE:?the source folder}" "${BUILD:?the build folder}"
work=$BUILD/sarif-check

fail() {
        echo "check_sarif: $*" >&2
        exit 1
}

python=
for candidate in python3 /usr/bin/python3; do
        "$candidate" -c 'import jsonschema' 2>/dev/null && python=$candidate && break
done
[ -n "$python" ] || fail "no python3 with jsonschema: install python3-jsonschema."
# Without the Multitool the schema and our own rules still judge.
# shellcheck source=tests/npm.sh
. "$SOURCE/tests/npm.sh"
validator=$work/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
mkdir -p "$work" && cp "$SOURCE/tests/package.json" "$work/"
skipped=$(npm_install "$work" "${validator#"$work"/}")
if [ -z "$skipped" ]; then
    chmod u+x "$validator"
else
    validator=none
fi

rm -rf "$work/logs"
mkdir -p "$work/logs"
SARIF_LOGS=$work/logs "$BUILD/tests/test_sarif" >"$work/test_sarif.log" 2>&1 ||
        fail "test_sarif fails, so there are no logs to check: see $work/test_sarif.log."

# and what the program itself writes, over every rule's bad example
tree=$work/tree
rm -rf "$tree"
mkdir -p "$tree"
for bad in "$SOURCE"/testdata/rules/*/bad.c; do
        cp "$bad" "$tree/$(basename "$(dirname "$bad")").c"
done
timeout 900 "${PYMEMLINT:?the program}" check --no-cache --output-format sarif "$tree" \
        >"$work/program.sarif" 2>"$work/program.log"
status=$?
[ $status -eq 1 ] || [ $status -eq 3 ] || fail "the program ended with $status: $(tail -n 1 "$work/program.log")"
"$python" "$SOURCE/tests/sarif_judge.py" "$validator" "$SOURCE/testdata/sarif" "$work"/logs/*.sarif \
        --of-program "$work/program.sarif"
npm_end $? "${skipped:+the SARIF Multitool: $skipped}"
