# shellcheck shell=bash
# nobody.sh: somebody who may not read and write everything, for tests that run
# as root. Sourced.

# Sets "as", words before a command of such a user, and "program", a pymemlint that
# he reaches: the build may lie where only root may look. False when there is no way.
# FOLDER is the test's own.
be_nobody() { # FOLDER
    local worker=${PYMEMLINT_FRONT:-$(dirname "$PYMEMLINT")/pymemlint-front}
    as=() program=$PYMEMLINT
    [ "$(id -u)" = 0 ] || return 0
    mkdir -p "$1/reached" && cp "$PYMEMLINT" "$worker" "$1/reached" && chmod -R a+rX "$1/reached" && chmod a+rx "$1"
    program=$1/reached/$(basename "$PYMEMLINT")
    as=(setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nonexistent "PYMEMLINT_FRONT=$1/reached/$(basename "$worker")")
    "${as[@]}" "$program" --version >/dev/null 2>&1
}
