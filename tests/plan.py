#!/usr/bin/env python3
"""Compares plans with the comments of testdata/plan/.

Each file is planned alone, with the options that its first comment begins with. A site's line says

    block = malloc(n); // plan: VERDICT [KIND]... [+KIND]... [>FAMILY]

the verdict of its group, kinds that must be among the reasons, kinds (+) that must be among the
assumptions, and the target. A site without a comment, or a comment without a site, is a failure. Every
kind of reason that the program knows must be proved by some file, and every file NAME_stays.c whose
reason has a counterpart must have a NAME_moves.c in which the group moves.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

COMMENT = re.compile(r"// plan: (.*)")
# Reasons that need more than one file; check_plan.sh proves them.
ELSEWHERE = {"consumer", "not-read-whole"}
ALONE = {"called", "address", "allocator", "domain", "tag", "mismatch", "callback"}


def plan(path, options):
    command = [os.environ["PYMEMLINT"], "plan", "--isolated", "--quiet", "--no-cache", "--format", "json",
               "--python", os.environ.get("PYTHON", "/usr/bin/python3"), *options, path]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        return None, f"status {done.returncode}: {done.stderr.strip()}"
    return json.loads(done.stdout), None


def check(path):
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    options = re.match(r"/\* ((?:--\S+ \S+ ?)+)", lines[0]).group(1).rstrip(". ").split()
    with tempfile.TemporaryDirectory() as alone:  # what other files of a tree say would count
        document, error = plan(shutil.copy(path, alone), options)
    if error:
        return [error], set()
    found, wrong, proved = {}, [], set()
    for group in document["groups"]:
        for site in group["sites"]:
            found.setdefault(site["line"], group)
    for number, line in enumerate(lines, 1):
        match = COMMENT.search(line)
        group = found.pop(number, None)
        if not match:
            if group:
                wrong.append(f"{number}: a site without a comment, {group['verdict']}")
            continue
        words = match.group(1).split()
        if not group:
            wrong.append(f"{number}: no site here")
            continue
        kinds = {reason["kind"] for reason in group["reasons"]}
        assumed = {reason["kind"] for reason in group["assumptions"]}
        if group["verdict"] != words[0]:
            wrong.append(f"{number}: {group['verdict']} {sorted(kinds)}, not {words[0]}")
        for word in words[1:]:
            if word[0] == "+" and word[1:] not in assumed:
                wrong.append(f"{number}: no assumption '{word[1:]}' in {sorted(assumed)}")
            elif word[0] == ">" and group["target"] != word[1:]:
                wrong.append(f"{number}: target {group['target']}, not {word[1:]}")
            elif word[0] not in "+>":
                proved.add(word)
                if word not in kinds:
                    wrong.append(f"{number}: no reason '{word}' in {sorted(kinds)}")
    return wrong, proved


def main():
    folder = os.path.join(os.environ["SOURCE"], "testdata/plan")
    with open(os.path.join(os.environ["SOURCE"], "testdata/schema/plan.schema.json"), encoding="utf-8") as file:
        kinds = set(json.load(file)["$defs"]["reason"]["properties"]["kind"]["enum"])
    failed, proved = False, set()
    names = sorted(name for name in os.listdir(folder) if name.endswith(".c"))
    for name in names:
        wrong, kinds_here = check(os.path.join(folder, name))
        proved |= kinds_here
        failed |= bool(wrong)
        for line in wrong:
            print(f"{name}:{line}")
        stem = name.removesuffix("_stays.c")
        if stem != name and stem not in ALONE and stem + "_moves.c" not in names:
            print(f"{name} has no twin that moves")
            failed = True
    for kind in sorted(kinds - proved - ELSEWHERE):
        print(f"no file proves the reason '{kind}'")
        failed = True
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
