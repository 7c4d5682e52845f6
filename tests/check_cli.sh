#!/bin/bash
# The command line as a user meets it: exit statuses, what goes to which
# stream, and the sentence for every kind of bad input.
# Environment: PYMEMLINT (the program), SOURCE (the tree).
set -u
: "${PYMEMLINT:?}" "${SOURCE:?}"
scratch=$(mktemp -d)
trap 'chmod -R u+rwx "$scratch"; rm -rf "$scratch"' EXIT
export XDG_CACHE_HOME=$scratch/cache HOME=$scratch/home
mkdir "$HOME"
unset "${!PYMEMLINT_@}" 2>/dev/null
[ -z "${FRONT:-}" ] || export PYMEMLINT_FRONT=$FRONT
cd "$scratch" || exit 1
python=/usr/bin/python3
failed=0 ran=0

fail() {
    echo "FAILED: $*"
    sed 's/^/    out| /' out | head -5
    sed 's/^/    err| /' err | head -5
    failed=1
    return 1
}

# run STATUS ARGUMENTS...: the program must end so; out and err hold what it said.
run() {
    local wanted=$1 status
    shift
    timeout 900 "$PYMEMLINT" "$@" >out 2>err </dev/null
    status=$?
    ran=$((ran + 1))
    [ "$status" = "$wanted" ] || fail "'$*' ended with $status, not $wanted"
}
says() { # the standard error has this text
    grep -qF -- "$1" err || fail "nothing on the standard error about: $1"
}
prints() {
    grep -qF -- "$1" out || fail "nothing on the standard output about: $1"
}
silent() { # no result
    [ ! -s out ] || fail "the standard output is not empty"
}

# --- a tree with one finding, one without, one of nothing -----------------------
mkdir bad good empty textonly plain
cat >bad/bad.c <<'C'
#include <Python.h>
#include <stdlib.h>

PyObject *twice(PyObject *self, PyObject *args)
{
    char *copy = PyMem_Malloc(10);

    if (copy == NULL)
        return PyErr_NoMemory();
    free(copy);
    Py_RETURN_NONE;
}
C
sed 's/ free(copy)/ PyMem_Free(copy)/' bad/bad.c >good/good.c
echo 'no C here' >textonly/notes.txt
printf '#include <stdlib.h>\nint main(void)\n{\n    void *p = malloc(1);\n    free(p);\n    return 0;\n}\n' >plain/plain.c

# --- statuses and streams -----------------------------------------------------------
run 0 --version
prints 'pymemlint '
[ "$(wc -l <out)" = 1 ] || fail "--version prints more than a line"
run 0 --help
prints 'check'
for command in $("$PYMEMLINT" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
    run 0 "$command" --help
    prints "Usage: pymemlint $command"
    [ ! -s err ] || fail "$command --help writes to the standard error"
    # Statuses of what can come alone, and no heading twice.
    grep -qx 'Exit status:' out || [ "$command" = capture ] || fail "$command --help tells no status"
    ! grep -q '^  1  .*--fail-on' out || grep -q '^  --fail-on' out || fail "$command --help speaks of an option that it has not"
    [ -z "$(grep -x '[A-Z].*:' out | sort | uniq -d)" ] || fail "$command --help has a heading twice"
done
run 0 check good
silent
run 1 check bad
prints PML201
prints 'bad.c:10'
run 1 check -q bad
[ ! -s err ] || fail "--quiet is not quiet"
run 0 check --exit-zero bad
prints PML201
run 0 check --fail-on never bad
run 1 check --fail-on error bad
run 0 check --ignore PML201 bad
run 0 check --ignore family bad
run 0 check --ignore PML2 bad
run 0 check --select gil bad
run 1 check --select family-mismatch --ignore family bad
run 1 check bad/bad.c
run 1 check bad good
run 0 check plain
run 1 check bad -- -I"$($python -c 'import sysconfig; print(sysconfig.get_paths()["include"])')"
run 0 rules
prints 'family-mismatch'
run 0 rules --json
$python -m json.tool out >/dev/null || fail "rules --json prints no JSON"
run 0 explain PML201
cp out code
run 0 explain family-mismatch
cmp -s out code || fail "explain tells of code and name differently"
for rule in $("$PYMEMLINT" rules | awk '{print $1}'); do
    run 0 explain "$rule"
    [ "$(wc -l <out)" -ge 8 ] || fail "explain $rule has hardly a word"
    for heading in 'What it finds' 'Why it matters' 'How to fix it' 'Where it holds' Limits Example; do
        case $rule in PML9*) break ;; esac # those are about comments and files
        grep -qx "$heading" out || fail "explain $rule does not tell: $heading"
    done
