#!/bin/bash
# The language server: a story told by the protocol's own client from npm, and
# what clients should not send. Environment: PYMEMLINT, SOURCE, BUILD.
set -u
shopt -s lastpipe # what a pipe ends in fails this script, not a copy of it
: "${PYMEMLINT:?}" "${SOURCE:?the source folder}" "${BUILD:?the build folder}"
work=$BUILD/lsp-check
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
export XDG_CACHE_HOME=$top/cache PYMEMLINT_PYTHON=/usr/bin/python3 TMPDIR=$top
failed=0
fail() {
    echo "FAILED: $*"
    failed=1
}

# shellcheck source=tests/npm.sh
. "$SOURCE/tests/npm.sh"
mkdir -p "$work"
cp "$SOURCE/tests/lsp/package.json" "$SOURCE/tests/lsp/story.js" "$work/"
skipped=
if npm_install "$work" node_modules/vscode-languageserver-protocol/package.json >"$top/said"; then
    cp -r "$SOURCE/testdata/projects/sample" "$top/sample"
    timeout 1500 node "$work/story.js" "$PYMEMLINT" "$top/sample" >"$top/said" 2>"$top/err" ||
        fail "$(cat "$top/said" "$top/err")"
    grep -q 'ends well' "$top/said" || fail "the story has no end"
    [ ! -s "$top/err" ] || fail "the server speaks on the standard error: $(head -3 "$top/err")"
else
    skipped="the story of an editor: $(cat "$top/said")"
fi
[ -z "$(find "$top" -maxdepth 1 -name 'pymemlint-*')" ] || fail "the server leaves files behind"

# Bytes of nobody's protocol: an answer or an end, in bounded time and memory.
frame() { printf 'Content-Length: %d\r\n\r\n%s' "$(printf %s "$1" | wc -c)" "$1"; }
memory=4000000
grep -q '^PYMEMLINT_SANITIZE:BOOL=ON' "$BUILD/CMakeCache.txt" && memory=unlimited # shadow memory is larger
hostile() { # NAME STATUS: the server ends with it
    (ulimit -v $memory; timeout 300 "$PYMEMLINT" lsp >"$top/out" 2>"$top/err")
    local status=$?
    [ $status = "$2" ] || fail "$1: status $status: $(head -c 300 "$top/err")"
}
printf '' | hostile 'no client' 1
printf 'GET / HTTP/1.1\r\n\r\n' | hostile 'another protocol' 2
printf 'Content-Length: 99999999999\r\n\r\n' | hostile 'a length without end' 2
printf 'Content-Length: -1\r\n\r\n' | hostile 'a negative length' 2
head -c 100000 /dev/zero | hostile 'no header at all' 2
printf 'Content-Length: 100\r\n\r\n{' | hostile 'a cut message' 1
frame '{"method"' | hostile 'no JSON' 1
grep -q -- -32700 "$top/out" || fail "what is no JSON gets no answer"
frame '[1,2]' | hostile 'no object' 1
grep -q -- -32600 "$top/out" || fail "what is no message gets no answer"
frame "$(printf '[%.0s' $(seq 100000))" | hostile 'deep JSON' 1
{
    frame '{"id":1,"method":"initialize","params":{"rootUri":7,"workspaceFolders":"x"}}'
    for method in didOpen didChange didSave didClose; do
        for params in '{}' '[]' '7' '{"textDocument":7}' '{"textDocument":{"uri":"http://x/y.c","text":"","version":1}}' \
            '{"textDocument":{"uri":"file:///","text":7}}' '{"textDocument":{"uri":"file:///no%/x.c","text":"int x;"},"contentChanges":[{"text":"a"},7]}'; do
            frame "{\"method\":\"textDocument/$method\",\"params\":$params}"
        done
    done
    frame '{"id":2,"method":"textDocument/hover","params":{"position":{"line":-1,"character":1e300}}}'
    frame '{"id":3,"method":"shutdown"}'
    frame '{"id":4,"method":"textDocument/hover"}'
    frame '{"method":"exit"}'
} | hostile 'wrong parameters' 0
grep -q '"id":2,"error"' "$top/out" || fail "a hover without a document gets no error"
grep -q '"id":4,"error"' "$top/out" || fail "a request behind shutdown gets no error"
npm_end $failed "$skipped"
