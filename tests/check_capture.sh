#!/bin/bash
# `pymemlint capture` around real builds: setuptools, make with a hard-wired
# compiler, CMake, Meson, meson-python. Each must give every source once, with its flags.
# Environment: PYMEMLINT (the program), SOURCE (the tree).
set -u
: "${PYMEMLINT:?}" "${SOURCE:?}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export XDG_DATA_HOME=$scratch/data
failed=0

fail() {
    echo "FAILED: $*"
    failed=1
}

fresh() { # a copy of the sample, its name is the test's
    dir=$scratch/$1
    cp -r "$SOURCE/testdata/projects/sample" "$dir" && cd "$dir" || exit 1
}

sources() { # what the database names, one base name a line
    /usr/bin/python3 -c '
import json, os, sys
for entry in json.load(open(sys.argv[1])):
    assert os.path.isabs(entry["file"]) and os.path.isabs(entry["directory"]), entry
    assert "-c" in entry["arguments"] or entry["output"].endswith(".so"), entry
    print(os.path.basename(entry["file"]))' "$1" | sort | tr '\n' ' '
}

expect() { # FILE of the database, names that must be in it
    local got
    got=$(sources "$1")
    [ "$got" = "$2" ] || fail "$PWD: captured '$got', not '$2'"
}
all='buffer.c lines.c tallymodule.c '
flags=$(/usr/bin/python3 -c 'import sysconfig; print("-I" + sysconfig.get_paths()["include"])')

if /usr/bin/python3 -c 'import setuptools' 2>/dev/null; then
    fresh setuptools
    "$PYMEMLINT" capture -- /usr/bin/python3 setup.py -q build_ext --force >out 2>&1 || fail "setuptools: $(cat out)"
    expect compile_commands.json "$all"
    grep -q '"object": ".*tally.*\.so"' compile_commands.json || fail "setuptools: no shared object is named"
    # The compiler named by a path and with arguments, as some distributions do.
    rm compile_commands.json
    CC="$(command -v gcc) -DTWICE" "$PYMEMLINT" capture -- /usr/bin/python3 setup.py -q build_ext --force >out 2>&1 ||
        fail "setuptools with CC: $(cat out)"
    expect compile_commands.json "$all"
    grep -q -- '-DTWICE' compile_commands.json || fail "setuptools: the arguments in CC are lost"
fi

fresh make
cat >Makefile <<MAKE
CC = gcc
tally.so: buffer.o lines.o tallymodule.o
	\$(CC) -shared -o \$@ \$^
%.o: %.c
	\$(CC) $flags -fPIC -c -o \$@ \$<
MAKE
mkdir db
"$PYMEMLINT" capture -o db -- make -j4 >out 2>&1 || fail "make: $(cat out)"
expect db/compile_commands.json "$all"
[ -e tally.so ] || fail "make: nothing was built"
"$PYMEMLINT" capture -o db -- make >out 2>&1
status=$?
[ "$status" = 2 ] || fail "a build that does nothing gives $status, not 2"
grep -q 'built already' out || fail "a build that does nothing is not told: $(cat out)"
expect db/compile_commands.json "$all" # the earlier one is still there

if command -v cmake >/dev/null; then
    fresh cmake
    printf 'cmake_minimum_required(VERSION 3.16)\nproject(t C)\nadd_library(tally MODULE buffer.c lines.c tallymodule.c)\ntarget_compile_options(tally PRIVATE %s)\n' "$flags" >CMakeLists.txt
    "$PYMEMLINT" capture -- sh -c 'cmake -S . -B b && cmake --build b' >out 2>&1 || fail "cmake: $(cat out)"
    expect compile_commands.json "$all"
    # The build folder keeps the compiler it found; it must still work without us.
    touch lines.c
    cmake --build b >out 2>&1 || fail "cmake, afterwards: $(cat out)"
fi

if command -v meson >/dev/null; then
    fresh meson
    printf "project('t', 'c')\nshared_module('tally', 'buffer.c', 'lines.c', 'tallymodule.c', c_args: ['%s'])\n" \
        "$flags" >meson.build
    "$PYMEMLINT" capture -- sh -c 'meson setup b && ninja -C b' >out 2>&1 || fail "meson: $(cat out)"
    expect compile_commands.json "$all"
fi

if /usr/bin/python3 -c 'import mesonpy' 2>/dev/null; then
    fresh mesonpy
    printf "project('tally', 'c', version: '1')\npy = import('python').find_installation()\npy.extension_module('tally', 'buffer.c', 'lines.c', 'tallymodule.c', install: true)\n" >meson.build
    printf '[build-system]\nbuild-backend = "mesonpy"\nrequires = ["meson-python"]\n[project]\nname = "tally"\nversion = "1"\n' >pyproject.toml
    git init -q && git add -A && git -c user.name=a -c user.email=a@b commit -qm first && mkdir wheels
    PATH=/usr/bin:$PATH "$PYMEMLINT" capture -- /usr/bin/python3 -c 'import mesonpy; mesonpy.build_wheel("wheels")' >out 2>&1 ||
        fail "meson-python: $(tail -3 out)"
    expect compile_commands.json "$all"
    [ -n "$(ls wheels)" ] || fail "meson-python: nothing was built"
    "$PYMEMLINT" check --no-cache --no-allow-derived --output-format concise . >out 2>err
    [ $? = 1 ] && grep -q 'buffer.c:11' out && grep -q '3 recorded' err || fail "meson-python: $(cat err)"
fi

# Without a home there is no folder for the compilers that nobody else may write to.
fresh homeless
for home in '' relative; do
    env -u XDG_DATA_HOME HOME=$home "$PYMEMLINT" capture -- touch built >out 2>&1
    [ $? = 2 ] && grep -q 'neither XDG_DATA_HOME nor HOME is set' out && [ "$(wc -l <out)" = 1 ] && [ ! -e built ] ||
        fail "HOME='$home': $(cat out)"
done

# A builder of wheels builds in a folder that it removes; the sources stay where they are.
fresh removed
"$PYMEMLINT" capture -- sh -c "mkdir b && cd b && for s in buffer lines tallymodule; do cc $flags -fPIC -I.. -c -o \$s.o ../\$s.c || exit; done && cc -shared -o ../tally.so *.o && cd .. && rm -r b" >out 2>&1 ||
    fail "a folder that is removed: $(cat out)"
expect compile_commands.json "$all"
"$PYMEMLINT" check --no-cache --no-allow-derived --output-format concise . >out 2>err
[ $? = 1 ] && grep -q 'buffer.c:11' out && grep -q '3 recorded' err || fail "sources of a removed folder: $(cat err)"

# What goes wrong keeps its status and its words.
cd "$scratch" || exit 1
"$PYMEMLINT" capture -- sh -c 'exit 7' >out 2>&1
[ $? = 7 ] || fail "the build's own status is lost"
"$PYMEMLINT" capture >out 2>&1
[ $? = 2 ] || fail "no command gives another status than 2"
"$PYMEMLINT" capture -- ./no-such-program >out 2>&1
[ $? = 127 ] || fail "a missing program gives another status than 127"
grep -q "cannot run './no-such-program'" out || fail "a missing program is not named: $(cat out)"
# Text that a shell would take apart arrives whole.
printf 'int x;\n' >'a $(touch pwned) b.c'
"$PYMEMLINT" capture -- cc -c -o x.o 'a $(touch pwned) b.c' "-DX=;touch pwned" >out 2>&1 || fail "odd names: $(cat out)"
expect compile_commands.json 'a $(touch pwned) b.c '
[ ! -e pwned ] || fail "text went through a shell"
exit $failed
