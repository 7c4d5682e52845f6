#!/bin/bash
# Every option of every command, used wrongly once: on the command line, in the
# environment and in a configuration file. What kind of value an option takes is
# read from --help; the others have a row below, and an option without any fails.
# Environment: PYMEMLINT, SOURCE (the tree).
set -u
: "${PYMEMLINT:?}" "${SOURCE:?}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export XDG_CACHE_HOME=$scratch/cache HOME=$scratch PYMEMLINT_PYTHON=/usr/bin/python3
cd "$scratch" || exit 1
failed=0 ran=0
cp -r "$SOURCE/testdata/projects/sample" s
"$PYMEMLINT" summarize -q -o units s && "$PYMEMLINT" check -q --output-format sarif s >log.sarif
mkdir tree && git -C tree init -q && echo "int x;" >x.c

fail() {
    echo "FAILED: $*"
    head -3 err
    failed=1
}
wrong() { # MESSAGE ARGUMENTS...: status 2, nothing printed, one error with the message
    local message=$1 status
    shift
    timeout 300 "$PYMEMLINT" "$@" >out 2>err </dev/null
    status=$?
    ran=$((ran + 1))
    [ $status = 2 ] || fail "'$*' ended with $status, not 2"
    [ ! -s out ] || fail "'$*' prints a result"
    grep -q '^pymemlint: error: ' err && grep -qF -- "$message" err || fail "'$*' does not say: $message"
}

# What a command must be told for its options to matter.
operands() {
    case $1 in
    cache) echo info ;;
    completion) echo bash ;;
    config) echo show ;;
    baseline) echo create s ;;
    emit) echo ninja s -o graph ;;
    link) echo units ;;
    report) echo log.sarif ;;
    batch) echo s/list -o reports ;;
    capture) echo -- cc -c -o x.o x.c ;;
    explain | lsp | man | rules) ;;
    *) echo s ;;
    esac
}

# OPTION WRONG-VALUE MESSAGE, for values that are neither numbers nor words of a list. "-": any text is right.
special() {
    cat <<'ROWS'
at	s/none.c:1	cannot read 's/none.c'
automation-id	-	-
baseline	s	cannot read baseline 's'
build-dir	s	cannot read
cache-dir	-	-
compare	s/lines.c	s/lines.c:1:1
config	s/none.toml	cannot read the configuration file 's/none.toml'
consumers	none	cannot read 'none'
exclude	-	-
extend-select	famly-mismatch	unknown rule 'famly-mismatch' in --extend-select; did you mean 'family-mismatch'?
fail-if	libc.alloc >	a number is expected here
from	pymen	there is no family 'pymen'
html	s/lines.c/x	Not a directory
ignore	PML999	unknown rule 'PML999' in --ignore
into	s/lines.c/x	Not a directory
model	s/lines.c	s/lines.c:5:1: a line begins with
only	none	cannot find 'none'
output	serif=x	did you mean 'sarif'?
pages-url	example.org	expected an address such as https://example.org/rules/, not 'example.org'
prelude	s	cannot read the prelude 's'
python	./none	cannot run the interpreter './none'
python-max	3	expected a version such as 3.12, not '3'
python-min	3.x	expected a version such as 3.12, not '3.x'
select	gill	unknown rule 'gill' in --select; did you mean 'gil'?
shard	3/2	there is no part 3 of 2
show	none	no unit of this program reads 'none'
since	none	is in no git work tree
stamp	s/lines.c/x	Not a directory
stdin-filename	none.c	cannot find 'none.c'
stub-header	-	-
tree	none	'none' is no folder
units	none	cannot read 'none'
within	s/lines.c	's/lines.c' is no folder
ROWS
}
special >special
seen=$scratch/seen && : >"$seen"

