#!/usr/bin/env bash
# Holds the models against the installed Python and NumPy headers, as the
# worker reads them. The work is in headers.py.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exec "${PYTHON:-/usr/bin/python3}" "$here/headers.py" "$@"
