#!/bin/bash
# Where reports go: files, pipes, links and devices stay what they are, one place
# that takes nothing costs no other, and nothing is lost without a word.
# Environment: PYMEMLINT, SOURCE (the tree).
set -u
: "${PYMEMLINT:?}" "${SOURCE:?}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export XDG_CACHE_HOME=$scratch/cache PYMEMLINT_PYTHON=/usr/bin/python3
cd "$scratch" || exit 1
failed=0
fail() {
    echo "FAILED: $*"
    head -3 err
    failed=1
}
run() { # STATUS ARGUMENTS...
    local wanted=$1 status
    shift
    timeout 600 "$PYMEMLINT" "$@" >out 2>err </dev/null
    status=$?
    [ $status = "$wanted" ] || fail "'$*' ended with $status, not $wanted"
}
cp -r "$SOURCE/testdata/projects/sample" s
: >err
report() { "$PYMEMLINT" check -q --output-format concise "$@" s 2>err; }
report --output json=plain.json >concise
[ -s concise ] && [ -s plain.json ] || fail "no report to compare with"

# Each place twice: the second run takes the report from the cache.
mkfifo pipe
ln -s target link
ln -s /proc/self/fd/1 stdout # our own, since a broken program replaces it
for _ in first second; do
    timeout 60 cat pipe >through &
    report --output json=pipe >out
    wait $!
    [ -p pipe ] || fail "a pipe is replaced by a file"
    cmp -s through plain.json || fail "a pipe does not get the report"
    report --output json=>(cat >substituted) >out
    for _ in $(seq 100); do cmp -s substituted plain.json && break || sleep 0.1; done
    cmp -s substituted plain.json || fail "a process does not get the report"
    : >target
    report --output json=link >out
    [ -L link ] && cmp -s target plain.json || fail "a link is replaced by a file"
    echo before >all && report --output json=stdout >>all
    [ "$(cat all)" = "$(echo before; cat plain.json concise)" ] || fail "the standard output by its name loses something"
    report --output json=stdout | cmp -s - <(cat plain.json concise) || fail "a piped standard output by its name"
done
[ -L stdout ] || fail "the name of the standard output is replaced by a file"
"$PYMEMLINT" baseline create -q --baseline link s && [ -L link ] && grep -q '"findings"' target || fail "a link to the baseline is replaced"
: >in-the-way
for place in no/such/folder s in-the-way/x; do
    run 2 check --output "json=$place" --output json=kept.json --output-format concise s
    grep -q "cannot write '$place': " err || fail "'$place' takes no report, and nothing says so"
    cmp -s kept.json plain.json && cmp -s out concise || fail "'$place' costs another report"
    rm -f kept.json
done

# Nobody reads to the end, or can: the files are there all the same.
(trap '' PIPE; "$PYMEMLINT" check -q --output json=kept.json s 2>err; echo $? >status) | true
cmp -s kept.json plain.json || fail "a reader that goes away costs a report"
rm -f kept.json
"$PYMEMLINT" check --output json=kept.json s >&- 2>err
[ $? = 2 ] && cmp -s kept.json plain.json && grep -q 'cannot write to the standard output' err || fail "a closed standard output"

# Whatever a command prints, it says when that does not get out.
for words in --help --version 'check --help' rules 'rules --json' 'explain PML101' man 'completion bash' 'config show' \
    'cache info' 'census s' 'plan s' 'gilmap s' 'flags s' 'dump s/lines.c' 'check s' 'check --diff s'; do
    # shellcheck disable=SC2086 # words
    for how in closed full; do
        if [ $how = closed ]; then "$PYMEMLINT" $words >&- 2>err; else
            [ -c /dev/full ] || continue
            "$PYMEMLINT" $words >/dev/full 2>err
        fi
        [ $? = 2 ] && grep -q 'cannot write to the standard output' err || fail "'$words' with a standard output that is $how"
    done
done
exit $failed
