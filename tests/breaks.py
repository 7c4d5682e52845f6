#!/usr/bin/env python3
"""Breaks the analyzer on purpose, one break at a time, and looks which fixtures notice.

In: tests/breaks.tsv, the fixtures of testdata/rules, the build folder in the
environment variable BUILD (made with ninja; it is brought up to date first),
names of breaks (none: all). Out: a line per break, a total, and status 1 when
a break no longer applies, kills nothing or no longer kills a case it names.
The tree is left alone: a broken file is compiled in a scratch folder and
linked with the objects of the build folder.

A row of breaks.tsv: name, file, the text to replace (it must stand in the
file exactly once), what stands there instead, and the cases that must fail
then, as RULE/CASE. --fill NAME... [-- WORDS] tries all cases, or those with
one of the words in their path, and writes what failed into the last column;
of many, those that few other breaks kill. --uncovered prints the cases that
no break kills, --stale the breaks that no longer apply; both need no build.

A case fails when one of its twins is no longer judged as its comments say. A
program that crashes or does not end has noticed nothing.
"""

import concurrent.futures
import json
import os
import re
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile

import expect

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(HERE)
ROOT = os.path.join(TOP, "testdata", "rules")
TABLE = os.path.join(HERE, "breaks.tsv")
HEAD = "break\tfile\ttext\tinstead\tkills"
WORKER = "analyzer/front/worker/"
PYTHON = os.environ.get("PYMEMLINT_PYTHON", "/usr/bin/python3")
SECONDS = 20  # of CPU time for one case; without a break it takes a hundredth of one
MOST = 12  # cases that a row names


class Break:
    """A row of the table."""

    def __init__(self, cells):
        self.name, self.file, self.text, self.instead = cells[:4]
        self.kills = cells[4].split()

    def row(self):
        return "\t".join([self.name, self.file, self.text, self.instead, " ".join(self.kills)])

    def apply(self):
        """The file's text with the break in it."""
        source = open(os.path.join(TOP, self.file), encoding="utf-8").read()
        if source.count(self.text) != 1:
            raise ValueError("its text stands %d times in %s" % (source.count(self.text), self.file))
        return source.replace(self.text, self.instead)


def read_table(path=TABLE):
    lines = open(path, encoding="utf-8").read().splitlines()
    if lines[:1] != [HEAD]:
        sys.exit("breaks.tsv: its first line is not the heading")
    rows = [line.split("\t") for line in lines[1:]]
    for row in rows:
        if len(row) != 5:
            sys.exit("breaks.tsv: not five columns: %s" % row[0])
    names = [row[0] for row in rows]
    if len(set(names)) != len(names):
        sys.exit("breaks.tsv: a name twice: %s" % next(n for n in names if names.count(n) > 1))
    return [Break(row) for row in rows]


# --- a broken program -------------------------------------------------------


class Builder:
    """Compiles one broken file and links it with what the build folder holds."""

    def __init__(self, build, scratch):
        self.build, self.scratch = build, scratch
        self.run(["cmake", "--build", build, "--target", "pymemlint", "pymemlint-front"])
        out = self.run(["ninja", "-C", build, "-t", "commands", "pymemlint", "pymemlint-front"])
        self.commands = out.splitlines()
        self.whole = {name: os.path.join(build, name) for name in ("pymemlint", "pymemlint-front")}

    def run(self, command):
        done = subprocess.run(command, cwd=self.build, capture_output=True, text=True, check=False)
        if done.returncode:
            raise ValueError("'%s' fails: %s" % (" ".join(command)[:60], (done.stderr or done.stdout)[-600:]))
        return done.stdout

    def compile(self, path, source, folder):
        """The object file of SOURCE, a changed copy of the C file PATH."""
        line = next((c for c in self.commands if c.endswith("-c " + path)), None)
        if not line:
            raise ValueError("no command compiles %s" % path)
        words = shlex.split(line)
        made = os.path.join(folder, "broken.o")
        words[words.index("-o") + 1] = made
        words[words.index("-MF") + 1] = os.path.join(folder, "broken.d")
        words[-1] = source
        self.run([w for w in words if w != "-Werror"] + ["-w", "-O1", "-I" + os.path.dirname(path)])
        return words[words.index("-MT") + 1], made

    def link(self, name, original, made, folder):
        """The program NAME with the object MADE in place of ORIGINAL."""
        line = next(c for c in self.commands if re.search(r" -o %s( |$)" % name, c))
        words = shlex.split(line.split("&&")[1])
        words[words.index("-o") + 1] = os.path.join(folder, name)
        if original in words:
            words[words.index(original)] = made
        else:  # the archive's own is then left where it is
            words.insert(words.index("libengine.a"), made)
        self.run(words)
        return os.path.join(folder, name)

    def embed(self, broken, text, folder):
        """A generated source that carries the broken model."""
        listed = open(os.path.join(self.build, "generated", "embedded.list"), encoding="utf-8").read().split()
        for path in listed:
            copy = os.path.join(folder, "tree", os.path.relpath(path, TOP))
            os.makedirs(os.path.dirname(copy), exist_ok=True)
            shutil.copy(path, copy)
        open(os.path.join(folder, "tree", broken.file), "w", encoding="utf-8").write(text)
        with open(os.path.join(folder, "list"), "w", encoding="utf-8") as out:
            out.writelines(os.path.join(folder, "tree", os.path.relpath(p, TOP)) + "\n" for p in listed)
        made = os.path.join(folder, "embedded.c")
        self.run(["cmake", "-DLIST=" + os.path.join(folder, "list"), "-DROOT=" + os.path.join(folder, "tree"),
                  "-DOUT=" + made, "-P", os.path.join(TOP, "cmake", "embed.cmake")])
        return made

    def broken(self, broken, folder):
        """The two programs, one of them with the break in it."""
        text = broken.apply()
        programs = dict(self.whole)
        if broken.file.endswith(".model"):
            path, source = os.path.join(self.build, "generated", "embedded.c"), self.embed(broken, text, folder)
        else:
            path, source = os.path.join(TOP, broken.file), os.path.join(folder, os.path.basename(broken.file))
            open(source, "w", encoding="utf-8").write(text)
        original, made = self.compile(path, source, folder)
        name = "pymemlint-front" if broken.file.startswith(WORKER) else "pymemlint"
        programs[name] = self.link(name, original, made, folder)
        return programs


