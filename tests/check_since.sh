#!/bin/bash
# --since: what a branch brought, by the merge base, out of git's own objects.
# Environment: PYMEMLINT (the program).
set -u
: "${PYMEMLINT:?}"
command -v git >/dev/null || { echo "git is not here"; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export XDG_CACHE_HOME=$scratch/cache HOME=$scratch TMPDIR=$scratch/tmp
export GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
mkdir "$TMPDIR" "$scratch/repo"
cd "$scratch/repo" || exit 1
failed=0

fail() {
    echo "FAILED: $*"
    cat "$scratch"/out "$scratch"/err 2>/dev/null | head -10
    failed=1
}
run() {
    local wanted=$1 status
    shift
    timeout 900 "$PYMEMLINT" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null
    status=$?
    [ "$status" = "$wanted" ] || fail "'$*' ended with $status, not $wanted"
}
findings() { # how many lines the concise report has
    [ "$(grep -c 'PML201' "$scratch/out")" = "$1" ] || fail "$1 findings expected"
}
bug() { # NAME of a function that returns memory to the wrong allocator
    printf '#include "shared.h"\n\nvoid %s(void)\n{\n    char *p = PyMem_Malloc(8);\n\n    if (p != NULL)\n        free(p);\n}\n' "$1"
}
# Our own use of git does not run what the repository's configuration names later on.
git() { command git -c core.fsmonitor=false "$@"; }
commit() { git add -A && git commit -q -m "$1"; }

git init -q -b main .
mkdir src
printf '#include <Python.h>\n#include <stdlib.h>\n' >src/shared.h
bug first >src/first.c
commit 'one bug'
git checkout -q -b branch
run 1 check --output-format concise src
findings 1
run 0 check --since main src
findings 0
bug second >src/second.c
commit 'another one'
run 1 check --output-format concise --since main src
findings 1
grep -q second.c "$scratch/out" || fail "the new finding is not the branch's"
run 1 check --output-format concise --since main .
findings 1

# What main brings meanwhile is not the branch's.
git checkout -q main
bug third >src/third.c
commit 'a third one'
git checkout -q branch
run 1 check --output-format concise --since main src
findings 1

# Moved lines and another file name do not make a finding new.
sed -i '2i /* a comment\n   of two lines */' src/first.c
run 1 check --output-format concise --since main src
findings 1
git mv src/first.c src/renamed.c
commit 'rename'
run 1 check --output-format concise --since main src
findings 1

# A whole repository or one file; a path that did not exist then.
run 0 check --since main src/renamed.c
run 1 check --since main src/second.c
mkdir fresh && bug fourth | sed 's/shared.h/..\/src\/shared.h/' >fresh/fourth.c
run 1 check --output-format concise --since main fresh
findings 1

# With recorded flags: the database speaks of today's tree.
include=$(/usr/bin/python3 -c 'import sysconfig; print(sysconfig.get_paths()["include"])')
mkdir build
for file in renamed second; do
    printf '{"directory": "%s/build", "file": "../src/%s.c", "arguments": ["cc", "-I%s", "-I../src", "-c", "../src/%s.c"]}\n' \
        "$PWD" "$file" "$include" "$file"
done | paste -sd, | sed 's/.*/[&]/' >build/compile_commands.json
run 1 check --output-format concise -p build --since main src
findings 1

# A repository may be hostile: its configuration and its names must run nothing and lead nowhere.
git config core.fsmonitor "touch $scratch/pwned"
git config core.pager "touch $scratch/pwned"
git config alias.merge-base "!touch $scratch/pwned"
ln -s /etc/passwd src/link.c
commit 'a link'
base=$(git merge-base main HEAD)
evil=$(printf 'int x;\n' | git hash-object -w --stdin)
tree=$(printf '100644 blob %s\tevil.c\n' "$evil" | git mktree)
tree=$(printf '040000 tree %s\t..\n' "$tree" | git mktree --missing 2>/dev/null) || tree=
if [ -n "$tree" ]; then
    git update-ref refs/heads/evil "$(git commit-tree -p "$base" -m evil "$tree")"
    git update-ref refs/heads/on-evil "$(git commit-tree -p evil -m on "$(git rev-parse 'branch^{tree}')")"
    git symbolic-ref HEAD refs/heads/on-evil
    run 1 check --since evil src
    git symbolic-ref HEAD refs/heads/branch
    [ ! -e "$TMPDIR/evil.c" ] && [ ! -e "$scratch/evil.c" ] || fail "a file was written outside"
fi
run 1 check --since main src
[ ! -e "$scratch/pwned" ] || fail "the repository made the program run a command"

# What goes wrong is told, with status 2.
run 2 check --since no-such-branch src
grep -q "git knows no commit 'no-such-branch'" "$scratch/err" || fail "an unknown reference is not named"
run 2 check --since --help src
grep -q "git knows no commit '--help'" "$scratch/err" || fail "an option was handed to git"
git checkout -q --orphan other 2>/dev/null && commit 'unrelated'
run 2 check --since main src
grep -q 'have no common commit' "$scratch/err" || fail "unrelated histories are not told"
git checkout -q branch
git clone -q --depth 1 "file://$PWD" ../shallow 2>/dev/null
(cd ../shallow && git fetch -q --depth 1 origin main && run 2 check --since FETCH_HEAD src &&
    grep -q 'git fetch --unshallow' "$scratch/err" || fail "a shallow clone is not told what to fetch"
exit $failed) || failed=1
[ -z "$(ls -A "$TMPDIR")" ] || fail "something was left behind: $(ls "$TMPDIR")"
# SARIF tells which commit was looked at, and no password of the remote's URL.
log() { "$PYMEMLINT" check -q --output-format sarif . 2>/dev/null; }
git remote remove origin 2>/dev/null
log | grep -q repositoryUri && fail "a commit without an origin is told"
for url in https://me:secret@example.net/a/b.git git@example.net:a/b.git /srv/b.git file:///srv/b.git; do
    git remote add origin "$url"
    log >"$scratch/out"
    case $url in
    https*) wanted=https://example.net/a/b.git ;;
    git@*) wanted=ssh://example.net/a/b.git ;;
    *) wanted= ;;
    esac
    grep -q secret "$scratch/out" && fail "the log has the password of the remote"
    [ "$(sed -n 's/.*"repositoryUri": "\(.*\)".*/\1/p' "$scratch/out")" = "$wanted" ] || fail "the remote $url"
    [ -z "$wanted" ] || grep -q "\"revisionId\": \"$(git rev-parse HEAD)\"" "$scratch/out" || fail "not the commit"
    git remote remove origin
done
exit $failed