done

# --- formats ------------------------------------------------------------------------------
formats=$("$PYMEMLINT" check --help | tr ' ' '\n' | grep '^full|' | tr '|' ' ')
[ "$(wc -w <<<"$formats")" = 10 ] || fail "ten formats are promised: $formats"
for format in $formats; do
    run 1 check -q --output-format "$format" bad
    [ -s out ] || fail "$format prints nothing"
    cp out "direct.$format"
    run 1 check -q --output "$format=file.$format" --output-format concise bad
    [ "$format" = full ] || cmp -s "file.$format" "direct.$format" || fail "$format differs between file and output"
    prints 'bad.c:10:'
done
for format in json sarif gitlab rdjson; do
    $python -m json.tool "direct.$format" >/dev/null || fail "$format is no JSON"
done
for format in junit checkstyle; do
    $python -c 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])' "direct.$format" || fail "$format is no XML"
done
run 1 check --output sarif=one.sarif --output json=two.json bad
[ -s one.sarif ] && [ -s two.json ] || fail "two outputs at once"
run 1 check -q --color always bad
grep -q $'\033' out || fail "--color always has no colour"
run 1 check -q bad
! grep -q $'\033' out || fail "colour in a file"
run 2 check --output sarif=no/such/folder/x.sarif bad
says "cannot write"

# --- folders that have nothing in common but a place far above them ---------------------------
mkdir -p apart/one/two/three/four/five apart/other
cp bad/bad.c apart/one/two/three/four/five/deep.c
cp bad/bad.c apart/other/flat.c
run 1 check --output-format concise apart/one/two/three/four apart/other
prints four/five/deep.c
prints other/flat.c
run 1 check --output-format concise apart/one/two/three/four/five/deep.c apart/other/flat.c
prints five/deep.c
prints other/flat.c

# --- coverage and incomplete runs -----------------------------------------------------------
mkdir partial
cat >partial/partial.c <<'C'
#include <Python.h>
#include "no_such_header.h"

void f(void)
{
    UNKNOWN_MACRO_STATEMENT;
    PyObject *x = PyList_New(0);
    Py_XDECREF(x);
}
C
run 0 check partial
says no_such_header.h
run 3 check --min-coverage 100 partial
says 'statements'
cp bad/bad.c partial/bad.c
run 3 check --min-coverage 100 partial
prints PML201 # findings are still printed

