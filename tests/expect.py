#!/usr/bin/env python3
"""Runs the analyzer on every fixture and compares findings with comments.

In: testdata/rules, the program in the environment variable PYMEMLINT, words
that select cases. Out: a line per difference, a summary per rule, exit 1 when
there is one. Does not run the fixtures: runtime.py does.

  free(p); // expect: family-mismatch, leak-on-path
  free(p); // expect: family-mismatch // because: 12, util.c:31
  free(p); // expect-medium: object-touched-without-gil
  /* check: --python-min 3.4 */   further options for this case
  /* unread: WHY */               the analyzer cannot read this file of the case, and says so
  /* says: the field 'buf' */     stands in the message of a finding of the folder's rule

`expect` stands on the line of the finding, confidence high; `because` names
lines that its path must pass, in that order. A case is one file or one folder
and is analyzed alone. Anything expected and not found, or found and not
expected, is a failure; findings of confidence medium count where the rule of
the folder makes them. A rule that the program does not have yet is left out.

tests/mechanisms.tsv lists every case of cases/: its mechanism (the first
comment of the bad twin), rule, name, how runtime.py proves it, and breaks of
the analyzer (tests/breaks.tsv) that make the case fail, those that kill the
fewest others first; breaks.py tries them, but not what is "not run", which is
somebody's word. --table prints the table anew; a run without words compares it
with the tree.
"""

import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import runtime

PROGRAM = os.environ.get("PYMEMLINT", "pymemlint")
LIMIT = 600
DEFAULT = "gil,family,lifetime,deprecated"
MARK = re.compile(r"(?://|/\*) expect(-medium)?: ([\w, -]+?)(?: // because: ([^*]*?))?\s*(?:\*/.*)?$")
FIXED_RULES = ("deprecated-allocator-macro",)  # bad twin, fixed, is the good twin


class Expected:
    """What the comments of one line say."""

    def __init__(self, rule, file, line, medium, because):
        self.rule, self.file, self.line = rule, file, line
        self.medium, self.because = medium, because

    def __str__(self):
        return "%s:%d: %s%s" % (self.file, self.line, self.rule, " (medium)" if self.medium else "")


def sources(case):
    """The C files and headers of a case."""
    if os.path.isfile(case):
        return [case]
    return sorted(os.path.join(case, f) for f in os.listdir(case) if f.endswith((".c", ".h")))


def expectations(case):
    """All expectations in the comments of a case."""
    found = []
    for path in sources(case):
        name = os.path.basename(path)
        for number, line in enumerate(open(path, encoding="utf-8"), 1):
            mark = MARK.search(line.rstrip())
            if not mark:
                if "expect:" in line or "because:" in line:
                    raise ValueError("%s:%d: cannot read this comment" % (path, number))
                continue
            places = [p.strip() for p in (mark.group(3) or "").split(",") if p.strip()]
            because = [(p.split(":")[0], int(p.split(":")[1])) if ":" in p else (name, int(p)) for p in places]
            for rule in mark.group(2).split(","):
                found.append(Expected(rule.strip(), name, number, bool(mark.group(1)), because))
    return found


def analyze(case, rule, extra=()):
    """(findings, complaint) of the program for one case."""
    folder, target = (case, ".") if os.path.isdir(case) else os.path.split(case)
    unread = False
    for path in sources(case):
        for words in re.findall(r"/\* check: (.*?) \*/", open(path, encoding="utf-8").read()):
            extra = [*extra, *words.split()]
        unread |= "/* unread: " in open(path, encoding="utf-8").read()
    command = [PROGRAM, "check", "--no-cache", "-j", "1", "--output-format", "json", "--confidence", "medium",
               "--select", DEFAULT + "," + rule, "--python", os.environ["PYMEMLINT_PYTHON"], *extra, target]
    try:
        done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return [], "no answer after %d s" % LIMIT
    if done.returncode not in ((3,) if unread else (0, 1)):
        return [], "exit status %d: %s" % (done.returncode, done.stderr.strip()[-600:])
    try:
        return json.loads(done.stdout)["findings"], None
    except (ValueError, KeyError) as error:
        return [], "no JSON with findings (%s): %s" % (error, done.stderr.strip()[-600:])


def steps(finding):
    """The places of a finding's path, as (file name, line)."""
    return [(os.path.basename(s["file"]), s["line"]) for s in finding.get("path", [])]


def in_order(wanted, path):
    """True when the places of `wanted` occur in `path` in their order."""
    rest = iter(path)
    return all(any(step == place for step in rest) for place in wanted)


