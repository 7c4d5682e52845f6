#!/bin/bash
# What the pages say is so: the report in the README is the program's own,
# options and commands exist, links lead somewhere. With --update the report is
# written anew. Environment: PYMEMLINT, SOURCE (the tree).
set -u
SOURCE=${SOURCE:-$(cd "$(dirname "$0")/.." && pwd)}
: "${PYMEMLINT:?}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export XDG_CACHE_HOME=$scratch/cache PYMEMLINT_PYTHON=/usr/bin/python3
failed=0
fail() {
    echo "FAILED: $*"
    failed=1
}

cd "$SOURCE" || exit 1
pages="README.md $(ls doc/*.md 2>/dev/null)"

# Paths are told from the repository down: a checkout is one, an unpacked archive is none.
mkdir -p "$scratch/checkout/.git"
cp -r testdata "$scratch/checkout/"

# Each "<!-- pymemlint ... -->" is followed by a block that holds the command's output.
for page in $pages; do
    CHECKOUT=$scratch/checkout PYMEMLINT=$PYMEMLINT /usr/bin/python3 - "$page" "${1:-}" <<'PY' || failed=1
import os, re, shlex, subprocess, sys
page, update = sys.argv[1:]
text = open(page).read()
status = 0
def block(match):
    global status
    words = shlex.split(match.group(1))
    words[0] = os.environ["PYMEMLINT"]
    said = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                          cwd=os.environ["CHECKOUT"]).stdout.strip()
    if said != match.group(2).strip():
        status = 1
        print(f"FAILED: {page}: the block of '{match.group(1)}' is not what it prints; run tests/check_docs.sh --update")
    return f"<!-- {match.group(1)} -->\n```text\n{said}\n```"
new = re.sub(r"<!-- (pymemlint [^\n]*) -->\n```text\n(.*?)```", block, text, flags=re.S)
if update == "--update":
    open(page, "w").write(new)
    status = 0
sys.exit(status)
PY
done

# Commands and options.
commands=$("$PYMEMLINT" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
for command in $commands; do "$PYMEMLINT" "$command" --help; done >"$scratch/help"
grep -ohE '\bpymemlint [a-z]+' $pages action.yml .pre-commit-hooks.yaml | sort -u | while read -r _ word; do
    grep -qx "$word" <<<"$commands" || echo "$word"
done | grep -vxE 'reads|finds|takes|is|needs' >"$scratch/unknown"
[ ! -s "$scratch/unknown" ] || fail "no such command: $(tr '\n' ' ' <"$scratch/unknown")"
grep -ohE '(pymemlint|`)[^`|#]* --[a-z][a-z-]*' $pages | grep pymemlint | grep -oE -- '--[a-z][a-z-]*' |
    sort -u >"$scratch/options"
[ -s "$scratch/options" ] || fail "no option was seen in the pages"
while read -r option; do
    grep -q -- "$option\b" "$scratch/help" || [ "$option" = --force ] || fail "no such option: $option"
done <"$scratch/options"

# Files that are named, and links.
grep -ohE '`(\.ci|doc|tests|testdata|rules|cli|analyzer|cmake)/[A-Za-z0-9_./-]+' $pages | tr -d '`' | sort -u |
    while read -r path; do [ -e "$path" ] || echo "$path"; done >"$scratch/missing"
grep -ohE '\]\([^)#]+' $pages | cut -c3- | grep -v '^https\?:' |
    while read -r path; do [ -e "$path" ] || [ -e "doc/$path" ] || echo "$path"; done >>"$scratch/missing"
[ ! -s "$scratch/missing" ] || fail "named, but not there: $(tr '\n' ' ' <"$scratch/missing")"

# The configuration in the README is one.
mkdir -p "$scratch/p/.git"
sed -n '/^```toml/,/^```/{/^```/d;p}' README.md >"$scratch/p/pyproject.toml"
printf 'int x;\n' >"$scratch/p/x.c"
"$PYMEMLINT" check -q "$scratch/p" >"$scratch/out" 2>&1 || fail "the README's configuration: $(cat "$scratch/out")"
exit $failed
