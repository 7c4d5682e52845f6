"""Holds a JSON document to a schema of testdata/schema/: the part of JSON Schema that those use.

schema.py SCHEMA DOCUMENT prints what does not fit and exits 1. A schema with a keyword that is not
understood here is refused, so that nothing passes unseen.
"""
import json
import sys

KNOWN = {"$schema", "$defs", "$ref", "title", "description", "type", "required", "additionalProperties",
         "properties", "items", "const", "enum", "minimum"}
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "null": type(None)}


def fits_type(value, name):
    if name == "integer" and isinstance(value, bool):
        return False
    return isinstance(value, TYPES[name])


def check(root, schema, value, path, wrong):
    unknown = set(schema) - KNOWN
    if unknown:
        sys.exit(f"schema at {path}: keywords not understood: {sorted(unknown)}")
    if "$ref" in schema:
        target = root
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        return check(root, target, value, path, wrong)
    if "const" in schema and value != schema["const"]:
        wrong.append(f"{path}: {value!r} is not {schema['const']!r}")
    if "enum" in schema and value not in schema["enum"]:
        wrong.append(f"{path}: {value!r} is none of {schema['enum']}")
    if "type" in schema and not fits_type(value, schema["type"]):
        wrong.append(f"{path}: {type(value).__name__} is no {schema['type']}")
        return None
    if "minimum" in schema and value < schema["minimum"]:
        wrong.append(f"{path}: {value} is less than {schema['minimum']}")
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        wrong.extend(f"{path}: '{key}' is missing" for key in schema.get("required", []) if key not in value)
        for key, item in value.items():
            if key in properties:
                check(root, properties[key], item, f"{path}/{key}", wrong)
            elif schema.get("additionalProperties", True) is False:
                wrong.append(f"{path}: '{key}' is not in the schema")
    if isinstance(value, list) and "items" in schema:
        for i, item in enumerate(value):
            check(root, schema["items"], item, f"{path}/{i}", wrong)
    return None


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    with open(sys.argv[2], encoding="utf-8") as file:
        document = json.load(file)
    wrong = []
    check(schema, schema, document, "", wrong)
    print("\n".join(wrong[:20]), end="\n" if wrong else "")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