def compare(case, rule, findings, known):
    """Differences between what is expected and what was found."""
    messages = []
    wanted = [e for e in expectations(case) if e.rule in known]
    left = [f for f in findings if f["name"] in known]
    for e in wanted:
        match = [f for f in left if f["name"] == e.rule and f["line"] == e.line and
                 os.path.basename(f["file"]) == e.file and (f["confidence"] == "medium") == e.medium]
        if not match:
            messages.append("expected, not found: %s" % e)
            continue
        left.remove(match[0])
        if not in_order(e.because, steps(match[0])):
            messages.append("%s: its path %s does not pass %s" % (e, steps(match[0]), e.because))
    said = [f["message"] for f in findings if f["name"] == rule]
    for path in sources(case):
        for text in re.findall(r"/\* says: (.*?) \*/", open(path, encoding="utf-8").read()):
            if not any(text in message for message in said):
                messages.append("no finding says: %s" % text)
    for f in left:
        if f["confidence"] == "medium" and f["name"] != rule:
            continue
        messages.append("found, not expected: %s:%d: %s (%s): %s" % (
            os.path.basename(f["file"]), f["line"], f["name"], f["confidence"], f["message"]))
    return messages


def check_form(case, rule, bad):
    """What is wrong with the fixture itself."""
    found = expectations(case)
    if bad and not any(e.rule == rule for e in found):
        return ["expects nothing of its own rule"]
    if not bad and found:
        return ["a good twin that expects findings"]
    if os.path.basename(case) in ("bad.c", "good.c") and len(open(case).readlines()) > 25:
        return ["longer than 25 lines"]
    return []


def check_fix(case, rule):
    """A fixed bad twin must read like the good one, its comments aside."""
    good = re.sub(r"bad(\.c)?$", r"good\1", case)
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, os.path.basename(case))
        (shutil.copytree if os.path.isdir(case) else shutil.copy)(case, copy)
        _, wrong = analyze(copy, rule, ["--fix", "--unsafe-fixes"])
        if wrong:
            return [wrong]
        strip = re.compile(r"[ \t]*(//|/\*) (expect|from facts|raises):.*?(\*/[ \t]*(\\)?)?$", re.M)
        for fixed, twin in zip(sources(copy), sources(good)):
            a, b = (strip.sub(r" \4", open(f).read()).split() for f in (fixed, twin))
            if a != b:
                return ["the fixed %s differs from its good twin" % os.path.basename(fixed)]
    return []


def judge(job):
    """All messages about one case."""
    case, rule, bad, known = job
    try:
        messages = check_form(case, rule, bad)
        findings, wrong = analyze(case, rule)
        messages += [wrong] if wrong else compare(case, rule, findings, known)
        if bad and rule in FIXED_RULES and not messages:
            messages += check_fix(case, rule)
    except ValueError as error:
        messages = [str(error)]
    return ["%s: %s" % (case, m) for m in messages]


def jobs_of(root, rule, words, known):
    """The cases of one rule: the two of its page, and those of cases/."""
    folder = os.path.join(root, rule)
    cases = os.path.join(folder, "cases")
    found = [os.path.join(folder, f) for f in ("bad.c", "good.c")]
    found += sorted(os.path.join(cases, f) for f in os.listdir(cases)) if os.path.isdir(cases) else []
    return [(c, rule, re.search(r"bad(\.c)?$", c) is not None, known) for c in found
            if not words or any(w in c for w in words)]


def killers(table):
    """RULE/CASE -> names of the breaks that kill it, the most specific two."""
    rows = [line.split("\t") for line in open(table, encoding="utf-8").read().splitlines()[1:]]
    found = {}
    for name, _, _, _, kills in sorted(rows, key=lambda row: len(row[4].split())):
        for case in kills.split():
            found.setdefault(case, []).append(name)
    return {case: ", ".join(names[:2]) for case, names in found.items()}


