#!/usr/bin/env bash
# Runtime truth: builds every fixture module and lets the interpreter judge it.
# The work is in runtime.py; needs gcc, the interpreter's headers and NumPy.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-/usr/bin/python3}
exec "$python" "$here/runtime.py" "${SOURCE:-$here/..}/testdata/rules" "$@"
