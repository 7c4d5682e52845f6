"""Judges SARIF logs: sarif_judge.py VALIDATOR DATA LOG... [--of-program LOG...]

Each LOG must be valid by the schema, give no result in the SARIF Multitool
and break none of our own rules. Before that the examples in DATA must be
judged as they are known to be, or the judge itself is broken. VALIDATOR
"none" leaves the Multitool out. A log that the program wrote must have
results; where its tree has no repository the Multitool may miss the
provenance (SARIF2003), which nobody can know then.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

import jsonschema

# example -> (valid by the schema, rules that the Multitool reports, our own judgement)
EXAMPLES = {
    "valid-full": (True, set(), {"no-name"}),
    "invalid-schema-typo": (False, {"JSON1005"}, {"no-name"}),
    "invalid-schema-enum": (False, set(), {"no-name"}),
    "invalid-schema-region": (False, {"GH1003", "SARIF1007", "SARIF2017"}, {"no-name", "region"}),
    "bad-artifact-index": (True, {"SARIF1009"}, {"no-name"}),
    "bad-rule-index": (True, {"SARIF1009"}, {"no-name"}),
    "bad-region-order": (True, {"SARIF1007"}, {"no-name"}),
    "bad-context-region": (True, {"SARIF1008"}, {"no-name"}),
    "bad-base-slash": (True, {"SARIF1004"}, {"no-name"}),
    "bad-ghas-no-help": (True, {"GH2012"}, {"no-name"}),
    "bad-ghas-no-location": (True, {"GH1001", "GH1015", "GH1017", "GH2012"}, {"no-name", "no-location"}),
    "bad-ghas-no-message-text": (True, {"GH1007", "GH1015", "GH1017", "GH2012"}, {"no-name"}),
    "bad-ghas-absolute-uri": (True, {"GH1006", "SARIF2007", "SARIF2016"}, {"no-name", "absolute"}),
    "bad-ghas-severity-number": (True, set(), {"no-name", "severity"}),
}


def schema_errors(schema, log):
    return [e.message for e in jsonschema.Draft4Validator(schema).iter_errors(log)]


def validator_rules(validator, config, path):
    """The rule ids that the Multitool reports; it exits 0 either way, so only its log tells."""
    if validator == "none":
        return set()
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out.sarif")
        run = subprocess.run(
            [validator, "validate", path, "-c", config, "--rule-kind", "Sarif;Ghas", "--level",
             "Error;Warning;Note", "--output", out, "--log", "ForceOverwrite"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=900)
        if not os.path.exists(out):
            sys.exit("sarif_judge: the validator wrote nothing about %s:\n%s" % (path, run.stdout.decode()))
        with open(out, encoding="utf-8-sig") as file:
            log = json.load(file)
    return {result["ruleId"] for one in log["runs"] for result in one.get("results", [])}


def locations(result):
    yield from result.get("locations", [])
    yield from result.get("relatedLocations", [])
    for flow in result.get("codeFlows", []):
        for thread in flow["threadFlows"]:
            for step in thread["locations"]:
                yield step["location"]


def own_judgement(log):
    """What code scanning or our readers stumble over and no validator reports."""
    wrong = set()
    for run in log["runs"]:
        for rule in run["tool"]["driver"].get("rules", []):
            severity = rule.get("properties", {}).get("security-severity", "1.0")
            if not isinstance(severity, str) or not 0 < float(severity) <= 10:
                wrong.add("severity")
        for result in run.get("results", []):
            wrong |= judge_result(result)
    return wrong


def judge_result(result):
    wrong = set()
    ids = {place.get("id") for place in result.get("relatedLocations", [])}
    links = re.findall(r"(?<!\\)\]\((\d+)\)", result["message"].get("text", ""))
    if any(int(link) not in ids for link in links):
        wrong.add("dangling-link")
    if result.get("baselineState") == "absent":
        wrong.add("absent")
    if not result.get("locations"):
        wrong.add("no-location")
    for place in result.get("locations", []):
        region = place.get("physicalLocation", {}).get("region", {})
        if region.get("startLine", -1) != region.get("endLine", region.get("startLine")):
            wrong.add("region")
    for place in locations(result):
        if not (place.get("logicalLocations") or [{}])[0].get("name"):
            wrong.add("no-name")
        uri = place.get("physicalLocation", {}).get("artifactLocation", {}).get("uri", "")
        if uri.startswith("/") or re.match("[a-z]+:", uri):
            wrong.add("absolute")
    return wrong


def own_faults(log):
    """Copies of a good log with one fault each that only we look for."""
    dangling = json.loads(json.dumps(log))
    dangling["runs"][0]["results"][0]["message"]["text"] = "See [here](9)."
    absent = json.loads(json.dumps(log))
    absent["runs"][0]["results"][0]["baselineState"] = "absent"
    return {"dangling-link": dangling, "absent": absent}


def main():
    validator, data, logs = sys.argv[1], sys.argv[2], sys.argv[3:]
    of_program = []
    if "--of-program" in logs:
        at = logs.index("--of-program")
        of_program = logs[at + 1:]
        logs = logs[:at] + of_program
    config = os.path.join(data, "multitool-ghas-config.xml")
    with open(os.path.join(data, "sarif-schema-2.1.0.json"), encoding="utf-8") as file:
        schema = json.load(file)
    bad = 0

    def judge(path):
        with open(path, encoding="utf-8") as file:
            log = json.load(file)
        return schema_errors(schema, log), validator_rules(validator, config, path), own_judgement(log)

    for name, (valid, rules, own) in EXAMPLES.items():
        errors, reported, ours = judge(os.path.join(data, "examples", name + ".sarif"))
        if (not errors, reported, ours) != (valid, rules if validator != "none" else set(), own):
            print("example %s: valid %s, %s, %s" % (name, not errors, sorted(reported), sorted(ours)))
            bad += 1
    with open(os.path.join(data, "examples", "valid-full.sarif"), encoding="utf-8") as file:
        for fault, log in own_faults(json.load(file)).items():
            if fault not in own_judgement(log):
                print("a log with the fault '%s' passes" % fault)
                bad += 1
    if not logs:
        sys.exit("sarif_judge: no logs to judge")
    for path in logs:
        errors, reported, ours = judge(path)
        for error in errors:
            print("%s: schema: %s" % (path, error))
        if path in of_program:
            reported -= {"SARIF2003"}
            with open(path, encoding="utf-8") as file:
                if not json.load(file)["runs"][0]["results"]:
                    ours.add("no-results")
        if reported or ours:
            print("%s: %s" % (path, sorted(reported | ours)))
        bad += bool(errors or reported or ours)
    print("%d examples and %d logs judged, %d wrong" % (len(EXAMPLES), len(logs), bad))
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