# --- bad input, each with its sentence --------------------------------------------------------
run 2
says usage
run 2 chek bad
says "'chek' is no command; did you mean 'check'?"
run 2 bad
says "did you mean 'pymemlint check bad'?"
run 2 check
says 'nothing to check'
run 2 check no/such/path
says no/such/path
silent
run 2 check bad no/such/path
says no/such/path
run 2 check empty
says empty
run 2 check textonly
says textonly
run 2 check --slect gil bad
says "did you mean '--select'?"
run 2 check --select famly-mismatch bad
says "unknown rule 'famly-mismatch' in --select; did you mean 'family-mismatch'?"
run 2 check --ignore PML999 bad
says "unknown rule 'PML999' in --ignore"
run 2 explain aloc-without-gil
says "did you mean 'alloc-without-gil'?"
run 2 explain
says 'name a rule'
run 2 explain --at nonsense bad
says "expected FILE:LINE"
run 2 explain --at bad/bad.c:0 bad
says "expected FILE:LINE"
run 2 check --output-format serif bad
says "did you mean 'sarif'?"
run 2 check --output serif=x bad
says "did you mean 'sarif'?"
run 2 check --output sarif bad
says 'FORMAT=FILE'
run 2 check --confidence low bad
says "--confidence: unknown value 'low'; it is one of medium and high"
run 2 check --fail-on warnings bad
says "did you mean 'warning'?"
run 2 check --color sometimes bad
says "--color: unknown value 'sometimes'"
run 2 check -j many bad
says "--jobs: expected a number, not 'many'"
run 2 check -j
says "needs a value"
run 2 check --min-coverage 120 bad
says "too large"
run 2 check --python-min 3 bad
says "expected a version such as 3.12"
run 2 check --python-min 3.12 --python-max 3.9 bad
says "--python-min is newer than --python-max"
run 2 check --no-fix=3 bad
says "takes no value"
run 2 check --model no.model bad
says "cannot read the model file 'no.model'"
echo 'f gives=nofamily' >wrong.model
run 2 check --model wrong.model bad
says wrong.model:1:
run 2 check --baseline no.json bad
says no.json
echo '{' >broken.json
run 2 check --baseline broken.json bad
says broken.json
run 2 check --compare broken.json bad
says broken.json
run 2 check --python ./no-such-python bad
says no-such-python
run 2 check -p no/such/dir bad
says no/such/dir
mkdir broken && cp good/good.c broken && echo '[{"file": "good.c", ' >broken/compile_commands.json
run 2 check -p broken broken
says compile_commands.json
echo '{"a": 1}' >broken/compile_commands.json
run 2 check -p broken broken
says compile_commands.json
run 2 check --since HEAD bad
says 'is in no git work tree'
run 2 cache empty
says "'cache' cannot 'empty'"
says "usage: pymemlint cache info|clean"
for nothing in '{"runs": []}' '{"runs": [null]}' '{"runs": [{"tool": {"driver": {"name": "x"}}}]}'; do
    echo "$nothing" >other.json
    run 2 check --compare other.json bad
    says "'other.json' is not a SARIF log that pymemlint wrote"
done
run 2 link bad
says "'bad' holds no 'project.json'"
run 2 summarize -o units --shards 2 --shard 1/3 bad
says 'speaks of 3 parts, --shards of 2'
run 2 gilmap --fail-on error bad
says "has no option '--fail-on'"
run 2 cache info -j 3
says "'cache' has no option '-j'"
run 2 cache
says 'usage: pymemlint cache info|clean'
run 2 completion bsh
says "did you mean 'bash'"
run 0 cache info
run 0 cache clean
run 0 cache info --cache-dir "$scratch/other"

# A folder that ends in .c is not read as a file; one that may not be read is named.
mkdir folder.c
run 2 check folder.c
mkdir -p locked/in && cp good/good.c locked && cp good/good.c locked/in && chmod 000 locked/good.c
. "$SOURCE/tests/nobody.sh"
be_nobody "$scratch" || fail "nobody can be found who may not read all" # root reads everything
locked() { # STATUS ARGUMENTS...: as run, with nothing kept
    local wanted=$1 status
    shift
    "${as[@]}" "$program" "$@" --no-cache >out 2>err
    status=$?
    [ "$status" = "$wanted" ] || fail "'$*' as one who may not read all ended with $status, not $wanted"
}
locked 2 check locked/good.c
says 'good.c'
locked 3 check locked
says 'failed: good.c: cannot be read: Permission denied'
says '1 of 2 units could not be analyzed'
locked 0 check --exclude good.c locked/in bad --ignore family
chmod 644 locked/good.c && chmod 000 locked/in
locked 3 check locked
says 'failed: in: the folder cannot be read'
locked 3 census locked
says "warning: 'in': the folder cannot be read"
locked 0 check --exclude in locked
chmod 755 locked/in
run 2 check --prelude bad bad
says "cannot read the prelude 'bad': Is a directory"

# No headers for the interpreter: say so, unless nobody needs them.
cat >headless <<'SH'
#!/bin/sh
case "$*" in
*sysconfig*) printf '%s\n' '{}' ;;
esac
exit 1
SH
chmod +x headless
run 2 check --python ./headless bad
says headless
run 0 check --python "$python" plain

