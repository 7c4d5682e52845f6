#!/bin/bash
# The recipes of the pages and of action.yml, run as they stand there, in a
# repository like a reader's: commands, CI steps, GitLab's job, build targets.
# shellcheck disable=SC2015
# Environment: PYMEMLINT, SOURCE (the tree), BUILD (the build folder).
set -u
: "${PYMEMLINT:?}" "${SOURCE:?}" "${BUILD:?}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export XDG_CACHE_HOME=$scratch/cache XDG_DATA_HOME=$scratch/data HOME=$scratch PYMEMLINT_PYTHON=/usr/bin/python3
export GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
failed=0
fail() {
    echo "FAILED: $*"
    failed=1
}

# What a reader has on PATH; a pager that asks nobody.
mkdir "$scratch/bin" && ln -s "$PYMEMLINT" "$scratch/bin/pymemlint"
printf '#!/bin/sh\nexec cat\n' >"$scratch/bin/less" && chmod +x "$scratch/bin/less"
export PATH=$scratch/bin:$PATH

fresh() { # NAME: a clean copy of the reader's repository; we are in it then
    rm -rf "${scratch:?}/$1" && mkdir -p "$scratch/$1/src" && cd "$scratch/$1" || exit 1
    cp "$SOURCE"/testdata/projects/sample/*.[ch] src
    sed 's/buffer_/buf_/g' src/buffer.c | sed 's/^#include "buffer.h"/#include "buffer.h"\nint buf_reserve(struct buffer *, size_t);/' >src/buf.c
    printf 'from setuptools import Extension, setup\nsetup(name="tally", version="1", py_modules=[], ext_modules=[Extension("tally", ["src/buffer.c", "src/lines.c", "src/tallymodule.c"])])\n' >setup.py
    printf 'all: x.o\nx.o: src/lines.c\n\tcc -c -I%s -o $@ $<\n' \
        "$(/usr/bin/python3 -c 'import sysconfig; print(sysconfig.get_paths()["include"])')" >Makefile
    mkdir build
    cp src/tallymodule.c text-of-the-editor
    git init -q -b main . && git add -A && git commit -qm first && git update-ref refs/remotes/origin/main HEAD
}

fenced() { # LANGUAGE PAGE: the lines of such blocks
    awk -v mark="\`\`\`$1" '$0 == mark { inside = 1; next } /^```/ { inside = 0 } inside' "$2"
}

# --- commands of the pages, in their order --------------------------------------------------
ran=0
for page in README.md doc/first-run.md doc/editors.md; do
    fresh reader
    while IFS= read -r line; do
        case $line in
        '' | .ci/* | cmake\ *) continue ;; # those are how this test came to run
        esac
        bash -o pipefail -c "$line" >out 2>err
        status=$?
        ran=$((ran + 1))
        [ $status -le 1 ] || fail "$page: '$line' ended with $status: $(tail -2 err)"
    done < <(fenced sh "$SOURCE/$page")
done
[ $ran -ge 15 ] || fail "only $ran commands were seen in the pages"

# --- the README's CI, and what its reader sees ------------------------------------------------
annotated() { # TEXT in the source, in the file "out": an annotation stands on its line
    local file=${1%%:*} text=${1#*:} line
    line=$(grep -nF -- "$text" "$file" | head -1 | cut -d: -f1)
    grep -q "^::error file=$file,line=$line,.*PML201" out || fail "no annotation at $file:$line: $(head -3 out)"
}
fresh ci
fenced yaml "$SOURCE/README.md" | sed -n 's/^- run: //p' >step
[ -s step ] || fail "the README has no CI step"
bash -e step >out 2>err
[ $? = 1 ] || fail "the README's CI passes a tree with mistakes: $(tail -2 err)"
annotated 'src/tallymodule.c:free(self->separator)'
sarif=$(fenced yaml "$SOURCE/README.md" | sed -n 's/.*sarif_file: \([^}]*\)}.*/\1/p')
grep -q '"uri": "src/tallymodule.c"' "$sarif" || fail "the README uploads a log that is not there: $sarif"

# --- action.yml: its steps as a runner runs them ------------------------------------------------
fresh action
/usr/bin/python3 - "$SOURCE/action.yml" "$scratch" <<'PY' || fail "action.yml cannot be read"
import re, sys
# Only as much of YAML as the file uses, so that no package is needed.
text, scratch = open(sys.argv[1]).read(), sys.argv[2]
inputs = dict(re.findall(r"^  (\w+):\n    description: .*\n    default: (.*)$", text, re.M))
assert set(inputs) == {"paths", "args", "sarif"}, inputs
steps = re.findall(r"      run: \|\n((?:        .*\n|\n)+)", text)
assert len(steps) == 2, len(steps)
assert not any("${{" in step for step in steps), "an input reaches the shell as code"
for name, step in zip(("build", "check"), steps):
    open("%s/%s" % (scratch, name), "w").write(re.sub("^        ", "", step, flags=re.M))
for name, value in re.findall(r"^        (\w+): \${{ inputs\.(\w+) }}$", text, re.M):
    print("export %s=%s" % (name, inputs[value] if inputs[value] != '""' else "''"), file=open(scratch + "/env", "a"))
PY
# The compile itself is what .ci/test did a moment ago: it is stood in for by its outcome.
cat >"$scratch/bin/cmake" <<CMAKE
#!/bin/sh
case \$1 in
--build) ln -s "$PYMEMLINT" "$(dirname "$PYMEMLINT")/pymemlint-front" "\$2/" ;;
*) exec $(command -v cmake) "\$@" ;;
esac
CMAKE
chmod +x "$scratch/bin/cmake"
mkdir "$scratch/runner"
export GITHUB_ACTION_PATH=$SOURCE RUNNER_TEMP=$scratch/runner GITHUB_OUTPUT=$scratch/outputs
bash --noprofile --norc -eo pipefail "$scratch/build" >out 2>err || fail "action.yml, build: $(tail -3 err)"
rm "$scratch/bin/cmake"
action() { # STATUS NAME=VALUE...
    local wanted=$1 status
    shift
    # shellcheck disable=SC1091,SC2163
    (. "$scratch/env" && export "$@" && bash --noprofile --norc -eo pipefail "$scratch/check" >out 2>err)
    status=$?
    [ $status = "$wanted" ] || fail "action.yml, check with $*: status $status: $(tail -2 err)"
}
action 1 X=
annotated 'src/tallymodule.c:free(self->separator)'
grep -q '"uri": "src/tallymodule.c"' pymemlint.sarif || fail "the action writes no log"
grep -qx 'sarif=pymemlint.sarif' "$GITHUB_OUTPUT" || fail "the action does not tell where its log is"
action 0 ARGS='--select PML501 --quiet' PATHS='src/lines.c src/buffer.c' SARIF=other.sarif
[ -s other.sarif ] || fail "the action does not take the name of the log"
action 1 ARGS=$'--select\nPML201' PATHS=$'src/lines.c\nsrc/tallymodule.c\n' # a list in YAML has a line each
annotated 'src/tallymodule.c:free(self->separator)'
# shellcheck disable=SC2016 # what an enemy's pull request might pass
for enemy in '$(touch${IFS}pwned)' '`touch${IFS}pwned`' ';touch pwned' 'x);(touch pwned'; do
    action 2 PATHS="$enemy"
    action 2 ARGS="--output-format=$enemy"
    [ ! -e pwned ] || fail "an input of the action reached a shell: $enemy"
