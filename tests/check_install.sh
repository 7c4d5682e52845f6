#!/bin/bash
# The program where users have it: installed, moved elsewhere, as a package of
# the distribution, as a wheel, and behind pre-commit.
# Environment: PYMEMLINT, SOURCE (the tree), BUILD (the build folder).
set -u
: "${PYMEMLINT:?}" "${SOURCE:?}" "${BUILD:?}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset PYMEMLINT_FRONT
export XDG_CACHE_HOME=$scratch/cache HOME=$scratch/home PRE_COMMIT_HOME=$scratch/pre-commit
mkdir "$HOME" && cd "$scratch" || exit 1
failed=0

fail() {
    echo "FAILED: $*"
    failed=1
}
finds() { # PROGRAM NAME: it finds the sample's mistakes, so its worker is there
    "$1" check -q --output-format concise "$SOURCE/testdata/projects/sample" >out 2>err
    [ $? = 1 ] && grep -q PML201 out || fail "$2: $(head -3 err)"
}

cmake --install "$BUILD" --prefix "$scratch/usr" >log || fail "cmake --install: $(tail -3 log)"
finds "$scratch/usr/bin/pymemlint" installed
mv usr moved
finds "$scratch/moved/bin/pymemlint" moved
ln -s moved/bin/pymemlint link
finds "$scratch/link" 'through a link'
for file in share/man/man1/pymemlint.1 share/bash-completion/completions/pymemlint \
    share/doc/pymemlint/rules/family-mismatch.html share/zsh/vendor-completions/_pymemlint share/fish/vendor_completions.d/pymemlint.fish; do
    [ -s "moved/$file" ] || fail "$file was not installed"
done

# Without its worker the program says so, and what needs none still works.
mkdir alone && cp moved/bin/pymemlint alone
alone/pymemlint explain PML201 >out 2>err || fail "explain needs the worker"
alone/pymemlint check "$SOURCE/testdata/projects/sample" >out 2>err
[ $? = 2 ] && grep -q 'cannot find the worker' err || fail "a missing worker is not told: $(head -3 err)"

if command -v dpkg-deb >/dev/null && command -v cpack >/dev/null; then
    (cd "$BUILD" && cpack -G DEB -B "$scratch/deb" >"$scratch/log" 2>&1) || fail "cpack: $(tail -3 log)"
    package=$(echo deb/*.deb)
    dpkg-deb -f "$package" Depends >depends
    grep -q 'libclang1-[0-9]*' depends && grep -q 'libclang-common-[0-9]*-dev' depends ||
        fail "the package depends on: $(cat depends)"
    dpkg-deb -x "$package" root && finds "$scratch/root/usr/bin/pymemlint" 'the package'
fi

if cmake --build "$BUILD" --target wheel >log 2>&1; then
    wheel=$(echo "$BUILD"/pymemlint-*.whl)
    if /usr/bin/python3 -m venv env >log 2>&1 && env/bin/pip install --no-index --no-deps -q "$wheel" >log 2>&1; then
        finds "$scratch/env/bin/pymemlint" 'the wheel'
    else
        fail "the wheel does not install: $(tail -3 log)"
    fi
    /usr/bin/python3 -m zipfile -l "$wheel" >list
    grep -q 'libexec/pymemlint/pymemlint-front' list || fail "the wheel has no worker"
else
    fail "no wheel: $(tail -3 log)"
fi

if command -v pre-commit >/dev/null; then
    git() { command git -c user.name=a -c user.email=a@b -c init.defaultBranch=main "$@"; }
    mkdir hook && cp "$SOURCE/.pre-commit-hooks.yaml" hook
    (cd hook && git init -q && git add . && git commit -qm hook)
    mkdir user && cp "$SOURCE"/testdata/projects/sample/*.[ch] user && cd user && git init -q || exit 1
    printf 'repos:\n- repo: %s\n  rev: %s\n  hooks:\n  - id: pymemlint\n' "$scratch/hook" \
        "$(git -C ../hook rev-parse HEAD)" >.pre-commit-config.yaml
    git add . && git commit -qm sources
    export PATH=$scratch/moved/bin:$PATH
    pre-commit run --all-files >../out 2>&1 && fail "pre-commit passes a tree with mistakes"
    grep -q PML201 ../out || fail "pre-commit shows no finding: $(head -5 ../out)"
    # The files of the commit alone count; the mistake lies in another one.
    pre-commit run --files buffer.h >../out 2>&1 || fail "pre-commit blames a file that was not touched: $(cat ../out)"
    cd ..
fi
exit $failed