# --- the cases --------------------------------------------------------------


def all_cases(words=()):
    """RULE/CASE -> its two twins, for every pair."""
    known = expect.known_rules()
    cases = {}
    for rule in sorted(known & set(os.listdir(ROOT))):
        for path, _, _, _ in expect.jobs_of(ROOT, rule, list(words), known):
            stem = re.match(r"(.*?)_?(bad|good)(\.c)?$", os.path.basename(path))
            if os.path.basename(os.path.dirname(path)) == "cases":
                cases.setdefault(rule + "/" + stem.group(1), []).append(path)
    return cases


class Judge:
    """Says which cases a broken program gets wrong."""

    def __init__(self, builder, scratch):
        self.known = expect.known_rules()
        self.limits = {os.path.join(ROOT, case) for case in
                       expect.limits(os.path.join(HERE, "limits.tsv"), ROOT)}
        self.pool = concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1)
        self.builder, self.scratch = builder, scratch
        self.units = None

    def summarize(self, programs, paths, folder, more=()):
        """The unit files of PATHS, made by the worker of PROGRAMS."""
        into = os.path.join(folder, "units")
        env = dict(os.environ, PYMEMLINT_FRONT=programs["pymemlint-front"])
        done = subprocess.run([programs["pymemlint"], "summarize", "-q", "--python", PYTHON, *more, "-o", into,
                               *(os.path.relpath(p, ROOT) for p in paths)],
                              cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if not os.path.isdir(into):
            raise ValueError("no unit files: status %d: %s" % (done.returncode, done.stderr[-600:]))
        return into

    @staticmethod
    def bound():
        """In the child: a busy machine must not look like a program that does not end."""
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))

    def messages(self, programs, units, case):
        """What is wrong about one twin; None when the program does not come to an end."""
        rule = os.path.relpath(case, ROOT).split(os.sep)[0]
        extra, files = [], []
        for path in expect.sources(case):
            text = open(path, encoding="utf-8").read()
            for words in re.findall(r"/\* check: (.*?) \*/", text):
                extra += words.split()
            if path.endswith(".c"):
                files.append(os.path.join(units, os.path.relpath(path, TOP) + ".unit"))
        command = [programs["pymemlint"], "link", "-q", "--output-format", "json", "--confidence", "medium",
                   "--select", expect.DEFAULT + "," + rule, *extra, *files]
        try:
            done = subprocess.run(command, cwd=units, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                  preexec_fn=self.bound, check=False)
            if done.returncode in (0, 1, 3):  # 3: a file of the case is one that cannot be read
                return expect.compare(case, rule, json.loads(done.stdout)["findings"], self.known)
        except (ValueError, KeyError):
            pass
        return None

    def failing(self, programs, cases, folder=None):
        """(cases that fail, cases that the program does not survive) of CASES, as all_cases gives them."""
        if folder:
            units = self.summarize(programs, [c for twins in cases.values() for c in twins], folder, ["--no-cache"])
        else:
            if not self.units:
                cache = os.path.join(self.builder.build, "breaks-cache")
                self.units = self.summarize(self.builder.whole, [ROOT], self.scratch, ["--cache-dir", cache])
            units = self.units
        jobs = [(name, twin) for name, twins in cases.items() for twin in twins]
        told = self.pool.map(lambda job: self.messages(programs, units, job[1]), jobs)
        failed, ended = set(), set()
        for (name, twin), messages in zip(jobs, told):
            if messages is None:
                ended.add(name)
            elif messages and twin not in self.limits:
                failed.add(name)
        return failed - ended, ended


