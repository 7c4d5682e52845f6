#!/bin/bash
# Finished reports from the cache with the real parser: whatever is edited, in
# sources, headers, models, baseline, comments or options, a run with the cache
# says and writes the same bytes as one without, the first time and again.
# Needs $PYMEMLINT and $PYMEMLINT_FRONT; makes its input itself.
set -u
top=$(mktemp -d /tmp/pymemlint-finished-XXXXXX)
trap 'rm -rf "$top"' EXIT
export XDG_CACHE_HOME=$top/cache LC_ALL=C CPATH=$top/beside # a folder of headers that is not in the tree
failed=0
fail() {
        echo "FAILED: $*" >&2
        failed=1
}

mkdir -p "$top/tree/src" "$top/tree/inc" "$top/beside" "$top/out" && cd "$top/tree" || exit 1
# An interpreter that is there at once; the headers are the tree's own.
printf '#!/bin/sh\necho version 3.11.0\necho folder /none\n' >"$top/python"
chmod +x "$top/python"
RANDOM=4711

# A source: frees a block of the API or of the C library with what a header says.
source_file() {
        echo '#include "one.h"'
        echo '#include <three.h>'
        echo '#if __has_include("two.h")'
        echo '#include "two.h"'
        echo '#endif'
        echo 'void *PyMem_Malloc(unsigned long);'
        echo 'void *malloc(unsigned long);'
        echo 'void free(void *);'
        echo 'void give_back(void *);'
        echo "void f$1(void)"
        echo '{'
        echo "        char *p = $2(8);"
        ((RANDOM % 3)) || [ "$3" = FAR ] || echo '        // pymemlint: ignore-next-line[family-mismatch] because'
        echo "        $3(p);"
        echo '}'
}

edit() {
        case $((RANDOM % 10)) in
        0 | 1 | 2)
                local gives=(PyMem_Malloc malloc) takes=(free RELEASE FAR) n=$((RANDOM % 3))
                source_file "$n" "${gives[RANDOM % 2]}" "${takes[RANDOM % 3]}" >src/$n.c
                ;;
        3 | 4) echo "#define RELEASE $( ((RANDOM % 2)) && echo free || echo give_back)" >inc/one.h ;;
        5) # a header ahead of another, and gone again
                if [ -e src/one.h ]; then rm src/one.h; else echo '#define RELEASE free' >src/one.h; fi
                ;;
        6) if [ -e src/two.h ]; then rm src/two.h; else printf '#undef RELEASE\n#define RELEASE free\n' >src/two.h; fi ;;
        7) echo "give_back takes=$( ((RANDOM % 2)) && echo libc || echo pymem)" >"$top/own.model" ;;
        8) echo "#define FAR $( ((RANDOM % 2)) && echo free || echo give_back)" >"$top/beside/three.h" ;;
        9) if [ -e src/3.c ]; then rm src/3.c; else source_file 3 PyMem_Malloc free >src/3.c; fi ;;
        esac
}

# Options that change what is said; a few of them in each round.
all=("--show-suppressed" "--fail-on error" "--ignore family-mismatch" "--statistics" "-q"
        "--confidence medium" "--model $top/own.model" "--baseline $top/baseline.json" "--color always"
        "--require-suppression-reason" "--output-format json" "--exit-zero" "--only src/0.c"
        "--automation-id x/" "--min-coverage 100" "--python-max 3.6"
        "--python-min 3.13" "--strict-baseline --baseline $top/baseline.json")
options() { echo "${all[RANDOM % ${#all[@]}]} ${all[RANDOM % ${#all[@]}]}"; }

# check NAME OPTIONS...: all that a run writes, as the files $top/out/NAME.*
check() {
        local name=$1
        shift
        # Bytes of outputs tell no times; what the summary says of them is not asked for.
        "$PYMEMLINT" check --isolated --python "$top/python" --output "sarif=$top/out/$name.sarif" \
                --output "jsonl=$top/out/$name.jsonl" "$@" . >"$top/out/$name.out" 2>"$top/out/$name.err"
        echo $? >"$top/out/$name.status"
}

same() { # WHAT ONE OTHER
        local part
        for part in out err sarif jsonl status; do
                cmp -s "$top/out/$2.$part" "$top/out/$3.$part" && continue
                fail "$1: .$part differs"
                diff "$top/out/$2.$part" "$top/out/$3.$part" | head -5 >&2
        done
}