commands=$("$PYMEMLINT" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
for command in $commands; do
    read -r -a rest <<<"$(operands "$command")"
    case $command in
    report | rules) [ "$command" = rules ] || rest+=(--html pages) ;;
    summarize | link) [ "$command" = link ] || rest+=(-o made) ;;
    esac
    "$PYMEMLINT" "$command" --help | sed -n 's/^  \(-[a-z], \)\?--\([a-z][a-z-]*\) \?\([A-Za-z|.,/:=-]*\)\(  .*\)\?$/\2 \3/p' >options
    while read -r name meta; do
        negative=
        case $name in no-*) negative=1 name=${name#no-} ;; esac
        name=${name%% *}
        [ "$name" != help ] || continue
        # A mistake in an option is found before anything is analyzed, so once for each command costs little;
        # what needs the analysis to be found is tried with the first command that takes it.
        first=1
        grep -qx "$name" "$seen" && first=
        [ -n "$first" ] && echo "$name" >>"$seen"
        row=$(grep -P "^$name\t" special)
        if [ -n "$negative" ] || [ -z "$meta" ]; then
            wrong "--$name: expected yes or no, not 'perhaps'" "$command" "--$name=perhaps" "${rest[@]}"
            wrong "takes no value" "$command" "--no-$name=3" "${rest[@]}"
            continue
        fi
        wrong "'$command' has no option" "$command" "--${name}x=3" "${rest[@]}"
        wrong "needs a value" "$command" "--$name"
        case $meta in
        *'|'*)
            wrong "--$name: unknown value 'nonsense'; it is one of " "$command" "--$name=nonsense" "${rest[@]}" ;;
        N | SECONDS | PERCENT)
            wrong "--$name: expected a number, not '3x'" "$command" "--$name=3x" "${rest[@]}"
            wrong "--$name: expected a number, not '-1'" "$command" "--$name=-1" "${rest[@]}"
            wrong "--$name: the number '99999999999' is too large" "$command" "--$name=99999999999" "${rest[@]}" ;;
        *)
            case $meta in *,...) ;; *) wrong "--$name: the value is empty" "$command" "--$name=" "${rest[@]}" ;; esac
            [ -n "$row" ] || fail "the option --$name ($meta) of '$command' has no wrong use in this test"
            IFS=$'\t' read -r _ value message <<<"$row"
            [ "$value" = - ] || [ -z "$first" ] || wrong "$message" "$command" "--$name=$value" "${rest[@]}" ;;
        esac
    done <options
done
[ "$(wc -l <"$seen")" -ge 55 ] || fail "only $(wc -l <"$seen") options were seen in --help"
while IFS=$'\t' read -r name _; do
    grep -qx "$name" "$seen" || fail "the row of '$name' is of no option"
done <special

# The same options as keys of a file, with a value of another type; and as variables.
echo 'int x;' >tree/x.c
"$PYMEMLINT" config show --help | sed -n 's/^  \(-[a-z], \)\?--\([a-z][a-z-]*\) \?\([A-Za-z|.,/:=-]*\)\(  .*\)\?$/\2 \3/p' >options
while read -r name meta; do
    case $name in no-*) name=${name#no-} meta= ;; help | origins) continue ;; esac
    printf '# a comment\n %s = 1979-05-27\n' "$name" >tree/pymemlint.toml
    (cd tree && "$PYMEMLINT" check . >../out 2>../err)
    [ $? = 2 ] || fail "'$name' takes a date from a file"
    grep -qE "pymemlint.toml:2:[0-9]+: ('$name' is taken from the command line and the environment only|$name: expected )" err ||
        fail "a date for '$name' in a file is not told with its place"
    variable=PYMEMLINT_$(tr 'a-z-' 'A-Z_' <<<"$name")
    case $meta in
    '' | *'|'* | N | SECONDS | PERCENT)
        env "$variable=nonsense" "$PYMEMLINT" check --isolated s >out 2>err
        [ $? = 2 ] && grep -q "error: $variable: " err || fail "a wrong $variable is not told" ;;
    esac
    ran=$((ran + 2))
done <options

# Too many operands, and none.
for command in $commands; do
    case $command in
    cache) wrong "has no use for 'more'" cache info more ;;
    completion) wrong "has no use for 'more'" completion bash more ;;
    config) wrong "cannot find 'more'" config show more ;;
    man | rules) wrong "has no use for 'more'" "$command" more ;;
    report | batch) wrong "has no use for 'more'" "$command" log.sarif more ;;
    lsp | capture) ;;
    explain) wrong "unknown rule 'more'" explain more ;;
    baseline) wrong "cannot read 'more'" baseline create more ;;
    emit) wrong "cannot read 'more'" emit ninja -o graph more ;;
    summarize) wrong "cannot read 'more'" summarize -o made more ;;
    *) wrong "cannot read 'more'" "$command" more ;;
    esac
done
echo "$ran wrong uses"
exit $failed
