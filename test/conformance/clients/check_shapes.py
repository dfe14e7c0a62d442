"""Holds what the AWS CLI printed against botocore's output shapes.

Reads a JSON list of {service, command, output} and prints a list of what does not fit: members that must be there and are not, members
that the shape does not have, values of another type.
"""
import json
import sys

import botocore.session
from botocore import xform_name

SERVICES = {"s3api": "s3"}
SESSION = botocore.session.get_session()
# The CLI's own: where a list goes on that was cut by --max-items.
OF_THE_CLI = {"NextToken"}


def operation_model(service, command):
    model = SESSION.get_service_model(SERVICES.get(service, service))
    for name in model.operation_names:
        if xform_name(name, "-") == command:
            return model.operation_model(name)
    raise LookupError(f"{service} has no {command}")


def check(shape, value, path, wrong):
    # The CLI's paginators print members that no page had as null.
    if value is None:
        return
    kind = shape.type_name
    if kind == "structure":
        if not isinstance(value, dict):
            # IAM's policy documents are texts that the CLI takes apart, and so are no structures anywhere.
            wrong.append(f"{path}: {type(value).__name__} is no structure")
            return
        for name in shape.required_members:
            if name not in value:
                wrong.append(f"{path}: {name} is missing")
        for name, member in value.items():
            if name in shape.members:
                check(shape.members[name], member, f"{path}.{name}", wrong)
            elif name not in OF_THE_CLI:
                wrong.append(f"{path}: {name} is not known")
    elif kind == "list":
        if not isinstance(value, list):
            wrong.append(f"{path}: {type(value).__name__} is no list")
            return
        for at, item in enumerate(value):
            check(shape.member, item, f"{path}[{at}]", wrong)
    elif kind == "map":
        for name, item in value.items():
            check(shape.value, item, f"{path}.{name}", wrong)
    elif kind in ("integer", "long"):
        if not isinstance(value, int) or isinstance(value, bool):
            wrong.append(f"{path}: {value!r} is no number")
    elif kind in ("float", "double"):
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            wrong.append(f"{path}: {value!r} is no number")
    elif kind == "boolean":
        if not isinstance(value, bool):
            wrong.append(f"{path}: {value!r} is no boolean")
    elif kind == "string":
        # Policy documents, which IAM gives as encoded texts, are printed as what they say.
        if not isinstance(value, str) and "policyDocumentType" not in shape.name:
            wrong.append(f"{path}: {value!r} is no text")


def main():
    wrong = []
    for answer in json.load(sys.stdin):
        output_shape = operation_model(answer["service"], answer["command"]).output_shape
        path = f"{answer['service']} {answer['command']}"
        if output_shape is None:
            if answer["output"]:
                wrong.append(f"{path}: has an answer, and should have none")
        else:
            check(output_shape, answer["output"], path, wrong)
    print(json.dumps(wrong))


main()
