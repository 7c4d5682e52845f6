#!/bin/bash
# shellcheck disable=SC2317,SC2001,SC2015 # the laws are called by their names
# The laws of the house, each a scan of the tree that prints what breaks it.
# Every scan is first tried on a small tree with one breach of each law, so
# that a scan which sees nothing is found out.
# Environment: SOURCE (the tree), BUILD (for the object files).
set -u
SOURCE=${SOURCE:-$(cd "$(dirname "$0")/.." && pwd)}
BUILD=${BUILD:-}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

c_files() { # the engine, the rules and the command line; what 'plan' writes into other trees is not of the house
    (cd "$1" && find analyzer rules cli -name '*.[ch]' -o -name '*.cpp' | grep -v '^rules/compat/' | LC_ALL=C sort)
}

bare() { # a C file without comments, texts and characters, line numbers kept
    awk '{
        line = $0; out = ""
        while (line != "") {
            if (inside) {
                at = index(line, "*/")
                if (!at) { line = ""; break }
                line = substr(line, at + 2); inside = 0; continue
            }
            if (match(line, /\/\*|\/\/|"|\x27/) == 0) { out = out line; break }
            out = out substr(line, 1, RSTART - 1)
            mark = substr(line, RSTART, RLENGTH); line = substr(line, RSTART + RLENGTH)
            if (mark == "//") break
            if (mark == "/*") { inside = 1; continue }
            while (line != "") {
                c = substr(line, 1, 1); line = substr(line, 2)
                if (c == "\\") line = substr(line, 2)
                else if (c == mark) break
            }
            out = out mark mark
        }
        print out
    }' "$1"
}

# --- who may include whom --------------------------------------------------
allowed() { # the pattern of what the file may include, besides the system's headers
    case $1 in
    analyzer/base/*) echo '^base/' ;;
    analyzer/ir/*) echo '^(base|ir)/' ;;
    analyzer/front/worker/*) echo '^(base|ir)/|^front/(job\.h|worker/)|^[a-z_]*\.h$' ;;
    analyzer/front/*) echo '^(base|ir)/|^front/[^/]*$' ;;
    analyzer/link/*) echo '^(base|ir|link)/' ;;
    analyzer/flow/*) echo '^(base|ir|link|flow)/|^rule\.h$' ;;
    analyzer/query/*) echo '^(base|ir|link|flow|query)/|^rule\.h$' ;;
    analyzer/report/*) echo '^(base|report)/|^ir/witness\.h$|^rule\.h$|^query/[a-z_]*\.h$' ;;
    analyzer/rule.h) echo '^base/|^ir/witness\.h$|^link/model\.h$' ;;
    analyzer/rules.c) echo '^rule\.h$|^rules\.def$' ;;
    analyzer/pipeline.h) echo '^base/|^rule\.h$' ;;
    analyzer/*) echo '.' ;; # the way itself names every stage
    rules/*) echo '^rule\.h$' ;;
    cli/*) echo '^base/|^[a-z_]*\.h$' ;;
    esac
}

law_layers() {
    local file include
    c_files "$1" | while read -r file; do
        sed -n 's/^ *# *include *"\([^"]*\)".*/\1/p' "$1/$file" | while read -r include; do
            [[ $include =~ $(allowed "$file") ]] || echo "$file includes \"$include\""
        done
        case $file in
        analyzer/front/worker/*) ;;
        *) grep -n 'include *<clang-c/' "$1/$file" | sed "s|^|$file includes libclang, line |" ;;
        esac
        case $file in
        cli/*)
            sed -n 's/^ *# *include *"\([^"]*\)".*/\1/p' "$1/$file" | while read -r include; do
                [ -e "$1/cli/$include" ] || [[ $include =~ ^(base/.*|pipeline\.h|rule\.h)$ ]] ||
                    echo "$file includes \"$include\""
            done
            ;;
        esac
    done
}

# --- one home for Python -----------------------------------------------------
law_python() {
    (cd "$1" && grep -rnE '\b_?Py[A-Z_][A-Za-z_]+|\b(NPY_|Npy[A-Z]|PY_[A-Z])' analyzer --include='*.[ch]')
}

# --- sizes ---------------------------------------------------------------------
law_file_sizes() {
    local file n all=''
    while read -r file; do
        n=$(wc -l <"$1/$file")
        all+="$n "
        [ "$n" -le 500 ] || echo "$file has $n lines, more than 500"
    done < <(c_files "$1" | grep '\.c$')
    n=$(tr ' ' '\n' <<<"$all" | grep . | sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }')
    [ "${n:-0}" -le 200 ] || echo "the median file has $n lines, more than 200"
    n=$(cd "$1" && find analyzer/{base,ir,front,link,flow} -name '*.[ch]' -exec cat {} + 2>/dev/null | wc -l)
    # Measured: the front end alone is 13,500, because every construct that libclang knows is lowered there (6,700 of
    # them in its worker), flags are derived, and unit files and precompiled headers are kept; the walk has as many.
    [ "$n" -le 35700 ] || echo "the engine has $n lines, more than 35700 (base, ir, front, link, flow)"
}

functions() { # "length file:line name" of every function: our layout has its braces in column one
    local file
    c_files "$1" | grep -v '\.h$' | while read -r file; do
        awk -v file="$file" '
            /^[a-zA-Z_].*\(/ { name = $0; start = NR }
            /^\{/ { body = NR }
            /^\}/ && body { sub(/\(.*/, "", name); sub(/.*[ *]/, "", name)
                if (start) print NR - start + 1, file ":" start, name; body = 0; start = 0 }' "$1/$file"
    done
}

law_function_sizes() {
    functions "$1" | sort -n | awk '
        { length_of[NR] = $1; if ($1 > 60) long++; if ($1 > 100) print $2 ": " $3 " has " $1 " lines, more than 100" }
        END {
            if (!NR) { print "no function was seen"; exit }
            median = length_of[int((NR + 1) / 2)]; tenth = length_of[int(NR * 0.9 + 0.5)]
            if (median > 15) print "the median function has " median " lines, more than 15"
            if (tenth > 40) print "one function in ten has " tenth " lines, more than 40"
            if (long > NR * 0.02) print long " of " NR " functions have more than 60 lines, more than 2 %"
        }'
}

law_rule_sizes() {
    (cd "$1" && wc -l rules/*.c 2>/dev/null | grep -v ' total$') | awk '
        $1 > 150 { print $2 " has " $1 " lines, more than 150" }
        { print $1 > "/dev/stderr" }' 2>"$scratch/sizes"
    sort -n "$scratch/sizes" | awk '{ a[NR] = $1 } END {
        m = a[int((NR + 1) / 2)]; if (m > 70) print "the median rule has " m " lines, more than 70" }'
}

# --- comments and names ----------------------------------------------------------
law_comments() {
    local file
    c_files "$1" | while read -r file; do
        head -1 "$1/$file" | grep -q '^/\*' || echo "$file does not open with a comment"
    done
    c_files "$1" | sed "s|^|$1/|" | xargs cat | awk '
        /^[ ]*\/\*/ { inside = 1 }
        inside || /\/\// || /\/\*/ { n++ }
        /\*\// { inside = 0 }
        END { share = 100 * n / NR; if (share < 10 || share > 20)
            printf "%.1f %% of the lines have a comment, not 10 to 20\n", share }'
}

law_typedefs() {
    local file
    c_files "$1" | grep -v '\.cpp$' | while read -r file; do
        bare "$1/$file" | grep -nE '^ *typedef ' | grep -vE '\b(sym|families|gil_set|version);' |
            sed "s|^|$file:|"
    done
}

# --- memory and state ------------------------------------------------------------
law_free() {
    local file
    c_files "$1" | grep -v '^analyzer/base/' | while read -r file; do
        bare "$1/$file" | grep -nE '\b(free|malloc|calloc|realloc|reallocarray|strn?dup|v?asprintf)[ ]*\(' |
            sed "s|^|$file:|"
    done
}

law_state() { # $1: an archive or object; a writable variable of ours is in .data or .bss
    objdump -t "$1" | awk '
        /^[^ ]+\.o:/ { object = $1 }
        / O \.(data|bss)/ && !/\.data\.rel\.ro/ && object !~ /toml\.cpp/ { print object " has the variable " $NF }'
}

# --- rules are complete -----------------------------------------------------------
law_rules() {
    local file name heading example
    for file in "$1"/rules/*.c; do
        [ -e "$file" ] || continue
        name=$(basename "$file" .c | tr _ -)
        for example in bad.c good.c; do
            [ -f "$1/testdata/rules/$name/$example" ] || echo "rules/$name has no $example"
            [ ! -f "$1/testdata/rules/$name/$example" ] ||
                [ "$(wc -l <"$1/testdata/rules/$name/$example")" -le 25 ] ||
                echo "testdata/rules/$name/$example has more than 25 lines"
        done
        for heading in 'What it finds' 'Why it matters' 'How to fix it' 'Where it holds' 'Limits'; do
            grep -q "## $heading" "$file" || echo "$file: its doc has no heading '$heading'"
        done
        grep -q "\.name = \"$name\"" "$file" || echo "$file: its name is not '$name'"
    done
}

# --- nothing of the place it was written in -----------------------------------------
law_places() {
    (cd "$1" && grep -rnIE '(^|[^[:alnum:]_}])/(work|root)/|registry\.npmjs|deb\.debian\.org|pypi\.org' \
        analyzer rules cli cmake tests .ci CMakeLists.txt README.md 2>/dev/null | grep -v '^tests/check_laws\.sh:')
}

# --- what fixtures are linked with is installed for them -----------------------------
law_packages() {
    (cd "$1" && grep -rhoE '/\* link: .* \*/' testdata/rules 2>/dev/null | grep -oE -- '-l[a-z0-9]+' | sort -u | cut -c3- |
        while read -r library; do
            [ "$library" = m ] || grep -qE "^(lib)?${library}[0-9a-z]*-dev\$" .ci/packages 2>/dev/null ||
                echo "testdata/rules links with -l$library, but .ci/packages names no package of it"
        done)
}

# --- deliberate breaks ---------------------------------------------------------------
law_breaks() { # what tests/breaks.tsv wants to replace still stands in its file, once
    (cd "$1" && [ ! -f tests/breaks.py ] || "${PYMEMLINT_PYTHON:-python3}" tests/breaks.py --stale 2>&1)
}

laws='breaks packages layers python file_sizes function_sizes rule_sizes comments typedefs free rules places'

# --- a tree that breaks each law once -------------------------------------------------
bad=$scratch/bad
mkdir -p "$bad"/{analyzer/{base,ir,flow},rules,cli,testdata/rules}
printf 'int x; /* Py_INCREF */\n#include "flow/walk.h"\n#include <clang-c/Index.h>\ntypedef struct x x_t;\n' \
    >"$bad/analyzer/base/a.c"
{
    printf '/* long */\n#include <stdlib.h>\nvoid f(void *p)\n{\n'
    for _ in $(seq 600); do echo '        g();'; done
    printf '        free(p);\n}\n'
} >"$bad/analyzer/ir/b.c"
printf '/* a rule */\n#include "link/program.h"\n%0.s\n' $(seq 160) >"$bad/rules/no_such.c"
printf '/* cli */\n#include "report/report.h"\nconst char *home = "/work/x";\n' >"$bad/cli/c.c"
mkdir "$bad/tests" && cp "$SOURCE"/tests/{breaks,expect}.py "$bad/tests/"
printf 'break\tfile\ttext\tinstead\tkills\ngone\tanalyzer/base/a.c\tno such text\t;\tx/y\n' >"$bad/tests/breaks.tsv"
echo '/* link: -lm -lnone */' >"$bad/testdata/rules/linked.c"
printf 'static int counter;\nint count(void)\n{\n        static int n;\n        return n++ + counter++;\n}\n' \
    >"$scratch/state.c"

failed=0
for law in $laws; do
    [ -n "$("law_$law" "$bad")" ] || {
        echo "the scan for '$law' finds nothing in a tree that breaks it"
        failed=1
    }
done
for expected in 'a.c includes "flow/walk.h"' 'a.c includes libclang' 'c.c includes "report/report.h"' \
    'no_such.c includes "link/program.h"'; do
    law_layers "$bad" | grep -qF "$expected" || { echo "the scan for layers misses: $expected"; failed=1; }
done
cc -c "$scratch/state.c" -o "$scratch/state.o" && [ "$(law_state "$scratch/state.o" | wc -l)" = 2 ] || {
    echo "the scan for state does not find two variables"
    failed=1
}

# --- the tree itself --------------------------------------------------------------------
for law in $laws; do
    found=$("law_$law" "$SOURCE")
    [ -z "$found" ] || {
        echo "law of $law:"
        sed 's/^/  /' <<<"$found" | head -40
        failed=1
    }
done
# Sanitizers put variables of their own beside ours.
if [ -e "$BUILD/libengine.a" ] && ! grep -q '^PYMEMLINT_SANITIZE:BOOL=ON' "$BUILD/CMakeCache.txt" &&
    ! grep -q -- '--coverage' "$BUILD/CMakeCache.txt"; then
    found=$(law_state "$BUILD/libengine.a")
    [ -z "$found" ] || {
        echo "law of state:"
        sed 's/^/  /' <<<"$found"
        failed=1
    }
fi
exit $failed