printf '#define RELEASE free\n' >inc/one.h
echo '#define FAR free' >"$top/beside/three.h"
echo 'give_back takes=libc' >"$top/own.model"
for i in 0 1 2; do source_file $i PyMem_Malloc free >src/$i.c; done
git init -q . 2>/dev/null
"$PYMEMLINT" baseline create --isolated --python "$top/python" --baseline "$top/baseline.json" . >/dev/null 2>&1 ||
        fail "no baseline could be made"

# Each option alone, after a run that differs in nothing else.
cp src/0.c "$top/0.c"
sed -i '/ignore-next-line/d' src/1.c
grep -q ignore-next-line src/2.c || sed -i 's|^        free(|        // pymemlint: ignore-next-line[family-mismatch]\n&|' src/2.c
check with
for option in "${all[@]}"; do
        read -ra asked <<<"$option"
        check without --no-cache "${asked[@]}"
        check with "${asked[@]}"
        same "option $option" without with
done

hits=0
kept() { find "$XDG_CACHE_HOME" -path '*/reports/*' -type f | wc -l; }
for round in $(seq 30); do
        edit
        read -ra asked <<<"$(options)"
        check without --no-cache "${asked[@]}"
        check first "${asked[@]}"
        before=$(kept)
        check again "${asked[@]}"
        same "round $round, first run (${asked[*]})" without first
        same "round $round, second run (${asked[*]})" without again
        ((before)) && ((before == $(kept))) && hits=$((hits + 1))
done
((hits == 30)) || fail "only $hits of 30 second runs had a report to find"
[ "$(cat "$top"/out/*.jsonl | wc -l)" -gt 0 ] || fail "nothing was ever found"

# The second run reads no unit file: with all of them damaged it says nothing of it.
check fresh
find "$XDG_CACHE_HOME" -path '*/units/*' -type f -exec sh -c 'echo x >"$1"' _ {} \;
check again
same "without unit files" fresh again

# A damaged report is noticed, told once and made again.
find "$XDG_CACHE_HOME" -path '*/reports/*' -type f -exec sh -c 'printf x | dd of="$1" bs=1 seek=99 conv=notrunc 2>/dev/null' _ {} \;
check mended
[ "$(grep -c damaged "$top/out/mended.err")" -eq 1 ] || fail "a damaged report is not told once"
cmp -s "$top/out/fresh.out" "$top/out/mended.out" || fail "a damaged report changes the result"
check mended
same "after the damage" fresh mended

# A header far from the tree.
source_file 0 PyMem_Malloc FAR >src/0.c
echo '#define FAR free' >"$top/beside/three.h"
check near # which may still meet damage
check near
echo '#define FAR ((void (*)(void *))0)' >"$top/beside/three.h"
check far
check without --no-cache
same "a header out of the tree" without far
cmp -s "$top/out/near.out" "$top/out/far.out" && fail "a header out of the tree makes no difference"

# As long as before and with the same times: content decides.
touch -r src/0.c "$top/stamp"
sed -i 's/RELEASE/rELEASE/;s/free(p)/FREE(p)/;s/PyMem_Malloc(8)/PyMem_Malloc(9)/' src/*.c
touch -r "$top/stamp" src/*.c
check stamped
check without --no-cache
same "equal times" without stamped

# What is checked out is part of a SARIF log.
git -c user.name=x -c user.email=x@example.org commit -q --allow-empty -m one
git remote add origin https://example.org/x.git
check before
git -c user.name=x -c user.email=x@example.org commit -q --allow-empty -m two
check after
check without --no-cache
same "another commit" without after
cmp -s "$top/out/before.sarif" "$top/out/after.sarif" && fail "a SARIF log tells an old commit"

# Another build of the same version does not take its answers.
reports() { find "$XDG_CACHE_HOME" -path '*/reports/*' -type f | wc -l; }
cp "$PYMEMLINT" "$top/other"
export PYMEMLINT_FRONT=${PYMEMLINT_FRONT:-$(dirname "$PYMEMLINT")/pymemlint-front}
PYMEMLINT=$top/other check other
kept=$(reports)
PYMEMLINT=$top/other check other
[ "$(reports)" -eq "$kept" ] || fail "a build does not take its own answers"
echo >>"$top/other"
PYMEMLINT=$top/other check other
[ "$(reports)" -gt "$kept" ] || fail "another build takes the answers of this one"

# Runs that change files always run.
check mend --diff
"$PYMEMLINT" check --isolated --python "$top/python" --add-suppressions . >/dev/null 2>&1
check without --no-cache
check after
same "after suppressions" without after
exit $failed