# A virtual environment has no headers of its own and needs none.
if $python -m venv --without-pip venv 2>/dev/null; then
    run 1 check --python venv/bin/python3 bad
    cp -r venv bad/venv
    mkdir -p bad/venv/lib/python3.11/site-packages/x && cp bad/bad.c bad/venv/lib/python3.11/site-packages/x/
    run 1 check --output-format concise bad
    ! grep -q site-packages out || fail "the packages of a virtual environment are no sources"
    rm -rf bad/venv
fi

# --- configuration --------------------------------------------------------------------------------
mkdir -p project/src project/.git && cp bad/bad.c project/src
printf '[project]\nname = "x"\n\n[tool.pymemlint]\nignore = ["family-mismatch"]\n' >project/pyproject.toml
run 0 check project
run 1 check --isolated project
for word in 0 no false; do
    PYMEMLINT_ISOLATED=$word "$PYMEMLINT" config show project | grep -qx 'ignore = family-mismatch' || fail "PYMEMLINT_ISOLATED=$word reads no file"
    PYMEMLINT_ISOLATED=1 "$PYMEMLINT" config show project | grep -qx 'ignore = family-mismatch' && fail "PYMEMLINT_ISOLATED=1 reads one"
done
PYMEMLINT_FAIL_IF='libc > 0' run 0 config show --to pyraw project
prints 'fail-if = libc > 0'
prints 'to = pyraw'
run 0 explain pml201
mkdir tables && printf '[per-file-ignores]\n"v/**" = ["all", "PML2"]\n[functions]\nget = {allocates = "pymem"}\n' >tables/pymemlint.toml
run 0 config show tables
for line in 'per-file-ignores."v/\*\*" = all' 'per-file-ignores."v/\*\*" = PML2' 'functions.get = gives=pymem'; do
    grep -qx "$line" out || fail "config show does not show: $line"
done
run 0 config show --origins tables
grep -q '^functions.get = gives=pymem  # .*pymemlint.toml:4$' out || fail "config show does not tell where a function comes from"
run 1 check --ignore gil project # the command line wins over the file
PYMEMLINT_IGNORE=gil run 1 check project
(cd project/src && run 0 check bad.c) || failed=1
run 0 config show --origins project/src
prints 'project/pyproject.toml:5'
run 0 baseline create --baseline none.json project/src # the configuration is that of the sources here, too
! grep -q family-mismatch none.json || fail "baseline does not read the configuration of what it is told"
run 2 config
(cd project && "$PYMEMLINT" config show --origins | grep -q '^ignore = family-mismatch  # .*pyproject.toml:5$') ||
    fail "config show does not tell where 'ignore' comes from"
printf '[tool.pymemlint]\nignroe = ["x"]\n' >project/pyproject.toml
run 2 check project
says "pyproject.toml:2:1: unknown key 'ignroe'; did you mean 'ignore'?"
printf '[tool.pymemlint]\njobs = "two"\n' >project/pyproject.toml
run 2 check project
says 'pyproject.toml:2:8: jobs: expected a number, not a text'
printf '[tool.pymemlint]\nselect = ["gil"\n' >project/pyproject.toml
run 2 check project
says 'pyproject.toml:2:17: Error while parsing array'
printf '[tool.pymemlint]\npython = "./evil"\n' >project/pyproject.toml
run 2 check project
says "'python' is taken from the command line and the environment only"
printf '[tool.pymemlint.per-file-ignores]\n"src/*.c" = ["family"]\n' >project/pyproject.toml
run 0 check project
printf '[tool.pymemlint.per-file-ignores]\n"other/*.c" = ["family"]\n' >project/pyproject.toml
run 1 check project
says "nothing is found that 'other/*.c' would have to ignore"
cat >project/src/own.c <<'C'
#include <Python.h>
#include <stdlib.h>

char *pool_get(size_t n);

void f(void)
{
    char *p = pool_get(3);

    if (p != NULL)
        free(p);
}
C
printf '[tool.pymemlint]\nignore = ["PML4"]\n[tool.pymemlint.functions]\npool_get = {allocates = "pymem", may-fail = true}\n' \
    >project/pyproject.toml
