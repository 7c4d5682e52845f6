#!/usr/bin/env python3
"""Runs the fixture modules and holds their comments to what happens.

In: testdata/rules and, optionally, words that select cases by a part of their
path. Out: one line per failure, a summary per rule, exit 1 when one failed.
Does not look at the analyzer.

Every cases/NAME_bad.c (or folder cases/NAME_bad/) is an extension module with
a twin NAME_good. Comments of the bad twin say how it fails:

  /* run: mod.parse(b"x") */  statements to drive it, `mod` is the module; in both twins
  /* dies: REGEX */           PYTHONMALLOC=debug: killed by a signal, output matches
  /* raises: REGEX */         PYTHONMALLOC=debug: ends with another exit code than 0, output matches
  /* asan: REGEX */           AddressSanitizer with PYTHONMALLOC=malloc reports this
  /* leaks: REGEX */          LeakSanitizer reports a block whose stack matches this
  /* hangs: WHY */            does not end within the time limit
  /* from facts: WHY */       this interpreter cannot show it: built only, or without a module just compiled
  /* link: -lz */             further words for the compiler

The good twin is compiled with warnings as errors (one from facts that is no module, for names that no header has
any more, only compiled), must exit 0 under the debug hooks and, where its bad twin names a sanitizer, be clean under
that too.
"""

import concurrent.futures
import os
import re
import subprocess
import sys
import sysconfig
import tempfile

LIMIT = 200  # seconds per process
HANG = 3  # seconds after which a case that hangs is believed
BAD_FLAGS = ["-w"]
GOOD_FLAGS = ["-Wall", "-Wextra", "-Werror", "-Wno-unused-parameter", "-Wno-missing-field-initializers",
              "-Wno-cast-function-type"]
SOURCE_FRAME = r"_(?:bad|good)(?:\.c|/\w+\.[ch]):\d"  # a frame of a fixture, as debug information names it
PROOFS = ("dies", "raises", "asan", "leaks", "hangs", "from facts")


class Case:
    """One twin: its sources and what its comments say."""

    def __init__(self, path):
        self.path = path
        if os.path.isdir(path):
            self.sources = sorted(os.path.join(path, f) for f in os.listdir(path) if f.endswith(".c"))
        else:
            self.sources = [path]
        self.text = "\n".join(open(f, encoding="utf-8").read() for f in self.sources)
        self.notes = {}
        for word, rest in re.findall(r"/\* (run|link|%s): (.*?) \*/" % "|".join(PROOFS), self.text):
            self.notes.setdefault(word, []).append(rest)
        init = re.search(r"^(?:PyMODINIT_FUNC\s+)PyInit_(\w+)", self.text, re.M)
        self.module = init and init.group(1)

    def proof(self):
        """The word and the expression that say how this case fails."""
        for word in PROOFS:
            if word in self.notes:
                return word, self.notes[word][0]
        return None, None


def run(command, env=None, limit=LIMIT):
    """(exit code or None after the limit, combined output)."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                   env=env, start_new_session=True)
        try:
            code = process.wait(timeout=limit)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            code = None
        out.seek(0)
        return code, out.read().decode("utf-8", "replace")


def build(case, folder, flags, sanitizer):
    """Compiles the module into FOLDER; the compiler's complaint or None."""
    import numpy
    target = os.path.join(folder, case.module + ".so")
    command = ["gcc", "-fPIC"] + ([] if "-c" in flags else ["-shared"]) + ["-O0", "-g", "-D_GNU_SOURCE"] + flags
    command += ["-fsanitize=address"] if sanitizer == "asan" else []
    command += ["-isystem", sysconfig.get_paths()["include"], "-isystem", numpy.get_include()]
    command += case.sources + ["-o", target] + ([] if "-c" in flags else ["-lpthread"])
    command += " ".join(case.notes.get("link", [])).split()
    code, output = run(command, limit=600)
    return output if code != 0 else None


