#!/bin/bash
# Lowers every testdata/ir/*.c with the worker and compares the unit with the
# golden beside it. With PYMEMLINT_UPDATE=1 the goldens are rewritten: read
# every changed line before you commit it. Dependencies are left out of the
# goldens, because they carry hashes of what belongs to libclang.
set -u
cd "$SOURCE/testdata/ir" || exit 1
failed=0 count=0
out=$(mktemp) || exit 1
trap 'rm -f "$out"' EXIT

for file in *.c; do
        golden=${file%.c}.unit
        count=$((count + 1))
        "$PYMEMLINT_FRONT" --one "$file" --root "<api>=$PWD/include" -- -std=gnu11 -isystem include |
                grep -v '^dep ' > "$out"
        if [ "${PYMEMLINT_UPDATE:-}" = 1 ]; then
                cp "$out" "$golden"
        elif ! diff -u "$golden" "$out"; then
                echo "check_lower: $file is not lowered to $golden"
                failed=1
        fi
done

# The same source must give the same unit wherever the tree lies.
copy=$(mktemp -d) || exit 1
cp -r . "$copy/"
"$PYMEMLINT_FRONT" --one "$copy/macros.c" --tree "$copy" --root "<api>=$copy/include" -- \
        -std=gnu11 -isystem "$copy/include" | grep -v '^dep ' | diff -u macros.unit - || failed=1
rm -r "$copy"

# What is too deep to follow is lost and said so; a long chain of else if is not deep.
deep=$(mktemp -d) || exit 1
expect() { # NAME PATTERN
        "$PYMEMLINT_FRONT" --one "$deep/$1" --tree "$deep" > "$out" || failed=1
        grep -q "$2" "$out" || { echo "check_lower: $1: no '$2' in"; head -c 300 "$out"; failed=1; }
}
repeat() { # COUNT TEXT
        local text
        printf -v text "%*s" "$1" ""
        printf "%s" "${text// /$2}"
}
{ echo "int f(int x) { return"; repeat 5000 "x+"; echo "x; }"; } > "$deep/sum.c"
{ echo "void g(void); void f(int x) {"; repeat 2000 "if (x) g(); else "; echo "; }"; } > "$deep/chain.c"
mkfifo "$deep/fifo.h"
echo '#include "fifo.h"' > "$deep/waits.c"
{
        echo 'const char *a[] = { N_("x"), 0 }; const char *b[] = { N_("y") }; int c = N_("z");'
        echo 'int d = sizeof(int) + f(3); int (*e)(void) = g() ? h : 0; int after(void) { return k(); }'
} > "$deep/undeclared.c"
expect undeclared.c "status=partial"
expect undeclared.c "^func after "
grep -A2 '^data ' "$out" | grep 'call' && { echo "check_lower: an initialiser calls"; failed=1; }
"$PYMEMLINT" dump --no-cache "$deep/undeclared.c" | grep -q "^func after " || {
        echo "check_lower: calls in initialisers lose the unit"
        failed=1
}
printf '\xff\xfei\0n\0t\0 \0x\0;\0' > "$deep/wide.c"
expect wide.c "status=partial"
expect sum.c "status=partial kept=0 lost=1"
expect chain.c "status=whole kept=4000 lost=0"
expect waits.c "includes 'fifo.h', which is not a regular file"
rm -r "$deep"

[ "$count" -ge 13 ] || { echo "check_lower: only $count sources"; failed=1; }
exit $failed
