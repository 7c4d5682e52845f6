#!/bin/bash
# Files that are no TOML: each is refused with its place and a sentence, in both
# places that a configuration may stand in, and files that are TOML are read.
# With TOML_TEST, a checkout of https://github.com/toml-lang/toml-test, also all
# files of the official suite for TOML 1.0. Environment: PYMEMLINT.
set -u
: "${PYMEMLINT:?}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch/p/.git" && cd "$scratch/p" || exit 1
failed=0 ran=0
fail() {
    echo "FAILED: $*"
    failed=1
}
refused() { # FILE NAME: it is no TOML
    local file
    for file in pymemlint.toml pyproject.toml; do
        cp "$1" $file
        timeout 20 "$PYMEMLINT" config show >../out 2>../err
        [ $? = 2 ] && [ ! -s ../out ] || fail "$2 as $file is taken"
        # A place, and words about the text: not that a key of it means nothing to us.
        grep -qaE "^pymemlint: error: [^ ]*/$file:[1-9][0-9]*:[1-9][0-9]*: [A-Z']" ../err || fail "$2 as $file: $(head -1 ../err)"
        grep -qa 'unknown key' ../err && fail "$2 as $file is read: $(head -1 ../err)"
        rm $file
    done
    ran=$((ran + 1))
}
taken() { # FILE NAME: it is, and says nothing to us
    cp "$1" pyproject.toml
    timeout 20 "$PYMEMLINT" config show >../out 2>../err || fail "$2 is refused: $(head -1 ../err)"
    rm pyproject.toml
    ran=$((ran + 1))
}

while IFS= read -r line; do
    printf '%b' "$line" >../case
    refused ../case "'$line'"
done <<'CASES'
a = [1, 2
a = [1,, 2]
a = [ 1 2 ]
a = True
a = fals
a = 1 # bell \a in a comment
a = "one\ntwo"
a = 2021-02-30
a = 2021-1-01
a = 25:00:00
a = "\\xff is no escape of 1.0"
a = "\\ud800"
a = "\0377 is no UTF-8"
a = .5
a = 1.
a = 1e
a = +-1
a = 01
a = 1__0
a = 0xg
a = 99999999999999999999
a = {b = 1, c = 2,}
a = {b = 1\n}
a = {b = 1}\na.c = 2
a = 1\na = 2
a.b = 1\na = 2
[a]\n[a]
[[a]]\n[a]
[a\n]
[a] b = 1
[]
= 1
a 1
a b = 1
a = 1 b = 2
"a = 1
a = 'one
a = """two
a = "x" y
\0357\0273\0277a = 1\n\0357\0273\0277
CASES
[ $ran = 40 ] || fail "$ran of 40 forms were tried"
printf '# nothing\n' >../case && taken ../case 'a comment'
printf '\357\273\277a."b c".d = [1979-05-27T07:32:00Z, """x\n""", 0b1]\n[[x]]\n[[x]]\n' >../case && taken ../case 'odd but right'

if [ -n "${TOML_TEST:-}" ]; then
    before=$ran
    while IFS= read -r name; do
        case $name in
        invalid/*.toml) refused "$TOML_TEST/tests/$name" "$name" ;;
        valid/*.toml) taken "$TOML_TEST/tests/$name" "$name" ;;
        esac
    done <"$TOML_TEST/tests/files-toml-1.0.0"
    [ $((ran - before)) -ge 600 ] || fail "$TOML_TEST has only $((ran - before)) files"
fi
echo "$ran files"
exit $failed
