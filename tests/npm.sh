# shellcheck shell=bash
# npm.sh: for tests that drive the program with something from npm; sourced.
# In: $BUILD. A registry that cannot be reached is no fault of the program: the
# test then says what it left out and ends with 77, which ctest shows as skipped.

# npm_install FOLDER FILE: puts the packages of package.json into FOLDER, once; FILE in it is what is wanted.
npm_install() {
    [ ! -e "$1/$2" ] || return 0
    mkdir -p "$1"
    rm -f "$1/broken"
    command -v npm >/dev/null || { echo "there is no npm"; return 1; }
    (cd "$1" && timeout 300 npm install --no-audit --no-fund --loglevel=error --fetch-retries=1 \
        --fetch-timeout=60000 >npm.log 2>&1) && [ -e "$1/$2" ] && return
    # Only a registry that is not there is an excuse: a package that is not is a mistake in our list.
    grep -qE 'ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONN|ENETUNREACH|EHOSTUNREACH|CERT|E50[0-9]|E403|E401|network|timeout' "$1/npm.log" ||
        { [ ! -s "$1/npm.log" ] || touch "$1/broken"; }
    echo "npm could not install: $(grep -m 2 -E 'npm (ERR!|error) [a-z]' "$1/npm.log" | tr '\n' ' ')"
    return 1
}

# Ends the test: FAILED, or as skipped when SKIPPED has a text, else well.
npm_end() { # FAILED SKIPPED
    [ -z "$2" ] || echo "NOT TRIED: $2"
    [ -z "$2" ] || [ ! -e "${work:-/nonexistent}/broken" ] || exit 1
    [ "$1" = 0 ] || exit "$1"
    [ -z "$2" ] || exit 77
    exit 0
}
