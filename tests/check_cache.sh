#!/bin/bash
# The cache with the real parser: whatever is edited, damaged or shared, a run
# with it prints the same bytes as one without. Needs $PYMEMLINT, $PYMEMLINT_FRONT
# and $SOURCE; makes its input itself.
set -u
top=$(mktemp -d /tmp/pymemlint-cache-XXXXXX)
trap 'rm -rf "$top"' EXIT
export XDG_CACHE_HOME=$top/cache
failed=0
fail() {
        echo "FAILED: $*" >&2
        failed=1
}

mkdir -p "$top/tree/src" "$top/tree/inc/sub" && cd "$top/tree" || exit 1
touch pyproject.toml
RANDOM=2014

# Writes a file of the tree: what it includes, and code that shows which headers it got.
edit() {
        local headers=(one.h two.h sub/one.h three.h) folders=(src inc inc/sub .) name i
        if ((RANDOM % 3 == 0)); then
                name=src/$((RANDOM % 3)).c
                {
                        for i in 1 2; do echo "#include \"${headers[RANDOM % 4]}\""; done
                        echo '#if __has_include("three.h")'
                        echo 'int three(void) { return 3; }'
                        echo '#endif'
                        echo '#ifdef ONE'
                        echo "int f$((RANDOM % 5))(int x) { return x + ONE; }"
                        echo '#endif'
                } >"$name"
        else
                name=${folders[RANDOM % 4]}/${headers[RANDOM % 4]##*/}
                if ((RANDOM % 3 == 0)); then
                        rm -f "$name"
                else
                        {
                                ((RANDOM % 2)) && echo "#include \"${headers[RANDOM % 4]}\""
                                echo "#undef ONE"
                                echo "#define ONE $((RANDOM % 9))"
                        } >"$name"
                fi
        fi
}

units() {
        for file in src/*.c; do "$PYMEMLINT" dump "$@" "$file" 2>>"$top/err"; done
}

for i in 0 1 2; do echo "int start$i;" >src/$i.c; done
echo '#define ONE 1' >inc/one.h
for round in $(seq 12); do
        for _ in 1 2; do edit; done
        units >"$top/with"
        units --no-cache >"$top/without"
        cmp -s "$top/with" "$top/without" || {
                fail "round $round: the cache makes a difference"
                diff "$top/without" "$top/with" | head -5 >&2
        }
done

# Every byte counts: damage in any file of the cache is noticed, and mended.
units >"$top/before"
for file in $(find "$XDG_CACHE_HOME" -type f -path '*/units/*'); do
        at=$((RANDOM % $(stat -c %s "$file")))
        old=$(dd if="$file" bs=1 skip=$at count=1 2>/dev/null | od -An -tu1)
        printf "\\x$(printf %x $(((old ^ 1) & 255)))" | dd of="$file" bs=1 seek=$at conv=notrunc 2>/dev/null
done
cp -r "$XDG_CACHE_HOME" "$top/damaged"
units >"$top/after"
cmp -s "$top/before" "$top/after" || fail "a damaged cache changes the result"
XDG_CACHE_HOME=$top/damaged "$PYMEMLINT" check . >/dev/null 2>"$top/err"
[ "$(grep -c damaged "$top/err")" -eq 1 ] || fail "damage is not said once"

# Many at once in one cold cache.
rm -rf "$XDG_CACHE_HOME"
for i in 1 2 3 4; do units >"$top/at$i" & done
wait
for i in 1 2 3 4; do cmp -s "$top/before" "$top/at$i" || fail "run $i of four differs"; done

# Two folders that go by one name in unit files: a unit is kept, and what changes in either is noticed.
mkdir -p "$top/api1" "$top/api2" "$top/two"
printf '#!/bin/sh\necho version 3.11.0\necho folder %s\necho folder %s\n' "$top/api1" "$top/api2" >"$top/python"
chmod +x "$top/python"
for i in 1 2; do
        printf '#include "object.h"\n/* %d */\n' $i >"$top/api$i/Python.h"
        echo '#define WIDE 1' >"$top/api$i/object.h"
done
printf '#include <Python.h>\nint wide(int x) { return x + WIDE; }\n' >"$top/two/x.c"
two() { "$PYMEMLINT" dump --python "$top/python" "$@" "$top/two/x.c" 2>>"$top/err"; }
rm -rf "$XDG_CACHE_HOME"
two >"$top/first"
unit=$(find "$XDG_CACHE_HOME" -path '*/units/*' -type f)
[ -n "$unit" ] && touch -d '2001-01-01' "$unit"
two >"$top/second"
# What is read is noted as of use, and what is made again is a new file.
[ -n "$unit" ] && [ "$(stat -c %i "$unit")" = "$(find "$XDG_CACHE_HOME" -path '*/units/*' -type f -newermt 2002-01-01 -printf %i)" ] ||
        fail "a unit below two folders of one name is not kept"
cmp -s "$top/first" "$top/second" || fail "a unit below two folders of one name differs"
for i in 1 2; do
        echo '#define WIDE 22' >"$top/api$i/object.h"
        two >"$top/with"
        two --no-cache >"$top/without"
        cmp -s "$top/with" "$top/without" || fail "a change in folder $i of one name goes unseen"
done

# What is known of a precompiled header lies beside it: damaged or gone, it makes no difference.
printf '#define WIDE 3\n#define TWICE(x) ((x) + (x))\nstatic inline int helper(int x) { return TWICE(x); }\n' |
        tee "$top/api1/object.h" >"$top/api2/object.h"
for i in 1 2 3; do
        printf '#include <Python.h>\n#if WIDE > 2\nint f(int x) { return TWICE(x); }\n#else\nint g;\n#endif\n' >"$top/two/$i.c"
done
rm "$top/two/x.c"
all() { "$PYMEMLINT" dump --python "$top/python" "$top/two" 2>>"$top/err"; }
rm -rf "$XDG_CACHE_HOME"
all >"$top/first"
known=$(find "$XDG_CACHE_HOME" -name '*.macros')
[ -s "$known" ] || fail "nothing is kept beside a precompiled header"
for harm in : 'truncate -s 50' 'sed -i /TWICE/d' 'sed -i /object.h\|^macro/d' 'rm'; do
        $harm "$known"
        rm -rf "$XDG_CACHE_HOME/pymemlint/units"
        all >"$top/again"
        cmp -s "$top/first" "$top/again" || fail "'$harm' beside a precompiled header changes the result"
done

# A disk that is full: nothing can be written.
echo 'int fresh;' >>src/1.c
units --no-cache >"$top/without"
: >"$top/err"
(trap '' XFSZ; ulimit -f 0; XDG_CACHE_HOME=$top/full units) | cmp -s - "$top/without" || fail "a full cache"
(trap "" XFSZ; ulimit -f 0; XDG_CACHE_HOME=$top/full2 "$PYMEMLINT" check src 2>&1 >/dev/null) | cat >"$top/err"
[ "$(grep -c 'going on without' "$top/err")" -eq 1 ] || fail "a full cache is not told"

# A cache that may only be read. Root may write all the same, and so must be somebody else.
. "$SOURCE/tests/nobody.sh"
units >/dev/null && echo 'int fresher;' >>src/2.c
units --no-cache >"$top/without"
cp -r "$XDG_CACHE_HOME" "$top/kept" && chmod -R a+rX,a-w "$top/kept"
if be_nobody "$top"; then
        export XDG_CACHE_HOME=$top/kept
        "${as[@]}" touch "$top/kept/pymemlint/x" 2>/dev/null && fail "the cache can be written"
        for file in src/*.c; do
                "${as[@]}" "$program" dump "$file" 2>/dev/null
        done | cmp -s - "$top/without" || fail "a cache that cannot be written changes the result"
        "${as[@]}" "$program" check src >/dev/null 2>"$top/err"
        [ "$(grep -c 'going on without' "$top/err")" -eq 1 ] || fail "it is not told"
        export XDG_CACHE_HOME=$top/cache
else
        fail "nobody can be found who may not write all"
fi
chmod -R u+w "$top/kept"

# No cache to be had.
: >"$top/file"
XDG_CACHE_HOME=$top/file "$PYMEMLINT" dump src/0.c >"$top/none" 2>/dev/null || fail "no cache, no run"
XDG_CACHE_HOME=$top/file "$PYMEMLINT" check src >/dev/null 2>"$top/err"
[ "$(grep -c 'going on without' "$top/err")" -eq 1 ] || fail "no cache is not said once"
"$PYMEMLINT" dump src/0.c 2>/dev/null | cmp -s - "$top/none" || fail "no cache changes the result"

"$PYMEMLINT" cache info >"$top/info" 2>&1 || fail "cache info"
grep -q "$XDG_CACHE_HOME/pymemlint" "$top/info" || fail "cache info does not say where it is"
"$PYMEMLINT" cache clean >/dev/null 2>&1 || fail "cache clean"
[ -z "$(find "$XDG_CACHE_HOME" -type f -path '*/units/*')" ] || fail "cache clean leaves unit files"
exit $failed
