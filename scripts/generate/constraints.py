"""Writes cloud/generated/constraints-<service>.json from botocore's service models.

The SDK's schemas carry no lengths, patterns, ranges or required members; botocore's models do. Only shapes that an operation's
input reaches and that say something are kept.
Run by `npm run generate:constraints`; needs `pip install botocore`.
"""
import gzip
import json
import os
import sys

import botocore

SERVICES = {'iam': '2010-05-08', 'sts': '2011-06-15', 'ssm': '2014-11-06'}
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


def main(target):
    data = os.path.join(os.path.dirname(botocore.__file__), 'data')
    for service, version in SERVICES.items():
        with gzip.open(os.path.join(data, service, version, 'service-2.json.gz')) as file:
            model = json.load(file)
        path = os.path.join(target, f'constraints-{service}.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(constraints(model), file, separators=(',', ':'), ensure_ascii=False)
            file.write('\n')
        print(f'{path}: {os.path.getsize(path)} bytes (botocore {botocore.__version__})')


main(sys.argv[1])