def try_break(broken, builder, judge, cases):
    """(cases that fail, cases not survived, None) or (.., .., what is wrong with the break)."""
    with tempfile.TemporaryDirectory(dir=judge.scratch) as folder:
        try:
            programs = builder.broken(broken, folder)
        except ValueError as error:
            return set(), set(), str(error)
        failed, ended = judge.failing(programs, cases, folder if broken.file.startswith(WORKER) else None)
    return failed, ended, None


def chosen(breaks, broken, failed):
    """At most MOST of the cases that a break kills: those that the fewest others do."""
    others = [k for b in breaks if b is not broken for k in b.kills]
    return sorted(sorted(failed, key=lambda case: (others.count(case), case))[:MOST])


def fill(breaks, names, builder, judge, words):
    """Writes what each of the breaks kills into the table."""
    cases = all_cases(words)
    sound, _ = judge.failing(builder.whole, cases)
    for name in sound:
        print("%s fails without a break" % name)
    for broken in breaks:
        if names and broken.name not in names:
            continue
        failed, ended, wrong = try_break(broken, builder, judge, cases)
        kept = {k for k in broken.kills if k not in cases}
        broken.kills = chosen(breaks, broken, kept | (failed - sound))
        print("%s: %s" % (broken.name, wrong or "kills %d, does not survive %d" % (len(broken.kills), len(ended))),
              flush=True)
        fresh = {b.name: b for b in read_table()}  # more may have been written meanwhile
        fresh[broken.name].kills = broken.kills
        with open(TABLE + ".new", "w", encoding="utf-8") as out:
            out.write("\n".join([HEAD] + [b.row() for b in fresh.values()]) + "\n")
        os.replace(TABLE + ".new", TABLE)
    return 0


def check(breaks, builder, judge):
    """Holds the breaks to what the table says of them."""
    cases, wrong = all_cases(), 0
    named = {k for b in breaks for k in b.kills}
    for name in sorted(named - set(cases)):
        print("%s: no such case" % name)
        wrong += 1
    sound, ended = judge.failing(builder.whole, {k: cases[k] for k in named & set(cases)})
    for name in sorted(sound | ended):
        print("%s: fails without a break" % name)
        wrong += 1
    for broken in breaks:
        failed, ended, message = try_break(broken, builder, judge, {k: cases[k] for k in broken.kills if k in cases})
        if not message and not failed:
            message = "kills nothing"
        left = sorted(set(broken.kills) - failed)
        if not message and left:
            message = "no longer kills " + ", ".join(left)
        print("%s: %s" % (broken.name, message or "killed by %d of %d" % (len(failed), len(broken.kills))), flush=True)
        wrong += message is not None
    print("%d breaks, %d cases that notice one, %d wrong" % (len(breaks), len(named), wrong))
    return 1 if wrong else 0


def uncovered(breaks):
    """Prints the cases that no break kills."""
    named = {k for b in breaks for k in b.kills}
    left = [name for name in all_cases() if name not in named]
    print("\n".join(left + ["%d cases without a break" % len(left)]))
    return 0


def stale(breaks):
    """Prints the breaks whose text is not in their file."""
    for broken in breaks:
        try:
            broken.apply()
        except (OSError, ValueError) as error:
            print("%s: %s" % (broken.name, error))
    return 0


def main(words):
    breaks = read_table()
    if words in (["--uncovered"], ["--stale"]):
        return (uncovered if words == ["--uncovered"] else stale)(breaks)
    filling = words[:1] == ["--fill"]
    words = words[1:] if filling else words
    cut = words.index("--") if "--" in words else len(words)
    names, filters = words[:cut], words[cut + 1:]
    build = os.path.abspath(os.environ["BUILD"])
    for name in names:
        if name not in [b.name for b in breaks]:
            sys.exit("breaks.tsv has no break '%s'" % name)
    expect.PROGRAM = os.path.join(build, "pymemlint")
    with tempfile.TemporaryDirectory() as scratch:
        builder = Builder(build, scratch)
        judge = Judge(builder, scratch)
        if filling:
            return fill(breaks, names, builder, judge, filters)
        return check([b for b in breaks if not names or b.name in names], builder, judge)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