run 1 check --output-format concise project
prints 'src/own.c:11'
printf '[tool.pymemlint.functions]\npool_get = {allocates = "pymen"}\n' >project/pyproject.toml
run 2 check project
says pyproject.toml:2
rm -f project/pyproject.toml
PYMEMLINT_SELCT=gil run 0 rules
PYMEMLINT_SELCT=gil run 1 check project
says "'PYMEMLINT_SELCT' means nothing here; did you mean 'PYMEMLINT_SELECT'?"

# --- changes ------------------------------------------------------------------------------------------
mkdir old && cat >old/old.c <<'C'
#include <Python.h>

void *get(void)
{
    return PyMem_MALLOC(3);
}
C
cp old/old.c old.orig
run 1 check --diff --select PML401 old
grep -q '^+.*PyMem_Malloc(3)' out || fail "--diff prints no patch"
cmp -s old/old.c old.orig || fail "--diff changed the source"
run 1 check -q --output-format rdjson --select PML401 old
cp -r old suggested
[ "$($python "$SOURCE/tests/review.py" suggested <out)" = 1 ] || fail "the suggestions of rdjson do not fit the source"
run 0 check --fix --select PML401 old
cmp -s suggested/old.c old/old.c || fail "the suggestions of rdjson are not the fix"
grep -q 'PyMem_Malloc(3)' old/old.c || fail "--fix changed nothing"
run 0 check --select PML401 old

# --- a log that nobody takes ------------------------------------------------------------------------------
mkdir long && $python -c '
print("#include <Python.h>")
for k in range(251):
    print("void f%d(void *p)\n{\n%s}" % (k, "    PyMem_FREE(p);\n" * 100))' >long/long.c
run 1 check --select PML401 --output-format sarif long
says 'the log has 25100 results: GitHub refuses more than 25000 and keeps 5000'
run 1 check --select PML401 --output-format concise long
! grep -q GitHub err || fail "a report that is no log is too long for GitHub"

# --- rules about comments and the baseline: said whatever is selected, silenced by --ignore alone ---------------------
mkdir comments && cp bad/*.h comments 2>/dev/null
echo 'int x; /* pymemlint: ignore[no-such-rule, unknown-suppression, PML903] because */' >comments/x.c
for words in '' '--select gil'; do
    # shellcheck disable=SC2086 # words
    run 1 check $words comments
    prints "'no-such-rule' is no rule"
done
for words in '--ignore PML903' '--ignore unknown-suppression' '--ignore PML9' '--ignore all' '--ignore advice --select gil'; do
    # shellcheck disable=SC2086 # words
    run 0 check $words comments
    ! grep -q PML903 out || fail "$words does not silence it"
done
run 1 check --ignore PML9 --extend-select PML903 comments
printf '[per-file-ignores]\n"x.c" = ["PML903"]\n' >comments/pymemlint.toml
run 0 check comments
! grep -q 'would have to ignore' err || fail "an entry for such a rule is taken for needless"
printf '{"version":1,"findings":[{"hash":"29b9e39626c63017:1","rule":"PML201","file":"x.c","function":"f","message":"gone"}]}' >gone.json
run 1 check --isolated --baseline gone.json --strict-baseline --ignore PML903 comments
prints PML905
run 0 check --isolated --baseline gone.json --strict-baseline --ignore PML903,PML905 comments
run 0 explain PML903
! grep -q 'ignore\[unknown-suppression\]' out || fail "explain promises a comment that does not help"
prints '--ignore PML903; a comment does not'

