"""Holds answers that the AWS CLI printed to the output shapes of botocore's models.

Reads a JSON list of {"words": [...], "answer": {...}}; prints a JSON list of what is wrong, empty where nothing is.
"""

import base64
import binascii
import json
import sys

import botocore.session
from botocore import xform_name

session = botocore.session.get_session()


def problems(shape, value, path):
    """What of a value is not as its shape says: unknown and missing members, wrong types, values outside of an enumeration."""
    kind = shape.type_name
    if kind == "structure":
        if not isinstance(value, dict):
            return [f"{path} is no structure"]
        found = [f"{path}.{name} is missing" for name in shape.required_members if name not in value]
        for name, member in value.items():
            if name not in shape.members:
                found.append(f"{path}.{name} is unknown")
            else:
                found += problems(shape.members[name], member, f"{path}.{name}")
        return found
    if kind == "list":
        if not isinstance(value, list):
            return [f"{path} is no list"]
        return [problem for item in value for problem in problems(shape.member, item, f"{path}[]")]
    if kind == "map":
        if not isinstance(value, dict):
            return [f"{path} is no map"]
        return [problem for key, item in value.items() for problem in problems(shape.value, item, f"{path}.{key}")]
    if kind == "string":
        if not isinstance(value, str) and not shape.serialization.get("jsonvalue"):
            # The CLI shows policy documents of IAM as JSON.
            return [] if isinstance(value, dict) else [f"{path} is no text"]
        if shape.enum and value not in shape.enum:
            return [f"{path}: {value} is not one of {shape.enum}"]
        return []
    if kind == "blob":
        try:
            base64.b64decode(value, validate=True)
            return []
        except (binascii.Error, TypeError, ValueError):
            return [f"{path} is no base64"]
    wanted = {
        "boolean": bool,
        "integer": int,
        "long": int,
        "float": (int, float),
        "double": (int, float),
        "timestamp": (str, int, float),
    }[kind]
    return [] if isinstance(value, wanted) else [f"{path} is no {kind}"]


def operation_of(words):
    service, command = [word for word in words if not word.startswith("-")][:2]
    model = session.get_service_model({"s3api": "s3"}.get(service, service))
    by_command = {xform_name(name, "-"): name for name in model.operation_names}
    return model.operation_model(by_command[command])


def check(entry):
    operation = operation_of(entry["words"])
    shape = operation.output_shape
    if shape is None:
        return [] if entry["answer"] == {} else [f"{operation.name} has no output"]
    return problems(shape, entry["answer"], operation.name)


print(json.dumps([problem for entry in json.load(sys.stdin) for problem in check(entry)]))
