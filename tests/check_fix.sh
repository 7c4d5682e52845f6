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
exit $failed