def drive(case, folder, sanitizer, limit=LIMIT):
    """Imports the module in an interpreter of its own and runs its statements."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    env.update(PYTHONMALLOC="debug", PYTHONDONTWRITEBYTECODE="1")
    if sanitizer:
        env["PYTHONMALLOC"] = "malloc"
        env["LD_PRELOAD"] = subprocess.check_output(["gcc", "-print-file-name=libasan.so"], text=True).strip()
        leaks = 1 if sanitizer == "leaks" else 0
        env["ASAN_OPTIONS"] = ("detect_leaks=%d:allocator_may_return_null=1:exitcode=99:"
                               "fast_unwind_on_malloc=0" % leaks)
        env["LSAN_OPTIONS"] = "max_leaks=0:print_suppressions=0"
    script = "import sys, os, threading, time\nsys.path.insert(0, %r)\nimport %s as mod\n%s\n" % (
        folder, case.module, "\n".join(case.notes["run"]))
    return run([sys.executable, "-s", "-c", script], env, limit)


def leaks_of(output, module):
    """The leak reports whose stack passes through the module, its start-up not counted."""
    blocks = re.split(r"\n(?=(?:Direct|Indirect) leak of )", output)
    mine = [b.split("\n\n")[0] for b in blocks[1:]]
    return [b for b in mine if re.search(r"/%s\.so|%s" % (module, SOURCE_FRAME), b) and " in PyInit_" not in b]


def judge_bad(case, folder):
    """What is wrong with the story the bad twin tells, or None."""
    word, regex = case.proof()
    if word is None:
        return "does not say how it fails"
    wrong = build(case, folder, BAD_FLAGS, word)
    if wrong or word == "from facts":
        return wrong
    if word == "hangs":
        code, output = drive(case, folder, None, HANG)
        return None if code is None else "ended with %s" % code
    code, output = drive(case, folder, word if word in ("asan", "leaks") else None)
    if code is None:
        return "ran into the time limit"
    if code < 0:
        output += "\nsignal %d" % -code
    if word == "dies" and code >= 0:
        return "survived with exit code %d\n%s" % (code, output[-800:])
    if word == "raises" and code == 0:
        return "passed without an error"
    if word == "leaks":
        output = "\n".join(leaks_of(output, case.module))
    if not re.search(regex, output):
        return "%r is not in its output (exit %s):\n%s" % (regex, code, output[:1500])
    return None


def judge_good(case, folder, word):
    """Why the good twin is not clean, or None."""
    wrong = build(case, folder, GOOD_FLAGS, None)
    if wrong:
        return wrong
    code, output = drive(case, folder, None)
    if code != 0:
        return "exit code %s\n%s" % (code, output[-1500:])
    if word in ("asan", "leaks"):
        build(case, folder, GOOD_FLAGS, word)
        code, output = drive(case, folder, word)
        mine = leaks_of(output, case.module)
        if mine or "ERROR: AddressSanitizer" in output:
            return "sanitizer: %s" % ("\n".join(mine) or output)[:1500]
    return None


def lacks(case):
    """What this machine does not have and the case needs, or None."""
    if "import pty" in case.notes.get("run", []):
        try:
            for fd in os.openpty():
                os.close(fd)
        except OSError:
            return "no pseudo terminals here"
    return None


def judge_pair(stem):
    """Messages about the pair NAME_bad, NAME_good; empty when all is well."""
    twins = {}
    for side in ("bad", "good"):
        path = stem + side
        path = path if os.path.isdir(path) else path + ".c"
        if not os.path.exists(path):
            return ["%s: no such twin" % path]
        twins[side] = Case(path)
    messages = []
    word, _ = twins["bad"].proof()
    for side, case in twins.items():
        if case.module is None and word == "from facts":
            messages += judge_page(case.path, BAD_FLAGS)
            continue
        if case.module is None or "run" not in case.notes:
            messages.append("%s: no module or no statements to run" % case.path)
            continue
        if lacks(case):
            print("%s: not tried, %s" % (case.path, lacks(case)))
            continue
        with tempfile.TemporaryDirectory() as folder:
            wrong = judge_bad(case, folder) if side == "bad" else judge_good(case, folder, word)
        if wrong:
            messages.append("%s: %s" % (case.path, wrong))
    return messages


def judge_page(path, flags):
    """Messages about a file that is too short to run, such as bad.c or good.c of a rule: it must compile."""
    case = Case(path)
    case.module = "page"
    with tempfile.TemporaryDirectory() as folder:
        wrong = build(case, folder, flags + ["-c"], None)
    return ["%s: %s" % (path, wrong)] if wrong else []


def self_test(root):
    """A good twin that is called bad must be noticed, and a bad one that is called good."""
    stem = os.path.join(root, "family-mismatch", "cases", "local_")
    bad, good = Case(stem + "bad.c"), Case(stem + "good.c")
    bad.sources, good.sources = good.sources, bad.sources
    with tempfile.TemporaryDirectory() as folder:
        if judge_bad(bad, folder) and judge_good(good, folder, None):
            return []
    return ["self-test: exchanged twins went unnoticed"]


def pairs_of(root, words):
    """The stems of all pairs below ROOT, by rule."""
    found = {}
    for rule in sorted(os.listdir(root)):
        cases = os.path.join(root, rule, "cases")
        if not os.path.isdir(cases):
            continue
        stems = {re.sub(r"(bad|good)(\.c)?$", "", os.path.join(cases, f)) for f in os.listdir(cases)}
        found[rule] = sorted(s for s in stems if not words or any(w in s for w in words))
    return found


def main():
    root, words = sys.argv[1], sys.argv[2:]
    pages = [os.path.join(root, rule, f) for rule in sorted(os.listdir(root)) for f in ("bad.c", "good.c")
             if os.path.isdir(os.path.join(root, rule))]
    early = [] if words else self_test(root)
    for path in pages:
        flags = BAD_FLAGS if path.endswith("bad.c") else GOOD_FLAGS + ["-Wno-unused-function"]
        early += [] if words else judge_page(path, flags)
    for message in early:
        print(message)
    failed = len(early)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for rule, stems in pairs_of(root, words).items():
            proofs = {}
            for stem, messages in zip(stems, pool.map(judge_pair, stems)):
                failed += bool(messages)
                for message in messages:
                    print(message)
                path = stem + "bad"
                word, _ = Case(path if os.path.isdir(path) else path + ".c").proof()
                proofs[word] = proofs.get(word, 0) + 1
            if stems:
                counts = ", ".join("%d %s" % (n, w) for w, n in sorted(proofs.items(), key=str))
                print("%s: %d pairs (%s)" % (rule, len(stems), counts), flush=True)
    print("%d failed" % failed)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
