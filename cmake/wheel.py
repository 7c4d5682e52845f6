"""Makes a wheel out of an installed tree: wheel.py PREFIX VERSION OUTPUT_FOLDER.

No network and nothing besides the standard library. The program and its
worker keep their places relative to each other: bin/ and libexec/ of the
environment that the wheel is installed into. libclang itself is the system's.
"""
import base64
import hashlib
import os
import platform
import sys
import zipfile

prefix, version, folder = sys.argv[1:]
name = f"pymemlint-{version}"
tag = f"py3-none-linux_{platform.machine()}"
wheel = os.path.join(folder, f"{name}-{tag}.whl")
date = (1980, 1, 1, 0, 0, 0)  # the same input gives the same bytes
record = []


def add(archive, path, data, mode=0o644):
    info = zipfile.ZipInfo(path, date)
    info.external_attr = (0o100000 | mode) << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data)
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    record.append(f"{path},sha256={digest},{len(data)}")


def read(path):
    with open(os.path.join(prefix, path), "rb") as file:
        return file.read()


with zipfile.ZipFile(wheel, "w") as archive:
    add(archive, f"{name}.data/scripts/pymemlint", read("bin/pymemlint"), 0o755)
    worker = "libexec/pymemlint/pymemlint-front"
    add(archive, f"{name}.data/data/{worker}", read(worker), 0o755)
    page = "share/man/man1/pymemlint.1"
    add(archive, f"{name}.data/data/{page}", read(page))
    add(archive, f"{name}.dist-info/METADATA", (
        f"Metadata-Version: 2.1\nName: pymemlint\nVersion: {version}\n"
        "Summary: Finds allocator and GIL misuse in C extensions of Python\n"
        "License: MIT\nRequires-External: libclang (>=17)\n").encode())
    add(archive, f"{name}.dist-info/WHEEL",
        f"Wheel-Version: 1.0\nGenerator: pymemlint\nRoot-Is-Purelib: false\nTag: {tag}\n".encode())
    record.append(f"{name}.dist-info/RECORD,,")
    info = zipfile.ZipInfo(f"{name}.dist-info/RECORD", date)
    archive.writestr(info, "\n".join(record) + "\n")
print(wheel)
