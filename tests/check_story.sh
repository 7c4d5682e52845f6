#!/bin/bash
# The story of a stranger's tree, told on the trees that are here; others are
# given to tests/story by hand. A story in which nothing can go wrong is none:
# it must fail when the program does not report, or reports too much.
# Environment: PYMEMLINT, SOURCE (the tree).
set -u
: "${PYMEMLINT:?}" "${SOURCE:?}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0
for tree in sample plan-queue census-ring; do
    "$SOURCE/tests/story" "$SOURCE/testdata/projects/$tree" >"$scratch/out" 2>&1 || {
        echo "FAILED: the story of $tree"
        cat "$scratch/out"
        failed=1
    }
done
# Programs that are not as told: deaf, without a merge base, with suggestions of their own.
liar() { # SCRIPT: edits the arguments before the program gets them
    printf '#!/bin/bash\nset -- "$@"\n%s\nexec "%s" "$@"\n' "$1" "$PYMEMLINT" >"$scratch/liar"
    chmod +x "$scratch/liar"
    PYMEMLINT=$scratch/liar "$SOURCE/tests/story" "$SOURCE/testdata/projects/sample" >"$scratch/out" 2>&1 && {
        echo "FAILED: the story ends well with a program that does: $1"
        failed=1
    }
}
liar 'case " $* " in *" --since "*) set -- "$@" --ignore PML201 ;; esac'
liar 'a=(); for w; do [ "$w" = --since ] && s=1 && continue; [ -n "${s:-}" ] && s= && continue; a+=("$w"); done; set -- "${a[@]}"'
liar 'case " $* " in *rdjson*) set -- --version ;; esac'
exit $failed