done
git update-ref refs/remotes/origin/main HEAD
printf '\nvoid fresh(void)\n{\n    free(PyMem_Malloc(3));\n}\n' >>src/lines.c && git commit -qam second
action 1 ARGS='--since origin/main'
[ "$(grep -c '^::' out)" = 1 ] || fail "the action tells of more than the branch: $(cat out)"
annotated 'src/lines.c:free(PyMem_Malloc(3))'

# --- GitLab ------------------------------------------------------------------------------------------
fresh gitlab
fenced yaml "$SOURCE/doc/first-run.md" | sed -n 's/^  script: //p' >step
bash -e step >out 2>err
[ $? = 1 ] || fail "GitLab's job passes a tree with mistakes: $(cat step err)"
report=$(fenced yaml "$SOURCE/doc/first-run.md" | sed -n 's/.*codequality: \([^}]*\)}.*/\1/p')
/usr/bin/python3 - "$report" <<'PY' || fail "GitLab's report is not as it is promised"
import json, sys
for entry in json.load(open(sys.argv[1])):
    assert {"description", "check_name", "fingerprint", "severity", "location"} <= set(entry), entry
    assert entry["location"]["path"].startswith("src/") and entry["location"]["lines"]["begin"] > 0, entry
PY

# --- targets of build systems ---------------------------------------------------------------------------
include=$(/usr/bin/python3 -c 'import sysconfig; print(sysconfig.get_paths()["include"])')
fresh cmake
{
    printf 'cmake_minimum_required(VERSION 3.16)\nproject(t C)\n'
    fenced cmake "$SOURCE/doc/first-run.md" | grep 'in front of the first target'
    printf 'add_library(tally MODULE src/buffer.c src/lines.c src/tallymodule.c)\ntarget_include_directories(tally PRIVATE %s)\n' "$include"
    fenced cmake "$SOURCE/doc/first-run.md" | grep -v 'in front of the first target'
} >CMakeLists.txt
cmake -S . -B out-of-tree -G Ninja >out 2>&1 && cmake --build out-of-tree --target pymemlint >out 2>&1 &&
    fail "CMake's target passes a tree with mistakes"
grep -q PML201 out && grep -q 'recorded' out || fail "CMake's target: $(tail -5 out)"
if command -v meson >/dev/null; then
    fresh meson
    {
        printf "project('t', 'c')\nshared_module('tally', 'src/buffer.c', 'src/lines.c', 'src/tallymodule.c', c_args: ['-I%s'])\n" "$include"
        fenced meson "$SOURCE/doc/first-run.md"
    } >meson.build
    meson setup m >out 2>&1 && ninja -C m pymemlint >out 2>&1 && fail "Meson's target passes a tree with mistakes"
    grep -q PML201 out && grep -q 'recorded' out || fail "Meson's target: $(tail -5 out)"
fi
exit $failed