def mechanisms(root, table):
    """The lines of the table of mechanisms as the fixtures and breaks.tsv say they must be."""
    breaks = killers(os.path.join(os.path.dirname(table), "breaks.tsv"))
    for line in open(table, encoding="utf-8").read().split("\n")[1:]:
        cells = line.split("\t")
        if len(cells) == 5 and ": " in cells[4]:  # somebody's word for it
            breaks.setdefault(cells[1] + "/" + cells[2], "not run: " + cells[4].removeprefix("not run: "))
    lines = ["mechanism\trule\tcase\tproven by\tkilled by"]
    for rule, stems in runtime.pairs_of(root, []).items():
        for stem in stems:
            path = stem + "bad"
            case = runtime.Case(path if os.path.isdir(path) else path + ".c")
            main = next((f for f in case.sources if "PyMODINIT_FUNC" in open(f, encoding="utf-8").read()),
                        case.sources[0])
            first = open(main, encoding="utf-8").readline()
            name = os.path.basename(stem).rstrip("_")
            lines.append("\t".join([first.strip().strip("/*").strip().rstrip("."), rule, name,
                                    str(case.proof()[0]), breaks.get(rule + "/" + name, "")]))
    return "\n".join(lines) + "\n"


def known_rules():
    """The names of the program's rules."""
    plain = subprocess.run([PROGRAM, "rules"], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"^PML\d+\s+([a-z-]+)", plain, re.M))


def limits(path, root):
    """Cases that are known to fail: what does not work yet, and the very messages of the failure. Only bad ones, and
    only those that exist: a false alarm on a good twin is never accepted."""
    rows = [line.split("\t") for line in open(path, encoding="utf-8").read().splitlines()]
    for row in rows:
        if len(row) != 3 or not re.search(r"bad(\.c)?$", row[0]) or not os.path.exists(os.path.join(root, row[0])):
            sys.exit("limits.tsv: not a known bad case with a reason and messages: %s" % row[0])
    return {case: (why, how) for case, why, how in rows}


def told(messages, root):
    """Messages as limits.tsv holds them: without the folder, in order."""
    return "; ".join(sorted(re.sub(r"\s+", " ", m.replace(root.rstrip("/") + "/", "")) for m in messages))


def settle(case, messages, accepted, root):
    """What counts against a case: its messages, or that a known limit is none any more, or another one."""
    why, how = accepted.get(os.path.relpath(case, root), (None, None))
    if why is None:
        return messages
    if not messages:
        return ["%s: no longer a limit (%s): take it out of limits.tsv" % (case, why)]
    if told(messages, root) != how:
        return messages + ["%s: this is not the limit that limits.tsv knows: %s" % (case, told(messages, root))]
    print("known limit: %s: %s" % (os.path.relpath(case, root), why))
    return []


def self_test(root):
    """Shows that each kind of difference is seen: a harness that cannot fail proves nothing."""
    rule, known = "family-mismatch", known_rules()
    source = open(os.path.join(root, rule, "bad.c"), encoding="utf-8").read()
    line = next(n for n, text in enumerate(source.split("\n"), 1) if "// expect:" in text)
    doctored = {
        "missing": source.replace("{\n", "{ // expect: family-mismatch\n", 1),
        "unexpected": re.sub(r" // expect.*", "", source),
        "path": source.replace("// expect: family-mismatch", "// expect: family-mismatch // because: %d, 1" % line),
    }
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, text in doctored.items():
            case = os.path.join(folder, name + ".c")
            open(case, "w", encoding="utf-8").write(text)
            findings, wrong = analyze(case, rule)
            if wrong or not compare(case, rule, findings, known):
                print("self-test: a %s finding went unnoticed %s" % (name, wrong or ""))
                failed = 1
    return failed


def main():
    table = os.path.join(os.path.dirname(os.path.abspath(__file__)), "mechanisms.tsv")
    if sys.argv[1] == "--self-test":
        return self_test(sys.argv[2])
    if sys.argv[1] == "--table":
        sys.stdout.write(mechanisms(sys.argv[2], table))
        return 0
    root, words = sys.argv[1], sys.argv[2:]
    known, failed = known_rules(), 0
    accepted = limits(os.path.join(os.path.dirname(table), "limits.tsv"), root)
    if not words and open(table, encoding="utf-8").read() != mechanisms(root, table):
        print("mechanisms.tsv does not say what the cases say: print it anew with expect.py --table")
        failed = 1
    pool = concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1)
    for rule in sorted(os.listdir(root)):
        if not os.path.isdir(os.path.join(root, rule)):
            continue
        jobs = jobs_of(root, rule, words, known)
        if rule not in known:
            print("%s: %d cases, not yet a rule of the program" % (rule, len(jobs)))
            continue
        wrong = 0
        for job, messages in zip(jobs, pool.map(judge, jobs)):
            messages = settle(job[0], messages, accepted, root)
            wrong += bool(messages)
            for message in messages:
                print(message)
        if jobs:
            print("%s: %d of %d cases as expected" % (rule, len(jobs) - wrong, len(jobs)), flush=True)
        failed += wrong
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