# --- what is new -----------------------------------------------------------------------------------------
run 0 baseline create --baseline known.json bad
run 0 check --baseline known.json bad
cat bad/bad.c >bad/more.c
sed -i 's/twice/thrice/' bad/more.c
run 1 check --output-format concise --baseline known.json bad
prints more.c
! grep -q '^bad/bad.c\|/bad.c:' out || fail "a known finding is reported again"
run 0 baseline update --baseline known.json bad
run 1 check --baseline known.json bad
run 0 baseline update --accept-new --baseline known.json bad
run 0 check --baseline known.json bad
rm bad/more.c
run 0 baseline prune --baseline known.json bad
run 0 check --strict-baseline --baseline known.json bad
run 1 check -q --output sarif=before.sarif bad
run 0 check --compare before.sarif bad
run 1 check --only bad/bad.c bad good
run 0 check --only good/good.c bad good
run 1 check --only bad bad good
run 0 check --only good bad good
run 2 check --only bad/bed.c bad
says "cannot find 'bad/bed.c'"
run 2 check --within . bad/bed.c
says "cannot find 'bad/bed.c'"
run 1 check --within . --select family bad/bad.c
run 0 check --within . --select family good/good.c
# What an editor has and the disk has not: a source, a header, their fixes.
cp -r "$SOURCE/testdata/projects/sample" typed && cp -r typed typed.orig
piped() { # STATUS FILE SCRIPT ARGUMENTS...: as run, with FILE through sed as the standard input
    local wanted=$1 file=$2 script=$3 status
    shift 3
    sed "$script" "$file" | "$PYMEMLINT" check --stdin-filename "$file" "$@" >out 2>err
    status=${PIPESTATUS[1]}
    [ "$status" = "$wanted" ] || fail "the standard input as $file ($script, $*): $status, not $wanted"
}
piped 1 typed/tallymodule.c 1i/**/ --output-format concise typed
prints 'tallymodule.c:40:5: error'
! grep -q 'buffer.c' out || fail "findings of other files are told"
piped 1 typed/tallymodule.c 1i/**/ --output-format concise typed -
prints 'tallymodule.c:40:5: error'
piped 1 typed/tallymodule.c 1i/**/ typed
prints '  40 |     free(self->separator);'
piped 0 typed/tallymodule.c 's/ free(self/ PyMem_Free(self/' typed
piped 1 typed/tallymodule.c 's/ free(self->sep/ free (self->sep/' --output-format concise typed
piped 1 typed/lines.c '' -q --diff typed
prints '+    char *copy = PyMem_Malloc('
piped 1 typed/buffer.h '$istatic inline void f(void) { free(PyMem_Malloc(3)); }' --select PML2 --output-format concise typed
prints 'buffer.h:'
piped 0 typed/buffer.h '' typed
piped 1 typed/lines.c ''
piped 2 typed/lines.c '' bad
says 'no unit of this program reads'
piped 2 typed/lines.c '' --fix typed
says 'the standard input is no file'
run 2 check --stdin-filename typed/none.c typed
says "cannot find 'typed/none.c'"
diff -r typed typed.orig >out || fail "the standard input changed a file"
cp -r bad quiet
run 0 check --add-suppressions quiet
grep -q '^    /\* pymemlint: ignore-next-line\[family-mismatch\] ' quiet/bad.c || fail "no suppression was written"
run 0 check quiet
run 0 check -q --show-suppressed --output-format sarif quiet
prints '"suppressions"'
run 0 flags bad good
$python -c 'import json; assert [e["origin"] for e in json.load(open("out"))] == ["derived"] * 2' ||
    fail "flags does not list two derived units"
run 0 dump good
prints 'func twice'
run 0 explain --at bad/bad.c:10 bad
prints "in 'twice'"
prints 'GIL on entry: '
prints PML201
run 2 explain --at no.c:3 bad
says "no unit of this program reads 'no.c'"

# --- the same bytes for any number of workers, with and without cache ------------------------------------------
"$PYMEMLINT" check -q -j1 --no-cache --output-format sarif bad good partial >one 2>/dev/null
"$PYMEMLINT" check -q -j3 --output-format sarif bad good partial >three 2>/dev/null
"$PYMEMLINT" check -q -j3 --output-format sarif bad good partial >again 2>/dev/null
cmp -s one three && cmp -s three again || fail "the report depends on workers or cache"

# --- pages made from the tables -----------------------------------------------------------------------------------
"$PYMEMLINT" man >page.1
tr '\n' ' ' <page.1 | grep -q '(a [-\\]*fail[-\\]*if holds)' || fail "the manual page does not tell when a census fails"
if command -v mandoc >/dev/null; then
    mandoc -Tlint page.1 >lint 2>&1 || true
    [ ! -s lint ] || fail "mandoc: $(head -3 lint)"
