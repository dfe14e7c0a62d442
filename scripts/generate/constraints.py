"""Writes cloud/generated/constraints/<service>.ts from botocore's service models.

The SDK's schemas carry no lengths, patterns, ranges or required members; botocore's models do. Only shapes that an operation's
input reaches and that say something are kept. Of EC2 and SQS, whose values each have errors of their own, only what an operation requires.
Each table is a text of JSON: it is parsed at the first call of its service.
Run by `npm run generate:constraints`; needs `pip install botocore`.
"""
import gzip
import json
import os
import sys

import botocore

# By the name that the cloud has a service under: its folder in botocore.
SERVICES = {
    'access-analyzer': 'accessanalyzer',
    'cloudformation': 'cloudformation',
    'cloudtrail': 'cloudtrail',
    'cognito-identity': 'cognito-identity',
    'dynamodb': 'dynamodb',
    'ec2': 'ec2',
    'events': 'events',
    'iam': 'iam',
    'kms': 'kms',
    'lambda': 'lambda',
    'logs': 'logs',
    'organizations': 'organizations',
    'scheduler': 'scheduler',
    'secretsmanager': 'secretsmanager',
    'sns': 'sns',
    'sqs': 'sqs',
    'ssm': 'ssm',
    'sts': 'sts',
}
REQUIRED_ONLY = {'ec2', 'sqs'}
# Patterns that take exponential time over a hostile value (headers of EventBridge's API destinations): a test tries them all.
UNSAFE_PATTERNS = {'AuthHeaderParameters', 'AuthHeaderParametersSensitive', 'HeaderValue', 'HeaderValueSensitive'}
LIMITS = ('min', 'max', 'pattern', 'enum')


def constraints(model):
    shapes = model['shapes']
    said = {}

    def read(name):
        """The shape's name if it or something inside it is constrained, else None."""
        if name in said:
            return name if said[name] is not None else None
        shape = shapes[name]
        entry = {limit: shape[limit] for limit in LIMITS if limit in shape}
        if name in UNSAFE_PATTERNS:
            entry.pop('pattern', None)
        said[name] = entry  # recursive shapes meet themselves
        if shape['type'] == 'structure':
            members = {member: read(value['shape']) for member, value in shape['members'].items()}
            members = {member: target for member, target in members.items() if target}
            if shape.get('required'):
                entry['required'] = shape['required']
            if members:
                entry['members'] = members
        elif shape['type'] == 'list':
            target = read(shape['member']['shape'])
            if target:
                entry['item'] = target
        elif shape['type'] == 'map':
            for side in ('key', 'value'):
                target = read(shape[side]['shape'])
                if target:
                    entry[side] = target
        if not entry:
            said[name] = None
            return None
        return name

    operations = {}
    for name, operation in model['operations'].items():
        target = read(operation['input']['shape']) if 'input' in operation else None
        if target:
            operations[name] = target
    return {
        'operations': operations,
        'shapes': {name: entry for name, entry in sorted(said.items()) if entry is not None},
    }


def required_members(model):
    """What each operation requires, and nothing of what is inside."""
    operations = {}
    shapes = {}
    for name, operation in model['operations'].items():
        shape = operation.get('input', {}).get('shape')
        required = model['shapes'].get(shape, {}).get('required')
        if required:
            operations[name] = shape
            shapes[shape] = {'required': required}
    return {'operations': operations, 'shapes': dict(sorted(shapes.items()))}


def module(service, table):
    text = json.dumps(table, separators=(',', ':'), ensure_ascii=True)
    quoted = text.replace('\\', '\\\\').replace("'", "\\'")
    name = service.replace('-', '')
    return f"// Written by `npm run generate:constraints`.\nexport const {name}Constraints: string =\n  '{quoted}';\n"


def main(target):
    data = os.path.join(os.path.dirname(botocore.__file__), 'data')
    os.makedirs(target, exist_ok=True)
    for service, folder in SERVICES.items():
        version = sorted(os.listdir(os.path.join(data, folder)))[-1]
        with gzip.open(os.path.join(data, folder, version, 'service-2.json.gz')) as file:
            model = json.load(file)
        table = required_members(model) if service in REQUIRED_ONLY else constraints(model)
        path = os.path.join(target, f'{service}.ts')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(module(service, table))
        print(f'{path}: {os.path.getsize(path)} bytes (botocore {botocore.__version__})')


main(sys.argv[1])
