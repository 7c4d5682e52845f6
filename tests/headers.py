"""Holds rules/models/ against the headers that are installed here.

In: the model files of $SOURCE and the worker $PYMEMLINT_FRONT. A probe source
that mentions every name is lowered like any other unit; what its unit file
declares, and which of its #ifdef sections are active, tells which names the
headers of this Python have, and as what. Out: one line per name that

  - a model says this version has, and the headers have not (or the reverse),
  - a model calls a macro and the headers do not,
  - looks like an allocator or like a function of the lock, and no model has,
  - two model files describe.

NumPy is looked at when it can be imported. Does not ask what the names mean:
test_facts.c does.
"""

import glob
import os
import re
import shlex
import subprocess
import sys
import sysconfig
import tempfile

SOURCE = os.environ.get("SOURCE") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
FRONT = os.environ.get("PYMEMLINT_FRONT", "pymemlint-front")
KEYWORDS = {"family", "pair", "slot", "entry", "header", "name", "unit", "record", "spelled", "default"}

# Names that the memory and lock rules must know by a line of their own.
LOOKS_KNOWN = re.compile(
    r"_?Py(Mem|Object|Object_GC|DataMem|DimMem)_\w*(Malloc|Calloc|Realloc|Free|Del|New|Resize|NEW|FREE|DEL|"
    r"MALLOC|REALLOC|RENEW|RESIZE|NewVar|NEW_VAR|ZEROED)$"
    r"|Py(Eval|Thread)_\w*(Thread|Lock|lock)\w*$|PyGILState_\w+$|PyThreadState_[A-Z]\w+$|PyThread_tss_\w+$"
    r"|Py(DataMem|DimMem)_\w+$|PyArray_(malloc|realloc|free)$|PyMutex_\w+$|PyCriticalSection2?_\w+$"
    r"|(Py|NPY)_\w*(ALLOW_THREADS|_THREADS|BLOCK_THREADS|ALLOW_C_API|DISABLE_C_API)$")
# They match, but are types, variables or declarations.
NO_FUNCTIONS = {"PyThread_type_lock", "NPY_BEGIN_THREADS_DEF", "NPY_ALLOW_C_API_DEF", "NPY_ALLOW_THREADS",
                "PyDataMem_DefaultHandler"}
# In a header that needs a library of its own; internal to NumPy.
NOT_PROBED = {"PyCursesWindow_Check", "PyDataMem_UserNEW", "PyDataMem_UserNEW_ZEROED", "PyDataMem_UserRENEW",
              "PyDataMem_UserFREE", "PyArray_OptionalIntpConverter"}

HEADERS = "#include <Python.h>\n"
# Up to 3.12 it turns the names of some functions into macros for others.
CLEAN = "#define PY_SSIZE_T_CLEAN\n"
OPTIONAL = ["frameobject.h", "structmember.h", "datetime.h", "marshal.h", "structseq.h", "osdefs.h", "pystrcmp.h",
            "osmodule.h", "pythread.h", "dynamic_annotations.h", "errcode.h", "opcode.h", "token.h"]
NUMPY = ["numpy/arrayobject.h", "numpy/ufuncobject.h", "numpy/arrayscalars.h"]


def version_of(text):
    return tuple(int(part) for part in text.split(".")[:2])


class Name:
    """What the models say of one name, all its lines together."""

    def __init__(self, name, file):
        self.name, self.file = name, file
        self.macro = False
        self.since, self.until, self.removed = (0, 0), (99, 0), (99, 0)

    def say(self, words):
        for word in words:
            key, _, value = word.partition("=")
            if word == "macro":
                self.macro = True
            if key in ("since", "until", "removed"):
                setattr(self, key, version_of(value.removeprefix("numpy-")))

    def expected(self, version):
        return self.since <= version <= self.until and version < self.removed


def words_of(line):
    lexer = shlex.shlex(line, posix=True)
    lexer.whitespace, lexer.whitespace_split, lexer.commenters, lexer.quotes = " \t\r\n", True, "", '"'
    words = list(lexer)
    comment = next((i for i, word in enumerate(words) if word.startswith("#")), len(words))
    return words[:comment]


def models_read():
    """The names of all model files, and complaints about those that stand in two."""
    names, twice = {}, []
    for path in sorted(glob.glob(os.path.join(SOURCE, "rules/models/*.model"))):
        file = os.path.basename(path)
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                words = words_of(line)
                if not words or words[0] in KEYWORDS:
                    continue
                known = names.setdefault(words[0], Name(words[0], file))
                known.say(words[1:])
                if known.file != file:
                    twice.append(f"{words[0]}: in {known.file} and in {file}")
    return names, sorted(set(twice))