fi
if command -v man >/dev/null && command -v groff >/dev/null; then
    MANROFFSEQ='' man --warnings -E UTF-8 -l -Tutf8 -Z page.1 >/dev/null 2>lint
    [ ! -s lint ] || fail "man --warnings: $(head -3 lint)"
fi
for option in $("$PYMEMLINT" check --help | grep -o -- '^  [^ ]*, --[a-z-]*\|^  --[a-z-]*' | sed 's/.*--/--/'); do
    grep -q -- "$(sed 's/-/\\\\-/g' <<<"$option")" page.1 || fail "the manual page lacks $option"
    "$PYMEMLINT" completion bash | grep -q -- "$option" || fail "bash's completion lacks $option"
done
"$PYMEMLINT" completion bash >completion && bash -n completion || fail "bash's completion has an error"
got=$(bash -c '. ./completion; COMP_WORDS=(pymemlint check --conf); COMP_CWORD=2; _pymemlint; echo "${COMPREPLY[*]}"')
[ "$got" = '--confidence --config' ] || fail "bash completes '--conf' to '$got'"
for shell in zsh fish; do
    "$PYMEMLINT" completion "$shell" >completion || fail "no completion for $shell"
    ! command -v "$shell" >/dev/null || "$shell" -n completion || fail "$shell's completion has an error"
done
if command -v fish >/dev/null; then
    got=$(fish --no-config -c 'source completion; complete -C"pymemlint check --conf"' 2>err | cut -f1 | sort | tr '\n' ' ')
    [ "$got" = '--confidence --config ' ] || fail "fish completes '--conf' to '$got'"
    got=$(fish --no-config -c 'source completion; complete -C"pymemlint check --fail-on "' 2>err | cut -f1 | sort | tr '\n' ' ')
    [ "$got" = 'error never note warning ' ] || fail "fish completes '--fail-on' to '$got'"
fi
if command -v zsh >/dev/null; then
    mkdir -p functions && "$PYMEMLINT" completion zsh >functions/_pymemlint
    got=$(zsh -f -c 'fpath=($PWD/functions $fpath); autoload -Uz compinit; compinit -u -D; echo $_comps[pymemlint]; autoload +X _pymemlint && whence -w _pymemlint' 2>err | tr '\n' ' ')
    [ "$got" = '_pymemlint _pymemlint: function ' ] || fail "zsh does not take the completion: $got"
fi

# --- a page for each rule, of the text that 'explain' prints ---------------------------------------------------------
run 0 rules --html rulepages
[ "$(find rulepages -name '*.html' | wc -l)" = $(($("$PYMEMLINT" rules | wc -l) + 1)) ] || fail "not a page for each rule"
$python - rulepages <<'PY' >out 2>&1 || fail "the pages of the rules are not well formed"
import html.parser, os, re, subprocess, sys
class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.text, self.links = [], "", []
    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "link"):
            self.open.append(tag)
        self.links += [v for k, v in attrs if k == "href"]
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag
    def handle_data(self, data):
        self.text += data
for name in os.listdir(sys.argv[1]):
    if not name.endswith(".html"):
        continue
    page = Page()
    page.feed(open(os.path.join(sys.argv[1], name)).read())
    assert not page.open, (name, page.open)
    for link in page.links:
        assert os.path.exists(os.path.join(sys.argv[1], link)), (name, link)
    if name != "index.html":
        said = subprocess.run([os.environ["PYMEMLINT"], "explain", name[:-5]], capture_output=True, text=True, check=True).stdout
        body = said.split("\n\n", 1)[1].split("How to suppress it")[0]
        missing = [w for w in body.split() if w not in page.text]
        assert not missing, (name, missing[:5])
PY
run 2 rules --html no/such/folder
says "cannot make the folder 'no/such/folder'"

