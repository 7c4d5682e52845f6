#!/usr/bin/env bash
# Holds the analyzer to the fixtures of testdata/rules, in both directions.
# The work is in expect.py; arguments select cases by a part of their path.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-/usr/bin/python3}
export PYMEMLINT_PYTHON="$python"
root="${SOURCE:-$here/..}/testdata/rules"
if [ $# -eq 0 ]; then
  "$python" "$here/expect.py" --self-test "$root"
fi
exec "$python" "$here/expect.py" "$root" "$@"