def header_names(folders):
    """Names in the text of header files that look like what the models must know."""
    found = set()
    for folder in folders:
        for path in glob.glob(os.path.join(folder, "*.h")):
            with open(path, encoding="utf-8", errors="replace") as text:
                found.update(word for word in re.findall(r"\b[A-Za-z_]\w+", text.read()) if LOOKS_KNOWN.match(word))
    return found - NO_FUNCTIONS


def probe(names, numpy):
    """The source that mentions every name twice: to the preprocessor, and as a function."""
    lines = [HEADERS]
    lines += [f"#if __has_include(<{header}>)\n#include <{header}>\n#endif" for header in OPTIONAL]
    if numpy:
        lines += ["#define NPY_NO_DEPRECATED_API 0"] + [f"#include <{header}>" for header in NUMPY]
    for name in names:
        lines.append(f"#ifdef {name}\nextern int macro_{name};\n#undef {name}\n#endif")
        lines.append(f"void *probe_{name}(void) {{ return (void *)&({name}); }}")
    return "\n".join(lines) + "\n"


def lower(source, includes, roots):
    """The unit file that the worker makes of a source, as a list of lines."""
    with tempfile.TemporaryDirectory() as tree:
        path = os.path.join(tree, "probe.c")
        with open(path, "w", encoding="utf-8") as out:
            out.write(source)
        fields = [f"tree={tree}", f"path={path}", f"directory={tree}", "flags=given", "object=", "key=-"]
        fields += [f"arg=-I{folder}" for folder in includes]
        fields += [f"root={name} {folder}" for name, folder in roots]
        job = b"".join(field.encode() + b"\0" for field in fields)
        answer = subprocess.run([FRONT], input=b"%d\n" % len(job) + job, stdout=subprocess.PIPE, check=True,
                                timeout=300).stdout
    length, _, unit = answer.partition(b"\n")
    assert int(length) == len(unit), "the worker's answer is cut short"
    return unit.decode("utf-8", "replace").splitlines()


def declared(unit):
    """The functions that the unit saw declared outside the tree, and the macros that were defined."""
    functions, macros = set(), set()
    for line in unit:
        words = line.split(" ")
        if words[0] == "decl" and words[1] == "func" and words[3].startswith("<"):
            functions.add(words[2])
        if words[0] == "guard" and words[2] == "active":
            match = re.match(r'"defined\((\w+)\)"$', words[3])
            if match:
                macros.add(match.group(1))
    return functions, macros


def judge(model, version, functions, macros):
    """What is wrong with one name of a model, or None."""
    there = model.name in functions or model.name in macros
    said = f"{model.name}: {model.file} says {'.'.join(map(str, version))}"
    if model.expected(version) and not there:
        return f"{said} has it, the headers have not"
    if not model.expected(version) and there:
        return f"{said} has it not, the headers have"
    if there and model.macro and model.name not in macros:
        return f"{model.name}: {model.file} calls it a macro, the headers do not"
    if there and not model.macro and model.name not in functions:
        return f"{model.name}: it is a macro, {model.file} does not say so"
    return None


def check(kind, version, models, candidates, unit):
    """The complaints about one set of headers. CANDIDATES: names in their text that must not be missing."""
    functions, macros = declared(unit)
    wrong = [said for said in (judge(model, version, functions, macros) for model in models) if said]
    for name in sorted(candidates):
        if name in functions or name in macros:
            wrong.append(f"{name}: the {kind} headers have it, no model describes it")
    print(f"headers: {kind} {'.'.join(map(str, version))}: {len(models)} names of models, {len(functions)} functions "
          f"and {len(macros)} macros seen, {len(wrong)} wrong")
    assert functions and macros, "the probe saw nothing"
    return wrong


def check_python(names, include):
    models = [model for model in names.values() if model.file.startswith("cpython")]
    candidates = header_names([include, os.path.join(include, "cpython")]) - set(names)
    source = probe(sorted({model.name for model in models} | candidates), False)
    roots = [("<python>", include)]
    unit = lower(source, [include], roots) + lower(CLEAN + source, [include], roots)
    return check("Python", version_of(sysconfig.get_python_version()), models, candidates, unit)


def check_numpy(names, include):
    try:
        import numpy
    except ImportError:
        print("headers: NumPy is not installed: left out")
        return []
    folder = numpy.get_include()
    models = [model for model in names.values() if model.file == "numpy.model"]
    candidates = header_names([os.path.join(folder, "numpy")]) - set(names)
    unit = lower(probe(sorted({model.name for model in models} | candidates), True), [include, folder],
                 [("<numpy>", folder), ("<python>", include)])
    return check("NumPy", version_of(numpy.__version__), models, candidates, unit)


def main():
    names, wrong = models_read()
    for name in NOT_PROBED:
        names.pop(name)
    include = sysconfig.get_paths()["include"]
    wrong += check_python(names, include) + check_numpy(names, include)
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