# --- pages from a log -----------------------------------------------------------------------------------------------
mkdir -p drawn && cp -r "$SOURCE/testdata/projects/sample" drawn/
"$PYMEMLINT" check -q --output-format sarif drawn/sample >drawn/log.sarif 2>err
tree=$(cd drawn && pwd)/sample
"$PYMEMLINT" report --html drawn/pages --tree "$tree" drawn/log.sarif >out 2>err || fail "report --html: $(cat err)"
says "the pages begin with 'drawn/pages/index.html'"
[ "$(find drawn/pages -name 'finding-*.html' | wc -l)" = "$(grep -c '"ruleId"' drawn/log.sarif)" ] || fail "not a page for each finding"
# A line beside that of a step: the log does not quote it.
grep -rq 'if (bytes == NULL)' drawn/pages && ! grep -rq 'not found below --tree' drawn/pages || fail "the pages do not show the source"
run 0 report --html drawn/quoted --tree drawn/pages drawn/log.sarif
grep -rq 'PyMem_Realloc(buffer-' drawn/quoted && grep -rq 'not found below --tree' drawn/quoted || fail "pages without sources do not say so"
# Relative paths are those of the current folder, and what lies outside of it is nobody's to show.
sed 's|"uri": "[^"]*tallymodule.c"|"uri": "../../../../../../../../../../etc/passwd"|' drawn/log.sarif >drawn/sample/evil.sarif
sed -i 's|"uri": "[a-z/]*/lines.c"|"uri": "lines.c"|; s|"uri": "[a-z/]*/buffer.c"|"uri": "buffer.c"|' drawn/sample/evil.sarif
(cd drawn/sample && run 0 report --html ../evil evil.sarif) || failed=1
(cd drawn && run 0 report --html near --tree sample sample/evil.sarif) || failed=1
for pages in drawn/evil drawn/near; do
    grep -rq 'if (bytes == NULL)' $pages || fail "$pages does not show the source beside it"
    ! grep -rq 'root:' $pages || fail "$pages shows a file of the machine that the log names"
done
for wrong in "report drawn/log.sarif" "report --html drawn/p" "report --html drawn/p drawn/none.sarif" \
    "report --html drawn/p drawn/sample/lines.c" "report --html drawn/log.sarif/p drawn/log.sarif"; do
    # shellcheck disable=SC2086
    "$PYMEMLINT" $wrong >out 2>err
    [ $? = 2 ] && [ -s err ] || fail "'$wrong' is taken"
done

# --- start-up: nothing of libclang is loaded, and it costs little ---------------------------------------------------
if command -v ldd >/dev/null; then
    ! ldd "$PYMEMLINT" | grep -qi 'clang\|llvm' || fail "the program is linked with libclang"
fi
cost() { # microseconds of one start, the least of many: others' work only adds
    local start end least=999999999
    for _ in $(seq 100); do
        start=${EPOCHREALTIME//[.,]/}
        "$@" >/dev/null
        end=${EPOCHREALTIME//[.,]/}
        [ $((end - start)) -ge $least ] || least=$((end - start))
    done
    echo $least
}
dear() { # ARGUMENTS: what is wrong with the cost of the program's start, if anything
    local nothing spent
    nothing=$(cost /bin/true) spent=$(cost "$PYMEMLINT" "$@")
    [ "$spent" -le $((nothing * 5)) ] || echo "$*: $spent us for what costs /bin/true $nothing"
}
# Instrumented programs start slowly for reasons of their own.
if ! nm "$PYMEMLINT" 2>/dev/null | grep -q '__asan_init\|__gcov_init'; then
    for arguments in --version --help 'explain PML201'; do
        # shellcheck disable=SC2086
        for _ in 1 2 3; do
            wrong=$(dear $arguments)
            [ -n "$wrong" ] || break
        done
        [ -z "$wrong" ] || fail "$wrong"
    done
fi

# Nothing in the environment: the interpreter is still named.
env -i "$PYMEMLINT" check --no-cache --exit-zero --python "${PYMEMLINT_PYTHON:-/usr/bin/python3}" good >bare.out 2>&1 ||
    fail "an empty environment: $(tail -1 bare.out)"
! grep -q '(null)' bare.out || fail "an empty environment: $(grep -m1 '(null)' bare.out)"
grep -q 'headers of Python' bare.out || fail "an empty environment: no interpreter is named"

echo "$ran runs"
exit $failed
