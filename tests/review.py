"""Applies the suggestions of an rdjson report, as a review bot does when all are taken.

review.py ROOT <report: replaces the ranges in the files below ROOT (columns
count bytes from 1) and prints how many diagnostics had a suggestion.
"""
import json
import os
import sys

edits = {}
suggested = 0
for diagnostic in json.load(sys.stdin)["diagnostics"]:
    suggested += bool(diagnostic.get("suggestions"))
    for suggestion in diagnostic.get("suggestions", []):
        start, end = suggestion["range"]["start"], suggestion["range"]["end"]
        assert start["line"] == end["line"], suggestion  # review bots want one line
        edits.setdefault(diagnostic["location"]["path"], set()).add(
            (start["line"], start["column"], end["column"], suggestion["text"]))
for path, changes in edits.items():
    path = os.path.join(sys.argv[1], path)
    lines = open(path, "rb").read().split(b"\n")
    for line, start, end, text in sorted(changes, reverse=True):
        old = lines[line - 1]
        assert end - 1 <= len(old), (path, line)
        lines[line - 1] = old[:start - 1] + text.encode() + old[end - 1:]
    open(path, "wb").write(b"\n".join(lines))
print(suggested)
